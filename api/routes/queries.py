"""``/queries``: one address for each file in ``cypher/``, made from its header."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

import orjson
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, create_model
from starlette.responses import Response

from api.errors import READ, responses
from api.listing import OK_CSV, RESERVED, Items, paged, sortable
from api.paging import Rows
from api.params import Day
from api.shapes.negotiate import JSON
from graph import queries
from graph.errors import CatalogueError
from graph.header import Column, Param
from graph.queries import catalogue
from graph.store import Reader

_TYPES: dict[str, Any] = {
    "string": str, "integer": int, "number": float, "boolean": bool, "date": date, "strings": list[str],
}  # fmt: skip
_PARAMS: dict[str, Any] = {**_TYPES, "date": Day}
_BIG = 2**53 - 1  # the largest whole number that every client can hold


class ParamInfo(BaseModel):
    """A parameter of a question."""

    name: str
    type: str
    required: bool
    default: str | int | float | bool | date | None
    allowed: list[str]
    description: dict[str, str]


class ColumnInfo(BaseModel):
    """A column of an answer."""

    name: str
    type: str
    description: dict[str, str]


class QueryInfo(BaseModel):
    """A question that can be asked."""

    name: str
    url: str
    title: dict[str, str]
    description: dict[str, str]
    params: list[ParamInfo]
    columns: list[ColumnInfo]
    example: dict[str, Any]


class QueryList(BaseModel):
    """All questions."""

    items: list[QueryInfo]


def router() -> APIRouter:
    """The routes of the catalogue. Raises CatalogueError where a parameter has the name of one that every list has."""
    made = APIRouter(prefix="/queries", tags=["queries"])
    made.get("", operation_id="list_queries", response_model=QueryList, responses=responses(*READ))(_list)
    for query in catalogue().values():
        made.get(
            f"/{query.name}",
            operation_id=f"query_{query.name}",
            summary=query.title.en,
            description=f"{query.description.en}\n\n{query.title.zh}:{query.description.zh}",
            response_model=Items[_row_model(query)],  # type: ignore[misc]
            responses={**OK_CSV, **responses(*READ)},
        )(_route(query))
    return made


def info(query: queries.Query, prefix: str) -> QueryInfo:
    """What a client or a page needs to know of a question."""
    return QueryInfo(
        name=query.name,
        url=f"{prefix}/{query.name}",
        title=query.title.model_dump(),
        description=query.description.model_dump(),
        params=[
            ParamInfo(
                name=param.name, type=param.type, required=param.required, default=param.default,
                allowed=list(param.enum), description=param.description.model_dump(),
            )
            for param in query.params
        ],
        columns=[
            ColumnInfo(name=column.name, type=column.type, description=column.description.model_dump())
            for column in query.columns
        ],
        example=query.example,
    )  # fmt: skip


def _list(request: Request) -> Response:
    """List the questions of the catalogue: parameters, columns, an example."""
    items = [info(query, request.url.path.rstrip("/")).model_dump() for query in catalogue().values()]
    return Response(orjson.dumps({"items": items}), media_type=JSON)


def _route(query: queries.Query) -> Callable[..., Response]:
    """The function behind one question's address; its signature says its parameters."""
    columns = [column.name for column in query.columns]
    model = sortable(query.name, columns, {param.name: _field(query, param) for param in query.params})

    def work(reader: Reader, day: date, asked: dict[str, Any]) -> Rows:
        return queries.run(reader, query.name, asked, today=day).rows

    return paged(query.name, columns, model, work)


def _field(query: queries.Query, param: Param) -> tuple[Any, Any]:
    """A parameter as pydantic wants it."""
    if param.name in RESERVED:
        raise CatalogueError(f"{query.name}: parameter {param.name} is one that every list has; call it otherwise")
    kind: Any = Literal[param.enum] if param.enum else _PARAMS.get(param.type, str)
    limits: dict[str, Any] = {"examples": [query.example[param.name]]} if param.name in query.example else {}
    if kind is str:
        limits |= {"max_length": 300, "min_length": 1 if param.required else 0}
    elif kind is int:
        limits |= {"ge": -_BIG, "le": _BIG}
    elif kind is float:
        limits |= {"allow_inf_nan": False}
    description = f"{param.description.en} ({param.description.zh})"
    if param.required:
        return kind, Field(..., description=description, **limits)
    return kind | None, Field(param.default, description=description, **limits)


def _row_model(query: queries.Query) -> type[BaseModel]:
    fields: dict[str, Any] = {column.name: _column(column) for column in query.columns}
    model: type[BaseModel] = create_model(f"{query.name}_row", **fields)
    return model


def _column(column: Column) -> tuple[Any, Any]:
    kind = _TYPES[column.type]
    annotation = kind if column.type == "strings" else kind | None
    return annotation, Field(..., description=f"{column.description.en} ({column.description.zh})")
