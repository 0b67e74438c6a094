"""The named queries: one file each in ``cypher/``, found, checked and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from graph.errors import QueryError
from graph.header import AT, Column, Param, Query, parse
from graph.params import convert_params
from graph.resources import cypher_dir
from graph.store import Reader

__all__ = ["Column", "Param", "Query", "Result", "catalogue", "run"]


@dataclass(frozen=True)
class Result:
    """The answer: the declared columns and the rows, each a dict with just these."""

    columns: tuple[Column, ...]
    rows: list[dict[str, Any]]


@cache
def catalogue() -> dict[str, Query]:
    """Every named query, by name. Raises CatalogueError for a file that is wrong."""
    return {query.name: query for query in map(parse, sorted(cypher_dir().glob("*.cypher")))}


def run(store: Reader, name: str, params: Mapping[str, Any] | None = None, *, today: date | None = None) -> Result:
    """Answer the query ``name``. ``today`` stands for the present day where no ``as_of`` is given.

    Raises QueryError for an unknown query or parameter, a missing or a wrong value; StoreError from the store.
    """
    queries = catalogue()
    query = queries.get(name)
    if query is None:
        near = get_close_matches(name, queries, n=3) or sorted(queries)
        raise QueryError(f"no query {name}; there is {', '.join(near)}")
    values = convert_params(store, query, params or {})
    if query.uses_at:
        values[AT] = values.get("as_of") or today or date.today()
    rows = [_row(query, row) for row in store.read(query.cypher, values)]
    return Result(query.columns, _sorted(query, rows))


def _row(query: Query, row: Mapping[str, Any]) -> dict[str, Any]:
    declared = [column.name for column in query.columns]
    if set(row) != set(declared):
        odd = ", ".join(sorted(set(row) ^ set(declared)))
        raise QueryError(f"{query.name}: its columns and those it declares differ: {odd}")
    return {column.name: _value(column, row[column.name]) for column in query.columns}


def _value(column: Column, value: Any) -> Any:
    """A value as plain Python of the declared type, whatever the engine gave."""
    if value is None:
        return [] if column.type == "strings" else None
    if column.type == "strings":
        return sorted({str(item) for item in value if item is not None})
    if column.type == "date":
        return value if isinstance(value, date) else value.to_native()
    kinds: dict[str, Any] = {"integer": int, "number": float, "boolean": bool}
    return kinds.get(column.type, str)(value)


def _sorted(query: Query, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By all columns in turn, then by the declared order; what is absent comes last."""
    rows = sorted(rows, key=lambda row: [_rank(value) for value in row.values()])
    for name in reversed(query.order):
        bare = name.removeprefix("-")
        present = sorted((row for row in rows if row[bare] is not None), key=lambda row: _rank(row[bare]),
                         reverse=name.startswith("-"))  # fmt: skip
        rows = present + [row for row in rows if row[bare] is None]
    return rows


def _rank(value: Any) -> tuple[bool, Any]:
    return (True, "") if value is None else (False, value)
