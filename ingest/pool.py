"""A pool of workers: files in, outcomes out in the same order; a file over its limits costs its worker and no more."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from threading import Lock, Timer
from types import TracebackType
from typing import Any, Self

from ingest.files import File, Outcome
from ingest.formats.given import MAX_BYTES
from ingest.worker import END, NO_MEMORY, READY, Limits, Prepare, extraction

COMMAND = (sys.executable, "-P", "-c", "from ingest.worker import serve; serve()")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "TEMP", "SYSTEMROOT", "LD_LIBRARY_PATH")  # of the environment: no passwords
START_SECONDS = 120
CLOSED = "the reading of documents was ended"


class WorkerError(Exception):
    """A worker cannot be started, or the pool is closed. The message is one line."""


class PoolClosedError(WorkerError):
    """The pool is closed."""


class Pool:
    """``size`` workers, which start at once and get ready meanwhile. Any thread may use it; as a context it closes itself.

    ``prepare`` runs once in each worker and gives the function that is applied to each file.
    """

    def __init__(self, size: int = 1, limits: Limits | None = None, prepare: Prepare = extraction) -> None:
        self.size, self.limits, self._prepare = size, limits or Limits(), prepare
        self._starter = ThreadPoolExecutor(1, "workers")  # Linux ends a child with the thread that has started it
        self._lock = Lock()
        self._closed = False
        self._workers: list[_Worker] = []
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for _ in range(size):
            self._idle.put(self._start())

    def read(self, file: File) -> list[Outcome]:
        """What one file gives; if it goes over its limits, what it gave until then, and the problem in one line.

        Waits while all workers are busy. Raises WorkerError.
        """
        if isinstance(file[0], bytes) and len(file[0]) > MAX_BYTES:
            return [_failed(file, f"larger than {MAX_BYTES // 1_000_000} MB")]
        worker = self._idle.get()
        try:
            if not worker.alive():
                worker = self._start()
            found = worker.read(file)
            if not worker.alive():  # begins a new one now, so that it is ready when the next file comes
                worker = self._start()
        except WorkerError:
            if self._closed:  # which may be why it could not start
                raise PoolClosedError(CLOSED) from None
            raise
        finally:
            self._idle.put(worker)
        return found

    def read_all(self, files: Iterable[File]) -> Iterator[Outcome]:
        """Every outcome, one after the other, in the order of ``files`` and of what is in them. Raises WorkerError."""
        return chain.from_iterable(self.read_each(files))

    def read_each(self, files: Iterable[File]) -> Iterator[list[Outcome]]:
        """What each of ``files`` gives, in their order, whatever the number of workers. Raises WorkerError."""
        threads = ThreadPoolExecutor(self.size, "reading")
        ahead: deque[Future[list[Outcome]]] = deque()
        try:
            for file in files:
                ahead.append(threads.submit(self.read, file))
                if len(ahead) > 2 * self.size:
                    yield ahead.popleft().result()
            while ahead:
                yield ahead.popleft().result()
        finally:  # after Ctrl-C nobody waits for what is being read: closing the pool ends that
            threads.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End all workers, those at work too; whoever waits for one gets a PoolClosedError."""
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.kill()
        self._starter.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise PoolClosedError(CLOSED)
            worker = self._starter.submit(_Worker, self._prepare, self.limits).result()
            self._workers = [worker, *(other for other in self._workers if other.alive())]
        return worker


class _Worker:
    """One process, from this side."""

    def __init__(self, prepare: Prepare, limits: Limits) -> None:
        self._limits = limits
        self._ready = False
        self._late: float | None = None  # the seconds that were not enough
        self._process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the parent
        )
        with suppress(OSError):  # it has ended already: found out when it should be ready
            self._tell((prepare, limits))

    def alive(self) -> bool:
        return self._process.poll() is None

    def kill(self) -> None:
        """End it with whatever it has started itself, and wait for that."""
        if not self.alive():
            return
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def read(self, file: File) -> list[Outcome]:
        if not self._ready:
            self._get_ready()
        found: list[Outcome] = []
        try:
            self._ask(file, found)
        except (EOFError, OSError, pickle.UnpicklingError):
            self.kill()
        if not self.alive():
            found.append(_failed(file, self._cause()))
        return found

    def _ask(self, file: File, found: list[Outcome]) -> None:
        with self._within(self._limits.in_all):
            with self._within(self._limits.seconds):
                self._tell(file)
                answer = self._hear()
            while answer is not END:
                found.append(_failed(file, answer) if isinstance(answer, str) else answer)
                with self._within(self._limits.seconds):
                    answer = self._hear()

    def _get_ready(self) -> None:
        with self._within(START_SECONDS), suppress(EOFError):
            self._ready = self._hear() == READY
        if not self._ready:
            self.kill()
            raise WorkerError("a process that reads documents could not be started")

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        """Kill the process when what is inside takes longer."""
        timer = Timer(seconds, self._expire, [seconds])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()

    def _expire(self, seconds: float) -> None:
        self._late = seconds
        self.kill()

    def _cause(self) -> str:
        code = self._process.wait()
        if self._late:
            return f"took longer than {self._late:g} s"
        if code == NO_MEMORY:
            return f"needed more than {self._limits.megabytes} MB"
        return f"crashed the reader ({f'signal {-code}' if code < 0 else f'exit code {code}'})"

    def _tell(self, order: object) -> None:
        assert self._process.stdin
        pickle.dump(order, self._process.stdin, pickle.HIGHEST_PROTOCOL)
        self._process.stdin.flush()

    def _hear(self) -> Any:
        assert self._process.stdout
        return pickle.load(self._process.stdout)


def _environment() -> dict[str, str]:
    """What a worker has to know: the same modules; nothing secret; and one thread, or numpy takes its memory for many."""
    kept = {name: value for name, value in os.environ.items() if name in KEPT or name.startswith(("LC_", "PYTHON"))}
    path = os.pathsep.join(entry for entry in sys.path if entry)
    return {**kept, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _failed(file: File, problem: str) -> Outcome:
    source, name = file
    return Outcome(source if isinstance(source, Path) else Path(), name, None, problem, cut=True)
