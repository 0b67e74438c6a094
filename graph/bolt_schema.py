"""Makes and checks the constraints and indexes of a graph in Neo4j."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graph.errors import StoreError
from graph.indexes import CONSTRAINTS, FULL_TEXT, Index

Run = Callable[[str], list[dict[str, Any]]]
Rows = list[dict[str, Any]]
_CONSTRAINTS = "SHOW CONSTRAINTS YIELD type, labelsOrTypes AS labels, properties RETURN type, labels, properties"
_INDEXES = (
    "SHOW INDEXES YIELD name, type, state, labelsOrTypes AS labels, properties RETURN name, type, state, labels, "
    "properties"
)


def ensure(run: Run) -> None:
    """Make what is missing and wait until it is filled. ``run`` runs a statement. Raises StoreError."""
    indexes = run(_INDEXES)
    absent = _missing(run(_CONSTRAINTS), indexes)
    if FULL_TEXT in absent and any(row["name"] == FULL_TEXT.name for row in indexes):
        run(f"DROP INDEX {FULL_TEXT.name}")  # another version of this program searches other properties
    for index in absent:
        run(index.statement)
    if absent:
        run("CALL db.awaitIndexes(3600)")
        indexes = run(_INDEXES)
    _check_states(indexes)


def check(run: Run) -> None:
    """Raise StoreError unless everything is there and works."""
    indexes = run(_INDEXES)
    absent = _missing(run(_CONSTRAINTS), indexes)
    if absent:
        raise StoreError(f"lacks {', '.join(index.name for index in absent)}")
    _check_states(indexes)


def _check_states(indexes: Rows) -> None:
    wanted = [index.name for index in (*CONSTRAINTS, FULL_TEXT)]
    for row in indexes:
        if row["name"] in wanted and row["state"] != "ONLINE":
            raise StoreError(f"the index {row['name']} is {row['state'].lower()}")


def _missing(constraints: Rows, indexes: Rows) -> list[Index]:
    """What is not there; a constraint of another name that does the same is as good."""
    absent = [index for index in CONSTRAINTS if not any(_same(index, row) for row in constraints)]
    full_text = [row for row in indexes if row["name"] == FULL_TEXT.name]
    return absent if any(_same(FULL_TEXT, row) for row in full_text) else [*absent, FULL_TEXT]


def _same(index: Index, row: dict[str, Any]) -> bool:
    same = (frozenset(row["labels"]), frozenset(row["properties"])) == (index.labels, index.properties)
    return same and row["type"] in (index.kind, "NODE_PROPERTY_UNIQUENESS")
