"""A policy with everything that is known of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from graph.detail.references import Reference, references_in, references_out
from graph.detail.refs import (
    AgencyRef,
    Evidence,
    ParkRef,
    PolicyGenre,
    PolicyRef,
    PolicyStatus,
    RegionRef,
    TargetSummary,
    View,
    evidence_of,
    made,
    made_or_none,
    shape,
)
from graph.detail.tasks import TaskItem, outline, target_order
from graph.detail.unresolved import UnresolvedItem, unresolved_of
from graph.detail.validity import Validity, facts, judge, replacements
from graph.errors import NotFoundError
from graph.schema import PLACE, returned
from graph.store import Reader, Row

_ONE = "MATCH (p:Policy {id: $id})"
_OWN = [
    "doc_type",
    "genre",
    "status",
    "issuers",
    "issued_on",
    "published_on",
    "effective_on",
    "expires_on",
    "in_force_from",
    "in_force_to",
]


class PolicyDocument(View):
    """A document in which a policy was found."""

    sha256: str = Field(description="SHA-256 of its bytes: the id of the document")
    source: str = Field(description="Name of the file")
    media_type: str | None = Field(None, description="Media type")
    characters: int = Field(description="Length of its text")
    covered: int = Field(description="Characters that some task, clause, header field or target covers")
    covered_share: float = Field(description="The same as a share of the text, between 0 and 1")
    primary: bool = Field(description="Whether it speaks for the policy: all evidence stands in it")


class ParkMention(View):
    """A park that a policy names."""

    park: ParkRef = Field(description="The park")
    mentions: list[str] = Field([], description="How the policy calls it")
    evidence: Evidence = Field(description="The first sentence that names it")


class PolicyCounts(View):
    """How much was understood of a policy."""

    tasks: int = Field(description="Tasks")
    owned_tasks: int = Field(description="Tasks that some agency answers for")
    duties: int = Field(description="Ties of an agency to a task")
    agencies: int = Field(description="Agencies that answer for a task")
    targets: int = Field(description="Targets")
    parks: int = Field(description="Parks that it names")
    references_out: int = Field(description="References to other policies")
    references_in: int = Field(description="References of other policies to it")
    unresolved: int = Field(description="What was not understood")


class PolicyDetail(PolicyRef):
    """A policy with everything that is known of it."""

    doc_type: str | None = Field(None, description="Its kind, such as 通知 or 实施方案")
    genre: PolicyGenre | None = Field(
        None, description="interpretation: an article that explains a policy; forwarding: a notice that passes one on"
    )
    status: PolicyStatus | None = Field(None, description="issued or draft; null for one that is only cited")
    issuers: list[str] = Field([], description="Names of the issuers")
    issued_by: list[AgencyRef] = Field([], description="The issuers as agencies, by name")
    region: RegionRef | None = Field(None, description="Where it applies")
    issued_on: date | None = Field(None, description="Day of issue")
    published_on: date | None = Field(None, description="Day of publication")
    effective_on: date | None = Field(None, description="Day that it names as that of its effect")
    expires_on: date | None = Field(None, description="Day that it names as that of its end")
    in_force_from: date | None = Field(None, description="First day on which it holds, as far as is known")
    in_force_to: date | None = Field(None, description="Last day on which it holds, as far as is known")
    validity: Validity = Field(description="Whether it holds on the day asked for")
    documents: list[PolicyDocument] = Field(
        [], description="Where it was found; the one that speaks for it comes first"
    )
    tasks: list[TaskItem] = Field([], description="Its tasks, in the order of the document")
    targets: list[TargetSummary] = Field([], description="Its targets, in the order of the document")
    references_out: list[Reference] = Field([], description="What it refers to, in the order of the document")
    references_in: list[Reference] = Field([], description="What refers to it, by the id of the referring policy")
    parks: list[ParkMention] = Field([], description="Parks that it names, in the order of the document")
    unresolved: list[UnresolvedItem] = Field([], description="What was not understood of it")
    counts: PolicyCounts = Field(description="How much was understood")
    covered_share: float | None = Field(None, description="Covered share of the document that speaks for it")
    evidence: Evidence | None = Field(None, description="Its title where it stands; null for one that is only cited")


def policy(store: Reader, id_: str, *, today: date, as_of: date | None = None) -> PolicyDetail:
    """The policy ``id_`` as it stands on ``as_of`` (else ``today``), by a dozen queries. Raises NotFoundError."""
    row = _facts(store, id_)
    tasks, documents = outline(store, id_), _documents(store, id_)
    out, parks = references_out(store, id_), _parks(store, id_)
    parts: dict[str, Any] = {
        "tasks": tasks,
        "targets": _targets(store, id_),
        "references_out": out,
        "references_in": references_in(store, id_),
        "parks": parks,
        "unresolved": unresolved_of(store, id_, tasks, out),
    }
    return made(
        PolicyDetail,
        {name: row[name] for name in _OWN},
        **row["policy"],
        issued_by=_issued_by(store, id_),
        region=made_or_none(RegionRef, row["region"]),
        validity=judge(row["facts"], replacements(store, id_), as_of or today),
        documents=documents,
        counts=_counts(parts),
        covered_share=documents[0].covered_share if documents else None,
        evidence=evidence_of({**row, "policy": id_}) if row["document"] else None,
        **parts,
    )


def _facts(store: Reader, id_: str) -> Row:
    own = ", ".join(f"p.{name} AS {name}" for name in _OWN)
    rows = store.read(
        f"{_ONE} OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region) RETURN {shape(PolicyRef, 'p')} AS policy, {own}, "
        f"{returned('p', PLACE)}, {shape(RegionRef, 'g')} AS region, {facts('p')} AS facts",
        {"id": id_},
    )
    if not rows:
        raise NotFoundError(f"policy {id_}: not in this graph")
    return rows[0]


def _issued_by(store: Reader, id_: str) -> list[AgencyRef]:
    rows = store.read(f"{_ONE} MATCH (a:Agency)-[:ISSUED]->(p) RETURN {shape(AgencyRef, 'a')} AS agency", {"id": id_})
    return sorted((made(AgencyRef, row["agency"]) for row in rows), key=lambda agency: agency.id)


def _documents(store: Reader, id_: str) -> list[PolicyDocument]:
    query = (
        f"{_ONE} MATCH (p)-[r:STATED_IN]->(d:Document) RETURN d.id AS sha256, d.source AS source, "
        "d.media_type AS media_type, d.characters AS characters, d.covered AS covered, r.`primary` AS `primary`"
    )
    found = [
        made(PolicyDocument, row, covered_share=row["covered"] / row["characters"] if row["characters"] else 1.0)
        for row in store.read(query, {"id": id_})
    ]
    return sorted(found, key=lambda document: (not document.primary, document.source, document.sha256))


def _targets(store: Reader, id_: str) -> list[TargetSummary]:
    query = f"{_ONE} MATCH (p)-[:TARGETS]->(n:Target) RETURN {shape(TargetSummary, 'n')} AS target, "
    rows = store.read(query + f"{shape(Evidence, 'n')} AS evidence", {"id": id_})
    found = [made(TargetSummary, row["target"], evidence=made(Evidence, row["evidence"])) for row in rows]
    return sorted(found, key=target_order)


def _parks(store: Reader, id_: str) -> list[ParkMention]:
    query = f"{_ONE} MATCH (p)-[r:MENTIONS]->(k:Park) RETURN {shape(ParkRef, 'k')} AS park, r.mentions AS mentions, "
    found = [
        made(
            ParkMention,
            {"mentions": row["mentions"]},
            park=made(ParkRef, row["park"]),
            evidence=made(Evidence, row["evidence"]),
        )
        for row in store.read(query + f"{shape(Evidence, 'r')} AS evidence", {"id": id_})
    ]
    return sorted(found, key=lambda each: (each.evidence.start, each.park.id))


def _counts(parts: dict[str, Any]) -> PolicyCounts:
    tasks: list[TaskItem] = parts["tasks"]
    duties = [duty for task in tasks for duty in task.duties]
    return PolicyCounts(
        owned_tasks=sum(bool(task.duties) for task in tasks),
        duties=len(duties),
        agencies=len({duty.agency.id for duty in duties}),
        **{name: len(value) for name, value in parts.items()},
    )
