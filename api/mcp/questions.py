"""A tool for each file in ``cypher/``, made from its header."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import SkipJsonSchema

from api.mcp.tool import TEXT, Params, Reply, Tool
from api.mcp.words import rows_text
from api.paging import Page, page
from api.service import Service
from graph import queries
from graph.errors import CatalogueError
from graph.header import Column, Param, Query
from graph.store import Reader

ROWS, MOST_ROWS = 50, 200
_BIG = 2**53 - 1
_Absent = SkipJsonSchema[None]  # allowed, and not spoken of: leaving it out says the same
_PARAMS: dict[str, Any] = {
    "integer": Annotated[int, Field(ge=-_BIG, le=_BIG)],
    "number": Annotated[float, Field(allow_inf_nan=False)],
    "boolean": bool,
    "date": date,
}
_COLUMNS: dict[str, Any] = {
    "string": str, "integer": int, "number": float, "boolean": bool, "date": date, "strings": list[str],
}  # fmt: skip


class PageParams(Params):
    """Which part of an answer is wanted."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows at once")] = ROWS
    cursor: Annotated[
        str | SkipJsonSchema[None],
        Field(max_length=400, description="To go on: next of the answer before; all other parameters stay the same"),
    ] = None

    def asked(self) -> dict[str, Any]:
        """The parameters that make the question."""
        return self.model_dump(exclude=set(PageParams.model_fields))


class Answer(BaseModel):
    """A part of the rows that answer a question."""

    revision: int = Field(description="The revision of the graph that the answer holds for")
    day: date = Field(description="The day that it holds for: as_of, else today")
    columns: list[str] = Field(description="The names of the columns, in order")
    total: int = Field(description="How many rows there are in all")
    truncated: bool = Field(description="Whether there are more rows after these")
    next: str | None = Field(description="The cursor of the rows after these; null where there are none")


def question_tools() -> list[Tool]:
    """The catalogue as tools. Raises CatalogueError where a parameter has the name of one that all tools have."""
    return [_tool(query) for query in queries.catalogue().values()]


def paged(name: str, columns: list[str], found: Page, answer: type[Answer], as_of: date | None = None) -> Reply:
    """A page as data of the model ``answer`` and as text."""
    total = found.total or 0
    data = answer.model_validate({
        "revision": found.revision, "day": as_of or found.day, "columns": columns, "rows": found.rows, "total": total,
        "truncated": found.next is not None, "next": found.next,
    })  # fmt: skip
    head = f"{name}: {len(found.rows)} of {total} rows (graph revision {data.revision}, day {data.day})"
    if total == 0:
        head += "; nothing in this graph answers that. Other names or fewer filters may."
    more = f"\nThere are more rows; go on with cursor: {found.next}" if found.next else ""
    return Reply(f"{head}\n{rows_text(found.rows)}{more}".strip(), data)


def _tool(query: Query) -> Tool:
    rows: dict[str, Any] = {"rows": (list[_row_model(query)], ...)}  # type: ignore[misc]
    answer: type[Answer] = create_model(f"{query.name}_answer", __base__=Answer, **rows)
    columns = [column.name for column in query.columns]

    def run(service: Service, given: PageParams) -> Reply:
        asked = given.asked()

        def work(reader: Reader, day: date) -> list[dict[str, Any]]:
            return queries.run(reader, query.name, asked, today=day).rows

        found = page(service, query.name, asked, work, limit=given.limit, cursor=given.cursor or None, total=True)
        return paged(query.name, columns, found, answer, asked.get("as_of"))

    return Tool(query.name, _both(query.title), _description(query), _params(query), answer, run)


def _params(query: Query) -> type[PageParams]:
    taken = {param.name for param in query.params} & set(PageParams.model_fields)
    if taken:
        raise CatalogueError(f"{query.name}: parameter {taken.pop()} is one that every tool has; call it otherwise")
    fields: dict[str, Any] = {param.name: _field(param, query.example) for param in query.params}
    model: type[PageParams] = create_model(f"{query.name}_params", __base__=PageParams, **fields)
    return model


def _field(param: Param, example: Mapping[str, Any]) -> tuple[Any, Any]:
    kind: Any = _PARAMS.get(param.type, Annotated[str, Field(max_length=TEXT)])
    if param.enum:
        kind = Literal[param.enum]
    shown: dict[str, Any] = {"description": _both(param.description)}
    if param.name in example:
        shown["examples"] = [json.loads(json.dumps(example[param.name], default=str))]
    if param.required:
        return kind, Field(..., **shown)
    return kind | _Absent, Field(param.default, **shown)


def _row_model(query: Query) -> type[BaseModel]:
    fields: dict[str, Any] = {column.name: _column(column) for column in query.columns}
    model: type[BaseModel] = create_model(f"{query.name}_row", **fields)
    return model


def _column(column: Column) -> tuple[Any, Any]:
    kind = _COLUMNS[column.type]
    return kind if column.type == "strings" else kind | None, Field(description=_both(column.description))


def _description(query: Query) -> str:
    example = json.dumps(query.example, ensure_ascii=False, default=str)
    columns = ", ".join(column.name for column in query.columns)
    return (
        f"{query.description.en}.\n{query.title.zh}:{query.description.zh}。\n"
        f"Gives rows of: {columns}.\nExample: {example}"
    )


def _both(words: Any) -> str:
    return f"{words.en} ({words.zh})"
