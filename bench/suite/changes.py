"""One document into a graph, another one in its place, and out again, in a store that is open."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench.suite.child import call
from bench.suite.figures import Row, Section, growth
from bench.suite.records import kept, read
from bench.suite.subjects import Subject
from bench.suite.watched import CommandError, cpu_of
from graph.errors import StoreError
from graph.load import load, remove
from graph.store import Store, open_store
from ingest.records import Record

AIM = 1.5
ADD = "add one"


def measure(subjects: Sequence[Subject], work: Path) -> Section:
    """Add, replace and remove in each graph; one added to the largest beside one added to the smallest."""
    section = Section("changes", "One document at a time into an open store, medians")
    records = str(kept(work / "records.json"))
    for subject in subjects:
        try:
            given = {"store": subject.url, "server": subject.server, "records": records}
            rows, took = call("changes", "change", subject.env, **given)
        except CommandError as error:
            section.failures.append(f"{subject.engine}, {subject.documents} documents: {error}")
            continue
        about: Row = {"engine": subject.engine, "documents": subject.documents}
        section.rows += [{**about, **row, "peak_mb": round(took.peak_mb, 1)} for row in rows]
    for figure in ("cpu_ms", "wall_ms"):
        section.ratios += growth([row for row in section.rows if row["what"] == ADD], figure, ("engine", "what"), AIM)
    if any(each.engine == "neo4j" and each.server is None for each in subjects):
        section.notes.append("cpu_ms of a Neo4j that was given is the client's only")
    return section


def change(store: str, server: int | None, records: str) -> list[Row]:
    """What each kind of change takes in this process and on the server ``server``; the graph is as before then.

    All are made twice, and the second time counts: a Java server gets faster for a while. Raises StoreError where the
    graph holds one of the documents, which would be lost.
    """
    added, others = read(Path(records))
    ids = [each.document.sha256 for each in (*added, *others)]
    with open_store(store, create=False) as opened:
        if opened.read("MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id", {"ids": ids}):
            raise StoreError(f"{opened.url}: holds documents that this benchmark adds and removes")
        try:
            _all(opened, added, others, server)
            return _all(opened, added, others, server)
        finally:
            remove(opened, ids)


def _all(store: Store, added: Sequence[Record], others: Sequence[Record], server: int | None) -> list[Row]:
    times: list[Row] = []
    for what, some in ((ADD, added), ("add it again", added), ("replace one", others)):
        works = [partial(load, store, [each], locations=[f"/bench/{at}"]) for at, each in enumerate(some)]
        times.append({"what": what, **medians(works, server)})
    works = [partial(remove, store, [each.document.sha256]) for each in others]
    return [*times, {"what": "remove one", **medians(works, server)}]


def medians(works: Sequence[Callable[[], object]], server: int | None) -> Row:
    """Milliseconds of the clock and of processors, of this process and of ``server``: the medians of ``works``."""
    walls, cpus = [], []
    for work in works:
        wall, cpu = time.perf_counter(), time.process_time() + cpu_of(server)
        work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() + cpu_of(server) - cpu)
    return {
        "wall_ms": round(1000 * statistics.median(walls), 1),
        "cpu_ms": round(1000 * statistics.median(cpus), 1),
        "most_wall_ms": round(1000 * max(walls), 1),
    }
