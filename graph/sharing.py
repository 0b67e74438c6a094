"""The shared rows of a change: reads the claims of those that are touched, and counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from graph import claims as counting
from graph.delta import Changes, Edge, Node, Ref
from graph.schema import EDGE_TYPES
from graph.store import Store, from_end, read_many


class Tally:
    """Counts how many more or fewer documents claim each shared row, and which properties they claim it with."""

    def __init__(self) -> None:
        self._nodes: dict[Ref, Counter[str]] = defaultdict(Counter)
        self._edges: dict[str, Counter[str]] = defaultdict(Counter)
        self._shapes: dict[str, Edge] = {}

    def count(self, row: Node | Edge, step: int) -> None:
        """One claim more (1) or fewer (-1)."""
        if isinstance(row, Node):
            self._nodes[row.ref][counting.variant(row.props)] += step
        else:
            self._shapes[row.key] = row
            self._edges[row.key][counting.variant(row.props)] += step

    def changes(self, store: Store) -> tuple[Changes[Node], Changes[Edge]]:
        """The shared rows that differ then."""
        nodes = {ref: count for ref, count in self._nodes.items() if any(count.values())}
        edges = {key: count for key, count in self._edges.items() if any(count.values())}
        return _nodes(store, nodes), _edges(store, edges, self._shapes)


def _nodes(store: Store, moved: dict[Ref, Counter[str]]) -> Changes[Node]:
    changes: Changes[Node] = Changes()
    held = _node_claims(store, moved)
    for ref in sorted(moved, key=lambda each: (each.label, each.id)):
        old = counting.parse(held.get(ref))
        props = counting.merged(counting.changed(old, moved[ref]))
        if props is None:
            changes.removed += [Node(ref, {})] if old else []
        else:
            (changes.changed if old else changes.added).append(Node(ref, props))
    return changes


def _edges(store: Store, moved: dict[str, Counter[str]], shapes: dict[str, Edge]) -> Changes[Edge]:
    changes: Changes[Edge] = Changes()
    held = _edge_claims(store, [shapes[key] for key in moved])
    for key in sorted(moved):
        shape = shapes[key]
        old = counting.parse(held.get(key))
        props = counting.merged(counting.changed(old, moved[key]))
        if props is None:
            changes.removed += [shape] if old else []
        else:
            row = Edge(key, shape.type, shape.source, shape.target, props)
            (changes.changed if old else changes.added).append(row)
    return changes


def _node_claims(store: Store, refs: Iterable[Ref]) -> dict[Ref, str]:
    by_label: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        by_label[ref.label].append(ref.id)
    found = {}
    for label, ids in sorted(by_label.items()):
        query = f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n.id AS id, n.claims AS claims"
        for row in read_many(store, query, ids):
            found[Ref(label, row["id"])] = row["claims"]
    return found


def _edge_claims(store: Store, edges: Iterable[Edge]) -> dict[str, str]:
    """By key; shared edges are few at each source, so they are read from there."""
    by_type: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        by_type[edge.type].add(edge.source.id)
    found = {}
    for kind, ids in sorted(by_type.items()):
        for ends in EDGE_TYPES[kind].ends:
            for row in read_many(store, from_end(kind, ends) + "RETURN r.key AS key, r.claims AS claims", ids):
                found[row["key"]] = row["claims"]
    return found
