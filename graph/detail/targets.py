"""A target: what a policy commits to reach."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail.refs import (
    Evidence,
    ParkRef,
    PolicyRef,
    RegionRef,
    TargetSummary,
    TaskRef,
    made,
    made_or_none,
    shape,
)
from graph.detail.validity import Validity, validity
from graph.errors import NotFoundError
from graph.store import Reader


class TargetDetail(TargetSummary):
    """A target with its policy, its tasks and whom it binds."""

    policy: PolicyRef = Field(description="The policy that sets it")
    validity: Validity = Field(description="Whether the policy holds on the day asked for")
    tasks: list[TaskRef] = Field([], description="The tasks that set it, by path")
    bound_parks: list[ParkRef] = Field([], description="The parks that its scope names, by name")
    bound_region: RegionRef | None = Field(None, description="The region that its scope names")


def target(store: Reader, id_: str, *, today: date, as_of: date | None = None) -> TargetDetail:
    """The target ``id_``, its policy as it stands on ``as_of`` (else ``today``). Raises NotFoundError."""
    rows = store.read(
        "MATCH (p:Policy)-[:TARGETS]->(n:Target {id: $id}) OPTIONAL MATCH (n)-[:APPLIES_TO]->(g:Region) "
        f"RETURN {shape(TargetSummary, 'n')} AS target, {shape(Evidence, 'n')} AS evidence, "
        f"{shape(PolicyRef, 'p')} AS policy, {shape(RegionRef, 'g')} AS region",
        {"id": id_},
    )
    if not rows:
        raise NotFoundError(f"target {id_}: not in this graph")
    row = rows[0]
    return made(
        TargetDetail,
        row["target"],
        evidence=made(Evidence, row["evidence"]),
        policy=made(PolicyRef, row["policy"]),
        validity=validity(store, row["policy"]["id"], as_of or today),
        tasks=_tasks(store, id_),
        bound_parks=_parks(store, id_),
        bound_region=made_or_none(RegionRef, row["region"]),
    )


def _tasks(store: Reader, id_: str) -> list[TaskRef]:
    query = f"MATCH (t:Task)-[:TARGETS]->(:Target {{id: $id}}) RETURN {shape(TaskRef, 't')} AS task"
    return sorted((made(TaskRef, row["task"]) for row in store.read(query, {"id": id_})), key=lambda task: task.id)


def _parks(store: Reader, id_: str) -> list[ParkRef]:
    query = f"MATCH (:Target {{id: $id}})-[:APPLIES_TO]->(k:Park) RETURN {shape(ParkRef, 'k')} AS park"
    return sorted((made(ParkRef, row["park"]) for row in store.read(query, {"id": id_})), key=lambda park: park.id)
