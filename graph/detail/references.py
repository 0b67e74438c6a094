"""The policies that a policy refers to, and those that refer to it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from graph.detail.refs import Evidence, PolicyRef, View, made, shape
from graph.schema import EDGE_TYPES, LINK_TYPES
from graph.store import Reader

Relation = Literal["supersedes", "based_on", "cites", "amends", "interprets", "forwards", "draft_of"]


class Reference(View):
    """A reference from one policy to another one."""

    relation: Relation = Field(
        description="What the referring policy does: supersedes, is based on, cites or amends; an article interprets, a notice "
        "forwards, a draft is that of the final version"
    )
    extent: Literal["whole", "inconsistent_parts"] | None = Field(
        None, description="Of supersedes: the whole policy, or what does not agree"
    )
    basis: Literal["stated", "inferred"] = Field("stated", description="Stated by the text, or inferred")
    policy: PolicyRef = Field(description="The policy at the other end")
    cited_title: str | None = Field(None, description="The title by which it is cited")
    cited_number: str | None = Field(None, description="The number by which it is cited")
    evidence: Evidence = Field(description="The sentence of the referring policy")


def references_out(store: Reader, policy: str) -> list[Reference]:
    """What ``policy`` refers to, in the order of its document."""
    return _references(store, "(:Policy {id: $id})-[r:%s]->(p:Policy)", policy)


def references_in(store: Reader, policy: str) -> list[Reference]:
    """What refers to ``policy``, by the referring policy and the place in its document."""
    return _references(store, "(:Policy {id: $id})<-[r:%s]-(p:Policy)", policy)


def _references(store: Reader, pattern: str, policy: str) -> list[Reference]:
    parts = [f"MATCH {pattern % kind} RETURN {_columns(relation)}" for relation, kind in LINK_TYPES.items()]
    found = [
        made(
            Reference,
            {name: value or None for name, value in row.items() if name not in ("policy", "evidence")},
            policy=made(PolicyRef, row["policy"]),
            evidence=made(Evidence, row["evidence"]),
        )
        for row in store.read(" UNION ALL ".join(parts), {"id": policy})
    ]
    return sorted(found, key=_order)


def _columns(relation: str) -> str:
    own = {prop.name for prop in EDGE_TYPES[LINK_TYPES[relation]].props}
    said = ", ".join(f"{f'r.{name}' if name in own else repr('')} AS {name}" for name in ("extent", "basis"))
    return (
        f"'{relation}' AS relation, {said}, r.cited_title AS cited_title, r.cited_number AS cited_number, "
        f"{shape(PolicyRef, 'p')} AS policy, {shape(Evidence, 'r')} AS evidence"
    )


def _order(reference: Reference) -> tuple[str, int, str, str]:
    place = reference.evidence
    return place.policy, place.start, reference.relation, reference.policy.id
