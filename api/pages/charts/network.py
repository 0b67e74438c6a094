"""Things that are tied to one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.pages.cells import links_of
from api.pages.charts.ink import Chart, Options, base, ink, short, text
from graph.header import Column
from graph.picture import Network

Rows = list[dict[str, Any]]
_AXIS: Options = {"type": "value", "show": False, "min": "dataMin", "max": "dataMax"}
_PLAIN_AXES: Options = {
    "xAxis": _AXIS, "yAxis": {**_AXIS, "min": -0.5, "inverse": True},
    "grid": {"left": 84, "right": 84, "top": 24, "bottom": 40},
}  # fmt: skip
_TIES, _NODES = 150, 36  # of the strongest, that are still readable
_FEW = 8  # that need no circle
_ENDS, _GAP = 168, 160  # pixels at both ends, and between two steps
_NARROW: Options = {  # what a circle is on a narrow window: a smaller one, with shorter names
    "query": {"maxWidth": 560},
    "option": {"series": [{
        "top": 112, "bottom": 112, "left": 112, "right": 112,
        "label": {"fontSize": 10, "width": 98, "overflow": "truncate"},
    }]},
}  # fmt: skip


def network(declared: Network, columns: Mapping[str, Column], rows: Rows) -> list[Chart]:
    """The strongest ties of the strongest things; a click opens the page of a thing."""
    ties = [row for row in rows if row[declared.source] and row[declared.target]]
    kept = set(list(_weights(declared, ties))[:_NODES])
    ties = [row for row in ties if {row[declared.source], row[declared.target]} <= kept]
    ties = sorted(ties, key=lambda row: -_weight(declared, row))[:_TIES]
    weights = _weights(declared, ties)
    if not ties:
        return []
    most, strongest = max(weights.values()), max(_weight(declared, row) for row in ties)
    pages = {row[end]: _page(columns[end], row) for row in ties for end in (declared.source, declared.target)}
    nodes: list[dict[str, Any]] = [
        {"id": name, "name": name, "value": weight, "href": pages[name], "symbolSize": round(8 + 18 * weight / most)}
        for name, weight in weights.items()
    ]
    edges = [_edge(declared, row, strongest) for row in ties]
    note = ("chart.ties", {"count": len(ties), "all": len(rows)}) if len(ties) < len(rows) else None
    if declared.directed and len(nodes) <= _FEW:
        lanes = _place(nodes, edges)
        gaps = max(node["value"][0] for node in nodes)
        options = _options(declared, nodes, edges, "none") | _PLAIN_AXES
        return [Chart("", options, 60 + 90 * lanes, _ENDS + _GAP * gaps, _ENDS + 2 * _GAP * gaps, note)]
    if len(nodes) <= _FEW:
        return [Chart("", _options(declared, nodes, edges, "force"), 280, 280, None, note)]
    circle = _options(declared, nodes, edges, "circular") | {"media": [_NARROW]}
    return [Chart("", circle, 680, 340, None, note, square=True)]


def _place(nodes: list[dict[str, Any]], edges: list[dict[str, Any]]) -> int:
    """Place each node right of all that lead to it, as far as they make no circle; give the number of lanes."""
    step = {node["id"]: 0 for node in nodes}
    for _ in nodes:
        for edge in edges:
            step[edge["target"]] = min(max(step[edge["target"]], step[edge["source"]] + 1), len(nodes))
    lanes = [sum(step[each["id"]] == step[node["id"]] for each in nodes[:place]) for place, node in enumerate(nodes)]
    for node, lane in zip(nodes, lanes, strict=True):
        node["value"] = [step[node["id"]], lane]
    return 1 + max(lanes)


def _weights(declared: Network, ties: Rows) -> dict[str, float]:
    """How strongly each thing is tied, the strongest first."""
    weights: dict[str, float] = {}
    for row in ties:
        for end in (declared.source, declared.target):
            weights[row[end]] = weights.get(row[end], 0) + _weight(declared, row)
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0])))


def _page(column: Column, row: Mapping[str, Any]) -> str | None:
    links = links_of(column, row, {})
    return links[0][1] if links else None


def _weight(declared: Network, row: Mapping[str, Any]) -> float:
    return float(row[declared.value] or 0) if declared.value else 1.0


def _edge(declared: Network, row: Mapping[str, Any], strongest: float) -> dict[str, Any]:
    label = str(row[declared.label]) if declared.label and row[declared.label] is not None else ""
    return {
        "source": row[declared.source], "target": row[declared.target],
        "lineStyle": {"width": round(1 + 4 * _weight(declared, row) / (strongest or 1), 1)},
        "label": {"show": bool(label), "formatter": label.replace("{", ""), **text(12, "quiet")},
        "value": row[declared.value] if declared.value else label,
    }  # fmt: skip


def _options(declared: Network, nodes: list[Any], edges: list[Any], layout: str) -> dict[str, Any]:
    around = layout == "circular"
    for node in nodes:
        node["label"] = {"formatter": short(node["name"], 14).replace("{", "")}
    return base() | {
        "series": [{
            "type": "graph", "layout": layout, "circular": {"rotateLabel": True}, "cursor": "pointer",
            "data": nodes, "links": edges, "edgeSymbol": ["none", "arrow" if declared.directed else "none"],
            "force": {"repulsion": 900, "edgeLength": 180, "layoutAnimation": False},
            "top": 170 if around else 40, "bottom": 170 if around else 60,
            "left": "center" if around else 120, "right": 120,
            "label": {"show": True, "position": "right" if around else "bottom", **text(12)},
            **({"coordinateSystem": "cartesian2d"} if layout == "none" else {}),
            "lineStyle": {":color": ink("quiet"), "opacity": 0.4 if around else 1, "curveness": 0.25 if around else 0},
            "itemStyle": {":color": ink("accent")}, "emphasis": {"focus": "adjacency"},
        }],
    }  # fmt: skip
