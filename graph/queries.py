"""The named queries: one file each in ``cypher/``, found, checked and run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from graph.errors import QueryError
from graph.header import AT, Column, Param, Query, parse
from graph.params import convert_params
from graph.resources import cypher_dir
from graph.store import Reader, Row

__all__ = ["Column", "Param", "Query", "Result", "catalogue", "run"]

_KINDS: dict[str, Any] = {"integer": int, "number": float, "boolean": bool}


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
    return Result(query.columns, _sorted(query, _rows(query, store.read(query.cypher, values))))


def _rows(query: Query, found: list[Row]) -> list[Row]:
    """What a store gave, as the header declares it. Raises QueryError where the columns are others."""
    declared = [column.name for column in query.columns]
    if found and set(found[0]) != set(declared):
        odd = ", ".join(sorted(set(found[0]) ^ set(declared)))
        raise QueryError(f"{query.name}: its columns and those it declares differ: {odd}")
    return [{column.name: _value(column, row[column.name]) for column in query.columns} for row in found]


def _value(column: Column, value: Any) -> Any:
    """A value as plain Python of the declared type, whatever the engine gave."""
    if value is None:
        return [] if column.type == "strings" else None
    if column.type == "strings":
        return sorted({str(item) for item in value if item is not None})
    if column.type == "date":
        return value if isinstance(value, date) else value.to_native()
    return _KINDS.get(column.type, str)(value)


def _sorted(query: Query, rows: list[Row]) -> list[Row]:
    """By the declared order, equals by all columns in turn; what is absent comes last."""
    names = [name.removeprefix("-") for name in query.order]
    for name, declared in zip(reversed(names), reversed(query.order), strict=True):
        present = sorted((row for row in rows if row[name] is not None), key=itemgetter(name),
                         reverse=declared.startswith("-"))  # fmt: skip
        rows = present + [row for row in rows if row[name] is None]
    found: list[Row] = []
    for _, equals in groupby(rows, key=lambda row: [row[name] for name in names]):
        found += sorted(equals, key=lambda row: [_rank(value) for value in row.values()])
    return found


def _rank(value: Any) -> tuple[bool, Any]:
    return (True, "") if value is None else (False, value)
