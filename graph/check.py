"""Proves a whole store: every quote stands where its row says, nothing hangs in the air, nothing has changed by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.log import LABEL, part_id
from graph.reach import unreached
from graph.replay import differences
from graph.schema import EDGES, LINK_TYPES, NODES
from graph.store import Store

_EVIDENCE = "document AS document, {0}.start AS start, {0}.`end` AS `end`, {0}.quote AS quote"


@dataclass(frozen=True)
class Problem:
    """Something that should not be: what it is, the row (``Task <id>`` or ``ABOUT <key>``), and the cause."""

    kind: str
    row: str
    cause: str


def check(store: Store) -> list[Problem]:
    """All problems of a store, sorted; none for a sound one."""
    texts = {row["id"]: row["text"] or "" for row in store.read("MATCH (d:Document) RETURN d.id AS id, d.text AS text")}
    found = [*_evidence(store, texts), *_keys(store), *_policies(store), *_shared(store), *_log(store)]
    found += [Problem("index", *each) for each in unreached(store)]
    found += [Problem("damage", *each) for each in differences(store)]
    return sorted(found, key=lambda each: (each.kind, each.row, each.cause))


def _evidence(store: Store, texts: dict[str, str]) -> Iterator[Problem]:
    for node in NODES:
        if "quote" in {prop.name for prop in node.props}:
            where = "WHERE n.held " if node.label == "Policy" else ""
            rows = store.read(f"MATCH (n:{node.label}) {where}RETURN n.id AS name, n." + _EVIDENCE.format("n"))
            yield from _misquotes(node.label, rows, texts)
    for edge in EDGES:
        if edge.evidenced:
            for source, target in edge.ends:
                query = f"MATCH (a:{source})-[r:{edge.type}]->(b:{target}) RETURN r.key AS name, r."
                yield from _misquotes(edge.type, store.read(query + _EVIDENCE.format("r")), texts)


def _misquotes(label: str, rows: list[dict[str, object]], texts: dict[str, str]) -> Iterator[Problem]:
    for row in rows:
        name, start, end, quote = f"{label} {row['name']}", row["start"], row["end"], row["quote"]
        text = texts.get(str(row["document"]))
        if text is None:
            yield Problem("evidence", name, f"its document {row['document']} is not held")
        elif not isinstance(start, int) or not isinstance(end, int) or not quote:
            yield Problem("evidence", name, "it has no quote")
        elif text[start:end] != quote:
            yield Problem("evidence", name, f"characters {start} to {end} of its document are not its quote")


def _keys(store: Store) -> Iterator[Problem]:
    """Edges that stand twice."""
    for edge in EDGES:
        query = f"MATCH ()-[r:{edge.type}]->() WITH r.key AS name, count(*) AS times WHERE times > 1 RETURN name, times"
        for row in store.read(query):
            yield Problem("duplicate", f"{edge.type} {row['name']}", f"stands {row['times']} times")


def _policies(store: Store) -> Iterator[Problem]:
    """Policies without a document, documents without a policy, tasks and targets without either."""
    for label, pattern, cause in (
        ("Policy", "(n)-[:STATED_IN]->(:Document)", "is held and stated in no document"),
        ("Document", "(:Policy)-[:STATED_IN]->(n)", "states no policy"),
        ("Task", "(:Policy)-[:HAS_TASK]->(n)", "belongs to no policy"),
        ("Target", "(:Policy)-[:TARGETS]->(n)", "belongs to no policy"),
    ):
        held = "n.held AND " if label == "Policy" else ""
        for row in store.read(f"MATCH (n:{label}) WHERE {held}NOT EXISTS {{ MATCH {pattern} }} RETURN n.id AS id"):
            yield Problem("alone", f"{label} {row['id']}", cause)


def _shared(store: Store) -> Iterator[Problem]:
    """Shared nodes and cited policies that nothing asserts, and nodes whose ``kind`` is not their label."""
    for node in NODES:
        if node.shared:
            for row in store.read(f"MATCH (n:{node.label}) WHERE n.claims IS NULL RETURN n.id AS id"):
                yield Problem("alone", f"{node.label} {row['id']}", "no document asserts it")
        for row in store.read(
            f"MATCH (n:{node.label}) WHERE n.kind <> '{node.label}' RETURN n.id AS id, n.kind AS kind"
        ):
            yield Problem("kind", f"{node.label} {row['id']}", f"calls itself {row['kind']}")
    cited = "|".join(sorted(LINK_TYPES.values()))
    query = f"MATCH (n:Policy) WHERE NOT n.held AND NOT EXISTS {{ MATCH (:Policy)-[:{cited}]->(n) }} "
    for row in store.read(query + "RETURN n.id AS id"):
        yield Problem("alone", f"Policy {row['id']}", "is neither held nor cited")


def _log(store: Store) -> Iterator[Problem]:
    """Parts that the log of changes lacks between its first one and the revision of the graph."""
    query = (
        f"MATCH (c:{LABEL}) RETURN c.revision AS revision, c.part AS part, c.`first` AS `first`, c.`count` AS `count`"
    )
    rows = sorted(store.read(query), key=lambda row: (row["revision"], row["part"]))
    follows = {(rows[0]["revision"], 1): 1} if rows else {}  # what may come next, and the row that it begins with
    for row in rows:
        revision, part, first = row["revision"], row["part"], row["first"]
        if follows.get((revision, part)) != first:
            yield Problem("log", f"{LABEL} {part_id(revision, part)}", "does not follow on the part before it")
        follows = {(revision, part + 1): first + row["count"], (revision + 1, 1): 1}
    if rows and rows[-1]["revision"] != store.revision():
        yield Problem("log", f"{LABEL} {part_id(store.revision(), 1)}", "is missing")
