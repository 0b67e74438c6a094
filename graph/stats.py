"""How much there is in a store, of what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.schema import EDGES, NODES
from graph.store import Reader


@dataclass(frozen=True)
class Stats:
    """Counts by label and by relationship type, held policies by region and by year, and the revision."""

    revision: int
    nodes: dict[str, int]
    edges: dict[str, int]
    regions: dict[str, int]
    years: dict[str, int]
    held: int
    cited_only: int


def stats(store: Reader) -> Stats:
    """The counts of a store; a policy without a region or date is counted under an empty text."""
    policies = store.read(
        "MATCH (p:Policy) OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region) "
        "RETURN p.held AS held, g.full_name AS region, coalesce(p.issued_on, p.published_on, p.effective_on) AS day"
    )
    held = [row for row in policies if row["held"]]
    return Stats(
        revision=store.revision(),
        nodes={n.label: _count(store, f"MATCH (x:{n.label})") for n in NODES if not n.internal},
        edges={e.type: _count(store, f"MATCH ()-[x:{e.type}]->()") for e in EDGES if not e.internal},
        regions=_tally([row["region"] or "" for row in held]),
        years=_tally([str(row["day"].year) if row["day"] else "" for row in held]),
        held=len(held),
        cited_only=len(policies) - len(held),
    )


def _count(store: Reader, match: str) -> int:
    return int(store.read(f"{match} RETURN count(x) AS n")[0]["n"])


def _tally(values: list[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items()))
