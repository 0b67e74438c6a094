"""A part of the graph as text, in one of the forms in which it can leave this program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, Literal

from graph.drawing import gexf, graphml
from graph.export import canonical_line
from graph.linked.names import URN
from graph.linked.turtle import turtle
from graph.part import EdgeRow, Part
from graph.store import Row

Form = Literal["jsonl", "graphml", "gexf", "turtle"]
_LEFT_OUT = {"Document": ("text",)}  # of drawings: as long as the document, and nothing to be seen


def written(part: Part, form: Form, *, base: str = URN, as_of: date | None = None) -> Iterator[str]:
    """The text in pieces. The same part gives the same text, on any engine.

    JSON lines are those of the export of the whole graph (``graph.export``), in its order. ``base`` and ``as_of`` are
    for Turtle: where addresses begin, and the day on which policies tell their legal force.
    """
    if form == "jsonl":
        return _lines(part)
    if form == "turtle":
        return turtle(part, base, as_of)
    return {"graphml": graphml, "gexf": gexf}[form](_Drawn(part))


def _lines(part: Part) -> Iterator[str]:
    for _, nodes in groupby(part.nodes(), key=lambda node: node[0]):
        yield from sorted(f"{canonical_line(row)}\n" for _, row in nodes)
    for kind, edges in groupby(part.edges(), key=lambda edge: edge.type):
        ends = ({**edge.props, "from": edge.source[1], "to": edge.target[1], "type": kind} for edge in edges)
        yield from sorted(f"{canonical_line(row)}\n" for row in ends)


class _Drawn:
    """A part as ``graph.drawing`` sees a graph of networkx, without holding it."""

    def __init__(self, part: Part) -> None:
        self.part = part

    def nodes(self, *, data: bool) -> Iterator[tuple[str, Row]]:
        """Each node: its key, and its properties."""
        assert data
        return ((f"{label}:{row['id']}", row) for label, row in self.part.nodes(_LEFT_OUT))

    def edges(self, *, keys: bool, data: bool) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
        """Each edge: the keys of its ends, its own key, and its properties."""
        assert keys
        assert data
        return (_drawn(edge) for edge in self.part.edges())


def _drawn(edge: EdgeRow) -> tuple[str, str, str, dict[str, Any]]:
    row = {name: value for name, value in edge.props.items() if name != "key"}
    return ":".join(edge.source), ":".join(edge.target), edge.props["key"], {**row, "type": edge.type}
