"""A whole graph from one store to another, whatever the engines."""

from __future__ import annotations

from graph.delta import Changes, Delta
from graph.dump import Unchanged, edges_of, ends, is_empty, labels, nodes_of
from graph.errors import StoreError
from graph.log import logged, time_now
from graph.store import Store


def whole(store: Store) -> Delta:
    """All rows of ``store``, as added to an empty one. Raises StoreError if it changes meanwhile."""
    with Unchanged(store):
        return Delta(
            Changes(added=[row for label in labels() for row in nodes_of(store, label.label)]),
            Changes(added=[row for edge, *pair in ends() for row in edges_of(store, edge.type, *pair)]),
        )


def copy(source: Store, target: Store) -> tuple[int, int]:
    """Write all that ``source`` holds into ``target``, as one revision of it, and return the nodes and edges written.

    That revision has its own log, in which every row is added; the log of ``source`` stays there, its revisions are
    others. Raises StoreError where ``target`` holds something already.
    """
    if not is_empty(target):
        raise StoreError(f"{target.url}: holds a graph already; copy into an empty store")
    delta = whole(source)
    base = target.revision()
    target.apply(logged(target, delta, base + 1, time_now()), base=base)
    return len(delta.nodes.added), len(delta.edges.added)
