"""What every face of a running server asks: one store, answers of one revision, kept until the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from cachetools import LRUCache

from api.settings import Settings
from api.writing import Writer
from graph.budget import Budgeted
from graph.errors import StoreError
from graph.store import Reader, Store
from ingest.pool import Pool
from ingest.worker import Limits

T = TypeVar("T")
_TRIES = 5


class Answer(NamedTuple):
    """A value, and the revision of the graph that it holds for."""

    revision: int
    value: Any


class Service:
    """The store of a server, with its budget and what it has answered so far. Safe to use from many threads."""

    def __init__(self, store: Store, settings: Settings, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self.settings = settings
        self.today = today
        self._kept: LRUCache[Hashable, Answer] = LRUCache(settings.cached_rows, _weight)
        self._lock = threading.Lock()
        self._writer: Writer | None = None
        self._starting = threading.Lock()

    def read(self, work: Callable[[Reader], T]) -> tuple[int, T]:
        """What ``work`` makes of the graph, and the one revision that all its reads have seen.

        Raises BudgetError where it takes more than the settings allow, and whatever ``work`` raises.
        """
        for _ in range(_TRIES):
            before = self.store.revision()
            value = work(Budgeted(self.store, seconds=self.settings.seconds, rows=self.settings.rows))
            if self.store.revision() == before:
                return before, value
        raise StoreError("the graph changes too fast to be read")

    def kept(self, key: Hashable, work: Callable[[Reader], T]) -> tuple[int, T]:
        """As ``read``; the value of a ``key`` is worked out once for each revision."""
        found = self.held(key, self.store.revision())
        if found is not None:
            return found.revision, found.value
        revision, value = self.read(work)
        with self._lock:
            self._kept_put((key, revision), Answer(revision, value))
        return revision, value

    def held(self, key: Hashable, revision: int) -> Answer | None:
        """The value of ``key`` at ``revision``, if it is still kept."""
        with self._lock:
            return self._kept.get((key, revision))

    @property
    def writer(self) -> Writer:
        """The one that loads documents; it starts with the first of them."""
        with self._starting:
            if self._writer is None:
                limits = Limits(seconds=self.settings.upload_seconds, megabytes=self.settings.upload_megabytes)
                self._writer = Writer(self.store, Pool(2, limits))
            return self._writer

    def close(self) -> None:
        """Finish the document that is being loaded; the store is closed by whoever opened it."""
        with self._starting:
            if self._writer is not None:
                self._writer.close(self.settings.grace)
        with self._lock:
            self._kept.clear()

    def _kept_put(self, key: Hashable, answer: Answer) -> None:
        if _weight(answer) <= self._kept.maxsize:
            self._kept[key] = answer


def _weight(answer: Answer) -> int:
    return len(answer.value) + 1 if isinstance(answer.value, list) else 50
