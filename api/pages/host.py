"""NiceGUI inside an application: once in a process, however many applications there are."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import nicegui
from fastapi import FastAPI
from nicegui import core, ui
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Match, Mount
from starlette.types import Receive, Scope, Send

from api.pages.address import STATIC
from api.pages.here import missing
from api.pages.outside import Outside

PAGES = (
    "home", "question", "ask", "search", "listing", "policy", "task", "agency", "park", "industry", "region", "theme",
    "explorer", "add", "login",
)  # fmt: skip
_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><g stroke="#1f5fa8" stroke-width="3">'
    '<path d="M8 9 24 8M8 9 15 24M24 8 15 24"/></g><g fill="#1f5fa8">'
    '<circle cx="8" cy="9" r="5"/><circle cx="24" cy="8" r="4"/><circle cx="15" cy="24" r="5"/></g></svg>'
)
_ground = FastAPI()  # what NiceGUI believes to run on; nobody serves it
_running = 0


def attach(app: FastAPI) -> None:
    """Put the pages behind the routes of ``app``, and let NiceGUI live as long as it."""
    _prepare()
    app.router.routes.append(_Rest("", GZipMiddleware(Outside(nicegui.app, app), minimum_size=1000, compresslevel=5)))
    inner = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(started: Any) -> AsyncIterator[Any]:
        async with _alive(), inner(started) as state:
            yield state

    app.router.lifespan_context = lifespan


def _prepare() -> None:
    """Tell NiceGUI what the pages want, and register them; once."""
    if core.app.config.has_run_config:
        return
    core.app.colors(primary="#1f5fa8")
    core.app.add_static_files(STATIC, Path(__file__).parent / "static")
    for name in PAGES:
        if (Path(__file__).parent / f"{name}.py").is_file():
            import_module(f"api.pages.{name}")
    ui.run_with(
        _ground,
        root=missing,
        title="parkgraph",
        favicon=_ICON,
        dark=None,
        language="zh-CN",
        tailwind=False,
        show_welcome_message=False,
        gzip_middleware_factory=None,  # it stands outside, where answers are complete
        reconnect_timeout=10.0,
    )
    core.sio.eio.cors_allowed_origins = None  # only pages of this server may open its socket


@contextlib.asynccontextmanager
async def _alive() -> AsyncIterator[None]:
    """NiceGUI started by the first application that starts, and stopped by the last one that stops."""
    global _running
    async with contextlib.AsyncExitStack() as stack:
        if _running == 0:
            await stack.enter_async_context(_ground.router.lifespan_context(_ground))
        _running += 1
        try:
            yield
        finally:
            _running -= 1


class _Rest(Mount):
    """Takes what no other route takes: a route that knows the path and not the method comes before it."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette asks."""
        if scope["type"] == "http" and scope["path"].startswith("/api/"):
            return Match.NONE, {}
        match, child = super().matches(scope)
        return (Match.PARTIAL if match is Match.FULL and scope["type"] == "http" else match), child

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As Starlette asks; NiceGUI knows one event loop for a process, so that it is told which of several asks."""
        core.loop = asyncio.get_running_loop()
        await super().handle(scope, receive, send)
