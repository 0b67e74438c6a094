"""A park: which policies name it, what they give it to do and to develop."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail import related
from graph.detail.developments import Development, developments
from graph.detail.refs import (
    Evidence,
    ParkRef,
    PolicyRef,
    PolicyTarget,
    PolicyTask,
    RegionRef,
    View,
    dated,
    latest_first,
    made,
    made_or_none,
    shape,
)
from graph.detail.validity import facts, holds
from graph.errors import NotFoundError
from graph.store import Reader

_TASKS = "(t:Task)-[:MENTIONS]->(:Park {id: $id})"
_TARGETS = "(n:Target)-[:APPLIES_TO]->(:Park {id: $id})"


class PolicyMention(View):
    """A policy that names a park."""

    policy: PolicyRef = Field(description="The policy")
    on: date | None = Field(None, description="Day of issue, else of publication, else of effect")
    in_force: bool | None = Field(None, description="Whether the policy holds on the day asked for; null: not known")
    mentions: list[str] = Field([], description="How the policy calls it")
    evidence: Evidence = Field(description="Where it names it first")


class ParkDetail(ParkRef):
    """A park with what the graph knows of it."""

    aliases: list[str] = Field([], description="How policies call it otherwise")
    region: RegionRef | None = Field(None, description="Where it lies")
    industries: list[Development] = Field([], description="Industries that policies give it to develop, by name")
    policies: list[PolicyMention] = Field([], description="Policies that name it, the latest first; at most the limit")
    policies_total: int = Field(description="How many policies name it")
    tasks: list[PolicyTask] = Field(
        [], description="Tasks that name it, those of the latest policies first; at most the limit"
    )
    tasks_total: int = Field(description="How many tasks name it")
    targets: list[PolicyTarget] = Field(
        [], description="Targets that bind it, of the latest policies first; at most the limit"
    )
    targets_total: int = Field(description="How many targets bind it")


def park(store: Reader, id_: str, *, today: date, as_of: date | None = None, limit: int = 100) -> ParkDetail:
    """The park ``id_``. With ``as_of`` without tasks and targets of policies known not to be in force on that day.

    Raises NotFoundError.
    """
    query = f"MATCH (k:Park {{id: $id}}) OPTIONAL MATCH (k)-[:LOCATED_IN]->(g:Region) RETURN {shape(ParkRef, 'k')} AS park, "
    rows = store.read(query + f"k.aliases AS aliases, {shape(RegionRef, 'g')} AS region", {"id": id_})
    if not rows:
        raise NotFoundError(f"park {id_}: not in this graph")
    day = as_of or today
    tasks, targets = (
        related.task_ids(store, _TASKS, id_, as_of),
        related.target_ids(store, _TARGETS, id_, as_of),
    )
    policies = _policies(store, id_, day)
    return made(
        ParkDetail,
        {**rows[0]["park"], "aliases": rows[0]["aliases"]},
        region=made_or_none(RegionRef, rows[0]["region"]),
        industries=developments(store, "(k:Park {id: $id})-[r:DEVELOPS]->(i:Industry)", id_, day),
        policies=policies[:limit],
        policies_total=len(policies),
        tasks=related.tasks_in_full(store, tasks[:limit], day),
        tasks_total=len(tasks),
        targets=related.targets_in_full(store, targets[:limit], day),
        targets_total=len(targets),
    )


def _policies(store: Reader, id_: str, day: date) -> list[PolicyMention]:
    query = (
        f"MATCH (p:Policy)-[r:MENTIONS]->(:Park {{id: $id}}) RETURN {shape(PolicyRef, 'p')} AS policy, {dated('p')} AS `on`, "
        f"r.mentions AS mentions, {shape(Evidence, 'r')} AS evidence, {facts('p')} AS facts"
    )
    found = [
        made(
            PolicyMention,
            {"on": row["on"], "in_force": holds(row["facts"], day), "mentions": row["mentions"]},
            policy=made(PolicyRef, row["policy"]),
            evidence=made(Evidence, row["evidence"]),
        )
        for row in store.read(query, {"id": id_})
    ]
    return sorted(found, key=lambda each: (latest_first(each.on), each.policy.id))
