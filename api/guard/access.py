"""The outermost layer: an id for each request, one log line, figures for Prometheus, headers, and no naked error."""

from __future__ import annotations

import re
import time
import uuid
from typing import Any

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem
from api.guard.figures import DURATION, REQUESTS

log = structlog.get_logger("parkgraph.access")
_ID = re.compile(r"[A-Za-z0-9_.-]{1,64}")
SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_EVERYWHERE = [(name.lower().encode(), value.encode()) for name, value in SECURITY.items()]
_ON_API = [*_EVERYWHERE, (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")]


class Access:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on (ASGI)."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        seen: dict[str, Any] = {"status": 500, "bytes": 0, "begun": False}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"], seen["begun"] = message["status"], True
                _add_headers(scope, message, request_id)
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            log.exception("failed", request_id=request_id)
            if seen["begun"]:
                raise
            failed = problem(500, "an error of this program; its log knows more", request_id=request_id)
            await failed(scope, receive, sending)
        finally:
            _note(scope, seen, request_id, time.perf_counter() - begun)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


def _add_headers(scope: Scope, message: Message, request_id: str) -> None:
    headers: list[tuple[bytes, bytes]] = message["headers"]
    there = {name for name, _ in headers}
    added = _ON_API if scope["path"].startswith("/api/") else _EVERYWHERE
    own = (b"x-request-id", request_id.encode())
    message["headers"] = [*headers, own, *(pair for pair in added if pair[0] not in there)]


def _note(scope: Scope, seen: dict[str, Any], request_id: str, seconds: float) -> None:
    """One line and two figures; the query string stays out of both."""
    state = scope.get("state", {})
    route = state.get("route") or getattr(scope.get("route"), "path", None) or "other"
    REQUESTS.labels(scope["method"], route, seen["status"]).inc()
    DURATION.labels(route).observe(seconds)
    log.info(
        "request",
        request_id=request_id,
        method=scope["method"],
        route=route,
        status=seen["status"],
        bytes=seen["bytes"],
        ms=round(seconds * 1000, 1),
        key=state.get("key_name"),
    )
