"""Who may come in: known host names only, with keys where they are needed, and not too often."""

from __future__ import annotations

import math
import time
from typing import Any
from urllib.parse import quote

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ProblemError, of_error
from api.keys import Key, Keys, KeysError
from api.settings import Settings, is_loopback

SAFE = ("GET", "HEAD", "OPTIONS")
COOKIE = "parkgraph_key"  # set by the page that asks for a key (api.pages.login)
_ALWAYS_OPEN = ("/healthz", "/readyz")
_LOGIN, _LOGIN_OPEN, _LOGIN_FILES = "/login", ("/login", "/logout", "/favicon.ico"), "/static/"
_PAGES_OWN = ("/_nicegui/", "/_nicegui_ws/")  # what a page of this server sends by itself: its socket, its uploads
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
            elif refused.status == 401 and self._asks_a_person(scope):
                await RedirectResponse(_login(scope), 303, {"Cache-Control": "no-store"})(scope, receive, send)
            else:
                await of_error(refused, scope["state"].get("request_id"))(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _enter(self, scope: Scope) -> None:
        """Raise ProblemError for a request that may not come in."""
        headers, state = Headers(scope=scope), scope.setdefault("state", {})
        if not self._known_host(headers.get("host", "")):
            raise ProblemError(403, "this server does not go by that host name", "host")
        if scope["path"] in _ALWAYS_OPEN or (self.settings.pages and _needed_to_log_in(scope["path"])):
            return
        method = scope.get("method", "GET")
        key = self._key(headers) or self._key_of_cookie(scope, headers)
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
        found = self._find(secret)
        if found is None:
            raise ProblemError(401, "this key is not known", headers=_CHALLENGE)
        return found

    def _key_of_cookie(self, scope: Scope, headers: Headers) -> Key | None:
        """The key that a browser has been given to keep; it never allows what the API or MCP may change.

        One that is not known any more is as none: the browser cannot help sending it.
        """
        own = scope["path"].startswith(_PAGES_OWN)
        if not self.settings.pages or not (own or (scope["type"] == "http" and scope["method"] in SAFE)):
            return None
        secret = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        return self._find(secret) if secret else None

    def _find(self, secret: str) -> Key | None:
        try:
            return self.keys.find(secret)
        except KeysError as error:
            raise ProblemError(503, "the keys of this server cannot be read") from error

    def _asks_a_person(self, scope: Scope) -> bool:
        """Whether a browser is to show the answer, to someone who gave no key."""
        headers = Headers(scope=scope)
        given = "authorization" in headers or "x-api-key" in headers
        accepted = [each.partition(";")[0].strip() for each in headers.get("accept", "").split(",")]
        return self.settings.pages and scope["method"] == "GET" and not given and "text/html" in accepted


def _needed_to_log_in(path: str) -> bool:
    return path in _LOGIN_OPEN or path.startswith(_LOGIN_FILES)


def _login(scope: Scope) -> str:
    """The page that asks for a key and leads back to what was asked for."""
    path = (scope.get("raw_path") or quote(scope["path"]).encode()).decode("latin-1")  # as it came: %2F is no slash
    query = f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
    return f"{_LOGIN}?next={quote(path + query, safe='')}"


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
