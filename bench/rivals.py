"""Other loaders of Neo4j, each given the same rows in the form that it takes; only the call that loads is timed.

They are extras (``pip install '.[bench]'``): a loader that is not installed raises ImportError.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from graph.delta import Delta, Props

T = TypeVar("T")
BATCH = 10_000  # rows in a call, where the loader leaves it to its caller
Rival = Callable[[str, tuple[str, str], Delta], float]


def py2neo(uri: str, auth: tuple[str, str], delta: Delta) -> float:
    """``py2neo.bulk``: create_nodes and create_relationships, a transaction for each 10,000."""
    from py2neo import Graph
    from py2neo.bulk import create_nodes, create_relationships

    nodes: dict[str, list[Props]] = defaultdict(list)
    edges: dict[tuple[str, str, str], list[tuple[str, Props, str]]] = defaultdict(list)
    for node in delta.nodes.added:
        nodes[node.ref.label].append(_plain(node.props, id=node.ref.id, kind=node.ref.label))
    for edge in delta.edges.added:
        row = edge.source.id, _plain(edge.props, key=edge.key), edge.target.id
        edges[edge.type, edge.source.label, edge.target.label].append(row)
    graph = Graph(uri, auth=auth)
    begun = time.perf_counter()
    for label, rows in nodes.items():
        for some in _batches(rows, BATCH):
            create_nodes(graph.auto(), some, labels={label})
    for (kind, source, target), rows in edges.items():
        for some in _batches(rows, BATCH):
            create_relationships(graph.auto(), some, kind, start_node_key=(source, "id"), end_node_key=(target, "id"))
    return time.perf_counter() - begun


def graphrag(uri: str, auth: tuple[str, str], delta: Delta) -> float:
    """``Neo4jWriter`` of neo4j-graphrag, in batches of 10,000 (its default of 1,000 is slower)."""
    import neo4j

    try:
        from neo4j_graphrag.components.kg_writer import Neo4jWriter
        from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship
    except ModuleNotFoundError:
        from neo4j_graphrag.experimental.components.kg_writer import Neo4jWriter
        from neo4j_graphrag.experimental.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    nodes = [
        Neo4jNode(id=f"{n.ref.label}/{n.ref.id}", label=n.ref.label,
                  properties=_plain(n.props, id=n.ref.id, kind=n.ref.label))
        for n in delta.nodes.added
    ]  # fmt: skip
    edges = [
        Neo4jRelationship(start_node_id=f"{e.source.label}/{e.source.id}", end_node_id=f"{e.target.label}/{e.target.id}",
                          type=e.type, properties=_plain(e.props, key=e.key))
        for e in delta.edges.added
    ]  # fmt: skip
    graph = Neo4jGraph(nodes=nodes, relationships=edges)
    with neo4j.GraphDatabase.driver(uri, auth=auth, notifications_min_severity="OFF") as driver:
        writer = Neo4jWriter(driver, batch_size=BATCH)
        begun = time.perf_counter()
        result = asyncio.run(writer.run(graph))
        seconds = time.perf_counter() - begun
    if result.status != "SUCCESS":
        raise RuntimeError(str(result.metadata)[:300])
    return seconds


def langchain(uri: str, auth: tuple[str, str], delta: Delta) -> float:
    """``Neo4jGraph.add_graph_documents`` of langchain-neo4j: documents of 1,000 nodes, or of 3,000 relationships."""
    from langchain_neo4j import Neo4jGraph
    from langchain_neo4j.graphs.graph_document import GraphDocument, Node, Relationship

    def ref(label: str, id_: str) -> Any:
        return Node(id=id_, type=label)

    nodes = [
        Node(id=n.ref.id, type=n.ref.label, properties=_plain(n.props, kind=n.ref.label)) for n in delta.nodes.added
    ]
    edges = [
        Relationship(source=ref(e.source.label, e.source.id), target=ref(e.target.label, e.target.id), type=e.type,
                     properties=_plain(e.props, key=e.key))
        for e in delta.edges.added
    ]  # fmt: skip
    documents = [GraphDocument(nodes=some, relationships=[]) for some in _batches(nodes, 1000)]
    documents += [GraphDocument(nodes=[], relationships=some) for some in _batches(edges, 3000)]
    graph = Neo4jGraph(uri, *auth, refresh_schema=False)
    begun = time.perf_counter()
    graph.add_graph_documents(documents)
    return time.perf_counter() - begun


RIVALS: dict[str, Rival] = {
    "py2neo bulk": py2neo,
    "neo4j-graphrag Neo4jWriter": graphrag,
    "LangChain add_graph_documents": langchain,
}


def _plain(props: Props, **more: str) -> Props:
    own = {name: value.isoformat() if isinstance(value, date) else value for name, value in props.items()}
    return {**own, **more}


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(rows)
    while some := list(itertools.islice(left, size)):
        yield some
