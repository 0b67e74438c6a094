"""The HTTP application: routes, what stands before them, and the OpenAPI document."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi_offline import FastAPIOffline
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

from api import __version__
from api.errors import ProblemError, of_error, of_graph, problem
from api.guard.access import Access
from api.guard.again import Again
from api.guard.body import Body
from api.guard.door import Door
from api.keys import Keys
from api.mcp import endpoint
from api.openapi import describe
from api.pages import mount
from api.routes import api_router, root_router
from api.service import Service
from api.settings import Settings
from graph.errors import GraphError
from graph.store import open_store

PREFIX = "/api/v1"


def create_app(settings: Settings | None = None, today: Callable[[], date] = date.today) -> FastAPI:
    """The application for ``settings``. The store is opened when it starts (StoreError), and closed when it ends."""
    settings = settings or Settings()
    assistants = endpoint(settings) if settings.mcp else None

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(settings.store) as store:
            app.state.service = Service(store, settings, today)
            try:
                async with assistants.run(app.state.service) if assistants else contextlib.nullcontext():
                    yield
            finally:
                app.state.service.close()

    app = FastAPIOffline(
        title="parkgraph",
        version=__version__,
        lifespan=lifespan,
        middleware=_layers(settings, lambda: app.state.service),
        redirect_slashes=False,
    )
    app.include_router(api_router(), prefix=PREFIX)
    app.include_router(root_router())
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)
    if assistants:
        app.router.routes.append(assistants.route())
    describe(app)
    mount(app, settings)
    return app


def _layers(settings: Settings, service: Callable[[], Service]) -> list[Middleware]:
    """From the outermost to the one next to the routes."""
    layers = [Middleware(Access), Middleware(Door, settings=settings, keys=Keys(settings.keys))]
    if settings.origins:
        layers.insert(1, Middleware(
            CORSMiddleware, allow_origins=list(settings.origins), allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "X-API-Key", "Content-Type"],
            expose_headers=["ETag", "Link", "X-Graph-Revision", "X-Total-Count", "X-Request-ID"],
        ))  # fmt: skip
    return [*layers, Middleware(Body, settings=settings), Middleware(Again, service=service)]


def _request_id(request: Request) -> str | None:
    return getattr(request.state, "request_id", None)


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return of_error(error, _request_id(request))


async def _on_graph(request: Request, error: Exception) -> Response:
    assert isinstance(error, GraphError)
    return of_error(of_graph(error), _request_id(request))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found: list[dict[str, Any]] = [
        {"where": ".".join(str(part) for part in each["loc"]), "message": each["msg"]} for each in error.errors()
    ]
    detail = "; ".join(f"{each['where']}: {each['message']}" for each in found)[:1000]
    return problem(422, detail, request_id=_request_id(request), errors=found)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.status_code not in (404, 405) else None
    return problem(error.status_code, detail, request_id=_request_id(request), headers=error.headers)


_HANDLERS: dict[type[Exception], Callable[[Request, Exception], Any]] = {
    ProblemError: _on_problem,
    GraphError: _on_graph,
    RequestValidationError: _on_invalid,
    HTTPException: _on_http,
}
