"""A node among its neighbours, as options of an ECharts graph: it stands in the middle, they in two arcs beside it.

Places are worked out here and not by a force: each name has a line of its own, so that none lies over another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.pages.charts.ink import PALETTE, ink, text
from graph.neighbourhood import NearEdge, NearNode, Neighbourhood

KINDS = ("Policy", "Task", "Agency", "Target", "Park", "Industry", "Region", "Theme")
_SHAPES = {"Policy": "rect", "Task": "roundRect", "Target": "diamond", "Region": "triangle"}
_LINE, _AROUND = 24, 96  # pixels: a neighbour's, and those of the legend and the margins
_TIP = "item => echarts.format.encodeHTML(item.dataType === 'edge' ? item.data.said : item.data.name)"  # untrusted
_OVER = {":backgroundColor": ink("back"), "padding": [1, 4]}  # the name in the middle lies over the lines
_LABEL = {"show": True, "overflow": "truncate", "distance": 8}


def near(found: Neighbourhood, names: dict[str, str], edges: dict[str, str]) -> dict[str, Any]:
    """Options for ``found``. ``names`` has the kinds of nodes by label, ``edges`` the types of relationships."""
    around = neighbours(found)
    nodes = [found.centre, *around]
    place = {(node.kind, node.id): number for number, node in enumerate(nodes)}
    present = [kind for kind in KINDS if any(node.kind == kind for node in nodes)]
    data = [_node(found.centre, (0.5, 0.5), present, None)]
    data += [_node(node, at, present, side) for node, (at, side) in zip(around, _places(len(around)), strict=True)]
    return {
        "color": [PALETTE[KINDS.index(kind)] for kind in present],
        "tooltip": {"confine": True, "extraCssText": "max-width: 300px; white-space: normal", ":formatter": _TIP},
        "legend": [
            {
                "data": [names[kind] for kind in present],
                "textStyle": text(),
                "bottom": 4,
                "itemGap": 12,
                "type": "scroll",
            }
        ],
        "animation": False,
        **{name: value for name, value in _frame(172, 150).items() if name != "series"},
        "media": [{"query": {"maxWidth": 520}, "option": _frame(112, 92)}],
        "series": [
            {
                "type": "graph",
                "layout": "none",
                "coordinateSystem": "cartesian2d",
                "categories": [{"name": names[kind]} for kind in present],
                "data": data,
                "links": [_link(edge, place, edges) for edge in found.edges if _inside(edge, place)],
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 6,
                "lineStyle": {":color": ink("quiet"), "opacity": 0.5, "curveness": 0.06},
                "label": {**_LABEL, **text(), "width": 150},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency"},
            }
        ],
    }


def neighbours(found: Neighbourhood) -> list[NearNode]:
    """Those that have pages, kind by kind."""
    return sorted((node for node in found.nodes if node.kind in KINDS), key=lambda node: KINDS.index(node.kind))


def height(found: Neighbourhood) -> int:
    """Pixels that the picture needs."""
    return max(260, _AROUND + _LINE * -(-len(neighbours(found)) // 2))


def _frame(margin: int, label: int) -> dict[str, Any]:
    """The picture with ``margin`` on both sides for labels."""
    axis = {"show": False, "min": 0, "max": 1, "type": "value"}
    return {
        "grid": {"left": margin, "right": margin, "top": 24, "bottom": 60},
        "xAxis": axis,
        "yAxis": {**axis, "inverse": True},
        "series": [{"label": {"width": label}}],
    }


def _places(count: int) -> list[tuple[tuple[float, float], str]]:
    """Points of two arcs, the left one first, and the side of the name."""
    left = -(-count // 2)
    found = []
    for side, size in (("left", left), ("right", count - left)):
        for number in range(size):
            y = number / (size - 1) if size > 1 else 0.5
            inward = 0.3 * (2 * y - 1) ** 2
            found.append(((inward if side == "left" else 1 - inward, y), side))
    return found


def _node(node: NearNode, at: tuple[float, float], present: Sequence[str], side: str | None) -> dict[str, Any]:
    label = {"position": side} if side else {"position": "bottom", "fontWeight": "bold", "fontSize": 13, **_OVER}
    return {
        "name": node.name,
        "id": f"{node.kind}:{node.id}",
        "kind": node.kind,
        "node": node.id,
        "value": list(at),
        "category": present.index(node.kind),
        "symbol": _SHAPES.get(node.kind, "circle"),
        "symbolSize": 14 if side else 26,
        "label": label,
    }


def _inside(edge: NearEdge, place: dict[tuple[str, str], int]) -> bool:
    return (edge.source_kind, edge.source_id) in place and (edge.target_kind, edge.target_id) in place


def _link(edge: NearEdge, place: dict[tuple[str, str], int], names: dict[str, str]) -> dict[str, Any]:
    """A relationship; that of a supporting agency is dashed."""
    return {
        "source": place[edge.source_kind, edge.source_id],
        "target": place[edge.target_kind, edge.target_id],
        "said": names.get(edge.type, edge.type),
        "lineStyle": {"type": "dashed"} if edge.properties.get("role") == "support" else {},
    }
