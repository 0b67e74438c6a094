"""The addresses of the HTTP API, a file for each kind of thing."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter

from api.routes import ask, documents, exports, graph, lists, queries, resources, server


@cache  # a second application in one process need not make the models anew
def api_router() -> APIRouter:
    """Everything below ``/api/v1``."""
    router = APIRouter()
    for each in (
        queries.router(),
        ask.router,
        lists.router(),
        graph.router,
        exports.router,
        resources.router(),
        documents.router,
    ):
        router.include_router(each)
    return router


def root_router() -> APIRouter:
    """What stands beside the API: health and figures."""
    return server.router
