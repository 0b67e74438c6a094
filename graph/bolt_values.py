"""What the Neo4j driver gives, as plain Python: dates of ``datetime``, lists, dicts."""

from __future__ import annotations

from typing import Any

import neo4j
import neo4j.time


def plain_rows(result: neo4j.Result) -> list[dict[str, Any]]:
    """All rows of a result."""
    keys = result.keys()
    return [{key: _plain(value) for key, value in zip(keys, record, strict=True)} for record in result]


def _plain(value: Any) -> Any:
    if isinstance(value, neo4j.time.Date):
        return value.to_native()
    if type(value) is list:
        return [_plain(item) for item in value]
    if type(value) is dict:
        return {key: _plain(item) for key, item in value.items()}
    return value
