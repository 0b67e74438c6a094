"""Who may come in: known host names only, with keys where they are needed, and not too often."""

from __future__ import annotations

import math
import time
from typing import Any

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ProblemError, of_error
from api.keys import Key, Keys, KeysError
from api.settings import Settings, is_loopback

SAFE = ("GET", "HEAD", "OPTIONS")
_ALWAYS_OPEN = ("/healthz", "/readyz")
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="parkgraph"'}


class Door:
    """Refuses who may not come in; leaves the key that was given in ``scope["state"]["key"]``."""

    def __init__(self, app: ASGIApp, *, settings: Settings, keys: Keys) -> None:
        self.app = app
        self.settings = settings
        self.keys = keys
        self.rates = Rates(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on (ASGI)."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        try:
            self._enter(scope)
        except ProblemError as refused:
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await of_error(refused, scope["state"].get("request_id"))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _enter(self, scope: Scope) -> None:
        """Raise ProblemError for a request that may not come in."""
        headers, state = Headers(scope=scope), scope.setdefault("state", {})
        if not self._known_host(headers.get("host", "")):
            raise ProblemError(403, "this server does not go by that host name", "host")
        if scope["path"] in _ALWAYS_OPEN:
            return
        method = scope.get("method", "GET")
        key = self._key(headers)
        state["key"], state["key_name"] = key, key.name if key else None
        writes = method not in SAFE and scope["path"].startswith("/api/")
        if key is None and (writes or not self.settings.open_reads):
            raise ProblemError(401, "a key is needed: Authorization: Bearer KEY", headers=_CHALLENGE)
        if writes and key is not None and key.scope != "write":
            raise ProblemError(403, "this key may only read")
        self.rates.check("writes" if writes else "reads", key.name if key else (scope.get("client") or ("",))[0])

    def _known_host(self, host: str) -> bool:
        """Whether a page elsewhere cannot have sent the browser here under a name of its own (DNS rebinding)."""
        if not self.settings.open_reads and not self.settings.hosts:
            return True  # whoever asks needs a key there, which such a page has not
        name, _, port = host.rpartition(":")
        name = name if port.isdigit() and name else host
        return not name or is_loopback(name) or name in self.settings.hosts

    def _key(self, headers: Headers) -> Key | None:
        """The key that is given, None for none. Raises ProblemError for one that is not known."""
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        secret = secret.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "")
        if not secret and not scheme:
            return None
        try:
            found = self.keys.find(secret)
        except KeysError as error:
            raise ProblemError(503, "the keys of this server cannot be read") from error
        if found is None:
            raise ProblemError(401, "this key is not known", headers=_CHALLENGE)
        return found


class Rates:
    """How often a key, or an address without one, may read and write in a minute."""

    def __init__(self, settings: Settings) -> None:
        amounts: dict[str, int | None] = {"reads": settings.reads, "writes": settings.writes_per_minute}
        self._items = {kind: RateLimitItemPerMinute(amount) for kind, amount in amounts.items() if amount}
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, kind: str, who: str) -> None:
        """Count one request. Raises ProblemError 429 with Retry-After."""
        item = self._items.get(kind)
        if item is None or self._limiter.hit(item, kind, who):
            return
        stats: Any = self._limiter.get_window_stats(item, kind, who)
        wait = max(1, math.ceil(stats.reset_time - time.time()))
        raise ProblemError(429, f"more than {item.amount} {kind} in a minute", headers={"Retry-After": str(wait)})
