"""Every row by every way that leads to it: a node by its id, an edge from either of its ends.

A scan of all rows does not use the indexes and lists that queries use, so it does not see when these are damaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from graph.dump import ends, labels
from graph.store import Store, from_end

_AT_ONCE = 2000


def unreached(store: Store) -> Iterator[tuple[str, str]]:
    """Rows that a scan finds and an index or the list of an end does not, or the other way round, as (row, cause)."""
    ids = {}
    for node in labels():
        label = node.label
        ids[label] = [str(row["name"]) for row in store.read(f"MATCH (n:{label}) RETURN n.id AS name")]
        found = _read(store, f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN n.id AS name", ids[label])
        yield from _differ(label, ids[label], found, "is not found by its id")
    for edge, source, target in ends():
        scanned = [
            row["name"] for row in store.read(f"MATCH (:{source})-[r:{edge.type}]->(:{target}) RETURN r.key AS name")
        ]
        by_source, by_target = from_end(edge.type, (source, target)), from_end(edge.type, (source, target), "b")
        for label, start, way in ((source, by_source, "source"), (target, by_target, "target")):
            found = _read(store, start + "RETURN r.key AS name", ids[label])
            yield from _differ(edge.type, scanned, found, f"is not found from its {way}")


def _read(store: Store, query: str, ids: list[str]) -> Iterator[Any]:
    wanted = sorted(set(ids))
    for at in range(0, len(wanted), _AT_ONCE):
        yield from (row["name"] for row in store.read(query, {"ids": wanted[at : at + _AT_ONCE]}))


def _differ(kind: str, scanned: Iterable[Any], found: Iterable[Any], cause: str) -> Iterator[tuple[str, str]]:
    one, other = Counter(scanned), Counter(found)
    yield from ((f"{kind} {name}", cause) for name in one - other)
    yield from ((f"{kind} {name}", "is found in a list and not in the table") for name in other - one)
