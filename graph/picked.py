"""Nodes and edges that somebody has picked one by one: what documents say of them, and the same as Cypher and GraphML."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

from graph.detail.refs import Evidence
from graph.neighbourhood import NearEdge, NearNode
from graph.part import EdgeRow, Part
from graph.schema import EDGE_TYPES, EVIDENCE, returned
from graph.store import Reader, from_end, read_many
from graph.written import written

Key: TypeAlias = tuple[str, str]  # label and id
_Way: TypeAlias = tuple[str, str, str]  # label, type, label


def told(store: Reader, edges: Iterable[NearEdge]) -> dict[str, Evidence]:
    """Where it is said, by the keys of edges; an edge that a table gives is not in it."""
    found: dict[str, Evidence] = {}
    for (source, type_, target), some in _by_way(edges).items():
        if not EDGE_TYPES[type_].evidenced:
            continue
        query = f"{from_end(type_, (source, target))}RETURN r.key AS key, {returned('r', EVIDENCE)}"
        wanted = {edge.key for edge in some}
        for row in read_many(store, query, (edge.source_id for edge in some)):
            key = row.pop("key")
            if key in wanted and row["document"] is not None:
                found[key] = Evidence(**row)
    return found


def cypher(nodes: Iterable[NearNode], edges: Iterable[NearEdge]) -> str:
    """The statement that gives these nodes and edges in Neo4j: a part for each way in which labels are tied.

    Every part is anchored at ids, which are indexed. Empty where there is no node.
    """
    listed = list(edges)
    tied = {key for edge in listed for key in ends(edge)}
    alone: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        if (node.kind, node.id) not in tied:
            alone[node.kind].append(node.id)
    parts = [_tied(way, some) for way, some in sorted(_by_way(listed).items())]
    parts += [
        f"MATCH (a:{label})\nWHERE a.id IN {_list(ids)}\nRETURN a, NULL AS r, NULL AS b"
        for label, ids in sorted(alone.items())
    ]
    return "\nUNION\n".join(parts)


def graphml(store: Reader, nodes: Iterable[NearNode], edges: Iterable[NearEdge]) -> Iterator[str]:
    """The same as GraphML, with all properties, in pieces."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for node in nodes:
        ids[node.kind].add(node.id)
    return written(_Picked(store, ids, {edge.key for edge in edges}), "graphml")


def ends(edge: NearEdge) -> tuple[Key, Key]:
    """The nodes that an edge ties."""
    return (edge.source_kind, edge.source_id), (edge.target_kind, edge.target_id)


def literal(text: str) -> str:
    """A text as Cypher writes it."""
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return f"'{escaped}'"


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class _Picked(Part):
    def __init__(self, store: Reader, ids: Mapping[str, Collection[str]], keys: Collection[str]) -> None:
        super().__init__(store, ids, None)
        self._keys = keys

    def edges(self) -> Iterator[EdgeRow]:
        return (edge for edge in super().edges() if edge.props["key"] in self._keys)


def _by_way(edges: Iterable[NearEdge]) -> dict[_Way, list[NearEdge]]:
    found: defaultdict[_Way, list[NearEdge]] = defaultdict(list)
    for edge in edges:
        found[edge.source_kind, edge.type, edge.target_kind].append(edge)
    return found


def _tied(way: _Way, edges: list[NearEdge]) -> str:
    sources, targets = {edge.source_id for edge in edges}, {edge.target_id for edge in edges}
    anchor, ids = ("a", sources) if len(sources) <= len(targets) else ("b", targets)
    return (
        f"MATCH (a:{way[0]})-[r:{way[1]}]->(b:{way[2]})\n"
        f"WHERE {anchor}.id IN {_list(ids)}\n  AND r.key IN {_list({edge.key for edge in edges})}\nRETURN a, r, b"
    )


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(literal(text) for text in sorted(texts))}]"
