"""The picture of the explorer: ECharts' graph, with places of our own (explorer_layout.py), a shape and a colour for each kind of node."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from typing import Any, NamedTuple

from api.pages.charts.ink import PALETTE, base, ink, text
from api.pages.explorer_layout import Box, Point, places
from api.pages.explorer_part import Shown
from api.pages.explorer_view import Key, Pin, mark_of
from api.pages.words import Words
from graph.neighbourhood import NearEdge
from graph.picked import ends


class Look(NamedTuple):
    """How nodes of a kind are drawn, and the same as a sign for lists."""

    color: str
    symbol: str
    sign: str
    size: int


LOOKS = {
    "Policy": Look(PALETTE[0], "roundRect", "■", 24),
    "Task": Look(PALETTE[5], "rect", "▪", 13),
    "Agency": Look(PALETTE[1], "circle", "●", 20),
    "Target": Look(PALETTE[2], "triangle", "▲", 15),
    "Park": Look(PALETTE[3], "diamond", "◆", 22),
    "Industry": Look(PALETTE[6], "path://M0 0H10L5 9Z", "▼", 16),
    "Region": Look("#2f7f86", "path://M5 0L6.2 3.6H10L6.9 5.8L8.1 9.5L5 7.2L1.9 9.5L3.1 5.8L0 3.6H3.8Z", "★", 22),
    "Theme": Look(PALETTE[4], "path://M3 0H7V3H10V7H7V10H3V7H0V3H3Z", "✚", 18),
    "Document": Look(PALETTE[7], "path://M0 0H6L9 3V11H0Z", "▮", 16),
    "Unresolved": Look(PALETTE[7], "path://M0 4H10V7H0Z", "▬", 13),
}
CROWDED = 25  # nodes, of which names take one line only
_BELOW, _HIGH = 3, 15  # pixels between a node and its name, and of a line
_LINE, _LINES = 18, 2  # the width of a line of a name in halves of a Chinese character, and lines


_MINOR = ("Task", "Target", "Industry", "Document", "Unresolved")  # whose names would cover a small screen
_CAPTION = "item => item.data.minor && window.innerWidth < 600 ? '' : item.data.caption"
_FEW = 20  # nodes whose names all find room on a small screen


def options(t: Words, shown: Shown) -> dict[str, Any]:
    """The options of the chart."""
    lit = {key for path in shown.paths for edge in path for key in ends(edge)}
    pins = {pin.mark: pin for pin in shown.view.pins}
    nodes = [_node(t, shown, key, lit, pins.get(mark_of(key))) for key in shown.nodes]
    on_path = {edge.key for path in shown.paths for edge in path}
    return base() | {
        "tooltip": base()["tooltip"] | {":formatter": "item => item.data.tip"},
        "series": [{
            "type": "graph", "layout": "none", "roam": "move", "cursor": "pointer", "data": nodes,
            "links": [_edge(t, edge, edge.key in on_path) for edge in shown.edges.values()],
            "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 6, "scaleLimit": {"min": 0.1, "max": 8},
            "label": {"show": True, "position": "bottom", "distance": 3, "lineHeight": 15,
                      ":formatter": _CAPTION, ":textBorderColor": ink("back"), "textBorderWidth": 3,
                      **text(12)},
            "labelLayout": {"hideOverlap": True},
            "lineStyle": {":color": ink("quiet"), "opacity": 0.55, "width": 1.2, "curveness": 0.08},
            "emphasis": {"focus": "adjacency", "label": {"show": True}, "lineStyle": {"width": 2.5}},
        }],
    }  # fmt: skip


def placed(shown: Shown) -> Shown:
    """The same, with a place for each node."""
    pins = {pin.mark: (pin.x, pin.y) for pin in shown.view.pins if pin.x is not None and pin.y is not None}
    keys = list(shown.nodes)
    boxes = [_box(shown, key) for key in keys]
    order = {key: place for place, key in enumerate(keys)}
    ties = {tuple(sorted((order[one], order[other]))) for one, other in map(ends, shown.edges.values()) if one != other}
    fixed = {order[key]: _moved(pins[mark_of(key)], _drop(shown, key)) for key in keys if mark_of(key) in pins}
    found = places(boxes, sorted((one, other) for one, other in ties), fixed)
    back = (_moved(at, -_drop(shown, key)) for key, at in zip(keys, found, strict=True))
    shown.places = {key: (round(x), round(y)) for key, (x, y) in zip(keys, back, strict=True)}
    return shown


def _box(shown: Shown, key: Key) -> Box:
    """The room that a node and its name need."""
    lines = caption(shown.nodes[key].name, _lines(shown)).split("\n")
    size = _size(shown, key)
    return max(size, 7.0 * max(map(_width, lines))), size + _BELOW + _HIGH * len(lines)


def _drop(shown: Shown, key: Key) -> float:
    """How far the middle of the room lies below the node."""
    return (_box(shown, key)[1] - _size(shown, key)) / 2


def _moved(at: Point, down: float) -> Point:
    return at[0], at[1] + down


def _size(shown: Shown, key: Key) -> int:
    return round(LOOKS[key[0]].size * (1.4 if _stands_out(shown, key) else 1))


def _stands_out(shown: Shown, key: Key) -> bool:
    """Whether it began with this node, or it stands on a path."""
    return key in shown.view.roots or any(key in ends(edge) for path in shown.paths for edge in path)


def _lines(shown: Shown) -> int:
    """Lines of a name: one where there are many."""
    return _LINES if len(shown.nodes) <= CROWDED else 1


def caption(name: str, most: int = 2) -> str:
    """A name in at most ``most`` short lines, about as long as each other."""
    rest = " ".join(name.split())
    longest = min(_LINE, max(_LINE // 2, _width(rest) // 2 + 2)) if most > 1 and _width(rest) > _LINE else _LINE
    lines: list[str] = []
    while rest and len(lines) < most:
        end = _fitting(rest, longest)
        lines.append(rest[:end].strip())
        rest = rest[end:].strip()
    return "\n".join(lines) + ("…" if rest else "")


def relation(t: Words, edge: NearEdge) -> str:
    """What an edge says, in words: its type, and the role."""
    role = edge.properties.get("role")
    return t(f"role.{role}") if role else t(f"explore.edge.{edge.type}")


def _width(text_: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text_)


def _fitting(text_: str, longest: int) -> int:
    """How many characters fit into a line; words of Latin letters stay whole where they can."""
    for place in range(1, len(text_) + 1):
        if _width(text_[:place]) > longest:
            space = text_.rfind(" ", 0, place)
            return space if space > longest // 3 else place - 1
    return len(text_)


def _node(t: Words, shown: Shown, key: Key, lit: Collection[Key], pin: Pin | None) -> dict[str, Any]:
    look, mark, name = LOOKS[key[0]], mark_of(key), label(t, shown, key)
    chosen, root = mark == shown.view.at, _stands_out(shown, key)
    x, y = shown.places.get(key, (0, 0))
    made: dict[str, Any] = {
        "id": mark, "name": mark, "symbol": look.symbol, "symbolSize": _size(shown, key), "x": x, "y": y,
        "itemStyle": {"color": look.color, ":borderColor": ink("text" if chosen or key in lit else "back"),
                      "borderWidth": 3 if chosen else 2 if key in lit else 1},
        "caption": ("📌" if pin else "") + caption(name, _lines(shown)), "tip": f"{t(f'explore.kind.{key[0]}')} · {name}",
        "label": {"fontWeight": "bold" if chosen or root else "normal"},
    }  # fmt: skip
    if key[0] in _MINOR and not chosen and not root and len(shown.nodes) > _FEW:
        made["minor"] = True
    return made


def label(t: Words, shown: Shown, key: Key) -> str:
    """The name of a node in the language of the page."""
    node = shown.nodes[key]
    english = node.properties.get("name_en") if t.lang == "en" else None
    return str(english or node.name)


def _edge(t: Words, edge: NearEdge, lit: bool) -> dict[str, Any]:
    source, target = ends(edge)
    made: dict[str, Any] = {"source": mark_of(source), "target": mark_of(target), "tip": relation(t, edge)}
    if lit:
        made["lineStyle"] = {":color": ink("accent"), "width": 4, "opacity": 1}
    return made
