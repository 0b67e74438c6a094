"""A theme: the tasks that are about it, where, and who answers for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from itertools import islice

from pydantic import Field

from graph.detail import related
from graph.detail.refs import ROLES, AgencyRef, PolicyTask, ThemeRef, View, made, shape
from graph.errors import NotFoundError
from graph.store import Reader, read_many

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
    tasks, duties = related.task_ids(store, _TASKS, key, as_of), _duties(store, key)
    return made(
        ThemeDetail,
        rows[0]["theme"],
        tasks=related.tasks_in_full(store, tasks[:limit], as_of or today),
        tasks_total=len(tasks),
        regions=related.by_region(store, _TASKS, key),
        agencies=_agencies(store, dict(islice(duties.items(), limit))),
        agencies_total=len(duties),
    )


def _duties(store: Reader, key: str) -> dict[str, Counter[str]]:
    """How many duties of each role an agency has in tasks of the theme, by its id; who leads the most first."""
    query = f"MATCH {_TASKS} MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(t) RETURN a.id AS id, r.role AS role, count(*) AS duties"
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in store.read(query, {"id": key}):
        counts[row["id"]][row["role"]] += int(row["duties"])
    return dict(sorted(counts.items(), key=lambda item: (-item[1]["lead"], -item[1].total(), item[0])))


def _agencies(store: Reader, duties: Mapping[str, Counter[str]]) -> list[AgencyCount]:
    """These agencies, in this order."""
    query = f"UNWIND $ids AS i MATCH (a:Agency {{id: i}}) RETURN {shape(AgencyRef, 'a')} AS agency"
    found = {row["agency"]["id"]: made(AgencyRef, row["agency"]) for row in read_many(store, query, duties)}
    return [AgencyCount(agency=found[id_], **{role: count[role] for role in ROLES}) for id_, count in duties.items()]
