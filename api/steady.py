"""Reading in many steps, as long as it takes, and never more than one revision of the graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Send

from api.service import Service
from graph.errors import StoreError
from graph.store import Reader, Row

log = structlog.get_logger("parkgraph.access")
T = TypeVar("T")
_TRIES = 5
_ROWS = 10_000_000  # of one read: the ids of all nodes of a label; what is read in full comes in pieces


class MovedError(StoreError):
    """The graph has changed since the first read."""


class Steady:
    """Reads the store of ``service``; every read has the time that the settings give to a request, there is no other limit.

    Raises MovedError where the graph is no longer at the revision ``at`` when a read has ended: what came before holds.
    """

    def __init__(self, service: Service) -> None:
        self._store = service.store
        self._seconds = service.settings.seconds
        self.url = self._store.url
        self.search_index = self._store.search_index
        self.at = self._store.revision()

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> list[Row]:
        """The rows of a reading query at the revision ``at``. Raises MovedError, BudgetError, StoreError."""
        found = self._store.read(cypher, params, seconds=seconds or self._seconds, rows=rows or _ROWS)
        if self._store.revision() != self.at:
            raise MovedError("the graph has changed while it was read")
        return found

    @property
    def known_revision(self) -> int | None:
        """The revision, where it is known without asking."""
        return self._store.known_revision

    def revision(self) -> int:
        """How many loads have changed the graph."""
        return self._store.revision()


def steadily(service: Service, work: Callable[[Reader], T]) -> tuple[int, T]:
    """What ``work`` makes of the graph, and the revision: begun again where the graph changes, a few times.

    What ``work`` still reads later through its reader is of that revision too, or raises MovedError.
    """
    for _ in range(_TRIES):
        reader = Steady(service)
        try:
            return reader.at, work(reader)
        except MovedError:
            continue
    raise StoreError("the graph changes too fast to be read")


class CutResponse(StreamingResponse):
    """A long answer. Where what is still to be sent cannot be read, it has no end, and the server closes the connection.

    That is all that HTTP has for a status that was sent too early: the client sees that the answer is not complete.
    """

    async def stream_response(self, send: Send) -> None:
        """Send it (ASGI)."""
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        try:
            async for block in self.body_iterator:
                await send({"type": "http.response.body", "body": block, "more_body": True})
        except StoreError as error:
            log.warning("broken off", cause=str(error))
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})
