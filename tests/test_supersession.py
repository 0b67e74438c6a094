"""Cycles of supersession, on both engines: the loader keeps them out of the graph, and they are told."""

from __future__ import annotations

from datetime import date

from graph.cycles import CYCLE
from graph.load import load
from graph.store import Store
from graph.supersession import supersession_cycles
from tests.conftest import change
from tests.graph_records import CHANGDE, Draft

DAY = date(2020, 1, 1)


def test_a_cycle_is_told_step_by_step(store: Store) -> None:
    drafts = [Draft(f"令〔2020〕{number}号", CHANGDE, f"办法{number}", DAY) for number in (1, 2, 3, 4)]
    for draft, other in zip(drafts, (2, 3, 1, 1), strict=True):
        draft.policy["doc_number"] = draft.id
        draft.cite(f"办法{other}", f"令〔2020〕{other}号", "supersedes")
    load(store, [draft.record() for draft in drafts])
    assert len(store.read("MATCH (n:Unresolved) WHERE n.reason = $r RETURN n.id", {"r": CYCLE})) == 3
    rows = supersession_cycles(store)
    names = ("cycle", "step", "policy_id", "replaces_id", "loaded", "basis")
    assert [tuple(row[name] for name in names) for row in rows] == [
        (1, 1, "令〔2020〕1号", "令〔2020〕2号", False, "stated"),
        (1, 2, "令〔2020〕2号", "令〔2020〕3号", False, "stated"),
        (1, 3, "令〔2020〕3号", "令〔2020〕1号", False, "stated"),
    ]
    assert rows[0]["quote"] == "supersedes《办法2》(令〔2020〕2号)"
    assert rows[0]["replaces"] == "办法2"


def test_a_cycle_that_got_into_the_graph_is_told(store: Store) -> None:
    drafts = [Draft(f"p{number}", CHANGDE, f"办法{number}", DAY) for number in (1, 2)]
    drafts[0].cite("办法2", None, "supersedes")
    load(store, [draft.record() for draft in drafts])
    assert supersession_cycles(store) == []
    change(store, "MATCH (a:Policy {id: 'p1'}) MATCH (b:Policy {id: 'p2'}) CREATE (b)-[:SUPERSEDES {key: 'x', basis: 'stated', "
           "document: 'd', start: 1, `end`: 2, quote: 'q'}]->(a)")  # fmt: skip
    rows = supersession_cycles(store)
    assert [(row["policy_id"], row["replaces_id"], row["loaded"]) for row in rows] == [
        ("p1", "p2", True),
        ("p2", "p1", True),
    ]
