"""Which documents there are, where each was found, and which one speaks for its policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyspark.sql import DataFrame

from graph.delta import Node
from graph.documents import Copy, place_edges, primaries, stated_in
from graph.spark.frames import Row, Said, by_key
from graph.spark.said import edge_row, shared_node_row
from graph.spark.texts import COPY
from graph.twins import numbers_of, settled

MUTE = "row long, silent boolean"


def speaking(copies: DataFrame) -> DataFrame:
    """The edges and places of documents, and a ``voice`` for each: ``of`` is its name, ``source`` whether it speaks.

    ``body`` of a voice tells whether its name is another than the one that it was read under. One that speaks for another
    policy than its own is ``restated``: ``body`` is the copy, ``source`` the number that the policy has elsewhere.
    """
    there = by_key(copies, "source", _last, order=["row"])
    whole = by_key(there, "id", _one_document, order=["row"])
    alike = by_key(whole, "source", _twins, order=["row"])
    return by_key(alike, "target", _one_policy, order=["row"])


def mute(copies: DataFrame, voices: DataFrame) -> DataFrame:
    """The rows of which the graph gets less than they say: copies of a policy, and ``silent`` ones that are none at all."""
    speak, seen = voices.where("source = 'yes'").select("row"), voices.selectExpr("row", "true AS seen")
    rest = copies.select("row").join(speak, "row", "left_anti").join(seen, "row", "left")
    return rest.selectExpr("row", "seen IS NULL AS silent")


def documents(rows: DataFrame, rest: DataFrame, voices: DataFrame) -> DataFrame:
    """The rows of documents under their names, which come in ``source`` where they are others; without silent ones."""
    names = voices.where("body = 'renamed'").selectExpr("row", "of AS name")
    kept = rows.join(rest.where("silent").select("row"), "row", "left_anti").join(names, "row", "left")
    return kept.selectExpr("kind", "row", "of", "id", "name AS source", "target", "body")


def _last(rows: Iterable[Row]) -> Iterator[Said]:
    """Of several documents at one place, the one that was read last."""
    yield Said(**list(rows)[-1])


def _one_document(rows: Iterable[Row]) -> Iterator[Said]:
    """The same bytes at several places are one document."""
    found: Copy | None = None
    for row in rows:
        copy = COPY.validate_json(row["body"])
        found = copy.beside(found) if found else copy
        last = row
    assert found
    yield _copy_row(last["row"], found)


def _twins(rows: Iterable[Row]) -> Iterator[Said]:
    """Pages that are certainly of one policy state that one."""
    copies = {row["row"]: COPY.validate_json(row["body"]) for row in rows}
    twins = {copy.twin for copy in copies.values() if copy.twin}
    found = settled({copy.sha256: copy for copy in copies.values()}, twins)
    for row, copy in copies.items():
        yield _copy_row(row, found[copy.sha256])


def _copy_row(row: int, copy: Copy) -> Said:
    """A document on its way: by what its twins share, where it has that, and then by its policy."""
    body = COPY.dump_json(copy).decode()
    return Said("copy", row, "", copy.sha256, copy.twin or copy.sha256, copy.policy, body)


def _one_policy(rows: Iterable[Row]) -> Iterator[Said]:
    copies = [(row["row"], COPY.validate_json(row["body"])) for row in rows]
    policy = copies[0][1].policy
    primary = primaries(copy for _, copy in copies)[policy]
    for row, copy in copies:
        speaks = copy.sha256 == primary.sha256
        if speaks and copy.own != policy:
            number = numbers_of(each for _, each in copies).get(policy)
            yield Said("restated", row, "", copy.sha256, number, policy, COPY.dump_json(copy).decode())
            speaks = False  # with the rows that it has by itself
        renamed = "renamed" if len(copy.locations) > 1 else None
        yield Said("voice", row, copy.source, copy.sha256, "yes" if speaks else "no", None, renamed)
        yield edge_row("edge", row, stated_in(copy, primary))
        for edge in place_edges(copy):
            yield edge_row("edge", row, edge)
            yield shared_node_row(row, Node(edge.target, {"name": edge.target.id}))
