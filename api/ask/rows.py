"""The rows of an answer that concern the places of a question which its query could not take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.ask.link import Entity
from graph.header import Query
from ingest.regions import regions


def narrowed(query: Query, rows: list[dict[str, Any]], places: Sequence[Entity]) -> list[dict[str, Any]]:
    """The rows of one of the places, or where a row names two places, of two of them. All of them without places."""
    columns = [column.id or column.name for column in query.columns if column.node == "Region"]
    if not places or not columns:
        return rows
    codes = [each.options["region"][0] for each in places]

    def within(value: Any) -> bool:
        return regions().get(value) is not None and any(regions().within(value, code) for code in codes)

    return [row for row in rows if all(within(row[column]) for column in columns)]
