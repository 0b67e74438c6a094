"""What was not understood of one policy: what ``graph.unresolved`` lists of all policies."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from graph.detail.references import Reference
from graph.detail.refs import Evidence, View, made, shape
from graph.detail.tasks import TaskItem
from graph.store import Reader

_NO_OFFICIAL_NAME, _NOT_HELD, _NO_OWNER = "no table knows its official name", "not held", "no owner"


class UnresolvedItem(View):
    """Something that was seen and not understood."""

    category: str = Field(description="agency, number, clause, park, citation or task")
    text: str | None = Field(None, description="What was seen")
    reason: str = Field(description="Why it was not understood")
    evidence: Evidence = Field(description="Where it stands")


def unresolved_of(
    store: Reader, policy: str, tasks: Sequence[TaskItem], references: Sequence[Reference]
) -> list[UnresolvedItem]:
    """What was noted of ``policy``, and what follows from its tasks and references: in the order of the document."""
    found = _noted(store, policy) + _unnamed(tasks)
    found += [
        _item("citation", each.policy.title, _NOT_HELD, each.evidence) for each in references if not each.policy.held
    ]
    found += [_item("task", task.title, _NO_OWNER, task.evidence) for task in tasks if not task.duties]
    return sorted(
        set(found),
        key=lambda item: (item.evidence.start, item.evidence.end, item.category, item.text or "", item.reason),
    )


def _unnamed(tasks: Sequence[TaskItem]) -> list[UnresolvedItem]:
    """Agencies whose official name no table knows, each where it is named first."""
    duties = [duty for task in tasks for duty in task.duties if not duty.agency.resolved]
    first: dict[str | None, UnresolvedItem] = {}
    for duty in sorted(duties, key=lambda duty: (duty.evidence.start, duty.evidence.end)):
        first.setdefault(duty.agency_name, _item("agency", duty.agency_name, _NO_OFFICIAL_NAME, duty.evidence))
    return list(first.values())


def _noted(store: Reader, policy: str) -> list[UnresolvedItem]:
    query = (
        "MATCH (p:Policy {id: $id}) MATCH (p)-[:STATED_IN]->(d:Document)<-[:NOTED_IN]-(u:Unresolved) WHERE u.category <> 'agency' "
        f"RETURN u.category AS category, u.text AS text, u.reason AS reason, {shape(Evidence, 'u')} AS evidence"
    )
    rows = store.read(query, {"id": policy})
    return [made(UnresolvedItem, {**row, "evidence": made(Evidence, row["evidence"])}) for row in rows]


def _item(category: str, text: str | None, reason: str, evidence: Evidence) -> UnresolvedItem:
    return UnresolvedItem(category=category, text=text, reason=reason, evidence=evidence)
