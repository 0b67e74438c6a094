"""Answers as a table to sort, filter and turn over: AG Grid, which lies inside NiceGUI's package."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from nicegui import ui

from api.pages.cells import cells, label, shown
from api.pages.charts.ink import room
from api.pages.frame import named, script
from api.pages.here import Here
from graph.header import Column

MOST = 500  # rows that are sent to a browser at once
_A_PAGE = 20
_QUOTE, _LIST, _AROUND = 380, 230, 60  # pixels of a sentence, of a list, and around the name of a column
_SEVERAL, _FEW = 3, 4  # rows that are worth comparing, and columns that need no thinning
_NOTHING: tuple[Any, ...] = (None, "", [])
_IS_NARROW = "window.innerWidth < 600"
_WIDTHS = {
    "policy": 240,
    "task": 220,
    "agency": 200,
    "park": 180,
    "basis": 120,
    "path": 95,
    "role": 80,
    "op": 80,
    "unit": 90,
    "base_unit": 100,
    "relation": 100,
}
_NARROW = {"integer": 100, "number": 110, "boolean": 110, "date": 125}


def answer_table(
    here: Here,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    themes: Mapping[str, str],
    links: Mapping[str, Callable[[Mapping[str, Any]], str]],
) -> None:
    """The first ``MOST`` rows. ``links`` gives further columns a function from a row to the address of its cell.

    A column in which no row says anything is left out; one in which all say the same is told once, above the table.
    """
    seen = [
        column
        for column in shown(columns)
        if column.type == "boolean" or any(row[column.name] not in _NOTHING for row in rows)
    ]
    common = _common(seen, rows, links)
    if common:
        _told(here, common, cells(here.t, common, rows[0], themes))
    seen = [column for column in seen if column not in common]
    quotes = [column for column in seen if _is_quote(column)]
    data = []
    for row in rows[:MOST]:
        made = cells(here.t, seen, row, themes)
        more = {f"_{name}": target(row) for name, target in links.items()}
        data.append({**made, **more})
    grid(
        here,
        title,
        [_definition(here, column, linked=column.name in links, pinned=[column] == quotes) for column in seen],
        data,
    )


def _common(seen: Sequence[Column], rows: Sequence[Mapping[str, Any]], links: Collection[str]) -> list[Column]:
    """The columns in which all rows say the same, where there are enough of others."""
    if len(rows) < _SEVERAL or len(seen) <= _FEW:
        return []
    same = [column for column in seen if column.name not in links and not _is_quote(column)]
    return [column for column in same if all(row[column.name] == rows[0][column.name] for row in rows)]


def _told(here: Here, common: Sequence[Column], row: Mapping[str, Any]) -> None:
    """Say what all rows say."""
    ui.label(here.t("question.common")).classes("pg-quiet pg-common-head")
    with ui.element("dl").classes("pg-common"):
        for column in common:
            with ui.element("div"):
                with ui.element("dt"):
                    ui.label(label(here.t, column)).classes("pg-quiet")
                with ui.element("dd"):
                    target = row.get(f"_{column.name}")
                    text = str(row[column.name])
                    _ = ui.link(text, target) if isinstance(target, str) else ui.label(text)


def grid(here: Here, title: str, definitions: list[dict[str, Any]], data: list[dict[str, Any]]) -> ui.aggrid:
    """A table by AG Grid's own column definitions; a cell under ``_NAME`` holds links as in ``cells``."""
    script("grid")
    options = {
        "columnDefs": [_card(here, definitions), *({**each, ":hide": _IS_NARROW} for each in definitions)],
        "rowData": data,
        "defaultColDef": {"filter": True, "resizable": True, "minWidth": 90},
        "domLayout": "autoHeight",
        "pagination": len(data) > _A_PAGE,
        "paginationPageSize": _A_PAGE,
        "paginationPageSizeSelector": [20, 50, 100],
        "suppressDragLeaveHidesColumns": True,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "localeText": {name: here.t(f"grid.{name}") for name in _LOCALE},
    }
    made = ui.aggrid(options, auto_size_columns=False).classes("pg-table")
    return named(made, title)


def _card(here: Here, definitions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The one column of a narrow window: all that a row says, one below the other."""
    return {
        "colId": "card", "headerName": here.t("question.table"), "field": definitions[0]["field"], "flex": 1,
        "autoHeight": True, "wrapText": True, ":cellRenderer": "window.pgCard", ":filterValueGetter": "window.pgCardText",
        ":hide": f"!({_IS_NARROW})",
    }  # fmt: skip


_LOCALE = (
    "page", "to", "of", "nextPage", "lastPage", "firstPage", "previousPage", "pageSizeSelectorLabel", "noRowsToShow",
    "contains", "notContains", "equals", "notEqual", "startsWith", "endsWith", "blank", "notBlank", "filterOoo",
    "lessThan", "greaterThan", "lessThanOrEqual", "greaterThanOrEqual", "inRange", "andCondition", "orCondition",
)  # fmt: skip


def _definition(here: Here, column: Column, *, linked: bool, pinned: bool) -> dict[str, Any]:
    text = column.type in ("string", "strings")
    made: dict[str, Any] = {
        "field": column.name,
        "headerName": label(here.t, column),
        "headerTooltip": column.description.model_dump()[here.lang],
        **_width(column, label(here.t, column)),
        "wrapText": text,
        "autoHeight": text,
        "wrapHeaderText": True,
        "autoHeaderHeight": True,
    }
    if _is_quote(column):
        made |= {"cellClass": "pg-cell-quote", "width": _QUOTE, "minWidth": 260, "flex": 0 if pinned else _QUOTE}
    if pinned:
        made[":pinned"] = "window.innerWidth > 900 ? 'right' : null"
    if column.type in ("integer", "number"):
        made |= {"filter": "agNumberColumnFilter", "type": "rightAligned"}
    if text or linked:
        made[":cellRenderer"] = "window.pgCell"
    return made


def _is_quote(column: Column) -> bool:
    return bool(column.at) or column.name.endswith("quote")


def _width(column: Column, heading: str) -> dict[str, Any]:
    """Texts share what room is left; they never get narrower than they, and the words above them, can be read."""
    width = _WIDTHS.get(column.name) or _NARROW.get(column.type) or (170 if column.node else 120)
    width = max(_LIST if column.type == "strings" else width, _AROUND + 8 * max(room(word) for word in heading.split()))
    return (
        {"minWidth": width, "flex": width} if column.type in ("string", "strings") else {"minWidth": 90, "width": width}
    )
