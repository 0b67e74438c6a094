"""The one writer of a server process: jobs that read uploads and load or remove documents, one after the other."""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import BoundedSemaphore, Condition, Thread
from typing import Any, Literal
from uuid import uuid4

from api.failures import one_line
from api.uploads import FileResult, Upload, location, results_of
from graph.errors import ConflictError, GraphError, RecordError
from graph.load import LoadResult, load
from graph.store import Store, read_many
from ingest.pool import Pool, PoolClosedError, WorkerError
from ingest.records import Record

State = Literal["queued", "running", "done", "failed", "refused"]
ENDED: tuple[State, ...] = ("done", "failed", "refused")
STOPPED = "the server is stopping; nothing was loaded"
log = logging.getLogger("parkgraph.writing")


class BusyError(Exception):
    """There is too much to do already; ``retry_after`` seconds from now it may be less. The message is one line."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many documents are waiting; try again in {retry_after} s")
        self.retry_after = retry_after


class ClosedError(Exception):
    """The writer is closed and takes no more jobs."""


@dataclass(frozen=True)
class Job:
    """A job as it stood when it was asked for. ``problem`` is one line; ``result`` is there once it is done."""

    id: str
    state: State
    created: datetime
    started: datetime | None = None
    ended: datetime | None = None
    files: tuple[FileResult, ...] = ()
    result: LoadResult | None = None
    problem: str | None = None


@dataclass(frozen=True)
class Bounds:
    """How much may wait, and how much is remembered of what has ended."""

    queue: int = 32  # jobs
    queue_bytes: int = 200_000_000
    previews: int = 2  # at once
    kept: int = 1000  # jobs
    kept_bytes: int = 200_000_000  # of records, compressed
    kept_seconds: float = 3600


@dataclass(frozen=True)
class _Order:
    id: str
    uploads: tuple[Upload, ...]
    removed: tuple[str, ...]

    @property
    def size(self) -> int:
        return sum(len(upload.data) for upload in self.uploads)


class Writer:
    """Takes jobs from any thread and does them in the order of their coming, each as one revision of ``store``.

    Files are read by the workers of ``pool``, within its limits; closing the writer closes the pool, not the store.
    Two workers or more let previews go on while a job is read.
    """

    def __init__(self, store: Store, pool: Pool, bounds: Bounds | None = None) -> None:
        self._store, self._pool, self._bounds = store, pool, bounds or Bounds()
        self._changed = Condition()
        self._waiting: deque[_Order] = deque()
        self._jobs: dict[str, Job] = {}
        self._pace = 1.0  # seconds that a job takes, lately
        self._closed = False
        self._previews = BoundedSemaphore(self._bounds.previews)
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, uploads: Sequence[Upload] = (), remove: Sequence[str] = ()) -> Job:
        """Queue documents to load and documents (sha256) to remove, both in one revision.

        Raises BusyError where too much is waiting, ClosedError after ``close``.
        """
        order = _Order(uuid4().hex, tuple(uploads), tuple(remove))
        with self._changed:
            if self._closed:
                raise ClosedError("the server is stopping and takes no more documents")
            size = sum(each.size for each in self._waiting) + order.size
            if len(self._waiting) >= self._bounds.queue or (self._waiting and size > self._bounds.queue_bytes):
                raise BusyError(max(1, math.ceil(self._pace * len(self._waiting))))
            self._waiting.append(order)
            self._jobs[order.id] = Job(order.id, "queued", datetime.now(UTC))
            self._changed.notify_all()
            return self._jobs[order.id]

    def job(self, id: str) -> Job | None:
        """The job as it stands; None for one that is not known or forgotten."""
        with self._changed:
            self._forget()
            return self._jobs.get(id)

    def wait(self, job: Job, seconds: float) -> Job:
        """The job once it has ended, or as it stands after so many seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._jobs.get(job.id, job).state in ENDED, seconds)
            return self._jobs.get(job.id, job)

    def preview(self, uploads: Sequence[Upload]) -> tuple[FileResult, ...]:
        """What reading ``uploads`` gives; nothing is loaded. Raises BusyError, and WorkerError where none can be read."""
        if not self._previews.acquire(blocking=False):
            raise BusyError(max(1, math.ceil(self._pace)))
        try:
            return tuple(file for file, _ in self._read(uploads))
        finally:
            self._previews.release()

    def close(self, timeout: float) -> bool:
        """Refuse what is queued and finish the running job; after ``timeout`` seconds stop its reading too.

        Says whether the writer has ended. If it has not, it is in mid-load, which is all or nothing.
        """
        with self._changed:
            self._closed = True
            for order in self._waiting:
                self._set(order.id, state="refused", ended=datetime.now(UTC), problem=STOPPED)
            self._waiting.clear()
            self._changed.notify_all()
        self._thread.join(timeout)
        self._pool.close()
        self._thread.join(1)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while order := self._next():
            begun = time.monotonic()
            self._do(order)
            self._pace += 0.2 * (time.monotonic() - begun - self._pace)

    def _next(self) -> _Order | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if not self._waiting:
                return None
            order = self._waiting.popleft()
            self._set(order.id, state="running", started=datetime.now(UTC))
            return order

    def _do(self, order: _Order) -> None:
        try:
            found = self._read(order.uploads)
            self._set(order.id, files=tuple(file for file, _ in found))
            files, result = self._load(found, order.removed)
            self._set(order.id, state="done", ended=datetime.now(UTC), files=files, result=result)
        except Exception as error:
            log.error("job %s failed: %s", order.id, one_line(error), exc_info=not isinstance(error, GraphError))
            self._set(order.id, state="failed", ended=datetime.now(UTC), problem=_told(error))

    def _read(self, uploads: Sequence[Upload]) -> list[tuple[FileResult, Record | None]]:
        return [pair for upload in uploads for pair in results_of(upload, self._pool.read((upload.data, upload.name)))]

    def _load(
        self, found: Sequence[tuple[FileResult, Record | None]], removed: Sequence[str]
    ) -> tuple[tuple[FileResult, ...], LoadResult]:
        held = {
            row["id"]: row["source"]
            for row in read_many(
                self._store,
                "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN d.id AS id, d.source AS source",
                removed,
            )
        }
        records = [record for _, record in found if record]
        result = load(self._store, records, locations=[location(record) for record in records], remove=sorted(held))
        loaded = [replace(file, outcome="loaded") if record else file for file, record in found]
        gone = [
            FileResult(held.get(sha, sha), sha, "removed")
            if sha in held
            else FileResult(sha, sha, "missing", problem="no such document")
            for sha in removed
        ]
        return (*loaded, *gone), result

    def _set(self, id: str, **changes: Any) -> None:
        with self._changed:
            self._jobs[id] = replace(self._jobs[id], **changes)
            self._forget()
            self._changed.notify_all()

    def _forget(self) -> None:
        """Drop what has ended too long ago, and the oldest of what is too much."""
        ended = sorted(
            ((job.ended, job) for job in self._jobs.values() if job.ended), key=lambda pair: pair[0], reverse=True
        )
        now, size = datetime.now(UTC), 0
        for place, (end, job) in enumerate(ended):
            size += sum(len(file.packed) for file in job.files)
            old = (now - end).total_seconds() > self._bounds.kept_seconds
            if old or place >= self._bounds.kept or (place and size > self._bounds.kept_bytes):
                del self._jobs[job.id]


def _told(error: Exception) -> str:
    """The cause as a client may see it: what the store says of itself names hosts and paths, and goes to the log."""
    if isinstance(error, ConflictError):
        return "others were changing the graph at the same time; nothing was loaded, try again"
    if isinstance(error, PoolClosedError):
        return STOPPED
    if isinstance(error, RecordError | WorkerError):
        return f"{one_line(error)}; nothing was loaded"
    if isinstance(error, GraphError):
        return "the store could not be read or written; nothing was loaded"
    return f"an error of this program ({type(error).__name__}); nothing was loaded"
