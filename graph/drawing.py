"""The graph as GraphML (1.0) or GEXF (1.2), for Gephi, yEd, Cytoscape and the like; the same graph, the same bytes.

A node's ``id`` is ``Kind:id``. Lists become one text with ``; `` between, dates ISO 8601; characters that XML cannot
hold become U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol
from xml.sax.saxutils import escape

from graph.analysis import title
from graph.schema import EDGES, NODES, Prop, PropType

_XML: dict[PropType, str] = {"integer": "long", "number": "double", "boolean": "boolean"}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPES = {'"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class Drawable(Protocol):
    """What can be drawn: nodes and edges with their properties, as a MultiDiGraph of networkx gives them."""

    def nodes(self, *, data: bool) -> Iterable[tuple[str, dict[str, Any]]]:
        """Each node: its key, and its properties."""
        ...

    def edges(self, *, keys: bool, data: bool) -> Iterable[tuple[str, str, str, dict[str, Any]]]:
        """Each edge: the keys of its ends, its own key, and its properties."""
        ...


def graphml(graph: Drawable) -> Iterator[str]:
    """The text of a GraphML file, in pieces."""
    yield f'{_HEAD}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    keys = {"node": _keys(_NODE_PROPS), "edge": _keys(_EDGE_PROPS)}
    for part, names in keys.items():
        for name, (key, kind) in names.items():
            yield f'<key id="{part[0]}{key}" for="{part}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'

    def data(part: str, row: Mapping[str, Any]) -> str:
        return _values(row, keys[part], lambda key, text: f'<data key="{part[0]}{key}">{text}</data>')

    for node, row in graph.nodes(data=True):
        yield f'<node id="{_text(node)}">{data("node", row)}</node>\n'
    for source, target, edge, row in graph.edges(keys=True, data=True):
        ends = f'source="{_text(source)}" target="{_text(target)}"'
        yield f'<edge id="{edge}" {ends}>{data("edge", row)}</edge>\n'
    yield "</graph>\n</graphml>\n"


def gexf(graph: Drawable) -> Iterator[str]:
    """The text of a GEXF file (1.2), in pieces."""
    yield f'{_HEAD}<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    keys = {"node": _keys(_NODE_PROPS), "edge": _keys(_EDGE_PROPS)}
    for part, names in keys.items():
        yield f'<attributes class="{part}" mode="static">\n'
        for name, (key, kind) in names.items():
            yield f'<attribute id="{key}" title="{name}" type="{kind}"/>\n'
        yield "</attributes>\n"

    def data(part: str, row: Mapping[str, Any]) -> str:
        values = _values(row, keys[part], lambda key, text: f'<attvalue for="{key}" value="{text}"/>')
        return f"<attvalues>{values}</attvalues>"

    yield "<nodes>\n"
    for node, row in graph.nodes(data=True):
        yield f'<node id="{_text(node)}" label="{_text(title(row))}">{data("node", row)}</node>\n'
    yield "</nodes>\n<edges>\n"
    for source, target, edge, row in graph.edges(keys=True, data=True):
        ends = f'source="{_text(source)}" target="{_text(target)}"'
        yield f'<edge id="{edge}" {ends} label="{row["type"]}">{data("edge", row)}</edge>\n'
    yield "</edges>\n</graph>\n</gexf>\n"


def _named(parts: Iterator[tuple[Prop, ...]], *first: str) -> dict[str, PropType]:
    found: dict[str, PropType] = dict.fromkeys(first, "string")
    for prop in (prop for props in parts for prop in props if not prop.internal):
        if found.setdefault(prop.name, prop.type) != prop.type:
            found[prop.name] = "string"
    return found


_NODE_PROPS = _named((node.props for node in NODES if not node.internal), "kind", "name")
_EDGE_PROPS = _named((edge.props for edge in EDGES if not edge.internal), "type")


def _keys(props: Mapping[str, PropType]) -> dict[str, tuple[int, str]]:
    """Each property with its number and its type in XML."""
    return {name: (number, _XML.get(kind, "string")) for number, (name, kind) in enumerate(props.items())}


def _values(row: Mapping[str, Any], keys: Mapping[str, tuple[int, str]], write: Callable[[int, str], str]) -> str:
    return "".join(write(number, _text(row[name])) for name, (number, _) in keys.items() if name in row)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    elif isinstance(value, date):
        value = value.isoformat()
    return escape(_ILLEGAL.sub("\ufffd", str(value)), _ESCAPES)
