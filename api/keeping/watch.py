"""Keeps a graph in step with folders as their files change."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from time import monotonic
from types import FrameType

import watchfiles

from api.failures import Code, Failure, one_line, warn
from api.keeping.report import Report
from api.keeping.run import Order, bring
from api.keeping.voice import Once
from graph.errors import GraphError
from ingest.files import Found, PathError, find
from ingest.formats.sniff import SUFFIXES
from ingest.pool import WorkerError
from ingest.stamp import Look, look_at

QUIET = 500  # milliseconds without a change after which a batch is complete
LONGEST = 5000  # milliseconds after which it is taken as complete
TICK = 1000  # milliseconds at most between two looks at the clock
Looks = dict[Path, Look | None]


class Watcher:
    """Loads an order's files whenever they look otherwise than at the last load; ``tell`` gets the report of each load."""

    def __init__(self, order: Order, tell: Callable[[Report], None]) -> None:
        self._order, self._tell = order, tell
        self._voice = Once()
        self._seen: Looks | None = None

    def look(self) -> None:
        """Load if there is anything to load. Raises Failure for a path that is not there, GraphError, WorkerError."""
        found = _found(self._order.paths)
        paths = [*(path for path, _ in found.files), *(left.path for left in found.left)]
        looks = {path: look_at(path) for path in paths}
        if looks == self._seen or not looks:
            return
        self._voice.next_round()
        told = bring(self._order, found, self._voice)
        if told.changed or self._seen is None:
            self._tell(told)
        self._seen = looks

    def look_again(self) -> None:
        """The same; what goes wrong is said, and tried again at the next look."""
        try:
            self.look()
        except (Failure, GraphError, WorkerError, OSError) as error:
            warn(one_line(error))


def keep_watching(order: Order, interval: float, tell: Callable[[Report], None], ready: Callable[[], None]) -> None:
    """Look now, whenever files change, and every ``interval`` seconds, until SIGINT or SIGTERM.

    ``ready`` is called when no change can be missed any more. Errors of the first look are raised (``Watcher.look``);
    later ones are said.
    """
    watcher = Watcher(order, tell)
    with _until_stopped():
        watcher.look()
        changes = watchfiles.watch(
            *order.paths,
            watch_filter=_may_matter,
            debounce=LONGEST,
            step=QUIET,
            rust_timeout=TICK,
            yield_on_timeout=True,
        )
        next(changes)  # it begins to watch only now: what has changed since the first look is seen by the second
        watcher.look_again()
        ready()
        due = monotonic() + interval
        for changed in changes:
            if changed or monotonic() >= due:
                watcher.look_again()
                due = monotonic() + interval


def _found(paths: Sequence[Path]) -> Found:
    try:
        return find(paths)
    except PathError as error:
        raise Failure(one_line(error), Code.USAGE) from error


def _may_matter(_: watchfiles.Change, path: str) -> bool:
    """Whether it is a document or a folder: not the store, which may lie beside them and changes with every load."""
    return PurePath(path).suffix.lower() in ("", *SUFFIXES)


@contextmanager
def _until_stopped() -> Iterator[None]:
    """End what is inside without complaint at SIGINT and SIGTERM. A load that is cut off leaves the graph as it was."""

    def stop(_: int, __: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
