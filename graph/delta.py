"""Rows of nodes and edges, and the difference that one load makes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from graph.errors import StoreError

Props = dict[str, Any]
T = TypeVar("T")
_as_json = json.JSONEncoder(ensure_ascii=False, default=str).encode  # made once: it is slow


@dataclass(frozen=True, slots=True)
class Ref:
    """A node named by label and id."""

    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node row: ``props`` holds everything but ``id`` and ``kind``."""

    ref: Ref
    props: Props = field(hash=False)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge row; ``key`` is unique in the whole graph and the same whenever the edge is made again."""

    key: str
    type: str
    source: Ref
    target: Ref
    props: Props = field(hash=False)


def edge(edge_type: str, source: Ref, target: Ref, props: Props | None = None, *apart: object) -> Edge:
    """An edge with its key: a hash of type and ends, and of what tells parallel edges ``apart``."""
    parts = [edge_type, source.label, source.id, target.label, target.id, *apart]
    return Edge(
        hashlib.sha256(_as_json(parts).encode()).hexdigest()[:20], edge_type, source, target, clean(props or {})
    )


@dataclass
class Changes(Generic[T]):
    """What is added, changed (new rows) and removed (old rows)."""

    added: list[T] = field(default_factory=list)
    changed: list[T] = field(default_factory=list)
    removed: list[T] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass
class Delta:
    """The difference between the graph as it is and as it is to be; false when there is none."""

    nodes: Changes[Node] = field(default_factory=Changes)
    edges: Changes[Edge] = field(default_factory=Changes)

    def __bool__(self) -> bool:
        return bool(self.nodes or self.edges)


def clean(props: Props) -> Props:
    """Without what is absent (None, empty lists), tuples as lists: the form in which rows are compared and kept."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in sorted(props.items())
        if value is not None and value != [] and value != ()
    }


def check_text(delta: Delta) -> None:
    """Raise StoreError where a text is not Unicode: half a surrogate pair, as broken JSON can hold."""
    rows: tuple[list[Node] | list[Edge], ...] = (
        delta.nodes.added, delta.nodes.changed, delta.edges.added, delta.edges.changed,
    )  # fmt: skip
    for row in (row for some in rows for row in some):
        name = f"{row.ref.label} {row.ref.id}" if isinstance(row, Node) else f"{row.type} {row.key}"
        try:
            for text in (name, *row.props.values()):
                for part in text if isinstance(text, list) else (text,):
                    if isinstance(part, str):
                        part.encode()
        except UnicodeEncodeError as error:
            shown = name.encode(errors="backslashreplace").decode()
            raise StoreError(f"{shown}: a text holds half a surrogate pair, which is no character") from error
