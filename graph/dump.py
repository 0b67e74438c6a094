"""All rows of a store, bookkeeping included, as they would be written into another one.

The log of changes stays behind: its revisions are those of the store, and another one counts its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.delta import Edge, Node, Ref, clean
from graph.errors import StoreError
from graph.schema import EDGES, NODES, EdgeType, NodeType, edge_props, node_props, returned
from graph.store import Row, Store

META = "Meta"
OWN = ("Change", META)  # the log of changes, and the revision that it leads to


def nodes_of(store: Store, label: str) -> Iterator[Node]:
    """The nodes of ``label``, by id."""
    for row in sorted(raw_nodes(store, label), key=lambda row: str(row["id"])):
        props = {name: value for name, value in row.items() if name not in ("id", "kind")}
        yield Node(Ref(label, row["id"]), clean(props))


def edges_of(store: Store, kind: str, source: str, target: str) -> Iterator[Edge]:
    """The relationships of a type between two labels, by key."""
    for row in sorted(raw_edges(store, kind, source, target), key=lambda row: str(row["key"])):
        props = {name: value for name, value in row.items() if name not in ("key", "from", "to")}
        yield Edge(row["key"], kind, Ref(source, row["from"]), Ref(target, row["to"]), clean(props))


def raw_nodes(store: Store, label: str) -> list[Row]:
    """Nodes as rows of all properties of the schema, in its order."""
    return store.read(f"MATCH (n:{label}) RETURN {returned('n', node_props(label), internal=True)}")


def raw_edges(store: Store, kind: str, source: str, target: str) -> list[Row]:
    """Relationships as rows: ``from``, ``to``, and all properties of the schema in its order."""
    columns = returned("r", edge_props(kind), internal=True)
    query = f"MATCH (a:{source})-[r:{kind}]->(b:{target}) RETURN a.id AS `from`, b.id AS `to`, {columns}"
    return store.read(query)


def labels() -> list[NodeType]:
    """Every label but those of which each store has its own nodes."""
    return [node for node in NODES if node.label not in OWN]


def ends() -> list[tuple[EdgeType, str, str]]:
    """Every relationship type with every pair of labels."""
    return [(edge, source, target) for edge in EDGES for source, target in edge.ends]


def is_empty(store: Store) -> bool:
    """Whether nothing has been loaded, or all of it was removed."""
    return not any(store.read(f"MATCH (n:{node.label}) RETURN n.id AS id LIMIT 1") for node in labels())


class Unchanged:
    """A block that reads a store in several steps: raises StoreError at its end if the graph has changed meanwhile."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> int:
        self.revision = self.store.revision()
        return self.revision

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None and self.store.revision() != self.revision:
            raise StoreError(f"{self.store.url}: changed while it was read; try again")
