"""How the graph looks: names, colours, sizes and captions of its labels and relationship types, in Bloom and Browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.schema import EDGES, NODES, Prop, PropType, edge_props, node_props

Lang = Literal["zh", "en"]
# Bloom's own palette: 14 colours
PALETTE = (
    *("#FFE081", "#C990C0", "#F79767", "#57C7E3", "#F16667", "#D9C8AE", "#8DCC93"),
    *("#ECB5C9", "#4C8EDA", "#FFC454", "#DA7194", "#569480", "#848484", "#D9D9D9"),
)
DARK = ("#F16667", "#4C8EDA", "#DA7194", "#569480", "#848484")  # on these, light text can be read
LABELS = tuple(node.label for node in NODES if not node.internal)
TYPES = tuple(edge for edge in EDGES if not edge.internal)
HIDDEN = tuple(edge.type for edge in EDGES if edge.internal)
NOT_SEARCHED = {"Document": ("text",)}  # the whole text of a document


@dataclass(frozen=True)
class Look:
    """A label: its name in Chinese, its colour, its size (1 is usual), the properties that are its caption."""

    zh: str
    color: str
    size: float
    caption: tuple[str, ...]


LOOKS: dict[str, Look] = {
    "Policy": Look("政策", "#4C8EDA", 1.5, ("name",)),
    "Document": Look("文件", "#D9C8AE", 1, ("source",)),
    "Task": Look("任务", "#57C7E3", 1, ("title",)),
    "Agency": Look("部门", "#F79767", 1.5, ("name",)),
    "Target": Look("目标", "#8DCC93", 1, ("metric", "value", "unit")),
    "Park": Look("园区", "#C990C0", 1.5, ("name",)),
    "Industry": Look("产业", "#FFC454", 1, ("name",)),
    "Region": Look("地区", "#569480", 1.5, ("name",)),
    "Theme": Look("主题", "#F16667", 2, ("name_zh",)),
    "Unresolved": Look("未解析", "#848484", 1, ("text",)),
}
STRONG = {"RESPONSIBLE_FOR": "#F79767", "SUPERSEDES": "#F16667", "TARGETS": "#8DCC93", "ABOUT": "#F16667"}
PLAIN = "#848484"
_TYPES: dict[PropType, str] = {"integer": "bigint", "number": "number", "boolean": "boolean", "strings": "array"}


def caption(label: str, lang: Lang) -> tuple[str, ...]:
    """The properties that a node of ``label`` is captioned by."""
    found = LOOKS[label].caption
    return tuple("name_en" if lang == "en" and name == "name_zh" else name for name in found)


def data_type(prop: Prop) -> str:
    """Its type in the words of Bloom's exports; no real one that was seen has a date, which is shown as text."""
    return _TYPES.get(prop.type, "string")


def shown_node_props(label: str) -> list[Prop]:
    """The properties of a label without bookkeeping."""
    return [prop for prop in node_props(label) if not prop.internal]


def shown_edge_props(edge_type: str) -> list[Prop]:
    """The properties of a relationship type without bookkeeping."""
    return [prop for prop in edge_props(edge_type) if not prop.internal]


def text_color(color: str) -> str:
    """A colour for text on ``color``."""
    return "#FFFFFF" if color in DARK else "#2A2C34"


def border_color(color: str) -> str:
    """A darker tone of ``color``."""
    parts = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{int(part * 0.8):02X}" for part in parts)
