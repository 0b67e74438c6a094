"""What every list of the API has in common: its parameters, its model, and the response in the form that is wanted."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

import orjson
from fastapi import Query, Request
from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

from api.deps import ServiceDep
from api.paging import MAX_LIMIT, Page, Rows, page
from api.params import Plain
from api.shapes.negotiate import CSV, JSON, chosen
from api.shapes.table import to_csv
from graph.store import Reader

R = TypeVar("R")
Work = Callable[[Reader, date, dict[str, Any]], Rows]  # gives all rows, of the day that counts as today, as asked
REVISION = "X-Graph-Revision"
FORMATS = {"json": JSON, "csv": CSV}
OK_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {CSV: {"schema": {"type": "string"}}}, "description": "The answer, as JSON or CSV"}
}
RESERVED = ("limit", "cursor", "total", "sort", "format", "bom")


class Items(BaseModel, Generic[R]):
    """A page of an answer."""

    revision: int = Field(description="The revision of the graph that the answer holds for")
    day: date = Field(description="The day that counted as today")
    items: list[R] = Field(description="The rows of this page")
    next: str | None = Field(description="The cursor of the next page; null on the last one")
    total: int | None = Field(description="The number of all rows, if total=true was asked for")


class ListParams(Plain):
    """The parameters of every list."""

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="Rows of a page")] = 100
    cursor: Annotated[
        str | None, Field(min_length=1, max_length=400, description="The place to go on from: next of the page before")
    ] = None
    total: Annotated[bool, Field(description="Count all rows too")] = False
    format: Annotated[Literal["json", "csv"] | None, Field(description="The form of the answer; else by Accept")] = None
    bom: Annotated[bool, Field(description="Begin a CSV with a byte order mark, as Excel wants it")] = False

    def asked(self) -> dict[str, Any]:
        """The parameters that make the question, without those that say which part of the answer in which form."""
        return {name: value for name, value in self if name not in RESERVED or name == "sort"}


def sortable(name: str, columns: Sequence[str], fields: Mapping[str, Any]) -> type[ListParams]:
    """The parameters of a list with ``columns`` to sort by and ``fields`` (as for create_model) of its own."""
    keys = [key for column in columns for key in (column, f"-{column}")]
    kind: Any = Literal[tuple(keys)]
    sort: Any = (kind | None, Field(None, description="A column to sort by; - before it for falling"))
    model: type[ListParams] = create_model(f"{name}_params", __base__=ListParams, sort=sort, **fields)
    return model


def paged(name: str, columns: Sequence[str], model: type[ListParams], work: Work) -> Callable[..., Response]:
    """The function behind a list's address: what ``work`` makes of the parameters of ``model``, sorted, page by page.

    ``name`` tells the list from others, so that a cursor of one is no cursor of another.
    """

    def answer(request: Request, service: ServiceDep, params: ListParams) -> Response:
        asked = params.asked()
        sort = asked.pop("sort", None)
        found = page(
            service,
            name,
            {**asked, "sort": sort},
            lambda reader, day: sorted_rows(work(reader, day, asked), sort),
            limit=params.limit,
            cursor=params.cursor,
            total=params.total,
        )
        return respond(request, params, found, columns)

    return with_params(answer, model)


def with_params(answer: Callable[..., Response], model: type[BaseModel]) -> Callable[..., Response]:
    """``answer`` with ``model`` as the type of its parameter ``params``, for FastAPI to read."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    annotations = {"request": Request, "service": ServiceDep, "params": Annotated[model, Query()]}
    keywords = [inspect.Parameter(name, kind, annotation=each) for name, each in annotations.items()]
    answer.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    answer.__annotations__ = dict(annotations)
    return answer


def sorted_rows(rows: list[dict[str, Any]], sort: str | None) -> list[dict[str, Any]]:
    """The rows by one column, ``-`` before it for falling; equals keep their order, what is absent comes last."""
    if not sort:
        return rows
    name = sort.removeprefix("-")
    present = [row for row in rows if row[name] not in (None, [])]
    present.sort(key=lambda row: row[name], reverse=sort.startswith("-"))
    return present + [row for row in rows if row[name] in (None, [])]


def respond(request: Request, params: ListParams, page: Page, columns: Sequence[str]) -> Response:
    """The page as JSON or CSV, with ``Link: rel="next"`` and the revision."""
    headers = {REVISION: str(page.revision), "Vary": "Accept"}
    if page.next:
        query = request.url.include_query_params(cursor=page.next)
        headers["Link"] = f'<{query.path}?{query.query}>; rel="next"'
    if page.total is not None:
        headers["X-Total-Count"] = str(page.total)
    if chosen(params.format, request.headers.get("accept"), FORMATS) == "csv":
        return Response(to_csv(columns, page.rows, bom=params.bom), headers=headers, media_type=CSV)
    body = {
        "revision": page.revision,
        "day": page.day,
        "items": page.rows,
        "next": page.next,
        "total": page.total,
    }
    return Response(orjson.dumps(body), headers=headers, media_type=JSON)
