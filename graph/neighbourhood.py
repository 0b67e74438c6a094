"""The nodes around a node, a page of each relationship type at a time: for walking the graph step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, TypeAlias

from pydantic import Field

from graph.detail.refs import View
from graph.errors import NotFoundError, QueryError
from graph.schema import EDGES, EdgeType
from graph.store import Reader, Row, read_many

Value: TypeAlias = str | int | float | bool | date
_SHOWN = {  # what tells nodes of a kind from each other, beside their names
    "Policy": ("doc_number", "status", "region", "issued_on", "held"),
    "Document": ("source", "characters"),
    "Task": ("path", "policy"),
    "Agency": ("short_name", "function", "level"),
    "Target": ("op", "value", "value_max", "unit", "year", "policy"),
    "Park": ("park_class", "level"),
    "Industry": (),
    "Region": ("full_name", "level"),
    "Theme": ("name_zh", "name_en"),
    "Unresolved": ("category", "reason"),
}
_SAID = ("role", "position", "basis", "extent")  # what tells edges of a type from each other


class NearNode(View):
    """A node of the graph."""

    kind: str = Field(description="Its label, such as Agency")
    id: str = Field(description="Its id, unique among nodes of this kind")
    name: str = Field(description="Its name; of a theme the Chinese one")
    properties: dict[str, Value] = Field({}, description="A few properties, those that it has")


class NearEdge(View):
    """A relationship between the node in the middle and one of its neighbours."""

    key: str = Field(description="Its key, unique in the graph")
    type: str = Field(description="Its type, such as RESPONSIBLE_FOR")
    source_kind: str = Field(description="Label of the node from which it points")
    source_id: str = Field(description="Id of that node")
    target_kind: str = Field(description="Label of the node at which it points")
    target_id: str = Field(description="Id of that node")
    properties: dict[str, Value] = Field({}, description="role, position, basis, extent: those that it has")


class RelationTotal(View):
    """How many relationships of a type the node has, and how to go on."""

    type: str = Field(description="The type")
    direction: Literal["out", "in"] = Field(description="out where they point away from the node in the middle")
    total: int = Field(description="How many there are")
    shown: int = Field(description="How many of them are among the edges")


class Neighbourhood(View):
    """A node, its neighbours, and the relationships between it and them."""

    centre: NearNode = Field(description="The node in the middle")
    nodes: list[NearNode] = Field(description="The neighbours that are shown, by kind and id")
    edges: list[NearEdge] = Field(description="The relationships that are shown, by type and key")
    totals: list[RelationTotal] = Field(description="Every type of relationship that the node has, shown or not")
    more: dict[str, str] = Field(description="By type of which there are more: what to give as `after` to go on")


def neighbourhood(
    store: Reader,
    label: str,
    id_: str,
    *,
    types: Sequence[str] | None = None,
    limit: int = 50,
    after: str | None = None,
) -> Neighbourhood:
    """The neighbours of the node ``id_``, by at most ``limit`` relationships of each of ``types`` (all, if None).

    ``after`` goes on behind an edge, for one type. Raises QueryError for an unknown label or type and for ``after``
    with several types; NotFoundError for an id that no node of the label has.
    """
    wanted = _wanted(label, types)
    if after is not None and len(wanted) != 1:
        raise QueryError("to go on after an edge, name one type")
    centre = _nodes(store, {label: {id_}}).get((label, id_))
    if centre is None:
        raise NotFoundError(f"{label} {id_}: not in this graph")
    around = [row for kind in _touching(label) for row in _brief(store, kind, label, id_)]
    shown, more = _page([row for row in around if row["type"] in wanted], limit, after)
    ends: defaultdict[str, set[str]] = defaultdict(set)
    for row in shown:
        ends[row["kind"]].add(row["id"])
    found = _nodes(store, ends)
    return Neighbourhood(
        centre=centre,
        nodes=[found[key] for key in sorted(found) if key != (label, id_)],
        edges=[_edge(row, label, id_) for row in shown],
        totals=_totals(around, shown),
        more=more,
    )


def types_of(label: str) -> list[str]:
    """The types of relationships that a node of ``label`` can have, by name. Raises QueryError for an unknown label."""
    if label not in _SHOWN:
        raise QueryError(f"{label}: no such kind of node; there are {', '.join(sorted(_SHOWN))}")
    return sorted(edge.type for edge in _touching(label))


def _touching(label: str) -> list[EdgeType]:
    return [edge for edge in EDGES if not edge.internal and any(label in ends for ends in edge.ends)]


def _wanted(label: str, types: Sequence[str] | None) -> set[str]:
    known = types_of(label)
    unknown = sorted(set(types or ()) - set(known))
    if unknown:
        raise QueryError(f"{unknown[0]}: a {label} has no such relationship; there are {', '.join(known)}")
    return set(known if types is None else types)


def _brief(store: Reader, edge: EdgeType, label: str, id_: str) -> list[Row]:
    """All relationships of one type that the node has: key, the other node, and what tells them apart."""
    has = {prop.name for prop in edge.props}
    said = "".join(f", r.{name} AS {name}" for name in _SAID if name in has)
    ways = [("out", f"-[r:{edge.type}]->", {there for here, there in edge.ends if here == label})]
    ways += [("in", f"<-[r:{edge.type}]-", {here for here, there in edge.ends if there == label})]
    rows = []
    for direction, arrow, others in ways:
        for other in sorted(others):
            query = f"MATCH (n:{label} {{id: $id}}){arrow}(m:{other}) RETURN r.key AS key, m.id AS id{said}"
            about = {"type": edge.type, "direction": direction, "kind": other}
            rows += [{**row, **about} for row in store.read(query, {"id": id_})]
    return rows


def _page(rows: list[Row], limit: int, after: str | None) -> tuple[list[Row], dict[str, str]]:
    """The first ``limit`` rows of each type behind ``after``, and the last key of each type that has more."""
    shown: list[Row] = []
    more: dict[str, str] = {}
    of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row["type"], row["key"], row["direction"])):
        if after is None or row["key"] > after:
            of[row["type"]].append(row)
    for kind, each in of.items():
        shown += each[: max(limit, 0)]
        if len(each) > limit > 0:
            more[kind] = each[limit - 1]["key"]
    return shown, more


def _totals(around: Iterable[Row], shown: Iterable[Row]) -> list[RelationTotal]:
    counts: defaultdict[tuple[str, Literal["out", "in"]], list[int]] = defaultdict(lambda: [0, 0])
    for place, rows in enumerate((around, shown)):
        for row in rows:
            counts[row["type"], row["direction"]][place] += 1
    return [
        RelationTotal(type=kind, direction=direction, total=total, shown=seen)
        for (kind, direction), (total, seen) in sorted(counts.items())
    ]


def _edge(row: Row, label: str, id_: str) -> NearEdge:
    here, there = (label, id_), (row["kind"], row["id"])
    source, target = (here, there) if row["direction"] == "out" else (there, here)
    said = {name: row[name] for name in _SAID if row.get(name) is not None}
    return NearEdge(
        key=row["key"], type=row["type"], source_kind=source[0], source_id=source[1], target_kind=target[0],
        target_id=target[1], properties=said,
    )  # fmt: skip


def _nodes(store: Reader, ids: Mapping[str, set[str]]) -> dict[tuple[str, str], NearNode]:
    """Nodes by kind and id, by one query for each kind."""
    found: dict[tuple[str, str], NearNode] = {}
    for kind, wanted in ids.items():
        columns = "".join(f", n.`{name}` AS `{name}`" for name in _SHOWN[kind])
        query = f"UNWIND $ids AS i MATCH (n:{kind} {{id: i}}) RETURN n.id AS id, n.name AS name{columns}"
        for row in read_many(store, query, wanted):
            held = {name: row[name] for name in _SHOWN[kind] if row[name] is not None}
            name = held.get("name_zh") or row["name"] or row["id"]
            found[kind, row["id"]] = NearNode(kind=kind, id=row["id"], name=name, properties=held)
    return found
