"""What the Neo4j driver gives, as plain Python: dates of ``datetime``, lists, dicts."""

from __future__ import annotations

from itertools import islice
from typing import Any

import neo4j
import neo4j.time

from graph.errors import BudgetError


def plain_rows(result: neo4j.Result, most: int | None = None) -> list[dict[str, Any]]:
    """All rows of a result. Raises BudgetError where there are more than ``most``."""
    keys = result.keys()
    records = result if most is None else islice(result, most)
    rows = [{key: _plain(value) for key, value in zip(keys, record, strict=True)} for record in records]
    if most is not None and result.peek() is not None:
        raise BudgetError(f"the answer has more than {most} rows")
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, neo4j.time.Date):
        return value.to_native()
    if type(value) is list:
        return [_plain(item) for item in value]
    if type(value) is dict:
        return {key: _plain(item) for key, item in value.items()}
    return value
