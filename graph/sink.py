"""Where the rows of a change go as they are worked out: into memory (here), or on disk (``graph.spill``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeVar

from graph.delta import Changes, Delta, Edge, Node, Ref

K = TypeVar("K")
R = TypeVar("R", Node, Edge)


class Sink(Protocol):
    """Takes the rows of both sides of a change, one after the other."""

    def before(self, row: Node | Edge) -> None:
        """A row as it is."""

    def after(self, row: Node | Edge) -> None:
        """A row as it is to be."""

    def changes(self, nodes: Changes[Node], edges: Changes[Edge]) -> None:
        """Differences that are worked out already, of other rows than those."""


class Gathered:
    """A sink in memory."""

    def __init__(self) -> None:
        self._nodes: tuple[dict[Ref, Node], dict[Ref, Node]] = ({}, {})
        self._edges: tuple[dict[str, Edge], dict[str, Edge]] = ({}, {})
        self._more = Delta()

    def before(self, row: Node | Edge) -> None:
        """A row as it is."""
        self._put(row, 0)

    def after(self, row: Node | Edge) -> None:
        """A row as it is to be."""
        self._put(row, 1)

    def _put(self, row: Node | Edge, side: int) -> None:
        if isinstance(row, Node):
            self._nodes[side][row.ref] = row
        else:
            self._edges[side][row.key] = row

    def changes(self, nodes: Changes[Node], edges: Changes[Edge]) -> None:
        """Differences that are worked out already, of other rows than those."""
        _extend(self._more.nodes, nodes)
        _extend(self._more.edges, edges)

    def delta(self) -> Delta:
        """All that differs."""
        found = Delta(difference(*self._nodes), difference(*self._edges))
        _extend(found.nodes, self._more.nodes)
        _extend(found.edges, self._more.edges)
        return found


def difference(before: Mapping[K, R], after: Mapping[K, R]) -> Changes[R]:
    """What is to be done to ``before`` to have ``after``."""
    changes: Changes[R] = Changes()
    changes.removed = [row for key, row in before.items() if key not in after]
    changes.added = [row for key, row in after.items() if key not in before]
    changes.changed = [row for key, row in after.items() if key in before and before[key].props != row.props]
    return changes


def _extend(changes: Changes[R], more: Changes[R]) -> None:
    changes.added += more.added
    changes.changed += more.changed
    changes.removed += more.removed
