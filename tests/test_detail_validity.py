"""Whether a policy holds on a day, and why; on both engines, and the same as the questions of cypher/ say."""

from __future__ import annotations

from datetime import date

import pytest

from graph.detail import policy
from graph.detail.lists import policies
from graph.detail.validity import holds, judge, validity
from graph.errors import NotFoundError
from graph.load import load
from graph.queries import run
from graph.store import Store
from ingest.records import Record
from tests.graph_records import CHANGDE, HUNAN, Draft, five

OLD, NEW, LATER, FOREVER = "常政发〔2015〕1号", "常政发〔2019〕2号", "常政发〔2030〕3号", "湘政发〔2018〕4号"
DATELESS, REPLACED = "常政发〔2016〕5号", "常政发〔2014〕6号"


def documents() -> list[Record]:
    """A policy that replaces one that is held, one that is only cited; one without a day; one that is to come."""
    old = Draft(OLD, CHANGDE, "常德市工业园区管理办法", date(2015, 1, 1))
    old.policy |= {"doc_number": OLD, "in_force_to": date(2020, 12, 31)}
    old.task("1.1", "管理园区")
    new = Draft(NEW, CHANGDE, "常德市工业园区管理规定", date(2019, 7, 1))
    new.policy["doc_number"] = NEW
    new.cite("常德市工业园区管理办法", OLD, "supersedes")
    new.cite("常德市园区旧办法", "常政发〔2001〕9号", "supersedes")
    later = Draft(LATER, CHANGDE, "常德市远期规划", date(2030, 1, 1))
    later.policy["doc_number"] = LATER
    forever = Draft(FOREVER, HUNAN, "湖南省园区条例", date(2018, 1, 1))
    forever.policy |= {"doc_number": FOREVER, "in_force_to": date(2022, 12, 31)}
    replaced = Draft(REPLACED, CHANGDE, "常德市招商办法", date(2014, 1, 1))
    replaced.policy["doc_number"] = REPLACED
    dateless = Draft(DATELESS, CHANGDE, "常德市招商新规", None)
    dateless.policy["doc_number"] = DATELESS
    dateless.cite("常德市招商办法", REPLACED, "supersedes")
    return [each.record() for each in (old, new, later, forever, replaced, dateless)]


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, [*five(), *documents()])
    return module_store


@pytest.mark.parametrize(
    ("id_", "on", "state", "since", "reason"),
    [
        (OLD, "2014-12-31", "not_yet", "2015-01-01", "in force from 2015-01-01"),
        (OLD, "2015-01-01", "in_force", "2015-01-01", "in force since 2015-01-01, until 2020-12-31"),
        (OLD, "2019-06-30", "in_force", "2015-01-01", "in force since 2015-01-01, until 2020-12-31"),
        (OLD, "2019-07-01", "superseded", "2019-07-01", "replaced by 常德市工业园区管理规定 since 2019-07-01"),
        (OLD, "2024-06-01", "superseded", "2019-07-01", "replaced by 常德市工业园区管理规定 since 2019-07-01"),
        (NEW, "2024-06-01", "in_force", "2019-07-01", "in force since 2019-07-01"),
        (LATER, "2024-06-01", "not_yet", "2030-01-01", "in force from 2030-01-01"),
        (FOREVER, "2022-12-31", "in_force", "2018-01-01", "in force since 2018-01-01, until 2022-12-31"),
        (FOREVER, "2023-01-01", "expired", "2023-01-01", "in force until 2022-12-31"),
        (REPLACED, "2024-06-01", "unknown", None, "replaced by 常德市招商新规, on a day that is not known"),
        (DATELESS, "2024-06-01", "unknown", None, "no day is known from which it is in force"),
        ("池州市园区方案2015", "2024-06-01", "draft", None, "a draft for comment, never in force itself"),
        ("湘政办发〔2021〕19号", "2024-06-01", "not_held", None, "only cited: its document is not held"),
        ("常政发〔2001〕9号", "2018-01-01", "not_held", None, "only cited: its document is not held"),
        ("常政发〔2001〕9号", "2024-06-01", "superseded", "2019-07-01", "replaced by 常德市工业园区管理规定 since 2019-07-01"),
    ],
)  # fmt: skip
def test_how_a_policy_stands(store: Store, id_: str, on: str, state: str, since: str | None, reason: str) -> None:
    found = validity(store, id_, date.fromisoformat(on))
    assert (found.state, str(found.since) if found.since else None, found.reason) == (state, since, reason)
    assert found.in_force == {"in_force": True, "unknown": None, "not_held": None}.get(state, False)
    assert policy(store, id_, today=date(1999, 1, 1), as_of=date.fromisoformat(on)).validity == found
    assert policy(store, id_, today=date.fromisoformat(on)).validity == found


def test_what_replaces_it_is_named(store: Store) -> None:
    found = validity(store, OLD, date(2016, 1, 1)).replaced_by
    assert [(each.policy.id, each.extent, each.basis, each.since, each.counts) for each in found] == [
        (NEW, "whole", "stated", date(2019, 7, 1), True),
        ("常德市五好园区方案2022", "inconsistent_parts", "inferred", date(2022, 2, 7), False),  # by its last clause
    ]
    assert found[0].evidence.quote == f"supersedes《常德市工业园区管理办法》({OLD})"


def test_what_is_overridden_in_part_still_holds(store: Store) -> None:
    found = validity(store, "常德市园区三年计划2017", date(2024, 6, 1))
    assert (found.state, found.in_force) == ("in_force", True)
    assert [(each.policy.id, each.extent, each.basis, each.counts) for each in found.replaced_by] == [
        ("常德市五好园区方案2022", "inconsistent_parts", "inferred", False)
    ]


@pytest.mark.parametrize("on", ["2014-06-01", "2015-01-01", "2019-07-01", "2021-06-01", "2024-06-01", "2031-01-01"])
def test_it_agrees_with_the_questions(store: Store, on: str) -> None:
    day = date.fromisoformat(on)
    known = {
        row["policy_id"] for row in run(store, "policies_in_force", {"as_of": on}, today=day).rows if row["in_force"]
    }
    all_of_them = {row.id for row in policies(store)}
    assert {id_ for id_ in all_of_them if validity(store, id_, day).in_force} == known
    assert {row.id for row in policies(store, as_of=day)} == known


def test_a_state_and_what_holds_never_disagree() -> None:
    days = [None, date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    for status in ("issued", "draft", None):
        for held in (True, False):
            for begins in days:
                for ended in days:
                    facts = {"status": status, "held": held, "superseded": False, "in_force_from": begins,
                             "in_force_to": None, "ended_on": ended}  # fmt: skip
                    found = judge(facts, [], date(2021, 1, 1))
                    assert found.in_force == holds(facts, date(2021, 1, 1))
                    if held:
                        expected = {"in_force": True, "unknown": None}.get(found.state, False)
                        assert found.in_force == expected, facts


def test_a_policy_that_is_not_there(store: Store) -> None:
    with pytest.raises(NotFoundError, match=r"^policy 常政发〔2015〕2号: not in this graph$"):
        validity(store, "常政发〔2015〕2号", date(2024, 6, 1))
