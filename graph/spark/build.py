"""From records to the table of their graph, step by step; what a step gives is kept, and not made again."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Protocol

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from graph.spark.frames import SAID
from graph.spark.linked import linked, ring
from graph.spark.linking import drafts, overriding, stated
from graph.spark.said import restated, said
from graph.spark.shared import policies, shared
from graph.spark.speaking import MUTE, documents, mute, speaking
from graph.spark.tables import COLUMNS, OF, meta, table

TIES = "of = 'Key-TIED_TO-Key'"
NAMES = [each.split()[0] for each in SAID.split(", ")]


class Step(Protocol):
    """Somewhere to keep frames."""

    def __call__(self, name: str, make: Callable[[], DataFrame], columns: str, by: str | None = None) -> DataFrame:
        """Make a frame and keep it under ``name``, in folders by the column ``by``, unless it is there; the one kept."""
        ...


def build(outcomes: DataFrame, now: str, step: Step) -> tuple[DataFrame, DataFrame]:
    """The table of the graph (``graph.spark.tables``), and the rows of the records, faulty ones among them.

    ``outcomes`` and ``now`` are those of ``graph.spark.said``. The graph is at revision 1; at 0 where it is empty.
    """
    rows = step("rows", lambda: said(outcomes, now), SAID, "kind")
    copies = _of(rows, "copy")
    spoken = step("spoken", lambda: speaking(copies), SAID, "kind")
    voices = _of(spoken, "voice")
    rest = step("mute", lambda: mute(copies, voices), MUTE)

    other = step("restated", lambda: restated(outcomes, _of(spoken, "restated")), SAID, "kind")

    def own(kind: str) -> DataFrame:
        return _of(rows, kind).join(rest.select("row"), "row", "left_anti").select(NAMES).union(_of(other, kind))

    links = step("links", lambda: _links(own), SAID)
    more = step("linked", lambda: linked(links, ring(links)), SAID, "kind")
    claims = [own("shared_node"), own("shared_edge"), _of(spoken, "shared_node")]
    parts = [
        documents(_of(rows, "document"), rest, voices),
        own("node"),
        own("edge"),
        _of(spoken, "edge"),
        shared(reduce(DataFrame.union, claims)),
        _once(more),
        policies(own("policy"), _of(more, "cited"), _of(more, "replacing")),
    ]

    def whole() -> DataFrame:
        first = meta(0 if copies.isEmpty() else 1)
        parts.append(rows.sparkSession.createDataFrame([first], SAID))
        return table(reduce(DataFrame.union, parts))

    return step("graph", whole, COLUMNS, OF), rows


def _of(rows: DataFrame, kind: str) -> DataFrame:
    return rows.where(sql.col("kind") == kind)


def _links(own: Callable[[str], DataFrame]) -> DataFrame:
    known = own("known")
    found = stated(own("link"), known, own("shared_edge").where(TIES))
    return found.union(overriding(own("facts")).distinct()).union(drafts(known))


def _once(rows: DataFrame) -> DataFrame:
    """Each node and edge of links once."""
    named = rows.where("kind IN ('node', 'edge')").groupBy(*NAMES[:-1])
    return named.agg(sql.max("body").alias("body"))
