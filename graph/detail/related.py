"""Tasks, targets and counts that stand beside an entity: the latest of them in full, all of them counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from graph.detail.refs import (
    Evidence,
    PolicyRef,
    PolicyTarget,
    PolicyTask,
    RegionRef,
    TargetSummary,
    TaskRef,
    View,
    dated,
    latest_first,
    made,
    shape,
)
from graph.detail.validity import facts, holds
from graph.store import Reader, Row, read_many

_POLICY = f"{shape(PolicyRef, 'p')} AS policy, {dated('p')} AS `on`, {facts('p')} AS facts"
_BRIEF = "{0}.id AS id, {0}.start AS start, {0}.policy AS policy"
_FACTS = f"UNWIND $ids AS i MATCH (p:Policy {{id: i}}) RETURN p.id AS id, {dated('p')} AS `on`, {facts('p')} AS facts"


class RegionCount(View):
    """How much the policies of a region say of something."""

    region: RegionRef = Field(description="The region")
    policies: int = Field(description="How many of its policies")
    tasks: int = Field(description="How many tasks of these")


def task_ids(store: Reader, pattern: str, id_: str, as_of: date | None) -> list[str]:
    """Ids of the tasks ``t`` of a pattern that ends in the node ``id_``, those of the latest policies first.

    With ``as_of`` without those of policies known not to be in force on that day.
    """
    return _ids(store, store.read(f"MATCH {pattern} RETURN {_BRIEF.format('t')}", {"id": id_}), as_of)


def target_ids(store: Reader, pattern: str, id_: str, as_of: date | None) -> list[str]:
    """The same of targets ``n``."""
    return _ids(store, store.read(f"MATCH {pattern} RETURN {_BRIEF.format('n')}", {"id": id_}), as_of)


def _ids(store: Reader, rows: list[Row], as_of: date | None) -> list[str]:
    """The ids in order, each once. The facts of a policy are read once, however many rows it has."""
    policies = read_many(store, _FACTS, (row["policy"] for row in rows))
    kept = [each for each in policies if as_of is None or holds(each["facts"], as_of) is not False]
    kept.sort(key=lambda each: (latest_first(each["on"]), each["id"]))
    place = {each["id"]: number for number, each in enumerate(kept)}
    found = sorted((place[row["policy"]], row["start"], row["id"]) for row in rows if row["policy"] in place)
    return list(dict.fromkeys(id_ for *_, id_ in found))


def tasks_in_full(store: Reader, ids: Sequence[str], day: date) -> list[PolicyTask]:
    """These tasks with their policies, in this order."""
    query = (
        "UNWIND $ids AS i MATCH (t:Task {id: i}) MATCH (p:Policy {id: t.policy}) "
        f"RETURN {shape(TaskRef, 't')} AS task, {shape(Evidence, 't')} AS evidence, {_POLICY}"
    )
    found = {
        row["task"]["id"]: made(PolicyTask, row["task"], **_views(row, day)) for row in read_many(store, query, ids)
    }
    return [found[id_] for id_ in ids if id_ in found]


def targets_in_full(store: Reader, ids: Sequence[str], day: date) -> list[PolicyTarget]:
    """These targets with their policies, in this order."""
    query = (
        "UNWIND $ids AS i MATCH (n:Target {id: i}) MATCH (p:Policy {id: n.policy}) "
        f"RETURN {shape(TargetSummary, 'n')} AS target, {shape(Evidence, 'n')} AS evidence, {_POLICY}"
    )
    rows = read_many(store, query, ids)
    found = {row["target"]["id"]: made(PolicyTarget, row["target"], **_views(row, day)) for row in rows}
    return [found[id_] for id_ in ids if id_ in found]


def _views(row: Row, day: date) -> Row:
    said = {"on": row["on"], "in_force": holds(row["facts"], day)}
    views = {"policy": made(PolicyRef, row["policy"]), "evidence": made(Evidence, row["evidence"])}
    return {**{name: value for name, value in said.items() if value is not None}, **views}


def by_region(store: Reader, pattern: str, id_: str) -> list[RegionCount]:
    """The regions whose policies have tasks ``t`` of a pattern that ends in the node ``id_``, the most tasks first."""
    query = (
        f"MATCH {pattern} MATCH (t)<-[:HAS_TASK]-(p:Policy)-[:APPLIES_IN]->(g:Region) "
        f"WITH g, count(DISTINCT p.id) AS policies, count(DISTINCT t.id) AS tasks "
        f"RETURN {shape(RegionRef, 'g')} AS region, policies AS policies, tasks AS tasks"
    )
    rows = store.read(query, {"id": id_})
    found = [made(RegionCount, {**row, "region": made(RegionRef, row["region"])}) for row in rows]
    return sorted(found, key=lambda each: (-each.tasks, each.region.code))
