"""Lists of policies, tasks, agencies, parks, industries, themes and regions: one table, an address for each row of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.errors import READ, responses
from api.listing import OK_CSV, Items, paged, sortable
from api.paging import Rows
from api.params import Day
from graph.detail import listed, lists
from graph.detail.refs import PolicyStatus, Role
from graph.store import Reader


def _text(description: str) -> tuple[Any, Any]:
    return str | None, Field(None, max_length=300, description=description)


_REGION = _text("Region: code or any usual name; with all that lies in it")
_THEME = _text("Key of a theme, such as green")
_Q = _text("Words that the name holds")
_YEAR: tuple[Any, Any] = (int | None, Field(None, ge=1900, le=2999, description="Year of the policy"))
_LEVEL = _text("country, province, prefecture or county")


@dataclass(frozen=True)
class List:
    """A list: what makes its rows, what a row is, and by what it can be narrowed."""

    name: str
    summary: str
    work: Callable[..., Sequence[BaseModel]]
    row: type[BaseModel]
    filters: dict[str, tuple[Any, Any]]


LISTS = (
    List("policies", "Policies, the latest first", lists.policies, listed.PolicyRow, {
        "region": _REGION, "year": _YEAR, "theme": _THEME, "q": _Q,
        "status": (PolicyStatus | None, Field(None, description="issued or draft")),
        "held": (bool | None, Field(None, description="Whether its document is held; false: it is only cited")),
        "as_of": (Day | None, Field(None, description="Only those that are known to hold on this day")),
    }),
    List("tasks", "Tasks, those of the latest policies first", lists.tasks, listed.TaskRow, {
        "region": _REGION, "year": _YEAR, "theme": _THEME, "q": _Q,
        "agency": _text("Id of an agency that answers for it"),
        "role": (Role | None, Field(None, description="The role of that agency, or of any one")),
        "policy": _text("Id of the policy that it is part of"),
    }),
    List("agencies", "Agencies by id", lists.agencies, listed.AgencyRow, {
        "region": _REGION, "q": _Q, "function": _text("What it is for, such as 生态环境"),
    }),
    List("parks", "Parks by id", lists.parks, listed.ParkRow, {
        "region": _REGION, "q": _Q, "park_class": _text("Its class, such as 国家级经开区"),
        "industry": _text("Id of an industry that it develops"),
    }),
    List("industries", "Industries by id", lists.industries, listed.IndustryRow, {"q": _Q}),
    List("themes", "Themes by key", lists.themes, listed.ThemeRow, {}),
    List("regions", "Regions by code", lists.regions, listed.RegionRow, {"region": _REGION, "level": _LEVEL, "q": _Q}),
)  # fmt: skip


def router() -> APIRouter:
    """An address for each list."""
    made = APIRouter(tags=["resources"])
    for each in LISTS:
        made.get(
            f"/{each.name}",
            operation_id=f"list_{each.name}",
            summary=each.summary,
            response_model=Items[each.row],  # type: ignore[name-defined]
            responses={**OK_CSV, **responses(*READ)},
        )(listing(each))
    return made


def listing(each: List) -> Callable[..., Response]:
    """The function behind a list's address; its signature says its parameters."""
    columns = columns_of(each.row)
    scalars = [name for name, field in each.row.model_fields.items() if not _nested(field.annotation)]
    model = sortable(each.name, scalars, each.filters)

    def work(reader: Reader, _: date, asked: dict[str, Any]) -> Rows:
        found = each.work(reader, **{name: value for name, value in asked.items() if value is not None})
        return [row.model_dump() for row in found]

    return paged(f"/{each.name}", columns, model, work)


def columns_of(row: type[BaseModel]) -> list[str]:
    """The columns of a CSV of such rows: a reference in a row has its own columns, ``policy.id``."""
    columns = []
    for name, field in row.model_fields.items():
        inner = _nested(field.annotation)
        columns += [f"{name}.{part}" for part in inner.model_fields] if inner else [name]
    return columns


def _nested(annotation: Any) -> type[BaseModel] | None:
    return annotation if isinstance(annotation, type) and issubclass(annotation, BaseModel) else None
