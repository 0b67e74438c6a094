"""Cycles of policies that replace one another: in the graph, or kept out of it by the loader."""

from __future__ import annotations

import networkx as nx

from graph.cycles import CYCLE
from graph.store import Reader, Row

_LONGEST = 10  # policies in one cycle
_PLACE = "r.quote AS quote, r.document AS document, r.start AS start, r.`end` AS `end`"
_LOADED = (
    "MATCH (a:Policy)-[r:SUPERSEDES]->(b:Policy) "
    f"RETURN a.id AS policy, b.id AS target, b.name AS replaces, r.basis AS basis, true AS loaded, {_PLACE}"
)
_REFUSED = (
    "MATCH (r:Unresolved) WHERE r.relation = 'supersedes' AND r.reason = $reason "
    f"RETURN r.policy AS policy, r.target AS target, r.name AS replaces, r.basis AS basis, false AS loaded, {_PLACE}"
)


def supersession_cycles(store: Reader) -> list[Row]:
    """One row a step: policy ``policy`` replaces ``replaces``, until the cycle closes; with the words that say so.

    The loader keeps stated supersession that would close a cycle as Unresolved (``loaded`` is false): such a cycle is
    a contradiction of the documents, or a citation taken wrongly. A cycle that is loaded would be an error.
    """
    rows = sorted(
        [*store.read(_LOADED), *store.read(_REFUSED, {"reason": CYCLE})],
        key=lambda row: (row["policy"], row["target"], row["document"], row["start"]),
    )
    names = {row["id"]: row["name"] for row in store.read("MATCH (p:Policy) RETURN p.id AS id, p.name AS name")}
    steps = {(row["policy"], row["target"]): row for row in reversed(rows)}
    graph = nx.DiGraph(sorted(steps))
    cycles = sorted(_from_least(cycle) for cycle in nx.simple_cycles(graph, length_bound=_LONGEST))
    found = []
    for number, cycle in enumerate(cycles, 1):
        for step, pair in enumerate(zip(cycle, [*cycle[1:], cycle[0]], strict=True), 1):
            row = steps[pair]
            told = {"policy": names.get(pair[0]) or pair[0], "replaces": names.get(pair[1]) or row["replaces"]}
            ids = {"policy_id": pair[0], "replaces_id": pair[1]}
            kept = {name: row[name] for name in ("loaded", "basis", "quote", "document", "start", "end")}
            found.append({"cycle": number, "step": step, **told, **kept, **ids})
    return found


def _from_least(cycle: list[str]) -> list[str]:
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]
