"""What a page knows of the request it answers, and the decorator that makes a function a page."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import structlog
from fastapi import Request
from nicegui import Client, ui
from nicegui.client import ClientConnectionTimeout
from starlette.responses import Response

from api.errors import ProblemError, of_graph
from api.pages.outside import DARK_COOKIE, LANG_COOKIE, asked_language
from api.pages.words import LANGUAGES, Lang, Words
from api.service import Service
from graph.errors import GraphError
from graph.store import Reader

T = TypeVar("T")
log = structlog.get_logger("parkgraph.pages")
_SECONDS = 60.0  # longer than the budget of a question: a page that takes longer is answered by an error page


@dataclass(frozen=True)
class Here:
    """The request, its language and its application's Service."""

    request: Request
    t: Words
    dark: bool | None
    service: Service
    revision: int | None = None  # of the graph when the page was asked for; None where the store does not answer

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.t.lang

    @property
    def today(self) -> date:
        """The present day."""
        return self.service.today()

    def part(self, name: str = "id") -> str:
        """A part of the path, decoded."""
        return str(self.request.path_params[name])

    def param(self, name: str) -> str | None:
        """A parameter of the query string; None if it is absent or empty."""
        return self.request.query_params.get(name) or None

    async def read(self, work: Callable[[Reader], T]) -> tuple[int, T]:
        """As Service.read, without holding up other requests."""
        return await asyncio.to_thread(self.service.read, work)

    async def kept(self, key: Hashable, work: Callable[[Reader], T]) -> tuple[int, T]:
        """As Service.kept, without holding up other requests."""
        return await asyncio.to_thread(self.service.kept, key, work)


Builder = Callable[[Here], Awaitable[Response | None]]


def page(path: str) -> Callable[[Builder], Builder]:
    """Make a function the page at ``path``. Errors of the graph become error pages; others are logged, and told without detail."""

    def register(build: Builder) -> Builder:
        @ui.page(path, response_timeout=_SECONDS)
        async def shown(request: Request) -> Response | None:
            return await _show(build, request)

        return build

    return register


async def missing(request: Request) -> Response | None:
    """The page of an address that there is not."""
    return await _show(_nowhere, request)


async def _nowhere(_: Here) -> None:
    raise ProblemError(404, "")


async def _show(build: Builder, request: Request) -> Response | None:
    here = here_of(request)
    _dress(here)
    try:
        here = dataclasses.replace(here, revision=await asyncio.to_thread(here.service.store.revision))
        return await build(here)
    except GraphError as error:
        found = of_graph(error)
        return _instead(here, found.status, found.detail)
    except ProblemError as error:
        return _instead(here, error.status, error.detail)
    except ClientConnectionTimeout:
        raise  # nobody waits any more
    except Exception:
        log.exception("failed", path=request.url.path, request_id=getattr(request.state, "request_id", None))
        return _instead(here, 500)


def here_of(request: Request) -> Here:
    """What a request says of itself: the language and the light of its page, and its application."""
    lang = asked_language(request.scope) or request.cookies.get(LANG_COOKIE)
    dark = {"1": True, "0": False}.get(request.cookies.get(DARK_COOKIE, ""))
    words = Words(lang if lang in LANGUAGES else LANGUAGES[0])
    return Here(request, words, dark, request.state.app.state.service)


def _dress(here: Here) -> None:
    """Give this one view its language and its light or dark."""
    client = ui.context.client
    client.page = copy.copy(client.page)
    client.page.language, client.page.dark = here.t.tag, here.dark


def _instead(here: Here, status: int, detail: str = "") -> Response:
    """An error page in place of one that could not be built."""
    from api.pages.frame import problem

    with Client(ui.page(""), request=here.request) as client:
        _dress(here)
        problem(here, status, detail)
        return client.build_response(here.request, status)
