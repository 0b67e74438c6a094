"""The page that asks for a key, where reading needs one: a plain form, which works without scripts and without a socket."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from fastapi import Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from markupsafe import Markup
from nicegui import app as site
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api import __version__
from api.guard.door import COOKIE
from api.keys import Key, Keys, KeysError
from api.pages.address import STATIC
from api.pages.here import Here, here_of, page
from api.pages.text_html import Child, el, link

_LOCAL = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")  # a browser takes \ for /, and skips tabs and line ends
_WRONG = RateLimitItemPerMinute(10)  # wrong keys from one address
_LARGEST = 4096  # bytes of the form
_FAILED = {"wrong": 401, "slow": 429, "elsewhere": 403, "away": 503}


@page("/login")
async def login(here: Here) -> Response:
    """The form; where a key is known already, who has it, and the way out."""
    return _page(here, local(here.param("next")))


@site.post("/login")
async def enter(request: Request) -> Response:
    """Take the key of the form, have the browser keep it, and go on."""
    here = here_of(request)
    form = parse_qs((await _body(request)).decode("utf-8", "replace"))
    target = local(form.get("next", [""])[0])
    secret = form.get("key", [""])[0].strip()
    failed = _failed(here, secret)
    if failed:
        return _page(here, target, failed)
    answer = RedirectResponse(target, 303, {"Cache-Control": "no-store"})
    answer.set_cookie(COOKIE, secret, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return answer


@site.post("/logout")
async def leave(request: Request) -> Response:
    """Have the browser forget the key."""
    answer = RedirectResponse("/login", 303, {"Cache-Control": "no-store"})
    answer.delete_cookie(COOKIE, path="/", secure=_secure(request), httponly=True, samesite="strict")
    return answer


def local(target: str | None) -> str:
    """``target`` if it is an address of this server, and not of this page; else the home page."""
    if not target or not _LOCAL.fullmatch(target) or urlsplit(target).path in ("/login", "/logout"):
        return "/"
    return target


def _failed(here: Here, secret: str) -> str | None:
    """Why the key is not taken."""
    if not _same_site(here.request):
        return "elsewhere"
    found = tried(here, secret)
    return found if isinstance(found, str) else None


def tried(here: Here, secret: str) -> Key | Literal["slow", "away", "wrong"]:
    """The key that ``secret`` is, or why it is not taken. After some wrong ones from an address no key is tried for a
    minute, not even a right one.
    """
    client, tries = here.request.client, _tries(here)
    who = client.host if client else ""
    if not tries.test(_WRONG, who):
        return "slow"
    try:
        found = Keys(here.service.settings.keys).find(secret)
    except KeysError:
        return "away"
    if found is None:
        tries.hit(_WRONG, who)
        return "wrong"
    return found


def _tries(here: Here) -> MovingWindowRateLimiter:
    state = here.request.state.app.state
    if not hasattr(state, "login_tries"):
        state.login_tries = MovingWindowRateLimiter(MemoryStorage())
    found: MovingWindowRateLimiter = state.login_tries
    return found


def _same_site(request: Request) -> bool:
    """Whether the form was not sent by a page elsewhere, which would log somebody in with a key of its choice."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"


async def _body(request: Request) -> bytes:
    """The form as it came; one that is too large is as empty."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return b""
    return body


def _held(here: Here) -> Key | None:
    """The key that the browser keeps, if it is known."""
    secret = here.request.cookies.get(COOKIE)
    try:
        return Keys(here.service.settings.keys).find(secret) if secret else None
    except KeysError:
        return None


def _page(here: Here, target: str, failed: str | None = None) -> Response:
    key = _held(here) if failed is None else None
    title = here.t("login.title")
    body = el(
        "main", el("h1", title, class_="pg-h1"), *(_known(here, key, target) if key else _form(here, target, failed))
    )
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "60"} if failed == "slow" else {})
    return HTMLResponse(_document(here, title, target, body), _FAILED[failed] if failed else 200, headers)


def _form(here: Here, target: str, failed: str | None) -> list[Child]:
    t = here.t
    command = "parkgraph keys add NAME --scope read"
    warning = el("p", t(f"login.{failed}"), class_="pg-warning", role="alert") if failed else None
    form = el(
        "form",
        el("label", t("login.key"), for_="key"),
        el(
            "input",
            id="key",
            name="key",
            type="password",
            autocomplete="current-password",
            required=True,
            autofocus=True,
        ),
        el("input", type="hidden", name="next", value=target),
        el("button", t("login.enter"), type="submit"),
        method="post",
        action="/login",
    )
    free = here.service.settings.open_reads
    how = [el("p", t("login.how"), class_="pg-quiet"), el("pre", el("code", command))]
    return [
        el("p", t("login.free" if free else "login.intro")), warning, form, *how,
        el("p", t("login.kept"), class_="pg-quiet"),
    ]  # fmt: skip


def _known(here: Here, key: Key, target: str) -> list[Child]:
    leave = el("form", el("button", here.t("login.leave"), type="submit"), method="post", action="/logout")
    return [el("p", here.t("login.as", name=key.name)), el("p", link(here.t("login.on"), target)), leave]


def _document(here: Here, title: str, target: str, body: Markup) -> str:
    query = urlencode({"lang": here.t.other, "next": target})
    other = el("a", here.t("frame.language"), href=f"/login?{query}", lang=here.t.other)
    look = {True: "lg body--dark", False: "lg body--light", None: "lg"}[here.dark]
    brand = el("header", el("span", "parkgraph", class_="pg-brand"), other)
    whole = el("html", _head(title), el("body", brand, body, class_=look), lang=here.t.tag)
    return f"<!doctype html>{whole}"


def _head(title: str) -> Markup:
    styles = [
        Markup('<link rel="stylesheet" href="{}/{}.css?v={}">').format(STATIC, name, __version__)
        for name in ("pages", "login")
    ]
    width = Markup('<meta charset="utf-8"><meta name="viewport" content="width=device-width">')
    return el("head", width, el("title", f"{title} · parkgraph"), *styles)
