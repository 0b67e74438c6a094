"""The graph as a whole: what it holds, what was not understood of it, words in it, and how it changes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from api.deps import ServiceDep
from api.errors import READ, ProblemError, responses
from api.listing import OK_CSV, REVISION, Items, Work, paged, sortable
from api.paging import Rows
from api.params import Plain
from api.routes.lists import columns_of
from api.service import Service
from api.shapes.atom import to_atom
from api.shapes.negotiate import ATOM, JSON, chosen
from api.shapes.told import GraphStats, NotUnderstood
from graph import changes as feed
from graph.errors import QueryError
from graph.indexes import SEARCHED
from graph.recent import recent
from graph.search import MOST_WORDS, search
from graph.stats import stats
from graph.store import Reader
from graph.unresolved import coverage, unresolved

router = APIRouter(tags=["graph"])
SearchKind = StrEnum("SearchKind", {label: label for label in SEARCHED})  # type: ignore[misc]
_MOST = 200  # of what a search finds


class Found(BaseModel):
    """A node that a search has found."""

    kind: str = Field(description="Its label")
    id: str = Field(description="Its id")
    name: str = Field(description="Its name")
    policy: str | None = Field(description="Id of the policy that it is part of")
    excerpt: str = Field(description="The place in its texts")


class Covered(BaseModel):
    """How much of a document some node or field covers."""

    document: str = Field(description="SHA-256 of the document")
    source: str = Field(description="Name of the file")
    policy: str = Field(description="Id of the policy")
    characters: int = Field(description="Length of the text")
    covered: int = Field(description="How many of them are covered")
    share: float = Field(description="The same as a share, between 0 and 1")


@router.get("/stats", operation_id="get_stats", response_model=GraphStats, responses=responses(*READ))
def get_stats(service: ServiceDep, params: Annotated[Plain, Query()]) -> Response:
    """Count what the graph holds."""
    revision, counted = service.read(stats)
    return Response(orjson.dumps(counted), headers={REVISION: str(revision)}, media_type=JSON)


class SearchParams(Plain):
    """What to search for."""

    q: str = Field(
        min_length=1, max_length=200, examples=["绿色 园区"],
        description="Words, of which a node that is found holds all; the first eight count",
    )  # fmt: skip
    kind: list[SearchKind] = Field([], max_length=len(SEARCHED), description="Only nodes of these labels; repeatable")
    limit: int = Field(20, ge=1, le=_MOST, description="How many at most")


class Hits(BaseModel):
    """What a search has found, the best first."""

    revision: int
    items: list[Found]


@router.get("/search", operation_id="search", response_model=Hits, responses=responses(*READ))
def get_search(service: ServiceDep, params: Annotated[SearchParams, Query()]) -> Response:
    """Find policies, tasks, agencies, parks, industries and targets by words in their names and texts."""
    words, kinds = " ".join(params.q.split()[:MOST_WORDS]), [each.value for each in params.kind]
    revision, hits = service.read(lambda reader: search(reader, words, kinds or None, params.limit) if words else [])
    body = orjson.dumps({"revision": revision, "items": hits})
    return Response(body, headers={REVISION: str(revision)}, media_type=JSON)


def _not_understood(reader: Reader, _: date, asked: dict[str, Any]) -> Rows:
    return [row for row in unresolved(reader) if asked["category"] in (None, row["category"])]


_CATEGORY = (
    Literal["agency", "number", "clause", "park", "citation", "task"] | None,
    Field(None, description="Only what is of this kind"),
)
_LISTS: dict[str, tuple[str, str, type[BaseModel], dict[str, Any]]] = {
    "/unresolved": ("list_unresolved", "What was seen and not understood", NotUnderstood, {"category": _CATEGORY}),
    "/coverage": ("list_coverage", "The share of each document that was understood, the least first", Covered, {}),
}


def _coverage(reader: Reader, _: date, __: dict[str, Any]) -> Rows:
    return [{name: getattr(each, name) for name in Covered.model_fields} for each in coverage(reader)]


def _add(path: str, work: Work) -> None:
    """Add the address of one of ``_LISTS``."""
    operation, summary, row, filters = _LISTS[path]
    columns = columns_of(row)
    router.get(
        path, operation_id=operation, summary=summary, response_model=Items[row],  # type: ignore[valid-type]
        responses={**OK_CSV, **responses(*READ)},
    )(paged(path, columns, sortable(operation, columns, filters), work))  # fmt: skip


_add("/unresolved", _not_understood)
_add("/coverage", _coverage)


class Change(BaseModel):
    """A node or a relationship that was added, changed or removed."""

    model_config = ConfigDict(json_schema_extra={"additionalProperties": True})

    seq: str = Field(description="The cursor of what comes after it")
    revision: int = Field(description="The revision that brought it")
    at: str = Field(description="When (ISO 8601)")
    op: Literal["added", "changed", "removed"] = Field(description="What happened")
    kind: str | None = Field(None, description="Of a node: its label")
    id: str | None = Field(None, description="Of a node: its id")
    type: str | None = Field(None, description="Of a relationship: its type")
    key: str | None = Field(None, description="Of a relationship: its key, the same whenever it is made again")
    from_: dict[str, str] | None = Field(None, alias="from", description="Kind and id of the node it comes from")
    to: dict[str, str] | None = Field(None, description="Kind and id of the node it goes to")
    props: dict[str, Any] | None = Field(None, description="All properties from now on; null where it was removed")


class ChangePage(BaseModel):
    """A page of changes, in order: a relationship never comes before its nodes."""

    revision: int = Field(description="The revision of the graph, up to which there are changes")
    items: list[Change] = Field(description="The changes")
    next: str = Field(description="What to give as since the next time")
    more: bool = Field(description="Whether there is more already")


class ChangeParams(Plain):
    """From where on."""

    since: str = Field(
        "0", pattern=r"^[0-9]{1,12}(-[0-9]{1,9})?$",
        description="A revision (all changes after it), or next of the page before; 0 for everything",
    )  # fmt: skip
    limit: int = Field(1000, ge=1, le=10_000, description="Changes of a page; of the Atom feed: revisions, 100 at most")
    format: Literal["json", "atom"] | None = Field(None, description="The form of the answer; else by Accept")


@router.get(
    "/changes",
    operation_id="list_changes",
    response_model=ChangePage,
    responses={
        200: {"content": {ATOM: {"schema": {"type": "string"}}}, "description": "Changes, or a feed for people"},
        **responses(*READ),
    },
)
def get_changes(request: Request, service: ServiceDep, params: Annotated[ChangeParams, Query()]) -> Response:
    """List the nodes and relationships that were added, changed and removed, so that another system can follow.

    As Atom: the last revisions in words, for people.
    """
    wanted = chosen(params.format, request.headers.get("accept"), {"json": JSON, "atom": ATOM})
    if wanted == "atom":
        revision, last = service.read(lambda reader: recent(reader, min(params.limit, 100)))
        text = to_atom(last, str(request.url), str(request.base_url))
        return Response(text, headers={REVISION: str(revision), "Vary": "Accept"}, media_type=ATOM)
    return _changes(request, service, params)


def _changes(request: Request, service: Service, params: ChangeParams) -> Response:
    try:
        revision, found = service.read(lambda reader: feed.changes(reader, params.since, params.limit))
    except QueryError as error:
        raise ProblemError(404, str(error), "ahead") from error
    headers = {REVISION: str(revision), "Vary": "Accept"}
    if found.more:
        query = request.url.include_query_params(since=found.next)
        headers["Link"] = f'<{query.path}?{query.query}>; rel="next"'
    body = {"revision": found.until, "items": found.rows, "next": found.next, "more": found.more}
    return Response(orjson.dumps(body), headers=headers, media_type=JSON)
