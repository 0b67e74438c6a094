"""What was not understood: counted and listed, never dropped."""

from __future__ import annotations

from dataclasses import dataclass

from graph.schema import LINK_TYPES, PLACE, returned
from graph.store import Reader, Row

_PLACE = returned("r", PLACE)
_LINKS = "|".join(sorted(LINK_TYPES.values()))
_QUERIES = {
    # what the extraction noted (agencies are found below), and citations that could not be loaded as they stand
    "noted": (
        "MATCH (r:Unresolved) WHERE r.category <> 'agency' RETURN r.category AS category, r.text AS text, r.reason AS reason, "
        f"r.policy AS policy, {_PLACE}"
    ),
    "agency": (
        "MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(:Task) WHERE NOT a.resolved RETURN 'agency' AS category, "
        f"r.agency_name AS text, 'no table knows its official name' AS reason, r.policy AS policy, {_PLACE}"
    ),
    "citation": (
        f"MATCH (:Policy)-[r:{_LINKS}]->(c:Policy) WHERE NOT c.held "
        f"RETURN 'citation' AS category, c.name AS text, 'not held' AS reason, r.policy AS policy, {_PLACE}"
    ),
    "task": (
        "MATCH (r:Task) WHERE NOT EXISTS { MATCH (:Agency)-[:RESPONSIBLE_FOR]->(r) } RETURN 'task' AS category, "
        f"r.title AS text, 'no owner' AS reason, r.policy AS policy, {_PLACE}"
    ),
}


@dataclass(frozen=True)
class Coverage:
    """How much of a document's text some node or field covers, in characters."""

    document: str
    source: str
    policy: str
    characters: int
    covered: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 for an empty text."""
        return self.covered / self.characters if self.characters else 1.0


def unresolved(store: Reader) -> list[Row]:
    """Rows of category (agency, number, clause, park, citation, task), text, reason, policy and evidence, sorted."""
    rows = {tuple(row.items()) for query in _QUERIES.values() for row in store.read(query)}
    by = ("category", "policy", "start", "end", "text", "reason")
    found = sorted((dict(row) for row in rows), key=lambda row: [(row[name] is None, row[name] or 0) for name in by])
    first = {(row["category"], row["policy"], row["text"], row["reason"]): row for row in reversed(found)}
    return [row for row in found if row["category"] != "agency" or row is first[_what(row)]]


def _what(row: Row) -> tuple[str, str, str, str]:
    """What a row says, wherever it says it."""
    return row["category"], row["policy"], row["text"], row["reason"]


def coverage(store: Reader) -> list[Coverage]:
    """The covered share of each document, the least covered first."""
    rows = store.read(
        "MATCH (p:Policy)-[:STATED_IN]->(d:Document) RETURN d.id AS document, d.source AS source, p.id AS policy, "
        "d.characters AS characters, d.covered AS covered"
    )
    return sorted((Coverage(**row) for row in rows), key=lambda each: (each.share, each.source, each.document))
