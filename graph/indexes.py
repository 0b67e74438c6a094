"""The constraints and indexes that a graph in Neo4j has, as data; they are made and checked when it is opened."""

from __future__ import annotations

from dataclasses import dataclass

from graph.schema import NODES

SEARCH = "parkgraph_search"  # the full-text index
SEARCHED: dict[str, tuple[str, ...]] = {
    "Policy": ("name", "title", "doc_number"),
    "Task": ("name", "title", "text"),
    "Agency": ("name", "short_name"),
    "Park": ("name", "aliases"),
    "Industry": ("name", "aliases"),
    "Target": ("name", "metric", "indicator", "quote"),
}
JOURNAL = "Journal"  # what a load that is larger than one transaction still has to write (graph.bolt_journal)


@dataclass(frozen=True)
class Index:
    """One that is to be there: its name, kind (UNIQUENESS or FULLTEXT), labels, properties, and how it is made."""

    name: str
    kind: str
    labels: frozenset[str]
    properties: frozenset[str]
    statement: str


def _unique(label: str) -> Index:
    name = f"parkgraph_{label.lower()}_id"
    statement = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
    return Index(name, "UNIQUENESS", frozenset({label}), frozenset({"id"}), statement)


def _full_text() -> Index:
    properties = list(dict.fromkeys(name for names in SEARCHED.values() for name in names))
    labels, each = "|".join(SEARCHED), ", ".join(f"n.{name}" for name in properties)
    statement = f"CREATE FULLTEXT INDEX {SEARCH} IF NOT EXISTS FOR (n:{labels}) ON EACH [{each}] "
    statement += "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: false}}"
    return Index(SEARCH, "FULLTEXT", frozenset(SEARCHED), frozenset(properties), statement)


CONSTRAINTS = tuple(_unique(label) for label in (*(node.label for node in NODES), JOURNAL))
FULL_TEXT = _full_text()
