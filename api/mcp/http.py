"""The server over streamable HTTP: an endpoint to mount, and an application of its own.

Each request stands for itself (no sessions, answers in JSON), so any worker may answer it, and nothing is lost by a restart.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from api.errors import ProblemError, of_error, problem
from api.guard.access import Access
from api.guard.door import Door
from api.keys import Keys
from api.mcp.server import build
from api.mcp.writes import CHARACTERS
from api.service import Service
from api.settings import Settings, is_loopback
from api.writing import Writer

PATH = "/mcp"
Opening = Callable[[], contextlib.AbstractContextManager[tuple[Service, Writer | None]]]
_SMALL = 64 * 1024  # bytes of a request that only reads
_LARGE = 6 * CHARACTERS + _SMALL  # a character may be written as \\uXXXX
_STRANGE = ProblemError(403, "pages of that site may not ask", "origin")
_AWAY = ProblemError(503, "the server is starting or stopping")


class Endpoint:
    """An ASGI application for POST requests; it answers while ``run`` is entered. ``api.guard.Door`` stands before it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._manager: StreamableHTTPSessionManager | None = None

    def route(self) -> Route:
        """Where it is mounted. There is no stream to GET and no session to DELETE: those are answered with 405."""
        return Route(PATH, self, methods=["POST"])

    @contextlib.asynccontextmanager
    async def run(self, service: Service, writer: Writer | None = None) -> AsyncIterator[None]:
        """Answer from ``service``; only with a ``writer`` are there tools that write."""
        manager = StreamableHTTPSessionManager(
            build(service, writer),
            json_response=True,
            stateless=True,
            max_request_body_size=_LARGE if writer else _SMALL,
        )
        async with manager.run():
            self._manager = manager
            try:
                yield
            finally:
                self._manager = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        state = scope.setdefault("state", {})
        state["route"] = PATH
        refused = None if self._known_origin(Headers(scope=scope)) else _STRANGE
        if refused or self._manager is None:
            await of_error(refused or _AWAY, state.get("request_id"))(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)

    def _known_origin(self, headers: Headers) -> bool:
        """Whether it is no page of some other site that asks."""
        origin = headers.get("origin")
        if origin is None or origin in self.settings.origins:
            return True
        parts = urlsplit(origin)
        return parts.netloc == headers.get("host") or (self.settings.open_reads and is_loopback(parts.hostname or ""))


def create_app(settings: Settings, opening: Opening) -> Starlette:
    """An application that has this endpoint only, with the same door as the HTTP API; ``opening`` lasts while it runs."""
    endpoint = Endpoint(settings)

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        with opening() as (service, writer):
            async with endpoint.run(service, writer):
                yield

    return Starlette(
        routes=[endpoint.route()],
        middleware=[Middleware(Access), Middleware(Door, settings=settings, keys=Keys(settings.keys))],
        exception_handlers={HTTPException: _on_http},
        lifespan=lifespan,
    )


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, request_id=getattr(request.state, "request_id", None), headers=error.headers)
