"""Bodies of a bounded size, that come in a bounded time."""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ProblemError, of_error
from api.settings import Settings

_SMALL = 64 * 1024  # bytes, for what takes no documents
_SECONDS = 120.0
_FORM = 64 * 1024  # bytes that a form adds to the files in it
_SOCKET = 4 * 2**20  # what a page may say to its server at once
_OWN_BOUNDS = "/mcp"
_PAGES, _PAGE_UPLOADS = "/_nicegui", "/_nicegui/client/"
DOCUMENTS = "/api/v1/documents"


class Body:
    """Answers 413 to a body that is too large, 408 to one that is too slow."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on (ASGI)."""
        if scope["type"] != "http" or scope["path"].startswith(_OWN_BOUNDS):
            await self.app(scope, receive, send)
            return
        largest = self._largest(scope["path"])
        length = Headers(scope=scope).get("content-length")
        if length is not None and not (length.isascii() and length.isdigit() and int(length) <= largest):
            refused = ProblemError(413, f"the body is larger than {largest} bytes")
            await of_error(refused, scope["state"].get("request_id"))(scope, receive, send)
            return
        await self.app(scope, _bounded(receive, largest), send)

    def _largest(self, path: str) -> int:
        if path.startswith((DOCUMENTS, _PAGE_UPLOADS)):
            return self.settings.upload_bytes + _FORM
        return _SOCKET if path.startswith(_PAGES) else _SMALL


def _bounded(receive: Receive, largest: int) -> Receive:
    """The body as far as it may go: one that comes in chunks declares no length."""
    seen, done = 0, False
    end = asyncio.get_running_loop().time() + _SECONDS

    async def bounded() -> Message:
        nonlocal seen, done
        if done:
            return await receive()
        try:
            async with asyncio.timeout_at(end):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "the body comes too slowly") from None
        seen += len(message.get("body", b""))
        done = not message.get("more_body", False)
        if seen > largest:
            raise HTTPException(413, f"the body is larger than {largest} bytes")
        return message

    return bounded
