"""A worker: a process that reads files which nobody vouches for, within limits; ``ingest.pool`` starts it and ends it.

It is told a file at a time on its standard input, and answers on its standard output, in pickles: READY once the pipeline
is built; then for each file its outcomes, each failure of the reader as text, and END.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from ingest.files import File, Outcome

Work = Callable[[File], Iterable[Outcome]]
Prepare = Callable[[], Work]

READY, END = "ready", None
NO_MEMORY = 77  # an exit code, for there may be no memory to say it otherwise
GRACE = 5  # seconds beyond its limit after which a worker ends even without its parent
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Limits:
    """What a file may cost: seconds by the clock, and megabytes of the whole worker.

    With ``whole``, ``seconds`` are for each document in the file, and ``whole`` is for all of them. Memory is limited by
    address space, which is larger than what is used, and not at all on Windows.
    """

    seconds: float = 60
    megabytes: int = 2000
    whole: float | None = None

    @property
    def in_all(self) -> float:
        """Seconds for all of a file."""
        return self.seconds if self.whole is None else self.whole


def extraction() -> Work:
    """Build the pipeline, and give what is to be done to each file."""
    from ingest.pipeline import extract_file, pipeline

    pipeline()
    return extract_file


def serve() -> None:
    """Live as a worker: until the parent closes the pipe or is gone, or a file takes more memory than there is."""
    orders, answers = _channels()
    try:
        with suppress(EOFError, BrokenPipeError):  # the parent has closed the pipe, or is gone
            _work(orders, answers)
    except MemoryError:
        os._exit(NO_MEMORY)


def _work(orders: IO[bytes], answers: IO[bytes]) -> None:
    prepare, limits = pickle.load(orders)
    _bind(limits)
    work = prepare()
    _tell(answers, READY)
    os.dup2(1, 2)  # what readers print on standard error is nothing that a user can use
    while True:
        file = pickle.load(orders)
        _alarm(limits.seconds + GRACE)
        for answer in _answers(work, file):
            _tell(answers, answer)
            _alarm(limits.seconds + GRACE)
        _alarm(0)


def _channels() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output as pipes of our own; what readers print goes nowhere."""
    channels = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return channels


def _answers(work: Work, file: File) -> Iterator[Outcome | str | None]:
    try:
        yield from work(file)
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours or of a library; the other files go on
        yield f"crashed the reader ({type(error).__name__})"
    yield END


def _tell(answers: IO[bytes], answer: object) -> None:
    pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _bind(limits: Limits) -> None:
    """Have the kernel limit this process, and end it with its parent whatever it is doing."""
    if sys.platform != "win32":
        import resource

        size = limits.megabytes * 1_000_000
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _alarm(seconds: float) -> None:
    """Let the kernel end this process in so many seconds; 0 calls it off."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
