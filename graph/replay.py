"""The graph against its own log: every row is in the store twice, and where the two differ, one of them is damaged.

The log (``graph.log``) says of each revision what it has added, changed and removed, so playing it from the first one on
gives the graph. Not where it begins later, as after ``graph.migrate``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from graph.delta import Changes, Delta
from graph.dump import edges_of, ends, labels, nodes_of
from graph.errors import StoreError
from graph.log import LABEL, unpack
from graph.store import Store
from graph.visible import Row, steps

Name = tuple[str, str]


def differences(store: Store) -> Iterator[tuple[str, str]]:
    """Rows that are not what the log says of them, as (row, cause), and parts of the log that cannot be read."""
    query = f"MATCH (c:{LABEL}) RETURN c.id AS id, c.revision AS revision, c.`count` AS `count`"
    parts = sorted(store.read(query), key=lambda row: str(row["id"]))
    if not parts or parts[0]["revision"] != 1:
        return
    logged: dict[Name, bytes] = {}
    for part in parts:
        try:
            _play(store, part["id"], part["count"], logged)
        except (StoreError, KeyError) as error:
            yield f"{LABEL} {part['id']}", f"cannot be read ({type(error).__name__})"
            return
    for row in _rows(store):
        said = logged.pop(_name(row), None)
        if said != _digest(row):
            cause = "is not in the log of changes" if said is None else "is not what the log of changes says of it"
            yield " ".join(_name(row)), cause
    for name in logged:
        yield " ".join(name), "is in the log of changes and not in the graph"


def _play(store: Store, part: str, count: int, logged: dict[Name, bytes]) -> None:
    """Do to ``logged`` what a part of the log says. Raises StoreError, KeyError where it makes no sense."""
    body = store.read(f"MATCH (c:{LABEL} {{id: $id}}) RETURN c.body AS body", {"id": part})[0]["body"]
    for row in unpack(body, 0, count) if count else ():
        if row["op"] == "removed":
            del logged[_name(row)]
        else:
            logged[_name(row)] = _digest(row)


def _rows(store: Store) -> Iterator[Row]:
    """The graph as the log would have it: all that others may see of it, as added."""
    for node in labels():
        if not node.internal:
            added = Delta(Changes(added=list(nodes_of(store, node.label))))
            yield from (step.row for step in steps(store, added))
    for edge, source, target in ends():
        if not edge.internal:
            added = Delta(edges=Changes(added=list(edges_of(store, edge.type, source, target))))
            yield from (step.row for step in steps(store, added))


def _name(row: Row) -> Name:
    return (row["kind"], row["id"]) if "kind" in row else (row["type"], row["key"])


def _digest(row: Row) -> bytes:
    said: list[Any] = [row.get("from"), row.get("to"), row["props"]]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).digest()[:16]
