"""An industry: the tasks that promote it, where, and the parks that are to develop it."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail import related
from graph.detail.developments import Development, developments
from graph.detail.refs import IndustryRef, PolicyTask, made, shape
from graph.errors import NotFoundError
from graph.store import Reader

_TASKS = "(t:Task)-[:PROMOTES]->(:Industry {id: $id})"


class IndustryDetail(IndustryRef):
    """An industry with what the graph knows of it."""

    aliases: list[str] = Field([], description="How policies call it otherwise")
    parks: list[Development] = Field([], description="Parks to which policies give it to develop, by name of the park")
    tasks: list[PolicyTask] = Field(
        [], description="Tasks that promote it, of the latest policies first; at most the limit"
    )
    tasks_total: int = Field(description="How many tasks promote it")
    regions: list[related.RegionCount] = Field(
        [], description="Regions whose policies promote it, the most tasks first"
    )


def industry(store: Reader, id_: str, *, today: date, as_of: date | None = None, limit: int = 100) -> IndustryDetail:
    """The industry ``id_``. With ``as_of`` without tasks of policies known not to be in force on that day.

    Raises NotFoundError.
    """
    query = f"MATCH (i:Industry {{id: $id}}) RETURN {shape(IndustryRef, 'i')} AS industry, i.aliases AS aliases"
    rows = store.read(query, {"id": id_})
    if not rows:
        raise NotFoundError(f"industry {id_}: not in this graph")
    day = as_of or today
    tasks = related.task_ids(store, _TASKS, id_, as_of)
    return made(
        IndustryDetail,
        {**rows[0]["industry"], "aliases": rows[0]["aliases"]},
        parks=developments(store, "(k:Park)-[r:DEVELOPS]->(i:Industry {id: $id})", id_, day),
        tasks=related.tasks_in_full(store, tasks[:limit], day),
        tasks_total=len(tasks),
        regions=related.by_region(store, _TASKS, id_),
    )
