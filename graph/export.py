"""The graph as canonical text: the same documents give the same bytes, in any order, on any engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from graph.schema import EDGES, NODES, edge_props, node_props, returned
from graph.store import Reader, present


def export_lines(store: Reader) -> Iterator[str]:
    """One JSON object a line, without its line end: nodes by label and id, then edges by type and key.

    A node is ``{"id", "kind", "name", …}``, an edge ``{"from", "key", "to", "type", …}``. What is absent is left out,
    and so is bookkeeping (see ``graph.schema``).
    """
    for node in sorted(NODES, key=lambda each: each.label):
        if not node.internal:
            rows = store.read(f"MATCH (n:{node.label}) RETURN {returned('n', node_props(node.label))}")
            yield from sorted(canonical_line(row) for row in rows)
    for edge in sorted(EDGES, key=lambda each: each.type):
        if not edge.internal:
            yield from sorted(line for ends in edge.ends for line in _edge_lines(store, edge.type, *ends))


def _edge_lines(store: Reader, kind: str, source: str, target: str) -> Iterator[str]:
    columns = returned("r", edge_props(kind))
    query = f"MATCH (a:{source})-[r:{kind}]->(b:{target}) RETURN a.id AS `from`, b.id AS `to`, {columns}"
    for row in store.read(query):
        yield canonical_line({**row, "type": kind})


def export_hash(store: Reader) -> str:
    """The sha256 of the export."""
    digest = hashlib.sha256()
    for line in export_lines(store):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def canonical_line(row: dict[str, Any]) -> str:
    """A row as one line of JSON without what is absent, its keys sorted."""
    return json.dumps(present(row), ensure_ascii=False, sort_keys=True, default=_text)


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in an export")
