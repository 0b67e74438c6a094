"""Values given to a query, checked and turned into what its Cypher expects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from graph.entities import resolve_entity
from graph.errors import QueryError
from graph.header import Param, Query
from graph.regions import resolve_region
from graph.store import Reader

_TRUE, _FALSE = ("true", "yes", "1", "是"), ("false", "no", "0", "否")
_ENTITIES = ("agency", "policy", "park", "industry")


def convert_params(store: Reader, query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    """Every declared parameter with its value: given, else its default. An empty text is no value.

    ``region`` becomes a code, ``theme`` a key, the other entities a list of ids. Raises QueryError.
    """
    known = [param.name for param in query.params]
    for name in given:
        if name not in known:
            allowed = f"it takes {', '.join(known)}" if known else "it takes none"
            raise QueryError(f"{query.name}: no parameter {name}; {allowed}")
    values = {}
    for param in query.params:
        value = given.get(param.name)
        value = param.default if value is None or value == "" else value
        if value is None and param.required:
            raise QueryError(f"{query.name}: {param.name} is required")
        values[param.name] = None if value is None else _convert(store, query, param, value)
    return values


def _convert(store: Reader, query: Query, param: Param, value: Any) -> Any:
    try:
        converted = _typed(store, param, value)
    except QueryError as error:
        raise type(error)(f"{query.name}: {error}") from error
    except ValueError as error:
        raise QueryError(f"{query.name}: {param.name} is of type {param.type}, not {value!r}") from error
    if param.enum and converted not in param.enum:
        raise QueryError(f"{query.name}: {param.name} is one of {', '.join(param.enum)}, not {value!r}")
    return converted


def _typed(store: Reader, param: Param, value: Any) -> Any:
    if param.type == "integer":
        return _integer(value)
    if param.type == "number":
        return float(value)
    if param.type == "boolean":
        return _boolean(value)
    if param.type == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value).strip())
    if param.type == "region":
        return resolve_region(str(value))
    if param.type == "theme":
        return resolve_entity(store, "theme", str(value))[0]
    if param.type in _ENTITIES:
        return resolve_entity(store, param.type, str(value))
    return str(value)


def _integer(value: Any) -> int:
    if isinstance(value, float) and not value.is_integer():
        raise ValueError
    return int(value)


def _boolean(value: Any) -> bool:
    text = str(value).strip().lower()
    if text not in (*_TRUE, *_FALSE):
        raise ValueError
    return text in _TRUE
