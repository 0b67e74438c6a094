"""Two kinds of things against each other, and a number for each pair."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages import address
from api.pages.cells import links_of
from api.pages.charts.ink import Chart, Options, axis, base, ink, room, short
from graph.header import Column
from graph.picture import Heatmap, Matrix

Rows = list[dict[str, Any]]
Pairs = dict[tuple[str, str], tuple[float, str | None]]  # (across, down) → its number, and the address behind it
_ACROSS, _DOWN = 36, 40  # of the largest, that are still readable
_LEVEL = 3


def heatmap(declared: Heatmap, columns: Mapping[str, Column], rows: Rows, themes: Mapping[str, str]) -> list[Chart]:
    """A heat map, whose cells open the tasks behind them."""
    pairs: Pairs = {}
    for row in rows:
        key = columns[declared.x].id
        across = (
            themes.get(row[key] if key else "", row[declared.x])
            if columns[declared.x].node == "Theme"
            else row[declared.x]
        )
        if across and row[declared.y]:
            opened: dict[str, Any] = {name: row[column] for name, column in declared.open.items()}
            pairs[str(across), str(row[declared.y])] = (
                row[declared.value] or 0,
                address.tasks(opened) if opened else None,
            )
    return _chart(pairs, _largest(pairs, 0, _ACROSS), _largest(pairs, 1, _DOWN))


def matrix(declared: Matrix, columns: Mapping[str, Column], rows: Rows) -> list[Chart]:
    """Pairs of things of one kind; a cell opens the page of the thing across."""
    pairs: Pairs = {}
    for row in rows:
        one, other = str(row[declared.one]), str(row[declared.other])
        pairs[one, other] = (row[declared.value] or 0, _page(columns[declared.one], row))
        pairs[other, one] = (row[declared.value] or 0, _page(columns[declared.other], row))
    names = _largest(pairs, 0, _ACROSS)
    return _chart(pairs, names, names)


def _page(column: Column, row: Mapping[str, Any]) -> str | None:
    links = links_of(column, row, {})
    return links[0][1] if links else None


def _largest(pairs: Pairs, place: int, most: int) -> list[str]:
    sums: dict[str, float] = {}
    for pair, (value, _) in pairs.items():
        sums[pair[place]] = sums.get(pair[place], 0) + value
    return sorted(sums, key=lambda name: (-sums[name], name))[:most]


def _chart(pairs: Pairs, across: list[str], down: list[str]) -> list[Chart]:
    if not across or not down:
        return []
    data = [
        {"value": [across.index(x), down.index(y), value], "href": href}
        for (x, y), (value, href) in pairs.items()
        if x in across and y in down
    ]
    left = 28 + round(6.5 * max(room(short(name, 10)) for name in down))
    longest = max(room(short(name, 10)) for name in across)
    level = len(across) <= _LEVEL  # names of a few columns need not be turned
    bottom, cell = (32, 24 + round(6.5 * longest)) if level else (24 + round(5.5 * longest), 34)
    width, height = left + cell * len(across) + 16, bottom + 34 * len(down) + 16
    dropped = len({x for x, _ in pairs}) - len(across) + len({y for _, y in pairs}) - len(down)
    note = ("chart.dropped", {"count": dropped}) if dropped else None
    return [
        Chart(
            "",
            _options(data, across, down, left, bottom, level),
            height,
            width,
            left + max(cell, 110) * len(across) + 16,
            note,
        )
    ]


def _options(data: list[Any], across: list[str], down: list[str], left: int, bottom: int, level: bool) -> Options:
    labels = [short(name, 10) for name in down]
    most = max(item["value"][2] for item in data)
    return base() | {
        "grid": {"left": left, "right": 16, "top": 16, "bottom": bottom},
        "xAxis": axis("category", data=[short(name, 10) for name in across], label={"rotate": 0 if level else 50, "interval": 0}),
        "yAxis": axis("category", data=labels, inverse=True, label={"interval": 0}),
        "visualMap": {"show": False, "min": 0, "max": most, "inRange": {":color": f"[{ink('cell-low')}, {ink('cell-high')}]"}},
        "series": [{
            "type": "heatmap", "data": data, "cursor": "pointer",
            "label": {"show": True, ":color": ink("cell-text"), "fontSize": 12},
            "itemStyle": {"borderWidth": 2, ":borderColor": ink("back")},
        }],
    }  # fmt: skip
