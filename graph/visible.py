"""What a load changes of that which others may see, as rows of plain JSON: ``graph.schema`` without what is internal.

The rows come in an order in which a follower that applies them one by one never has an edge without both its ends, and
which is the same for the same load on either engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

from graph.delta import Delta, Edge, Node, Props
from graph.schema import EDGE_TYPES, NODE_TYPES, PropType, edge_props, node_props, returned
from graph.store import Reader, from_end, read_many

Op = Literal["added", "changed", "removed"]
OPS: tuple[Op, ...] = ("added", "changed", "removed")
Row = dict[str, Any]
_AT_ONCE = 500  # changed rows of which the former ones are read in one go


class Step(NamedTuple):
    """A row, and the properties of a node before it was changed or removed, where they are known."""

    row: Row
    before: Props | None = None


def steps(store: Reader, delta: Delta) -> Iterator[Step]:
    """What ``delta`` changes in ``store``, which does not have it yet. Raises StoreError.

    A node is ``{"op", "kind", "id", "props"}``, an edge ``{"op", "type", "key", "from", "to", "props"}``; what is
    removed has no ``props``. A row of which only internal properties change is left out.
    """
    nodes, edges = delta.nodes, delta.edges
    for edge in _edges(edges.removed):
        yield Step(_edge_row("removed", edge))
    for node in _nodes(nodes.removed):
        yield Step(_node_row("removed", node), node.props)
    for node in _nodes(nodes.added):
        yield Step(_node_row("added", node))
    yield from _changed_nodes(store, _nodes(nodes.changed))
    for edge in _edges(edges.added):
        yield Step(_edge_row("added", edge))
    yield from _changed_edges(store, _edges(edges.changed))


def _nodes(rows: Iterable[Node]) -> list[Node]:
    seen = (row for row in rows if not NODE_TYPES[row.ref.label].internal)
    return sorted(seen, key=lambda row: (row.ref.label, row.ref.id))


def _edges(rows: Iterable[Edge]) -> list[Edge]:
    """In the order of the text: rows that quote the same sentence come together, so the log of them is half as long."""

    def order(row: Edge) -> tuple[str, str, int, str]:
        return row.type, row.props.get("policy") or "", row.props.get("start") or 0, row.key

    return sorted((row for row in rows if not EDGE_TYPES[row.type].internal), key=order)


def _changed_nodes(store: Reader, nodes: list[Node]) -> Iterator[Step]:
    for start in range(0, len(nodes), _AT_ONCE):
        some = nodes[start : start + _AT_ONCE]
        before = _nodes_before(store, some)
        for node in some:
            row, old = _node_row("changed", node), before.get((node.ref.label, node.ref.id))
            if row["props"] != old:
                yield Step(row, old)


def _nodes_before(store: Reader, nodes: Iterable[Node]) -> dict[tuple[str, str], Props]:
    """The rows as they are now, of labels that have internal properties; all others differ in what is seen."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for node in nodes:
        wanted[node.ref.label].append(node.ref.id)
    found = {}
    for label, ids in wanted.items():
        props = node_props(label)
        if any(prop.internal for prop in props):
            query = f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN {returned('n', props)}"
            for row in read_many(store, query, ids):
                found[label, row["id"]] = _seen(row, label)
    return found


def _changed_edges(store: Reader, edges: list[Edge]) -> Iterator[Step]:
    for start in range(0, len(edges), _AT_ONCE):
        some = edges[start : start + _AT_ONCE]
        before = _edges_before(store, some)
        for edge in some:
            row = _edge_row("changed", edge)
            if row["props"] != before.get(edge.key):
                yield Step(row)


def _edges_before(store: Reader, edges: Iterable[Edge]) -> dict[str, Props]:
    """The rows as they are now, by key, of types that have internal properties; few of them leave one node."""
    wanted: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for edge in edges:
        wanted[edge.type, edge.source.label, edge.target.label].append(edge.source.id)
    found = {}
    for (kind, source, target), ids in wanted.items():
        props = edge_props(kind)
        if any(prop.internal for prop in props):
            query = from_end(kind, (source, target)) + f"RETURN {returned('r', props)}"
            for row in read_many(store, query, ids):
                found[row["key"]] = _seen(row, kind)
    return found


def _node_row(op: Op, node: Node) -> Row:
    label, id_ = node.ref.label, node.ref.id
    row: Row = {"op": op, "kind": label, "id": id_}
    if op != "removed":
        row["props"] = _seen(node.props, label)
    return row


def _edge_row(op: Op, edge: Edge) -> Row:
    source, target = edge.source, edge.target
    row: Row = {"op": op, "type": edge.type, "key": edge.key}
    row["from"] = {"kind": source.label, "id": source.id}
    row["to"] = {"kind": target.label, "id": target.id}
    if op != "removed":
        row["props"] = _seen(edge.props, edge.type)
    return row


def _seen(props: Props, kind: str) -> Props:
    """The properties that are there and not internal, as JSON has them and in the order of the schema."""
    found = {}
    for name, maker in _makers(kind):
        value = props.get(name)
        if value is not None and value != []:
            found[name] = value if maker is None else maker(value)
    return found


@cache
def _makers(kind: str) -> tuple[tuple[str, Callable[[Any], Any] | None], ...]:
    """The properties of a label or type, each with what turns a value into JSON, where that is needed."""
    declared = node_props(kind) if kind in NODE_TYPES else edge_props(kind)
    names = (prop for prop in declared if not prop.internal and prop.name not in ("id", "kind", "key"))
    return tuple((prop.name, _MAKERS.get(prop.type)) for prop in names)


_MAKERS: dict[PropType, Callable[[Any], Any]] = {"date": lambda value: value.isoformat(), "number": float}
