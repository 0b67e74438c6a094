"""From a record to its rows: what its own document says, and what the later steps need to know of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from pyspark.sql import DataFrame

from graph.claims import variant
from graph.delta import Edge, Node, Ref
from graph.documents import copy_of, document_node
from graph.errors import RecordError
from graph.linkreads import facts_of_row
from graph.rows import Contribution, contribution
from graph.spark.frames import Row, Said, mapped
from graph.spark.texts import COPY, FACTS, LINK, text_of
from graph.twins import stating
from ingest.records import Record


def said(outcomes: DataFrame, now: str) -> DataFrame:
    """The rows of records, as if each document spoke for its policy; a record that contradicts itself is a ``fault``.

    ``outcomes`` have ``row`` (unique, in the order of reading), ``location``, ``stamp`` and ``record`` (JSON); ``now`` is
    kept as ``ingested_at``.
    """
    return mapped(outcomes.select("row", "location", "stamp", "record"), partial(_of_all, now))


def restated(outcomes: DataFrame, copies: DataFrame) -> DataFrame:
    """The rows of records as those of the policy that ``copies`` state, whose number is in ``source``."""
    named = copies.selectExpr("row", "body AS copy", "source AS number")
    return mapped(outcomes.select("row", "record").join(named, "row"), _of_others)


def _of_others(outcomes: Iterable[Row]) -> Iterator[Said]:
    for outcome in outcomes:
        record, copy = Record.model_validate_json(outcome["record"]), COPY.validate_json(outcome["copy"])
        yield from _of_part(outcome["row"], contribution(stating(record, copy, outcome["number"])))


def _of_all(now: str, outcomes: Iterable[Row]) -> Iterator[Said]:
    for outcome in outcomes:
        yield from _of_one(outcome, now)


def _of_one(outcome: Row, now: str) -> Iterator[Said]:
    row, location = outcome["row"], outcome["location"]
    record = Record.model_validate_json(outcome["record"])
    try:
        part, copy = contribution(record), copy_of(record, location, outcome["stamp"], now)
    except RecordError as error:
        yield Said("fault", row, "", location, body=str(error))
        return
    yield Said("copy", row, "", copy.sha256, location, copy.policy, COPY.dump_json(copy).decode())
    yield node_row("document", row, document_node(copy, record))
    yield from _of_part(row, part)


def _of_part(row: int, part: Contribution) -> Iterator[Said]:
    yield node_row("policy", row, part.policy)
    for node in part.nodes.values():
        yield node_row("node", row, node)
    for edge in part.edges.values():
        yield edge_row("edge", row, edge)
    for node in part.shared_nodes.values():
        yield shared_node_row(row, node)
    for edge in part.shared_edges.values():
        yield edge_row("shared_edge", row, edge, variant(edge.props))
    known = facts_of_row(part.policy, part.shared_nodes.get(Ref("Region", part.policy.props.get("region_code", ""))))
    facts = FACTS.dump_json(known).decode()
    yield Said("facts", row, "overrides" if known.override else "", part.policy.ref.id, body=facts)
    for link in part.links:
        yield Said("link", row, "", link.source, facts, body=LINK.dump_json(link).decode())
    for edge in part.edges.values():
        if edge.type == "KNOWN_AS":
            yield Said("known", row, known.status or "", edge.target.id, body=facts)


def node_row(kind: str, row: int, node: Node) -> Said:
    """A node, as a row of ``kind``."""
    return Said(kind, row, node.ref.label, node.ref.id, body=text_of(node.props))


def shared_node_row(row: int, node: Node) -> Said:
    """A claim of a node."""
    return Said("shared_node", row, node.ref.label, node.ref.id, body=variant(node.props))


def edge_row(kind: str, row: int, edge: Edge, body: str | None = None) -> Said:
    """An edge, as a row of ``kind``."""
    of = f"{edge.source.label}-{edge.type}-{edge.target.label}"
    return Said(kind, row, of, edge.key, edge.source.id, edge.target.id, body or text_of(edge.props))
