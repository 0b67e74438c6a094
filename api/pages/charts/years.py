"""Figures by year, as options of ECharts pictures: duties by role, and targets of one indicator."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.pages.charts.ink import PALETTE, ink, text
from graph.detail.agencies import DutyYear
from graph.detail.refs import ROLES, PolicyTarget

_FIGURE = "item => item.value[1].toLocaleString()"
_DECAL = {"support": {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 4], "rotation": 0.8}}


def duties_by_year(years: Sequence[DutyYear], names: dict[str, str], unknown: str) -> dict[str, Any]:
    """Bars by year, a part for each role; the roles are told apart by colour and by hatching."""
    series = [
        {
            "name": names[role],
            "type": "bar",
            "stack": "duties",
            "barMaxWidth": 44,
            "data": [getattr(year, role) or None for year in years],
            "itemStyle": {"color": PALETTE[number], **({"decal": _DECAL[role]} if role in _DECAL else {})},
        }
        for number, role in enumerate(ROLES)
        if any(getattr(year, role) for year in years)
    ]
    return {
        "tooltip": {"trigger": "axis", "confine": True},
        "legend": {"textStyle": text(), "top": 0, "left": 0},
        "grid": {"left": 8, "right": 16, "top": 40, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "category", "data": [str(year.year or unknown) for year in years], "axisLabel": text()},
        "yAxis": _values(""),
        "animation": False,
        "series": series,
    }


def targets_by_year(targets: Sequence[PolicyTarget], unit: str, unknown: str) -> dict[str, Any] | None:
    """A point for each target of one indicator, by the year in which it is to be reached; None where no year is known."""
    dated = [target for target in targets if target.year is not None]
    if not dated:
        return None
    years = sorted({target.year for target in dated if target.year is not None})
    span = (
        [str(year) for year in range(years[0], years[-1] + 1)]
        if years[-1] - years[0] < 40
        else [str(year) for year in years]
    )
    points = [[str(target.year), _comparable(target), target.policy.title, target.metric] for target in dated]
    return {
        "tooltip": {
            "confine": True,
            "extraCssText": "max-width: 320px; white-space: normal",
            ":formatter": "item => echarts.format.encodeHTML("
            "`${item.value[0]} · ${item.value[3]}: ${item.value[1].toLocaleString()} ${item.seriesName} · ${item.value[2]}`)",
        },
        "grid": {"left": 8, "right": 48, "top": 44, "bottom": 4, "containLabel": True},
        "xAxis": {"type": "category", "data": span, "axisLabel": text(), "boundaryGap": True},
        "yAxis": _values(unit),
        "animation": False,
        "series": [
            {
                "type": "scatter",
                "name": unit,
                "symbolSize": 12,
                "itemStyle": {":color": ink("accent")},
                "data": points,
                "label": {"show": True, "position": "right", ":formatter": _FIGURE, **text()},
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }


def _comparable(target: PolicyTarget) -> float:
    return target.base_value if target.base_value is not None else target.value


def _values(unit: str) -> dict[str, Any]:
    return {
        "type": "value",
        "name": unit,
        "nameTextStyle": {**text(), "align": "left"},
        "minInterval": 0 if unit else 1,
        "axisLabel": text(name="quiet"),
        "splitLine": {"lineStyle": {":color": ink("line")}},
    }
