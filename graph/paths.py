"""Shortest paths between two entities, whatever the direction of the relations, each step with its sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

import networkx as nx

from graph.analysis import KINDS, MultiDiGraph, node_key, title, to_networkx
from graph.entities import resolve_entity
from graph.errors import QueryError
from graph.regions import resolve_region
from graph.store import Reader, Row

PREFIXES = ("agency", "policy", "park", "industry", "theme", "region")
WALKED = tuple(kind for kind in KINDS if kind not in ("Document", "Unresolved"))  # two tasks of one page are no tie


def paths(
    store: Reader, source: str, target: str, *, without: Iterable[str] = (), region: str | None = None, limit: int = 5
) -> list[Row]:
    """The shortest paths from ``source`` to ``target``, at most ``limit`` of them, one row a step; none: no rows.

    Both are names, or ``agency:NAME``, ``policy:``, ``park:``, ``industry:``, ``theme:``, ``region:`` with a name;
    ``without`` names kinds of nodes that no path may lead through. ``direction`` is → where the relation points that
    way, else ←. Raises QueryError for a name that nothing or more than one thing has.
    """
    ends = find(store, source), find(store, target)
    avoided = {_kind(name) for name in without}
    kinds = {kind for kind in WALKED if kind not in avoided} | {end.partition(":")[0] for end in ends}
    graph = to_networkx(store, kinds, region)
    graph.remove_nodes_from([key for key, row in graph.nodes(data=True) if row["kind"] in avoided and key not in ends])
    if not all(end in graph for end in ends) or ends[0] == ends[1]:
        return []
    try:
        found = sorted(islice(nx.all_shortest_paths(nx.Graph(graph), *ends), 1000))[:limit]
    except nx.NetworkXNoPath:
        return []
    return [
        {"path": number, "step": step, **_step(graph, one, other)}
        for number, nodes in enumerate(found, 1)
        for step, (one, other) in enumerate(pairwise(nodes), 1)
    ]


def find(store: Reader, name: str) -> str:
    """The key of the one node that goes by ``name``. Raises QueryError."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix.lower() in PREFIXES:
        found = _named(store, prefix.lower(), rest)
    else:
        found = [key for kind in PREFIXES for key in _attempt(store, kind, name)]
        exact = [key for key in found if key.partition(":")[2] == name]
        found = exact or found
    if len(found) == 1:
        return found[0]
    if not found:
        raise QueryError(f"{name}: nothing in this graph has this name")
    listed = ", ".join(key[0].lower() + key[1:] for key in found[:6])
    raise QueryError(f"{name}: several have this name: {listed}{' …' if len(found) > 6 else ''}")


def _attempt(store: Reader, kind: str, name: str) -> list[str]:
    try:
        return _named(store, kind, name)
    except QueryError:
        return []


def _named(store: Reader, kind: str, name: str) -> list[str]:
    if kind == "region":
        code = resolve_region(name)
        return [node_key("Region", code)] if store.read("MATCH (g:Region {id: $id}) RETURN g.id", {"id": code}) else []
    return [node_key(kind.title(), id_) for id_ in resolve_entity(store, kind, name)]


def _kind(name: str) -> str:
    known = {kind.lower(): kind for kind in KINDS}
    if name.lower() not in known:
        raise QueryError(f"{name}: no such kind of node; there are {', '.join(KINDS)}")
    return known[name.lower()]


def _step(graph: MultiDiGraph, one: str, other: str) -> Row:
    """The relations between two nodes that stand beside each other; the words of the first."""
    there = [(data, "→") for data in (graph.get_edge_data(one, other) or {}).values()]
    back = [(data, "←") for data in (graph.get_edge_data(other, one) or {}).values()]
    said = sorted(there + back, key=lambda each: (each[0]["type"], each[1], each[0].get("start") or 0))
    first, direction = said[0]
    same = [data["type"] for data, way in said if way == direction]
    return {
        "from": title(graph.nodes[one]),
        "direction": direction,
        "relation": _relations(same, first),
        "to": title(graph.nodes[other]),
        "from_kind": graph.nodes[one]["kind"],
        "to_kind": graph.nodes[other]["kind"],
        "quote": first.get("quote"),
        "document": first.get("document"),
        "start": first.get("start"),
        "end": first.get("end"),
    }


def _relations(types: Sequence[str], first: Row) -> str:
    role = f" ({first['role']})" if first.get("role") else ""
    return str(first["type"]) + role + "".join(f", {each}" for each in dict.fromkeys(types) if each != first["type"])
