"""Loads records into a store and removes documents from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

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
LARGE_DOCUMENTS, LARGE_CHARACTERS = 400, 2_000_000  # more of either is a large load for the embedded store


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
    the log of changes, which gets what this revision changes (``graph.log``). Of an embedded store, a large load is
    written into a copy that takes its place (``graph.large``); ``records`` are then gone through twice, and not kept.
    Raises RecordError for a record that contradicts itself, StoreError when the store cannot be written.
    """
    time = now or time_now()
    gone = list(remove)
    if hasattr(store, "renewal") and _is_large(records, locations, gone):
        return _load_large(store, records, locations, gone, time)
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


def _is_large(records: Sequence[Record], locations: Places | Sequence[str] | None, removed: Sequence[str]) -> bool:
    """Whether the embedded engine may have no room for it in one transaction."""
    count = len(records) + len(removed) + (len(locations.gone) if isinstance(locations, Places) else 0)
    sizes = accumulate(len(record.document.text) for record in records)
    return count > LARGE_DOCUMENTS or any(size > LARGE_CHARACTERS for size in sizes)


def _load_large(
    store: Any, records: Sequence[Record], locations: Places | Sequence[str] | None, removed: Sequence[str], now: str
) -> LoadResult:
    from graph.large import load_large

    written = load_large(store, records, locations, removed, now)
    counts: Counter[str] = Counter()
    for (is_edge, op, kind), number in written.counts.items():
        if not (EDGE_TYPES[kind] if is_edge else NODE_TYPES[kind]).internal:
            counts[f"{'edges' if is_edge else 'nodes'}_{op}"] += number
    return LoadResult(written.revision, **counts, problems=_problems(written.problems))


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
        problems=_problems(problems),
    )


def _problems(links: Sequence[Link]) -> tuple[LoadProblem, ...]:
    return tuple(
        LoadProblem(link.source, link.cited_title or link.cited_number or link.quote, link.problem or "")
        for link in links
    )
