"""A node among its neighbours, as options of an ECharts graph."""

from __future__ import annotations

from typing import Any

from api.pages.charts.ink import PALETTE, ink, text
from graph.neighbourhood import NearNode, Neighbourhood

KINDS = ("Policy", "Task", "Agency", "Target", "Park", "Industry", "Region", "Theme")
_LONGEST = 12  # characters of a name in the picture; the whole name stands in its tip
_SHAPES = {"Policy": "rect", "Task": "roundRect", "Target": "diamond", "Region": "triangle"}


def near(found: Neighbourhood, names: dict[str, str], edges: dict[str, str]) -> dict[str, Any]:
    """Options for ``found``. ``names`` has the kinds of nodes by label, ``edges`` the types of relationships."""
    nodes = [found.centre, *(node for node in found.nodes if node.kind in KINDS)]
    place = {(node.kind, node.id): number for number, node in enumerate(nodes)}
    links = [
        {
            "source": place[edge.source_kind, edge.source_id],
            "target": place[edge.target_kind, edge.target_id],
            "value": edges.get(edge.type, edge.type),
            "lineStyle": {"type": "dashed"} if edge.properties.get("role") == "support" else {},
        }
        for edge in found.edges
        if (edge.source_kind, edge.source_id) in place and (edge.target_kind, edge.target_id) in place
    ]
    present = [kind for kind in KINDS if any(node.kind == kind for node in nodes)]
    return {
        "color": [PALETTE[KINDS.index(kind)] for kind in present],
        "tooltip": {"confine": True, "extraCssText": "max-width: 320px; white-space: normal", ":formatter": _TIP},
        "legend": [{"data": [names[kind] for kind in present], "textStyle": text(), "bottom": 4, "itemGap": 14}],
        "animation": False,
        "series": [_series(nodes, links, [names[kind] for kind in present], present)],
    }


_TIP = (  # names come from documents: escaped
    "item => echarts.format.encodeHTML(item.dataType === 'edge' ? String(item.data.value) : item.data.whole)"
)


def _series(nodes: list[NearNode], links: list[dict[str, Any]], names: list[str], present: list[str]) -> dict[str, Any]:
    return {
        "type": "graph",
        "layout": "force",
        "roam": "move",
        "draggable": True,
        "top": 20,
        "bottom": 50,
        "force": {"repulsion": 700, "edgeLength": [70, 150], "gravity": 0.08, "layoutAnimation": False},
        "categories": [{"name": name} for name in names],
        "data": [_node(node, present.index(node.kind), first=number == 0) for number, node in enumerate(nodes)],
        "links": links,
        "edgeSymbol": ["none", "arrow"],
        "edgeSymbolSize": 6,
        "lineStyle": {":color": ink("quiet"), "opacity": 0.55, "curveness": 0.08},
        "label": {"show": True, "position": "bottom", "formatter": "{b}", **text()},
        "labelLayout": {"hideOverlap": True},
        "emphasis": {"focus": "adjacency", "label": {"show": True}},
    }


def _node(node: NearNode, category: int, first: bool) -> dict[str, Any]:
    name = node.name if len(node.name) <= _LONGEST else f"{node.name[: _LONGEST - 1]}…"
    return {
        "name": name,
        "whole": node.name,
        "kind": node.kind,
        "node": node.id,
        "category": category,
        "symbol": _SHAPES.get(node.kind, "circle"),
        "symbolSize": 30 if first else 16,
        "label": {"fontWeight": "bold", "fontSize": 13} if first else {},
    }
