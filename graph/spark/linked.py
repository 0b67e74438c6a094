"""Links, cycles among them marked, as rows; and what they say of their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from functools import partial

from pyspark.sql import DataFrame

from graph.cycles import in_cycle, marked
from graph.links import link_rows
from graph.policies import cited_form, replaces
from graph.spark.frames import Row, Said, mapped
from graph.spark.said import edge_row, node_row
from graph.spark.texts import FACTS, LINK


def ring(links: DataFrame) -> set[tuple[str, str]]:
    """The pairs of policies, of those where one replaces the other, that lie on a cycle. Only such pairs come here."""
    rows = links.where("of = 'replaces'").select("id", "target").distinct().collect()
    return in_cycle((row["id"], row["target"]) for row in rows)


def linked(links: DataFrame, cycles: Set[tuple[str, str]]) -> DataFrame:
    """Nodes and edges; what policies are ``cited`` as; and the facts of those ``replacing`` them as a whole."""
    return mapped(links, partial(_rows, cycles))


def _rows(cycles: Set[tuple[str, str]], rows: Iterable[Row]) -> Iterator[Said]:
    for row in rows:
        link = marked(LINK.validate_json(row["body"]), cycles)
        nodes, edges = link_rows(link)
        yield from (node_row("node", 0, node) for node in nodes)
        for edge in edges:
            yield edge_row("edge", 0, edge)
            if replaces(edge) and FACTS.validate_json(row["source"]).status != "draft":
                yield Said("replacing", 0, "", edge.target.id, body=row["source"])
        if cited := cited_form(link):
            yield Said("cited", 0, "", cited[0], body=cited[1])
