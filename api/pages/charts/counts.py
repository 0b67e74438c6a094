"""How many there are, by name: small bars."""

from __future__ import annotations

from collections.abc import Mapping

from api.pages.charts.ink import Chart, axis, base, short, text


def counts(title: str, counted: Mapping[str, int], *, across: bool) -> Chart:
    """Bars in the order given: names ``across`` (years), or down the side (longer names)."""
    names = axis(
        "category", data=[short(name, 12) for name in counted], label={"interval": 0 if not across else "auto"}
    )
    numbers = axis("value", minInterval=1)
    if not across:
        names["inverse"] = True
    options = base() | {
        "grid": {"left": 4, "right": 32, "top": 20, "bottom": 4, "containLabel": True},
        "xAxis": names if across else numbers,
        "yAxis": numbers if across else names,
        "series": [{
            "type": "bar", "data": list(counted.values()), "barMaxWidth": 22,
            "label": {"show": True, "position": "top" if across else "right", **text(12)},
        }],
    }  # fmt: skip
    return Chart(title, options, 220 if across else 60 + 26 * len(counted), 260)
