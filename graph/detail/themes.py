"""A theme: the tasks that are about it, where, and who answers for them."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail import related
from graph.detail.refs import AgencyRef, PolicyTask, ThemeRef, View, made, shape
from graph.errors import NotFoundError
from graph.store import Reader

_TASKS = "(t:Task)-[:ABOUT]->(:Theme {id: $id})"


class AgencyCount(View):
    """How many tasks of a theme an agency answers for."""

    agency: AgencyRef = Field(description="The agency")
    lead: int = Field(description="Duties as lead")
    responsible: int = Field(description="Duties where the text tells no lead")
    support: int = Field(description="Duties as support")


class ThemeDetail(ThemeRef):
    """A theme with what the graph knows of it."""

    tasks: list[PolicyTask] = Field([], description="Tasks about it, of the latest policies first; at most the limit")
    tasks_total: int = Field(description="How many tasks are about it")
    regions: list[related.RegionCount] = Field([], description="Regions whose policies have such tasks, the most first")
    agencies: list[AgencyCount] = Field(
        [], description="Who leads the most of them, then by all duties; at most the limit"
    )
    agencies_total: int = Field(description="How many agencies answer for such tasks")


def theme(store: Reader, key: str, *, today: date, as_of: date | None = None, limit: int = 100) -> ThemeDetail:
    """The theme ``key``. With ``as_of`` without tasks of policies known not to be in force on that day.

    Regions and agencies are counted over all policies. Raises NotFoundError.
    """
    rows = store.read(f"MATCH (h:Theme {{id: $id}}) RETURN {shape(ThemeRef, 'h')} AS theme", {"id": key})
    if not rows:
        raise NotFoundError(f"theme {key}: not in this graph")
    tasks, agencies = related.task_ids(store, _TASKS, key, as_of), _agencies(store, key)
    return made(
        ThemeDetail,
        rows[0]["theme"],
        tasks=related.tasks_in_full(store, tasks[:limit], as_of or today),
        tasks_total=len(tasks),
        regions=related.by_region(store, _TASKS, key),
        agencies=agencies[:limit],
        agencies_total=len(agencies),
    )


def _agencies(store: Reader, key: str) -> list[AgencyCount]:
    query = (
        f"MATCH {_TASKS} MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(t) "
        "WITH a, sum(CASE WHEN r.role = 'lead' THEN 1 ELSE 0 END) AS lead, "
        "sum(CASE WHEN r.role = 'responsible' THEN 1 ELSE 0 END) AS responsible, "
        "sum(CASE WHEN r.role = 'support' THEN 1 ELSE 0 END) AS support "
        f"RETURN {shape(AgencyRef, 'a')} AS agency, lead AS lead, responsible AS responsible, support AS support"
    )
    found = [
        made(AgencyCount, {**row, "agency": made(AgencyRef, row["agency"])}) for row in store.read(query, {"id": key})
    ]
    return sorted(found, key=lambda each: (-each.lead, -(each.responsible + each.support), each.agency.id))
