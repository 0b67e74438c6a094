"""Shortest paths between two nodes of any kind, found from both ends at once: nothing but what lies between is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from graph.errors import QueryError
from graph.neighbourhood import NearEdge
from graph.paths import WALKED
from graph.schema import EDGES, EdgeType
from graph.store import Reader, from_end, read_many

Key = tuple[str, str]  # label and id
_FARTHEST = 8  # steps
_SAID = ("role", "position", "basis", "extent")


def between(
    store: Reader, source: Key, target: Key, *, limit: int = 3, farthest: int = _FARTHEST
) -> list[list[NearEdge]]:
    """The shortest paths, at most ``limit``, each as its edges in order; none: no list, and so for a node and itself.

    Directions do not count, and no path leads through a document (see ``graph.paths``). Of two nodes that several
    edges tie, the first by type and key is taken. Raises QueryError where one end is of a kind that no path has.
    """
    for label, _ in (source, target):
        if label not in WALKED:
            raise QueryError(f"{label}: no path leads to such a node; choose one of {', '.join(WALKED)}")
    if source == target:
        return []
    sides = (_Side(store, source), _Side(store, target))
    for _ in range(farthest):
        side = min(sides, key=lambda each: len(each.edge_of_seen))
        if not side.edge_of_seen:
            return []
        side.step()
        meeting = sorted(sides[0].steps.keys() & sides[1].steps.keys())
        if meeting:
            return _paths(sides, meeting, limit)
    return []


class _Side:
    """What is reached from one end: how many steps each node is away, and the edges by which it was reached."""

    def __init__(self, store: Reader, start: Key) -> None:
        self.store = store
        self.steps: dict[Key, int] = {start: 0}
        self.before: defaultdict[Key, list[tuple[Key, NearEdge]]] = defaultdict(list)
        self.edge_of_seen: set[Key] = {start}

    def step(self) -> None:
        """Go one step on."""
        away = 1 + max(self.steps.values())
        reached: set[Key] = set()
        for near, far, edge in _around(self.store, self.edge_of_seen):
            if self.steps.setdefault(far, away) == away:
                self.before[far].append((near, edge))
                reached.add(far)
        self.edge_of_seen = reached

    def back(self, node: Key) -> Iterator[list[NearEdge]]:
        """The ways from ``node`` to the start."""
        if self.steps[node] == 0:
            yield []
        seen = set()
        for near, edge in sorted(self.before[node], key=lambda each: (each[0], each[1].type, each[1].key)):
            if near not in seen:
                seen.add(near)
                yield from ([edge, *rest] for rest in self.back(near))


def _paths(sides: tuple[_Side, _Side], meeting: Iterable[Key], limit: int) -> list[list[NearEdge]]:
    shortest = min(sides[0].steps[node] + sides[1].steps[node] for node in meeting)
    found = (
        [*reversed(there), *on]
        for node in meeting
        if sides[0].steps[node] + sides[1].steps[node] == shortest
        for there in sides[0].back(node)
        for on in sides[1].back(node)
    )
    return list(islice(found, limit))


def _around(store: Reader, nodes: Iterable[Key]) -> Iterator[tuple[Key, Key, NearEdge]]:
    """The edges at ``nodes``: the node, the other end, the edge."""
    ids: defaultdict[str, set[str]] = defaultdict(set)
    for label, id_ in nodes:
        ids[label].add(id_)
    for edge in EDGES:
        for ends in edge.ends:
            if not edge.internal and set(ends) <= set(WALKED):
                yield from _along(store, edge, ends, ids)


def _along(
    store: Reader, edge: EdgeType, ends: tuple[str, str], ids: defaultdict[str, set[str]]
) -> Iterator[tuple[Key, Key, NearEdge]]:
    has = {prop.name for prop in edge.props}
    said = "".join(f", r.{name} AS {name}" for name in _SAID if name in has)
    for place, label in enumerate(ends):
        query = from_end(edge.type, ends, "b" if place else "a") + (
            f"RETURN a.id AS source, b.id AS target, r.key AS key{said}"
        )
        for row in read_many(store, query, ids[label]) if label in ids else []:
            keys = ((ends[0], row["source"]), (ends[1], row["target"]))
            props = {name: row[name] for name in _SAID if row.get(name) is not None}
            near = NearEdge(
                key=row["key"], type=edge.type, source_kind=ends[0], source_id=row["source"], target_kind=ends[1],
                target_id=row["target"], properties=props,
            )  # fmt: skip
            yield keys[place], keys[1 - place], near
