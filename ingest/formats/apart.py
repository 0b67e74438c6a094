"""Reads what is no plain text in a process of its own: a file that loops, crashes its reader or fills the memory ends only that.

One such process serves many files; after a file that it did not survive there is a new one for the next.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from threading import Lock, Timer
from typing import IO, Any

from ingest.formats.given import Given, Part, ReadError, Unread
from ingest.formats.kinds import read as read_here
from ingest.records import Document

SECONDS = 60.0  # for each document in a file; PARKGRAPH_READ_SECONDS
MEMORY = 3_000_000_000  # bytes of address space


class Servant:
    """The other process. ``owner`` is the process that started it: one that was forked since must not use it."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        code = "from ingest.formats.apart import serve; serve()"
        path = os.pathsep.join(filter(None, [*sys.path, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def ask(self, given: Given, kind: str, seconds: float) -> Iterator[dict[str, Any]]:
        """Send a file and pass on what comes back. Raises ReadError when that takes too long or the process ends."""
        late: list[bool] = []
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with suppress(OSError), _limit(self.process, seconds, late):
            self.process.stdin.write(json.dumps([given.source, kind, len(given.data)]).encode() + b"\n" + given.data)
            self.process.stdin.flush()
        while True:
            with _limit(self.process, seconds, late):
                line = self.process.stdout.readline()
            if not line.endswith(b"\n"):
                raise ReadError(
                    f"takes longer than {seconds:g} seconds to read" if late else "damaged: it crashes its reader"
                )
            answer: dict[str, Any] = json.loads(line)
            if "end" in answer:
                return
            yield answer

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()


class _limit:
    """Kills a process unless left in time, and then notes it."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float, late: list[bool]) -> None:
        def kill() -> None:
            late.append(True)
            process.kill()

        self.timer = Timer(seconds, kill)
        self.timer.daemon = True

    def __enter__(self) -> None:
        self.timer.start()

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()


_servants: list[Servant] = []  # one, or none
_lock = Lock()


def read(given: Given, kind: str) -> Iterator[Part]:
    """Every document in some bytes, as ``kinds.read`` gives them. Raises ReadError, also past the limits of time and memory."""
    with _lock:
        refused = yield from _answers(given, kind)
    if refused:
        raise ReadError(refused)


def _answers(given: Given, kind: str) -> Generator[Part, None, str | None]:
    seconds = float(os.environ.get("PARKGRAPH_READ_SECONDS") or SECONDS)
    whole = False  # until the last answer is there, the process cannot be asked again
    try:
        for answer in _servant().ask(given, kind, seconds):
            if "error" in answer:
                whole = True
                return str(answer["error"])
            yield part_of(answer)
        whole = True
        return None
    finally:
        if not whole:
            _dismiss()


def part_of(answer: dict[str, Any]) -> Part:
    """A document, or what cannot be read, out of an answer."""
    if "unread" in answer:
        source, reason = answer["unread"]
        return Unread(str(source), str(reason))
    return Document.model_validate(answer["document"])


def _servant() -> Servant:
    if _servants and _servants[0].owner == os.getpid() and _servants[0].process.poll() is None:
        return _servants[0]
    _dismiss()
    _servants.append(Servant())
    return _servants[0]


@atexit.register
def _dismiss() -> None:
    while _servants:
        servant = _servants.pop()
        if servant.owner == os.getpid():
            servant.stop()


def serve() -> None:
    """The other process: read one file after the other from standard input until that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who asked, who then goes away
    _limit_memory()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # whatever a library prints is no answer
    while header := sys.stdin.buffer.readline():
        source, kind, size = json.loads(header)
        _answer(Given(sys.stdin.buffer.read(size), source), kind, out)


def _answer(given: Given, kind: str, out: IO[bytes]) -> None:
    try:
        for part in read_here(given, kind):
            if isinstance(part, Unread):
                _send(out, {"unread": [part.source, part.reason]})
            else:
                _send(out, {"document": part.model_dump(mode="json")})
    except ReadError as error:
        _send(out, {"error": str(error)})
    else:
        _send(out, {"end": True})


def _send(out: IO[bytes], answer: dict[str, Any]) -> None:
    out.write(json.dumps(answer).encode() + b"\n")
    out.flush()


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not on Windows, and not where less is allowed already
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
