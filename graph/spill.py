"""The rows of a change that is too large for memory, on disk: both sides of each, and what differs between them.

They lie in an SQLite file of their own, as JSON, and come out in the order of the log of changes (``graph.visible``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic_core import PydanticSerializationError, from_json, to_json

from graph.delta import Changes, Delta, Edge, Node, Props, Ref, check_text
from graph.errors import StoreError
from graph.schema import NODE_TYPES, edge_props, node_props
from graph.visible import Op

_TABLE = """
CREATE TABLE rows (name TEXT PRIMARY KEY, edge INTEGER, kind TEXT, policy TEXT, start INTEGER, id TEXT, old BLOB, new BLOB)
"""
_OP = "CASE WHEN old IS NULL THEN 'added' WHEN new IS NULL THEN 'removed' ELSE 'changed' END"
_PUT = "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
_OLD = _PUT + "old = excluded.old"
_NEW = _PUT + "new = excluded.new, policy = excluded.policy, start = excluded.start"
_BOTH = _NEW + ", old = excluded.old"
_OTHER = b"-"  # stands for a former row that is known to differ
_AT_ONCE = 500
Values = tuple[str, int, str, str, int, str, bytes | None, bytes | None]


class Spill:
    """A sink on disk (``graph.sink``), in a new file at ``path``. Raises StoreError where that cannot be written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: dict[str, list[Values]] = {_OLD: [], _NEW: [], _BOTH: []}
        self._database = sqlite3.connect(path, isolation_level=None)
        for statement in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "PRAGMA cache_size = -32000",
            _TABLE,
        ):
            self._run(statement)
        self._run("BEGIN")

    def before(self, row: Node | Edge) -> None:
        """A row as it is."""
        self._put(_OLD, row, _packed(row), None)

    def after(self, row: Node | Edge) -> None:
        """A row as it is to be."""
        self._put(_NEW, row, None, _packed(row))

    def changes(self, nodes: Changes[Node], edges: Changes[Edge]) -> None:
        """Differences that are worked out already, of other rows than those."""
        for some in (nodes, edges):
            for row in some.added:
                self._put(_BOTH, row, None, _packed(row))
            for row in some.changed:
                self._put(_BOTH, row, _OTHER, _packed(row))
            for row in some.removed:
                self._put(_BOTH, row, _packed(row), None)

    def settle(self) -> dict[tuple[bool, Op, str], int]:
        """Once all rows are there: leave only those that differ; how many of edges or nodes there are, by op and kind."""
        for statement in self._waiting:
            self._flush(statement)
        self._run("DELETE FROM rows WHERE old = new")
        self._run(f"CREATE INDEX ordered ON rows (edge, {_OP}, kind, policy, start, id)")
        counts = self._run(f"SELECT edge, {_OP}, kind, count(*) FROM rows GROUP BY 1, 2, 3")
        return {(bool(edge), op, kind): number for edge, op, kind, number in counts}

    def nodes(self, op: Op) -> Iterator[Node]:
        """The nodes that are added, changed or removed, by label and id."""
        for kind, id_, packed in self._rows(0, op):
            yield Node(Ref(kind, id_), typed(from_json(packed), kind))

    def edges(self, op: Op) -> Iterator[Edge]:
        """The edges that are added, changed or removed, by type and place in the text."""
        for kind, key, packed in self._rows(1, op):
            source, target, props = from_json(packed)
            yield Edge(key, kind, Ref(*source), Ref(*target), typed(props, kind))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, statement: str, row: Node | Edge, old: bytes | None, new: bytes | None) -> None:
        waiting = self._waiting[statement]
        if isinstance(row, Node):
            waiting.append((f"{row.ref.label} {row.ref.id}", 0, row.ref.label, "", 0, row.ref.id, old, new))
        else:
            policy, start = row.props.get("policy") or "", row.props.get("start") or 0
            waiting.append((row.key, 1, row.type, policy, start, row.key, old, new))
        if len(waiting) >= _AT_ONCE:
            self._flush(statement)

    def _flush(self, statement: str) -> None:
        try:
            self._database.executemany(statement, self._waiting[statement])
        except sqlite3.Error as error:
            raise self._told(error) from error
        self._waiting[statement].clear()

    def _rows(self, edge: int, op: Op) -> Iterator[tuple[str, str, bytes]]:
        query = f"SELECT kind, id, coalesce(new, old) FROM rows WHERE edge = ? AND {_OP} = ? ORDER BY kind, policy, start, id"
        return iter(self._database.execute(query, (edge, op)))

    def _run(self, statement: str) -> list[Any]:
        try:
            return self._database.execute(statement).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> StoreError:
        cause = "No space left on device" if "full" in str(error) else str(error)
        return StoreError(f"{self._path}: cannot be written: {cause}")


def _packed(row: Node | Edge) -> bytes:
    props = dict(sorted(row.props.items()))
    try:
        if isinstance(row, Node):
            return to_json(props)
        return to_json([[row.source.label, row.source.id], [row.target.label, row.target.id], props])
    except (PydanticSerializationError, ValueError):
        check_text(Delta(Changes([row])) if isinstance(row, Node) else Delta(edges=Changes([row])))
        raise


def typed(props: Props, kind: str) -> Props:
    """Properties of a label or type that come out of JSON, as a store has them: dates are text there."""
    for name in _dates(kind):
        if name in props:
            props[name] = date.fromisoformat(props[name])
    return props


@cache
def _dates(kind: str) -> tuple[str, ...]:
    declared = node_props(kind) if kind in NODE_TYPES else edge_props(kind)
    return tuple(prop.name for prop in declared if prop.type == "date")
