"""A store that may only be read, within a budget of time and of rows: what answers strangers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from graph.errors import BudgetError
from graph.store import Reader, Row


class Budgeted:
    """Reads ``store`` for ``seconds`` in all; no single query gives more than ``rows`` rows."""

    def __init__(self, store: Reader, *, seconds: float, rows: int) -> None:
        self.url = store.url
        self.search_index = store.search_index
        self._store = store
        self._rows = rows
        self._end = time.monotonic() + seconds

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> list[Row]:
        """The rows of a reading query, in what is left of the time. Raises BudgetError, StoreError."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise BudgetError("the query takes too long")
        return self._store.read(
            cypher,
            params,
            seconds=left if seconds is None else min(left, seconds),
            rows=self._rows if rows is None else min(self._rows, rows),
        )

    @property
    def known_revision(self) -> int | None:
        """The revision, where it is known without asking."""
        return self._store.known_revision

    def revision(self) -> int:
        """How many loads have changed the graph."""
        return self._store.revision()
