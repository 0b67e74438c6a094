"""What the last loads have brought, in short: for people who want to know what is new."""

from __future__ import annotations

import json
from dataclasses import dataclass

from graph.errors import QueryError
from graph.log import LABEL, part_id
from graph.store import Reader, read_many
from graph.visible import Op

Counts = dict[Op, dict[str, int]]


@dataclass(frozen=True)
class PolicyChange:
    """A policy whose document has come (``added``) or gone (``removed``), or that reads otherwise than before."""

    op: Op
    id: str
    title: str


@dataclass(frozen=True)
class Revision:
    """When (ISO 8601) a revision was made, and how many nodes and edges it touched, by op and kind or type.

    ``policies`` names the first of the policies whose documents are held; ``others`` tells how many more there are.
    """

    revision: int
    at: str
    nodes: Counts
    edges: Counts
    policies: tuple[PolicyChange, ...]
    others: int


def recent(store: Reader, limit: int) -> list[Revision]:
    """The last ``limit`` revisions, the last one first, as far as the log of changes goes back.

    Raises QueryError for a ``limit`` below 1, StoreError.
    """
    if limit < 1:
        raise QueryError("limit: must be 1 or more")
    last = store.revision()
    ids = [part_id(revision, 1) for revision in range(max(last - limit, 0) + 1, last + 1)]
    query = f"UNWIND $ids AS i MATCH (c:{LABEL} {{id: i}}) RETURN c.revision AS revision, c.at AS at, c.summary AS text"
    rows = sorted(read_many(store, query, ids), key=lambda row: -int(row["revision"]))
    return [_revision(row["revision"], row["at"], row["text"]) for row in rows]


def _revision(revision: int, at: str, text: str) -> Revision:
    data = json.loads(text)
    policies = tuple(PolicyChange(*each) for each in data["policies"])
    return Revision(revision, at, data["nodes"], data["edges"], policies, data["others"])
