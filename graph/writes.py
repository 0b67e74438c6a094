"""Applies a delta to Ladybug, one typed table at a time. The caller holds the transaction.

Not by COPY: its rows are not in the write-ahead log, so a crash after the commit and before the next checkpoint loses
them and keeps the rest of the transaction (seen with 0.22.0).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from graph.ddl import arrow_schema, arrow_table
from graph.delta import Delta, Edge, Node
from graph.errors import StoreError
from graph.schema import Prop, edge_props, node_props

Run = Callable[[str, dict[str, Any]], list[dict[str, Any]]]
_KEY = (Prop("key"),)
_ID = (Prop("id"),)


def write(run: Run, delta: Delta) -> None:
    """Write ``delta``; edges go before the nodes that they hold on to, and nodes come before their edges."""
    edges = delta.edges
    for ends, rows in _by_ends(edges.removed + edges.changed):
        _remove_edges(run, ends, rows)
    for label, nodes in _by_label(delta.nodes.removed):
        _remove_nodes(run, label, nodes)
    for label, nodes in _by_label(delta.nodes.added):
        _add_nodes(run, label, nodes)
    for label, nodes in _by_label(delta.nodes.changed):
        _change_nodes(run, label, nodes)
    for ends, rows in _by_ends(edges.added + edges.changed):
        _add_edges(run, ends, rows)


def node_row(node: Node) -> list[Any]:
    """What the table of its label holds of a node, in the order of the schema."""
    own = {"id": node.ref.id, "kind": node.ref.label}
    return [own.get(prop.name, node.props.get(prop.name)) for prop in node_props(node.ref.label)]


def edge_row(edge: Edge) -> list[Any]:
    """The same of an edge, the ids of its ends first."""
    names = [prop.name for prop in edge_props(edge.type)][1:]
    return [edge.source.id, edge.target.id, edge.key, *(edge.props.get(name) for name in names)]


def _add_nodes(run: Run, label: str, nodes: list[Node]) -> None:
    props = node_props(label)
    table = arrow_table([node_row(node) for node in nodes], arrow_schema(props))
    _expect(run(f"LOAD FROM $rows CREATE (n:{label} {{{_map(props)}}}) RETURN count(*) AS n", _rows(table)), nodes)


def _remove_nodes(run: Run, label: str, nodes: list[Node]) -> None:
    table = arrow_table([[node.ref.id] for node in nodes], arrow_schema(_ID))
    _expect(run(f"LOAD FROM $rows MATCH (n:{label} {{id: c_id}}) DELETE n RETURN count(*) AS n", _rows(table)), nodes)


def _change_nodes(run: Run, label: str, nodes: list[Node]) -> None:
    props = node_props(label)
    sets = ", ".join(f"n.`{prop.name}` = c_{prop.name}" for prop in props if prop.name not in ("id", "kind"))
    table = arrow_table([node_row(node) for node in nodes], arrow_schema(props))
    query = f"LOAD FROM $rows MATCH (n:{label} {{id: c_id}}) SET {sets} RETURN count(*) AS n"
    _expect(run(query, _rows(table)), nodes)


def _remove_edges(run: Run, ends: tuple[str, str, str], edges: list[Edge]) -> None:
    # OPTIONAL, so that the engine walks from the ends and does not read the whole table (graph.store.from_each)
    kind, source, target = ends
    table = arrow_table([[e.source.id, e.target.id, e.key] for e in edges], arrow_schema(_KEY, ends=True))
    query = (
        f"LOAD FROM $rows MATCH (a:{source} {{id: c_from}}) MATCH (b:{target} {{id: c_to}}) "
        f"OPTIONAL MATCH (a)-[r:{kind}]->(b) WITH r, c_key WHERE r.key = c_key DELETE r RETURN count(*) AS n"
    )
    _expect(run(query, _rows(table)), edges)


def _add_edges(run: Run, ends: tuple[str, str, str], edges: list[Edge]) -> None:
    kind, source, target = ends
    props = edge_props(kind)
    rows = [edge_row(each) for each in edges]
    query = (
        f"LOAD FROM $rows MATCH (a:{source} {{id: c_from}}) MATCH (b:{target} {{id: c_to}}) "
        f"CREATE (a)-[:{kind} {{{_map(props)}}}]->(b) RETURN count(*) AS n"
    )
    _expect(run(query, _rows(arrow_table(rows, arrow_schema(props, ends=True)))), edges)


def _map(props: Sequence[Prop]) -> str:
    return ", ".join(f"`{prop.name}`: c_{prop.name}" for prop in props)


def _rows(table: pa.Table) -> dict[str, Any]:
    return {"rows": table}


def _expect(result: list[dict[str, Any]], rows: list[Any]) -> None:
    count = int(result[0]["n"]) if result else 0
    if count != len(rows):
        raise StoreError(f"the store does not hold what it should: {len(rows)} rows to write, {count} found")


def _by_label(nodes: Iterable[Node]) -> list[tuple[str, list[Node]]]:
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.ref.label].append(node)
    return sorted(groups.items())


def _by_ends(edges: Iterable[Edge]) -> list[tuple[tuple[str, str, str], list[Edge]]]:
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.type, edge.source.label, edge.target.label].append(edge)
    return sorted(groups.items())
