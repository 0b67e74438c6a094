"""The OpenAPI document: what FastAPI makes of the routes, and what it cannot know."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

SUMMARY = "Industrial-park policies as a graph, each answer with the sentence that says so."
TEXT = """
Names are taken as people write them: `region` is a code of GB/T 2260 or any usual name (430700, 常德, 湖南省常德市); agencies,
policies, parks and industries go by id, by name or by a part of it.

Lists come in pages: `limit`, and `cursor` from `next` or from the `Link` header. All pages of one answer are of one revision of
the graph; when it has moved on and the older answer is no longer at hand, a cursor gets 410. `ETag` and `If-None-Match` save
sending an answer again. Errors are problem details (RFC 9457).
"""
TAGS = [
    {"name": "queries", "description": "The questions of the catalogue"},
    {"name": "resources", "description": "Single things, and lists of them"},
    {"name": "graph", "description": "The graph as a whole"},
    {"name": "documents", "description": "Adding and removing documents; a key that may write is needed"},
    {"name": "server", "description": "How the server is"},
]


def describe(app: FastAPI) -> None:
    """Have ``app`` make its document once, with security and without FastAPI's own error model."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title, version=app.version, summary=SUMMARY, description=TEXT.strip(), routes=app.routes, tags=TAGS
    )
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status >= "400":  # FastAPI writes its own media type beside that of problems
                    response.get("content", {}).pop("application/json", None)
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)
    document["components"].setdefault("securitySchemes", {})["key"] = {
        "type": "http", "scheme": "bearer", "description": "A key made by `parkgraph keys add`",
    }  # fmt: skip
    document["security"] = [{}, {"key": []}]
    return document
