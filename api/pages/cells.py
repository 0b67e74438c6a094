"""Rows of an answer as cells of a table: words for values, and the addresses of what a value names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from api.pages import address
from api.pages.words import Words
from graph.header import Column

Link = tuple[str, str | None]
_STOP = re.compile("[:;(：；（]")  # what follows explains the name
_NEVER = ("document", "end")  # told by the link of the quote


def shown(columns: Sequence[Column]) -> list[Column]:
    """The columns that people look at: not those that only hold the ids and places of others."""
    hidden = {name for column in columns for name in (column.id, column.at) if name} | set(_NEVER)
    return [column for column in columns if column.name not in hidden and not column.name.endswith("_id")]


def label(t: Words, column: Column) -> str:
    """The heading of a column."""
    return t.maybe(f"column.{column.name}", _STOP.split(column.description.model_dump()[t.lang])[0])


def cells(t: Words, columns: Sequence[Column], row: Mapping[str, Any], themes: Mapping[str, str]) -> dict[str, Any]:
    """A row for the table: values by column, and under ``_NAME`` its address, or the links of a list.

    ``themes``: their names by key.
    """
    made: dict[str, Any] = {}
    for column in columns:
        names = themes if column.node == "Theme" else {}
        made[column.name] = value(t, column, named(column, row, names))
        if links := links_of(column, row, names):
            made[f"_{column.name}"] = links if column.type == "strings" else links[0][1]
    return made


def named(column: Column, row: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    """The value of a cell, with the name of the page's language where ``names`` has one."""
    given = row[column.name]
    if isinstance(given, list):
        return [names.get(each, each) for each in given]
    return names.get(row[column.id] if column.id else given, given)


def value(t: Words, column: Column, given: Any) -> Any:
    """A value as it is shown: numbers stay numbers, lists are joined, codes become words."""
    if isinstance(given, bool) or (given is None and column.type == "boolean"):
        return t("unknown") if given is None else t("yes") if given else t("no")
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, list):
        return "、".join(map(str, given))
    if isinstance(given, str) and column.node is None:
        return t.maybe(f"{column.name}.{given}", given)
    return given


def links_of(column: Column, row: Mapping[str, Any], names: Mapping[str, str]) -> list[Link]:
    """What a cell links to: nothing for a column that names no node, or names one here that has no id."""
    given = row[column.name]
    if column.node is None or not given:
        return []
    if isinstance(given, list):
        return [(names.get(each, each), address.node(column.node, each)) for each in given]
    id_ = row[column.id] if column.id else given
    if not id_:
        return []
    if column.at:
        return [(str(given), address.policy(id_, row[column.at]))]
    return [(str(named(column, row, names)), address.node(column.node, id_))]
