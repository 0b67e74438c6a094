"""Loads records into a store and removes documents from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.delta import Delta, Edge, Node
from graph.documents import Places
from graph.errors import ConflictError
from graph.links import Link
from graph.log import logged, time_now
from graph.plan import plan
from graph.schema import EDGE_TYPES, NODE_TYPES
from graph.store import Store
from ingest.records import Record

_TRIES = 5


@dataclass(frozen=True)
class LoadProblem:
    """A citation that was not loaded as an edge; it is listed among the unresolved."""

    policy: str
    cited: str
    reason: str


@dataclass(frozen=True)
class LoadResult:
    """The revision after a load, how many nodes and edges it touched, and what could not be loaded as it was said."""

    revision: int
    nodes_added: int = 0
    nodes_changed: int = 0
    nodes_removed: int = 0
    edges_added: int = 0
    edges_changed: int = 0
    edges_removed: int = 0
    problems: tuple[LoadProblem, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the load changed anything that a query can see."""
        nodes = self.nodes_added + self.nodes_changed + self.nodes_removed
        return bool(nodes + self.edges_added + self.edges_changed + self.edges_removed)


def load(
    store: Store,
    records: Sequence[Record],
    *,
    locations: Places | Sequence[str] | None = None,
    remove: Iterable[str] = (),
    now: str | None = None,
) -> LoadResult:
    """Load ``records``, found at ``locations`` (absolute paths, one a record), all or nothing.

    A record whose document is held changes nothing; one from a location that held other bytes replaces them.
    ``remove`` names documents (sha256) that go in the same step; ``now`` (ISO 8601) is kept as ``ingested_at`` and in
    the log of changes, which gets what this revision changes (``graph.log``).
    Raises RecordError for a record that contradicts itself, StoreError when the store cannot be written.
    """
    time = now or time_now()
    gone = list(remove)
    for last in (False,) * (_TRIES - 1) + (True,):
        base = store.revision()
        made = plan(store, records, locations=locations, remove=gone, now=time)
        try:
            delta = logged(store, made.delta, base + 1, time)
            return _result(made.delta, store.apply(delta, base=base), made.problems)
        except ConflictError:  # another process has loaded something meanwhile: work it out anew
            if last:
                raise
    raise AssertionError


def remove(store: Store, sha256s: Iterable[str]) -> LoadResult:
    """Remove documents, and with them everything that nothing else asserts."""
    return load(store, [], remove=sha256s)


def _result(delta: Delta, revision: int, problems: Sequence[Link]) -> LoadResult:
    def nodes(rows: list[Node]) -> int:
        return sum(not NODE_TYPES[node.ref.label].internal for node in rows)

    def edges(rows: list[Edge]) -> int:
        return sum(not EDGE_TYPES[edge.type].internal for edge in rows)

    return LoadResult(
        revision=revision,
        nodes_added=nodes(delta.nodes.added),
        nodes_changed=nodes(delta.nodes.changed),
        nodes_removed=nodes(delta.nodes.removed),
        edges_added=edges(delta.edges.added),
        edges_changed=edges(delta.edges.changed),
        edges_removed=edges(delta.edges.removed),
        problems=tuple(
            LoadProblem(link.source, link.cited_title or link.cited_number or link.quote, link.problem or "")
            for link in problems
        ),
    )
