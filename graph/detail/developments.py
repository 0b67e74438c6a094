"""The industries that policies give parks to develop."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail.refs import Evidence, IndustryRef, ParkRef, PolicyRef, View, made, shape
from graph.detail.validity import facts, holds
from graph.store import Reader, Row


class Development(View):
    """A sentence that gives a park an industry to develop."""

    park: ParkRef = Field(description="The park")
    industry: IndustryRef = Field(description="The industry")
    mention: str | None = Field(None, description="The industry as it stands in the text")
    policy: PolicyRef = Field(description="The policy that says so")
    in_force: bool | None = Field(None, description="Whether the policy holds on the day asked for; null: not known")
    evidence: Evidence = Field(description="The sentence")


def developments(store: Reader, pattern: str, id_: str, day: date) -> list[Development]:
    """Those of a pattern with a park ``k``, an edge ``r`` and an industry ``i``; by name of the park, then the industry."""
    query = (
        f"MATCH {pattern} MATCH (p:Policy {{id: r.policy}}) RETURN {shape(ParkRef, 'k')} AS park, "
        f"{shape(IndustryRef, 'i')} AS industry, r.mention AS mention, {shape(PolicyRef, 'p')} AS policy, "
        f"{shape(Evidence, 'r')} AS evidence, {facts('p')} AS facts"
    )
    found = [_development(row, day) for row in store.read(query, {"id": id_})]
    return sorted(
        found,
        key=lambda each: (each.park.id, each.industry.id, each.policy.id, each.evidence.start, each.mention or ""),
    )


def _development(row: Row, day: date) -> Development:
    return made(
        Development,
        {"mention": row["mention"], "in_force": holds(row["facts"], day)},
        park=made(ParkRef, row["park"]),
        industry=made(IndustryRef, row["industry"]),
        policy=made(PolicyRef, row["policy"]),
        evidence=made(Evidence, row["evidence"]),
    )
