"""What stands around the pages: their application's Service, cookies for language, and what a browser may load."""

from __future__ import annotations

import re
import secrets
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.pages.words import LANGUAGES

LANG_COOKIE, DARK_COOKIE = "parkgraph_lang", "parkgraph_dark"
_SCRIPT = re.compile(rb"<script(?=[\s>])")
_YEAR = 365 * 24 * 3600
# Vue compiles templates in the browser ('unsafe-eval') and sets style attributes. Nothing comes from or goes elsewhere;
# inline scripts run only with the nonce of this one answer, so attributes such as onerror never do.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


class Outside:
    """Hands requests to NiceGUI; ``request.state`` has ``app``, whose ``state`` has the Service."""

    def __init__(self, inner: ASGIApp, app: FastAPI) -> None:
        self.inner = inner
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer (ASGI)."""
        scope.setdefault("state", {})["app"] = self.app
        scope["endpoint"] = self.inner  # by which NiceGUI tells an address without a page from a route that says 404
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        await self.inner(scope, receive, _Answer(scope, send).take)


class _Answer:
    """Gives the scripts of an HTML answer a nonce, and keeps the language that was asked for."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope, self.send = scope, send
        self.start: Message | None = None
        self.body = bytearray()

    async def take(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _is_html(message):
            self.start = message
        elif self.start is None:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        body = _SCRIPT.sub(b'<script nonce="%s"' % nonce.encode(), bytes(self.body))
        headers = MutableHeaders(scope=start)
        headers["Content-Length"] = str(len(body))
        headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
        if lang := asked_language(self.scope):
            headers.append("Set-Cookie", f"{LANG_COOKIE}={lang}; Path=/; Max-Age={_YEAR}; SameSite=Lax")
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


def asked_language(scope: Scope) -> str | None:
    """The language of ``?lang=``, if it is one of ours."""
    given: list[Any] = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [])
    return given[-1] if given and given[-1] in LANGUAGES else None


def _is_html(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers
