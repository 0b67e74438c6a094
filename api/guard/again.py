"""Answers that were given are given again, until the graph has a new revision or the day is over; and ETags (RFC 9110).

An answer that carries the revision of the graph (``X-Graph-Revision``) is kept under its address, the form accepted, the
revision and the day. The ETag is made of the revision and of a hash of the body, so it is right in every process.
"""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cachetools import LRUCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guard.figures import CACHE, REVISION
from api.listing import REVISION as HEADER
from api.service import Service
from graph.errors import GraphError

Pairs = list[tuple[bytes, bytes]]
_LARGEST = 4 * 2**20  # bytes of an answer that is kept


@dataclass(frozen=True)
class _Kept:
    headers: Pairs
    etag: str
    body: bytes
    route: str

    def __len__(self) -> int:
        return len(self.body) + 1000


class Again:
    """Keeps answers to GET requests of the API."""

    def __init__(self, app: ASGIApp, *, service: Callable[[], Service]) -> None:
        self.app = app
        self.service = service
        self._kept: LRUCache[tuple[Any, ...], _Kept] | None = None
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on (ASGI)."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        revision = await self._revision()
        headers = Headers(scope=scope)
        key = (
            scope["raw_path"],
            scope["query_string"],
            headers.get("accept"),
            headers.get("host"),
            revision,
            self.service().today(),
        )
        kept = self._memory().get(key) if revision is not None else None
        if kept is None:
            CACHE.labels("made").inc()
            await self.app(scope, receive, _Recorder(self, scope, key, send).take)
            return
        CACHE.labels("kept").inc()
        scope["state"]["route"] = kept.route
        await _send(kept, scope, headers.get("if-none-match"), send)

    def keep(self, key: tuple[Any, ...], kept: _Kept) -> None:
        """Keep an answer, if the revision it carries is that of ``key``."""
        if len(kept) <= _LARGEST:
            with self._lock:
                self._memory()[key] = kept

    def _memory(self) -> LRUCache[tuple[Any, ...], _Kept]:
        if self._kept is None:
            self._kept = LRUCache(self.service().settings.cached_bytes, len)
        return self._kept

    async def _revision(self) -> int | None:
        """The revision of the graph, None where the store does not answer: the route will say so."""
        store = self.service().store
        try:
            revision = store.known_revision
            if revision is None:
                revision = await asyncio.to_thread(store.revision)
        except GraphError:
            return None
        REVISION.set(revision)
        return revision


class _Recorder:
    """Takes down an answer that can be kept, and sends it with its ETag; lets any other one through as it comes."""

    def __init__(self, cache: Again, scope: Scope, key: tuple[Any, ...], send: Send) -> None:
        self.cache, self.scope, self.key, self.send = cache, scope, key, send
        self.start: Message | None = None
        self.passing = False
        self.body = bytearray()

    async def take(self, message: Message) -> None:
        """Take one message of the answer."""
        if message["type"] == "http.response.start" and _can_be_kept(message):
            self.start = message
        elif self.start is None or self.passing:
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if message.get("more_body"):
                if len(self.body) > _LARGEST:
                    await self._let_through()
            else:
                await self._finish()

    async def _let_through(self) -> None:
        self.passing = True
        await self.send(self.start or {})
        await self.send({"type": "http.response.body", "body": bytes(self.body), "more_body": True})

    async def _finish(self) -> None:
        start, body = self.start or {}, bytes(self.body)
        revision = Headers(raw=start["headers"])[HEADER]
        etag = f'"{revision}-{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["ETag"] = etag
        headers.setdefault("Cache-Control", "no-cache")
        route = getattr(self.scope.get("route"), "path", "other")
        kept = _Kept(headers.raw, etag, body, route)
        if revision == str(self.key[4]) and self.scope["method"] == "GET":
            self.cache.keep(self.key, kept)
        await _send(kept, self.scope, Headers(scope=self.scope).get("if-none-match"), self.send)


def _can_be_kept(message: Message) -> bool:
    return message["status"] == 200 and HEADER in Headers(raw=message["headers"])


async def _send(kept: _Kept, scope: Scope, if_none_match: str | None, send: Send) -> None:
    if if_none_match and _matches(kept.etag, if_none_match):
        headers = [pair for pair in kept.headers if pair[0] not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": list(kept.headers)})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else kept.body})


def _matches(etag: str, if_none_match: str) -> bool:
    given = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in given or etag in given
