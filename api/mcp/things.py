"""Single things by any usual name: a tool for each kind, and the kinds that resources are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import SkipJsonSchema

from api.mcp.tool import TEXT, Params, Reply, Tool, ToolFailureError
from api.mcp.words import thing_text
from api.service import Service
from graph.detail import agencies, industries, parks, policies, regions, targets, tasks, themes
from graph.detail.refs import View
from graph.entities import resolve_entity
from graph.regions import resolve_region
from graph.store import Reader


@dataclass(frozen=True)
class Kind:
    """A kind of thing. ``limited`` says that ``read`` takes how much of a list is wanted."""

    name: str
    plural: str
    title: str
    description: str
    read: Callable[..., View]
    model: type[View]
    example: str
    limited: bool = True

    def find(self, reader: Reader, name: str) -> str:
        """The id of what goes by ``name``. Raises QueryError for an unknown name, ToolFailureError for several."""
        if self.name in ("task", "target"):
            return name
        if self.name == "region":
            return resolve_region(name)
        ids = resolve_entity(reader, self.name, name)
        if len(ids) > 1:
            shown = ", ".join(ids[:8]) + (" …" if len(ids) > 8 else "")
            raise ToolFailureError(f"{self.name} {name}: {len(ids)} go by this name; ask for one by its id: {shown}")
        return ids[0]


KINDS = (
    Kind("policy", "policies", "One policy (一份政策)",
         "All that is known of one policy: dates, issuers, whether and why it is in force, what it replaces and cites, "
         "its tasks with who answers for them, its targets. 一份政策的全部信息。"
         "For all of a long list of tasks use policy_tasks; for the words get_policy_text.",
         policies.policy, policies.PolicyDetail, "驻政办〔2019〕125号", limited=False),
    Kind("task", "tasks", "One task (一项任务)",
         "One task of a policy by its id (task_id of other answers): its text, who leads, supports and is responsible, "
         "its targets. 一项任务:原文、牵头与配合单位、目标。",
         tasks.task, tasks.TaskDetail, "驻政办〔2019〕125号#2.3.1", limited=False),
    Kind("agency", "agencies", "One agency (一个部门)",
         "One agency: what it leads, supports and is responsible for, what it was before reforms and became after them, "
         "what it issued, with whom it works. 一个部门:职责、沿革、发文、合作部门。",
         agencies.agency, agencies.AgencyDetail, "驻马店市工业和信息化局"),
    Kind("park", "parks", "One park (一个园区)",
         "One industrial park: policies that name it, its industries, tasks and targets. 一个园区:政策、产业、任务、目标。",
         parks.park, parks.ParkDetail, "常德经开区"),
    Kind("target", "targets", "One target (一个目标)",
         "One target by its id (target_id of other answers): value, unit, year, whom it binds, where it is said. "
         "一个目标:数值、单位、年份、适用对象、出处。",
         targets.target, targets.TargetDetail, "target_id", limited=False),
    Kind("region", "regions", "One region (一个地区)",
         "One region by code or usual name: its policies, agencies, parks, its targets by indicator. "
         "一个地区:政策、部门、园区、各指标的目标。",
         regions.region, regions.RegionDetail, "常德"),
    Kind("industry", "industries", "One industry (一个产业)",
         "One industry: the parks that develop it and the tasks that promote it. 一个产业:发展它的园区、促进它的任务。",
         industries.industry, industries.IndustryDetail, "装备制造"),
    Kind("theme", "themes", "One theme (一个主题)",
         "One theme, such as green: its tasks, the regions and agencies that have most of them. 一个主题:任务、地区、部门。",
         themes.theme, themes.ThemeDetail, "green"),
)  # fmt: skip


class ThingParams(Params):
    """Which thing is wanted, and how much of it."""

    as_of: Annotated[
        date | SkipJsonSchema[None], Field(description="The day that validity is told for; else today (年-月-日)")
    ] = None
    limit: Annotated[int, Field(ge=1, le=200, description="How many items of each list at most")] = 20


class Thing(BaseModel):
    """Base of the answers."""

    revision: int = Field(description="The revision of the graph that the answer holds for")
    day: date = Field(description="The day that validity is told for")
    cut: dict[str, int] = Field(description="Lists that are longer than the limit, and how many items they have")


def thing_tools() -> list[Tool]:
    """``get_policy``, ``get_task`` and so on."""
    return [_tool(kind) for kind in KINDS]


def _tool(kind: Kind) -> Tool:
    said = "Its id (编号)" if kind.name in ("task", "target") else "Its id or any usual name (编号或常用名称)"
    about = Annotated[str, Field(min_length=1, max_length=TEXT, description=said, examples=[kind.example])]
    fields: dict[str, Any] = {kind.name: (about, ...)}
    params: type[ThingParams] = create_model(f"get_{kind.name}_params", __base__=ThingParams, **fields)
    shape: dict[str, Any] = {kind.name: (kind.model, ...)}
    answer: type[Thing] = create_model(f"get_{kind.name}_answer", __base__=Thing, **shape)

    def run(service: Service, given: ThingParams) -> Reply:
        name, today = getattr(given, kind.name), service.today()
        limits = {"limit": given.limit} if kind.limited else {}

        def work(reader: Reader) -> View:
            return kind.read(reader, kind.find(reader, name), today=today, as_of=given.as_of, **limits)

        revision, found = service.read(work)
        shown, cut = _cut(found, given.limit)
        day = given.as_of or today
        data = answer.model_validate({"revision": revision, "day": day, "cut": cut, kind.name: shown})
        return Reply(_text(kind, data, shown), data)

    example = f'Example: {{"{kind.name}": "{kind.example}"}}'
    return Tool(f"get_{kind.name}", kind.title, f"{kind.description}\n{example}", params, answer, run)


def _cut(found: View, limit: int) -> tuple[View, dict[str, int]]:
    """The view with at most ``limit`` items in each of its lists, and how long the others were."""
    long = {name: value for name, value in found if isinstance(value, list) and len(value) > limit}
    shown = found.model_copy(update={name: value[:limit] for name, value in long.items()})
    return shown, {name: len(value) for name, value in long.items()}


def _text(kind: Kind, data: Thing, shown: View) -> str:
    cut = "".join(f"\n({name}: the first of {count})" for name, count in data.cut.items())
    return f"{kind.name} (graph revision {data.revision}, day {data.day})\n{thing_text(shown.model_dump(mode='json'))}{cut}"
