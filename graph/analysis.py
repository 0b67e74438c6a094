"""The graph, or a part of it, as networkx: for notebooks, and for ``graph.network`` and ``graph.paths``.

Works on any store. A node's key is ``Kind:id``, for an agency and a park may have the same name; an edge's key is its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import networkx as nx

from graph.errors import QueryError
from graph.regions import resolve_region
from graph.schema import EDGES, NODES, edge_props, node_props, returned
from graph.store import Reader, Row, present

MultiDiGraph: TypeAlias = "nx.MultiDiGraph[str]"
KINDS = tuple(sorted(node.label for node in NODES if not node.internal))
LEFT_OUT = {"Document": ("text",)}  # as long as the document, and no analysis asks for it
_OF_REGION = "MATCH (p:Policy)-[:APPLIES_IN]->(g:Region) WHERE $region IN g.ancestors RETURN p.id AS id"


def to_networkx(store: Reader, kinds: Iterable[str] | None = None, region: str | None = None) -> MultiDiGraph:
    """The graph with its properties, or the nodes of ``kinds`` alone, or what the policies of ``region`` say.

    Every node has ``kind``, ``id`` and ``name``, every edge ``type``; what is absent is left out, and so are the texts
    of documents. A region (code or usual name) takes in all within it: its policies, the edges that they assert with
    both ends, and edges of tables (LOCATED_IN, SERVES …) between these. The same graph comes in the same order.
    Raises QueryError for an unknown kind or region.
    """
    wanted = KINDS if kinds is None else tuple(sorted(set(kinds)))
    unknown = [kind for kind in wanted if kind not in KINDS]
    if unknown:
        raise QueryError(f"{unknown[0]}: no such kind of node; there are {', '.join(KINDS)}")
    nodes = {node_key(kind, row["id"]): row for kind in wanted for row in _nodes(store, kind)}
    edges = [
        row for edge in EDGES if not edge.internal for ends in edge.ends for row in _edges(store, edge.type, *ends)
    ]
    if region is not None:
        within = store.read(_OF_REGION, {"region": resolve_region(region)})
        nodes, edges = _part(nodes, edges, {row["id"] for row in within})
    graph: MultiDiGraph = nx.MultiDiGraph()
    graph.add_nodes_from((key, nodes[key]) for key in sorted(nodes))
    inside = (row for row in edges if row["from"] in nodes and row["to"] in nodes)
    for row in sorted(inside, key=lambda each: (each["type"], each["from"], each["to"], each["key"])):
        graph.add_edge(row.pop("from"), row.pop("to"), key=row.pop("key"), **row)
    return graph


def node_key(kind: str, id_: str) -> str:
    """The key of a node in the networkx graph."""
    return f"{kind}:{id_}"


def title(row: Row) -> str:
    """How a node is shown: by its name (a theme by its Chinese one), else by its id."""
    return str(row.get("name_zh") or row.get("name") or row["id"])


def _nodes(store: Reader, kind: str) -> list[Row]:
    props = [prop for prop in node_props(kind) if prop.name not in LEFT_OUT.get(kind, ())]
    return [present(row) for row in store.read(f"MATCH (n:{kind}) RETURN {returned('n', props)}")]


def _edges(store: Reader, kind: str, source: str, target: str) -> list[Row]:
    columns = returned("r", edge_props(kind))
    query = f"MATCH (a:{source})-[r:{kind}]->(b:{target}) RETURN a.id AS `from`, b.id AS `to`, {columns}"
    found = [present(row) | {"type": kind} for row in store.read(query)]
    return [row | {"from": node_key(source, row["from"]), "to": node_key(target, row["to"])} for row in found]


def _part(
    nodes: dict[str, Row], edges: list[dict[str, Any]], policies: set[str]
) -> tuple[dict[str, Row], list[dict[str, Any]]]:
    """What ``policies`` say: themselves, what is of them, what they tie it to; and what tables say of that."""
    said = [row for row in edges if row.get("policy") in policies or _states(row, policies)]
    held = {node_key("Policy", policy) for policy in policies}
    held |= {key for key, row in nodes.items() if row.get("policy") in policies}
    held |= {row[end] for row in said for end in ("from", "to")}
    table = [row for row in edges if "policy" not in row and row["type"] != "STATED_IN"]
    kept = said + [row for row in table if row["from"] in held and row["to"] in held]
    return {key: row for key, row in nodes.items() if key in held}, kept


def _states(row: dict[str, Any], policies: set[str]) -> bool:
    return row["type"] == "STATED_IN" and row["from"].partition(":")[2] in policies
