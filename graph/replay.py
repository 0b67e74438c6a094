"""The graph against its own log: every row is in the store twice, and where the two differ, one of them is damaged.

The log (``graph.log``) says of each revision what it has added, changed and removed, so playing it from the first one on
gives the graph. Not where it begins later, as after ``graph.migrate``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pydantic_core import to_json

from graph.dump import ends, labels
from graph.errors import StoreError
from graph.log import LABEL, unpack
from graph.schema import edge_props, node_props, returned
from graph.store import Store
from graph.visible import Row

Name = tuple[str, str]


def differences(store: Store) -> Iterator[tuple[str, str]]:
    """Rows that are not what the log says of them, as (row, cause), and parts of the log that cannot be read."""
    query = f"MATCH (c:{LABEL}) RETURN c.id AS id, c.revision AS revision, c.`count` AS `count`"
    parts = sorted(store.read(query), key=lambda row: str(row["id"]))
    if not parts or parts[0]["revision"] != 1:
        return
    logged: dict[int, int] = {}
    for part in parts:
        try:
            _play(store, part["id"], part["count"], logged)
        except (StoreError, KeyError) as error:
            yield f"{LABEL} {part['id']}", f"cannot be read ({type(error).__name__})"
            return
    for row in _rows(store):
        said = logged.pop(_key(row), None)
        if said != _digest(row):
            cause = "is not in the log of changes" if said is None else "is not what the log of changes says of it"
            yield " ".join(_name(row)), cause
    yield from _missing(store, parts, logged)


def _play(store: Store, part: str, count: int, logged: dict[int, int]) -> None:
    """Do to ``logged`` what a part of the log says. Raises StoreError, KeyError where it makes no sense."""
    for row in _logged_rows(store, part, count):
        if row["op"] == "removed":
            del logged[_key(row)]
        else:
            logged[_key(row)] = _digest(row)


def _logged_rows(store: Store, part: str, count: int) -> Iterator[Row]:
    body = store.read(f"MATCH (c:{LABEL} {{id: $id}}) RETURN c.body AS body", {"id": part})[0]["body"]
    return unpack(body, 0, count) if count else iter(())


def _missing(store: Store, parts: list[Row], left: dict[int, int]) -> Iterator[tuple[str, str]]:
    """The rows that the graph should have: their names are looked up in the log, for only hashes of them are held."""
    for part in parts if left else ():
        for row in _logged_rows(store, part["id"], part["count"]):
            if left.pop(_key(row), None) is not None:
                yield " ".join(_name(row)), "is in the log of changes and not in the graph"


def _rows(store: Store) -> Iterator[Row]:
    """All that others may see of the graph, as the log has it, but for what JSON makes of dates."""
    for node in labels():
        if not node.internal:
            columns = returned("n", node_props(node.label))
            for row in store.read(f"MATCH (n:{node.label}) RETURN {columns}"):
                yield {"kind": node.label, "id": row["id"], "props": _seen(row)}
    for edge, source, target in ends():
        if not edge.internal:
            columns = returned("r", edge_props(edge.type))
            query = f"MATCH (a:{source})-[r:{edge.type}]->(b:{target}) RETURN a.id AS `from`, b.id AS `to`, {columns}"
            for row in store.read(query):
                between = {"from": {"kind": source, "id": row["from"]}, "to": {"kind": target, "id": row["to"]}}
                yield {"type": edge.type, "key": row["key"], **between, "props": _seen(row)}


def _seen(row: Row) -> Row:
    names = row.keys() - {"id", "kind", "key", "from", "to"}
    return {name: row[name] for name in names if row[name] is not None and row[name] != []}


def _name(row: Row) -> Name:
    return (row["kind"], row["id"]) if "kind" in row else (row["type"], row["key"])


def _key(row: Row) -> int:
    return _short("\x00".join(_name(row)).encode())


def _digest(row: Row) -> int:
    return _short(to_json([row.get("from"), row.get("to"), sorted(row["props"].items())]))


def _short(text: bytes) -> int:
    """64 bits of a hash: there are millions of rows, and damage does not look for collisions."""
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())
