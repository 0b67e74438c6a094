"""One shape for every error of the HTTP API: problem details of RFC 9457, ``application/problem+json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from graph.errors import BudgetError, ConflictError, GoneError, GraphError, NotFoundError, QueryError, UnknownNameError

MEDIA_TYPE = "application/problem+json"
_URN = "urn:parkgraph:problem:"


class FieldProblem(BaseModel):
    """What is wrong with one parameter or one part of a body."""

    where: str = Field(description="query, path, header or body, and the name: query.as_of")
    message: str = Field(description="What is wrong with it, in plain words")


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(json_schema_extra={"title": "Problem"})

    type: str = Field(description="The kind of problem: urn:parkgraph:problem:…")
    title: str = Field(description="The kind of problem, in words")
    status: int = Field(ge=400, le=599, description="The HTTP status")
    detail: str | None = Field(None, description="What went wrong this time")
    request_id: str | None = Field(None, description="The X-Request-ID under which the server has logged it")
    errors: list[FieldProblem] | None = Field(None, description="What is wrong with which parameter")
    revision: int | None = Field(None, description="The revision of the graph now, where another one was asked for")


@dataclass
class ProblemError(Exception):
    """Raised anywhere below a route; becomes the response."""

    status: int
    detail: str
    kind: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)


# Status → the word in its URN, and when it is given.
KINDS: dict[int, tuple[str, str]] = {
    400: ("bad-request", "The request cannot be understood"),
    401: ("no-key", "No key is given, or one that is not known"),
    403: ("not-allowed", "The key does not allow this"),
    404: ("not-found", "There is no such thing"),
    405: ("method", "The address does not take this method"),
    406: ("format", "The answer cannot be had in any of the formats that are accepted"),
    409: ("conflict", "The graph has changed meanwhile"),
    410: ("gone", "What was asked for is no longer there"),
    413: ("too-large", "The request is too large"),
    415: ("media-type", "The body is of a type that is not read"),
    422: ("invalid", "A parameter or the body is not valid"),
    429: ("too-many", "Too many requests; see Retry-After"),
    500: ("internal", "An error of this program"),
    503: ("not-now", "The store is away, or the question takes more than it may; see Retry-After"),
}
READ = (401, 403, 404, 405, 406, 410, 422, 429, 500, 503)
WRITE = (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of these error statuses."""
    return {
        status: {
            "description": KINDS[status][1],
            "model": Problem,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def problem(
    status: int,
    detail: str | None = None,
    *,
    kind: str = "",
    request_id: str | None = None,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """The response for a problem."""
    word = kind or KINDS.get(status, ("other", ""))[0]
    title = HTTPStatus(status).phrase
    body = {"type": _URN + word, "title": title, "status": status, "detail": detail, "request_id": request_id, **more}
    content = orjson.dumps({name: value for name, value in body.items() if value is not None})
    return Response(content, status, {"Cache-Control": "no-store", **(headers or {})}, MEDIA_TYPE)


def of_error(error: ProblemError, request_id: str | None) -> Response:
    """The response for a raised problem."""
    return problem(
        error.status, error.detail, kind=error.kind, request_id=request_id, headers=error.headers, **error.more
    )


def of_graph(error: GraphError) -> ProblemError:
    """What an error of the graph is to an HTTP client; it names no file and no server."""
    match error:
        case NotFoundError() | UnknownNameError():
            return ProblemError(404, str(error))
        case GoneError():
            return ProblemError(410, str(error))
        case QueryError():
            return ProblemError(422, str(error))
        case BudgetError():
            return ProblemError(503, f"{error}; ask for less", "budget", {"Retry-After": "60"})
        case ConflictError():
            return ProblemError(409, "the graph has changed meanwhile; try again")
    return ProblemError(503, "the store does not answer", headers={"Retry-After": "10"})
