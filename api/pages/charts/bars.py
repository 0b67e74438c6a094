"""Numbers by year, each chart in one unit: bars, and lines where there are many years."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from api.pages.cells import links_of
from api.pages.charts.ink import Chart, Options, axis, base, text
from api.pages.words import Words
from graph.header import Column
from graph.picture import Bars

Rows = list[dict[str, Any]]
_CHARTS, _SERIES, _LINES = 6, 12, 5
_SPAN = 30  # years between which those that are missing are shown


def bars(t: Words, declared: Bars, columns: Mapping[str, Column], rows: Rows) -> list[Chart]:
    """A chart for each unit (and whatever else the header keeps apart), the fullest first."""
    groups: dict[tuple[str, ...], Rows] = {}
    for row in rows:
        if row[declared.value] is not None and all(row[name] for name in declared.per if name != declared.unit):
            groups.setdefault(tuple(str(row[name] or "") for name in declared.per), []).append(row)
    fullest = sorted(groups, key=lambda key: (-len(groups[key]), key))
    link = next((column for column in columns.values() if column.at), None)
    charts = [_chart(t, declared, key, groups[key], link) for key in fullest[:_CHARTS]]
    if len(fullest) > _CHARTS and charts:
        last = charts[-1]
        charts[-1] = replace(last, note=("chart.more_charts", {"count": len(fullest) - _CHARTS}))
    return charts


def _chart(t: Words, declared: Bars, key: tuple[str, ...], rows: Rows, link: Column | None) -> Chart:
    unit = str(rows[0][declared.unit] or "")
    years = _years({row[declared.x] for row in rows}, t("chart.no_year"))
    series: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = " ".join(dict.fromkeys(str(row[each]) for each in declared.series if row[each])) or "—"
        year = _year(t, declared, row)
        while year in series.setdefault(name, {}):  # two values for one year stand beside each other
            name += "′"
        series[name][year] = {"value": row[declared.value], "href": _page(link, row)}
    shown = dict(list(series.items())[:_SERIES])
    title = " · ".join(part for part in key if part) or unit
    note = ("chart.dropped", {"count": len(series) - len(shown)}) if len(series) > len(shown) else None
    return Chart(title, _options(t, unit, years, shown), 320 + 14 * min(len(shown), 8), note=note)


def _years(given: set[Any], none: str) -> list[str]:
    """The years in order, each as far from the next as it is; those of them that are missing stand empty in a line."""
    known = sorted(year for year in given if year is not None)
    if len(given) >= _LINES and known[-1] - known[0] <= _SPAN:
        known = list(range(known[0], known[-1] + 1))
    return [*map(str, known), *([none] if None in given else [])]


def _options(t: Words, unit: str, years: list[str], series: Mapping[str, Mapping[str, Any]]) -> Options:
    none = t("chart.no_year")
    line = len({year for each in series.values() for year in each}) >= _LINES
    drawn = {
        name: {year: item for year, item in each.items() if not line or year != none} for name, each in series.items()
    }
    loose = {name: each[none] for name, each in series.items() if line and none in each}  # no line leads there
    return base() | {
        "legend": {"type": "scroll", "bottom": 0, "textStyle": text(), "pageTextStyle": text()},
        "grid": {"left": 12, "right": 24, "top": 40, "bottom": 44, "containLabel": True},
        "xAxis": axis("category", data=years),
        "yAxis": axis("value", name=unit or t("chart.count"), nameGap=16),
        "series": [
            {
                "type": "line" if line else "bar", "name": name, "data": [each.get(year) for year in years],
                "barMaxWidth": 40, "connectNulls": True, "cursor": "pointer",
                "label": {"show": not line, "position": "top", **text(12)}, "labelLayout": {"hideOverlap": True},
            }
            for name, each in drawn.items()
        ] + [
            {"type": "scatter", "name": name, "data": [{**item, "value": [none, item["value"]]}], "symbolSize": 8, "cursor": "pointer"}
            for name, item in loose.items()
        ],
    }  # fmt: skip


def _year(t: Words, declared: Bars, row: Mapping[str, Any]) -> str:
    return t("chart.no_year") if row[declared.x] is None else str(row[declared.x])


def _page(link: Column | None, row: Mapping[str, Any]) -> str | None:
    links = links_of(link, row, {}) if link else []
    return links[0][1] if links else None
