"""Whether a policy holds on a day, and why: what a reader is to be warned of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field

from graph.detail.refs import Evidence, PolicyRef, View, dated, made, shape
from graph.errors import NotFoundError
from graph.store import Reader

State = Literal["in_force", "superseded", "expired", "not_yet", "draft", "unknown", "not_held"]
_FACTS = ["genre", "status", "held", "superseded", "in_force_from", "in_force_to", "ended_on"]


class Replacement(View):
    """A policy that replaces another one, as a whole or where the two do not agree."""

    policy: PolicyRef = Field(description="The policy that replaces")
    extent: Literal["whole", "inconsistent_parts"] = Field(description="The whole policy, or what does not agree")
    basis: Literal["stated", "inferred"] = Field(description="Stated by the text, or inferred from clauses and titles")
    since: date | None = Field(None, description="Day from which it replaces, as far as is known")
    counts: bool = Field(description="Whether it ends the other one: held, issued, and as a whole")
    evidence: Evidence = Field(description="Where it is said")


class Validity(View):
    """Whether a policy holds on a day.

    ``superseded``, ``expired``, ``not_yet`` and ``draft`` mean that it does not; ``unknown`` and ``not_held`` that
    nobody can tell from what is held.
    """

    on: date = Field(description="The day that was asked for")
    state: State = Field(description="How the policy stands on that day")
    in_force: bool | None = Field(None, description="Whether it holds on that day; null where that is not known")
    reason: str = Field(description="Why, in one line of English")
    since: date | None = Field(None, description="Day from which it stands so; of not_yet, the day on which it begins")
    replaced_by: list[Replacement] = Field([], description="What replaces it, on whatever day, the earliest first")


def validity(store: Reader, policy: str, on: date) -> Validity:
    """How ``policy`` stands on a day. Raises NotFoundError."""
    rows = store.read(f"MATCH (p:Policy {{id: $id}}) RETURN {facts('p')} AS facts", {"id": policy})
    if not rows:
        raise NotFoundError(f"policy {policy}: not in this graph")
    return judge(rows[0]["facts"], replacements(store, policy), on)


def replacements(store: Reader, policy: str) -> list[Replacement]:
    """What replaces ``policy``, the earliest first."""
    query = (
        "MATCH (q:Policy)-[r:SUPERSEDES]->(p:Policy {id: $id}) "
        f"RETURN {shape(PolicyRef, 'q')} AS policy, {shape(Evidence, 'r')} AS evidence, r.extent AS extent, "
        f"r.basis AS basis, coalesce(q.in_force_from, {dated('q')}) AS since, q.status AS status"
    )
    found = [
        made(
            Replacement,
            {name: row[name] for name in ("extent", "basis", "since")},
            policy=made(PolicyRef, row["policy"]),
            counts=bool(row["policy"]["held"]) and row["status"] != "draft" and row["extent"] == "whole",
            evidence=made(Evidence, row["evidence"]),
        )
        for row in store.read(query, {"id": policy})
    ]
    return sorted(found, key=lambda each: (each.since or date.max, each.policy.id, each.basis, each.evidence.start))


def facts(variable: str) -> str:
    """A map of Cypher that holds what ``holds`` and ``judge`` need of a policy."""
    return "{" + ", ".join(f"`{name}`: {variable}.{name}" for name in _FACTS) + "}"


def holds(facts: Mapping[str, Any], on: date) -> bool | None:
    """Whether a policy is in force on a day; None where that is not known. The same as in the questions of ``cypher/``."""
    begins, ended = facts["in_force_from"], facts["ended_on"]
    if facts["status"] == "draft" or (begins and begins > on) or (ended and ended <= on):
        return False
    return True if begins and (ended or not facts["superseded"]) else None


def judge(facts: Mapping[str, Any], replaced_by: list[Replacement], on: date) -> Validity:
    """The validity that follows from the properties of a policy and from what replaces it."""
    state, since, reason = _state(facts, [each for each in replaced_by if each.counts], on)
    return Validity(on=on, state=state, in_force=holds(facts, on), reason=reason, since=since, replaced_by=replaced_by)


def _state(facts: Mapping[str, Any], replacing: list[Replacement], on: date) -> tuple[State, date | None, str]:
    begins, last, ended = facts["in_force_from"], facts["in_force_to"], facts["ended_on"]
    if facts["status"] == "draft":
        return "draft", None, "a draft for comment, never in force itself"
    if ended and ended <= on:
        by = next((each for each in replacing if each.since == ended), None)
        if by:
            return "superseded", ended, f"replaced by {by.policy.title} since {ended}"
        return "expired", ended, f"in force until {ended - timedelta(days=1)}"
    if not facts["held"]:
        return "not_held", None, "only cited: its document is not held"
    if begins and begins > on:
        return "not_yet", begins, f"in force from {begins}"
    if facts.get("genre") == "interpretation":
        return "unknown", None, "an article that explains a policy sets nothing itself"
    if begins is None:
        return "unknown", None, "no day is known from which it is in force"
    if ended is None and replacing:
        return "unknown", None, f"replaced by {replacing[0].policy.title}, on a day that is not known"
    return "in_force", begins, f"in force since {begins}" + (f", until {last}" if last else "")
