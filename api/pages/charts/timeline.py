"""Things on their days, in lanes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from api.pages.cells import links_of, value
from api.pages.charts.ink import Chart, axis, base, ink, short, text
from api.pages.words import Words
from graph.header import Column
from graph.picture import Timeline

Rows = list[dict[str, Any]]
_LABEL = 150  # pixels, in which a name is broken into lines


class Event(NamedTuple):
    """Something that happened on a day, and its page."""

    day: date
    name: str
    href: str | None


def timeline(
    t: Words, declared: Timeline, columns: Mapping[str, Column], rows: Rows, around: Event | None
) -> list[Chart]:
    """One lane for each value of the lane's column, and one for what they are told of; what has no day is counted."""
    lanes: dict[str, list[Event]] = {t("chart.self"): [around]} if around else {}
    undated = 0
    for row in rows:
        if row[declared.date] is None:
            undated += 1
            continue
        links = links_of(columns[declared.label], row, {})
        lane = str(value(t, columns[declared.lane], row[declared.lane]))
        lanes.setdefault(lane, []).append(
            Event(row[declared.date], str(row[declared.label]), links[0][1] if links else None)
        )
    if not any(lanes.values()) or (undated == len(rows) and not around):
        return []
    note = ("chart.undated", {"count": undated}) if undated else None
    return [Chart("", _options(lanes), 120 + 74 * len(lanes), 330, None, note)]


def _options(lanes: Mapping[str, list[Event]]) -> dict[str, Any]:
    names = list(lanes)
    days = sorted(event.day for events in lanes.values() for event in events)
    middle = days[0] + (days[-1] - days[0]) / 2
    data = [
        {"value": [event.day.isoformat(), names.index(lane)], "name": event.name, "href": event.href,
         "label": _label(event, left=event.day > middle)}
        for lane, events in lanes.items() for event in events
    ]  # fmt: skip
    return base() | {
        "grid": {"left": 12, "right": 24, "top": 24, "bottom": 12, "containLabel": True},
        "xAxis": axis("time", boundaryGap=["4%", "4%"], minInterval=86_400_000 * 28),
        "yAxis": axis("category", data=names, inverse=True, splitLine={"show": True, "lineStyle": {":color": ink("line")}}),
        "series": [{
            "type": "scatter", "data": data, "symbolSize": 14, "cursor": "pointer", "itemStyle": {":color": ink("accent")},
            "label": {"show": True, "lineHeight": 16, **text(12)},
            "labelLayout": {"moveOverlap": "shiftY", "hideOverlap": True},
        }],
    }  # fmt: skip


def _label(event: Event, *, left: bool) -> dict[str, Any]:
    """The day and the name, on the side where there is more room."""
    said = f"{event.day.isoformat()}\n{short(event.name, 18)}".replace("{", "")
    side = "left" if left else "right"
    return {
        "formatter": said,
        "position": side,
        "align": "right" if left else "left",
        "width": _LABEL,
        "overflow": "break",
    }
