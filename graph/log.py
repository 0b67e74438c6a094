"""The log of changes: every revision keeps, in the graph itself, which rows it has added, changed and removed.

The rows (``graph.visible``) are kept as ``Change`` nodes, which are part of the delta of the load and so are written
with it or not at all. A node is a part of one revision: rows as lines of JSON, compressed. The first part also keeps
a summary. A revision that changes nothing that can be seen has one part without rows: the log has no gaps.
"""

from __future__ import annotations

import base64
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json, to_json

from graph.delta import Changes, Delta, Node, Ref, clean
from graph.errors import StoreError
from graph.store import Reader
from graph.visible import OPS, Row, Step, steps

LABEL = "Change"
PART_ROWS, PART_BYTES = 2000, 4 * 2**20  # a part ends with the row that reaches one of them
NAMED = 200  # policies that a summary names


def time_now() -> str:
    """The time of a load that is told none: UTC, ISO 8601, whole seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def part_id(revision: int, part: int) -> str:
    """The id of a part, in the order of the log as text."""
    return f"{revision:012d}/{part:06d}"


def logged(store: Reader, delta: Delta, revision: int, at: str) -> Delta:
    """``delta``, which makes ``revision`` out of what ``store`` holds, together with its log; an empty one as it is.

    Raises StoreError where the store cannot be read.
    """
    if not delta:
        return delta
    nodes = Changes([*delta.nodes.added, *_parts(store, delta, revision, at)], delta.nodes.changed, delta.nodes.removed)
    return Delta(nodes, delta.edges)


def unpack(body: str, skipped: int, most: int) -> Iterator[Row]:
    """Up to ``most`` rows of a part after the ``skipped`` first ones. Raises StoreError where they cannot be read."""
    try:
        lines = zlib.decompress(base64.b64decode(body)).split(b"\n")
        yield from map(from_json, lines[skipped : skipped + most])
    except (ValueError, zlib.error) as error:
        raise StoreError("a part of the log of changes cannot be read") from error


def _parts(store: Reader, delta: Delta, revision: int, at: str) -> list[Node]:
    return sorted(parts(steps(store, delta), revision, at), key=lambda node: node.ref.id)


def parts(changed: Iterable[Step], revision: int, at: str) -> Iterator[Node]:
    """The nodes of the log for the rows that are ``changed``; the first part comes last, for it counts all of them."""
    summary = _Summary()
    head, first = _part(revision, 1, at, 1, 0, None), 1
    for part, (count, body) in enumerate(_packed(summary.counting(changed)), 1):
        node = _part(revision, part, at, first, count, body)
        first += count
        if part > 1:
            yield node
        else:
            head = node
    yield Node(head.ref, clean({**head.props, "summary": summary.text()}))


def _part(revision: int, part: int, at: str, first: int, count: int, body: str | None) -> Node:
    props = {"name": f"{revision}/{part}", "revision": revision, "part": part, "first": first, "count": count}
    return Node(Ref(LABEL, part_id(revision, part)), clean({**props, "at": at, "body": body}))


def _packed(rows: Iterable[Row]) -> Iterator[tuple[int, str | None]]:
    """How many rows a part has, and the part; only what is compressed is held, however many rows there are."""
    part = _Part()
    for row in rows:
        part.add(to_json(row))
        if part.count >= PART_ROWS or part.size >= PART_BYTES:
            yield part.count, part.body()
            part = _Part()
    if part.count:
        yield part.count, part.body()


class _Part:
    def __init__(self) -> None:
        self.count = self.size = 0
        self._packer = zlib.compressobj(1)
        self._pieces: list[bytes] = []

    def add(self, line: bytes) -> None:
        self._pieces.append(self._packer.compress(b"\n" + line if self.count else line))
        self.count += 1
        self.size += len(line)

    def body(self) -> str:
        return base64.b64encode(b"".join((*self._pieces, self._packer.flush()))).decode()


class _Summary:
    """Counts by kind, and the first of the policies whose documents have come, changed or gone."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[str, Counter[str]]] = {
            each: {op: Counter() for op in OPS} for each in ("nodes", "edges")
        }
        self._policies: list[tuple[str, str, str]] = []
        self._others = 0

    def counting(self, source: Iterable[Step]) -> Iterator[Row]:
        """The rows of ``source``, each counted as it passes."""
        for row, before in source:
            counts = self._counts["nodes" if "kind" in row else "edges"]
            counts[row["op"]][row.get("kind") or row["type"]] += 1
            if row.get("kind") == "Policy":
                self._note(row, before or {})
            yield row

    def _note(self, row: Row, before: dict[str, Any]) -> None:
        """Of a policy that is only cited there is nothing to tell; one that was cited and is held now has come."""
        after = row.get("props", {})
        held, was_held = bool(after.get("held")), bool(before.get("held"))
        if not (held or was_held):
            return
        if len(self._policies) == NAMED:
            self._others += 1
            return
        op = "changed" if held and was_held else "added" if held else "removed"
        self._policies.append((op, row["id"], str((after if held else before).get("title") or row["id"])))

    def text(self) -> str:
        """As JSON: ``nodes`` and ``edges`` by op and kind, ``policies`` as (op, id, title), ``others`` not named."""
        data: dict[str, Any] = {
            name: {op: dict(sorted(some.items())) for op, some in each.items() if some}
            for name, each in self._counts.items()
        }
        data |= {"policies": self._policies, "others": self._others}
        return to_json(data).decode()
