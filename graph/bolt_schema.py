"""Makes and checks the constraints and indexes of a graph in Neo4j."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from graph.errors import StoreError
from graph.indexes import CONSTRAINTS, FULL_TEXT, Index

Run = Callable[[str], list[dict[str, Any]]]
_SHOW = "YIELD name, type, labelsOrTypes, properties RETURN name, type, labelsOrTypes AS labels, properties"


def ensure(run: Run) -> None:
    """Make what is missing and wait until it is filled. ``run`` runs a statement. Raises StoreError."""
    absent = missing(run)
    for index in absent:
        run(index.statement)
    if absent:
        run("CALL db.awaitIndexes(3600)")
    check(run)


def check(run: Run) -> None:
    """Raise StoreError unless everything is there and works."""
    absent = missing(run)
    if absent:
        raise StoreError(f"lacks {', '.join(index.name for index in absent)}")
    wanted = [index.name for index in (*CONSTRAINTS, FULL_TEXT)]
    for row in run("SHOW INDEXES YIELD name, state RETURN name, state"):
        if row["name"] in wanted and row["state"] != "ONLINE":
            raise StoreError(f"the index {row['name']} is {row['state'].lower()}")


def missing(run: Run) -> list[Index]:
    """What is not there; what has another name and does the same counts as there, except for the full-text index."""
    constraints, indexes = run(f"SHOW CONSTRAINTS {_SHOW}"), run(f"SHOW INDEXES {_SHOW}")
    absent = [index for index in CONSTRAINTS if not any(_same(index, row) for row in constraints)]
    named = [row for row in indexes if row["name"] == FULL_TEXT.name]
    if not _stale(named):
        return absent if named else [*absent, FULL_TEXT]
    run(f"DROP INDEX {FULL_TEXT.name}")  # an earlier version of this program searched other properties
    return [*absent, FULL_TEXT]


def _same(index: Index, row: dict[str, Any]) -> bool:
    same = (frozenset(row["labels"]), frozenset(row["properties"])) == (index.labels, index.properties)
    return same and row["type"] in (index.kind, "NODE_PROPERTY_UNIQUENESS")


def _stale(rows: Iterable[dict[str, Any]]) -> bool:
    return any(not _same(FULL_TEXT, row) for row in rows)
