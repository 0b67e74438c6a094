"""Where the documents of a store were found."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.store import Reader


@dataclass(frozen=True)
class Place:
    """A path at which a document (sha256) was found, and the stamp that was kept of the file there."""

    path: str
    document: str
    policy: str
    title: str | None
    stamp: str | None


def places_under(store: Reader, paths: Iterable[str]) -> list[Place]:
    """The places at ``paths`` (absolute) and beneath them, in order of path. Raises StoreError."""
    wanted = sorted(set(paths))
    if not wanted:
        return []
    query = (
        "MATCH (d:Document)-[f:FOUND_AT]->(l:Location) WHERE l.id STARTS WITH $start "
        "MATCH (p:Policy)-[:STATED_IN]->(d) "
        "RETURN l.id AS path, d.id AS document, p.id AS policy, p.title AS title, f.stamp AS stamp ORDER BY path"
    )
    rows = store.read(query, {"start": os.path.commonpath(wanted)})
    return [Place(**row) for row in rows if _within(row["path"], set(wanted))]


def _within(path: str, wanted: set[str]) -> bool:
    return path in wanted or any(str(above) in wanted for above in Path(path).parents)
