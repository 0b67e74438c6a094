"""The views that all others are made of: references to entities, evidence, and how they come out of a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

PolicyStatus = Literal["issued", "draft"]
PolicyGenre = Literal["interpretation", "forwarding"]
Role = Literal["lead", "support", "responsible"]
Op = Literal[">=", "<=", "=", "~", "range"]
ROLES: tuple[Role, ...] = ("lead", "responsible", "support")


class View(BaseModel):
    """Base of every view: immutable, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(View):
    """Where it is said. Offsets count Unicode characters of the document's text: ``text[start:end] == quote``."""

    policy: str = Field(description="Id of the policy that says it")
    document: str = Field(description="SHA-256 of the document in which it stands")
    start: int = Field(description="Where the quote begins, in characters of the document's text")
    end: int = Field(description="Where the quote ends: the place after its last character")
    quote: str = Field(description="The words of the document")
    page: int | None = Field(None, description="Page on which the quote begins, from 1; null where there are no pages")
    table: int | None = Field(None, description="Number of the table in its document, from 1; null outside of tables")
    row: int | None = Field(None, description="Row of the table in which the quote begins, from 1")
    column: int | None = Field(None, description="Cell of that row, from 1; null where the quote takes in several")


class PolicyRef(View):
    """A policy, held or only cited."""

    id: str = Field(description="Id of the policy")
    title: str = Field(description="Its title; of one that is only cited, its number where it has no title")
    doc_number: str | None = Field(None, description="Its document number, such as 驻政办〔2019〕125号")
    held: bool = Field(False, description="Whether its document is held; false for one that is only cited")


class TaskRef(View):
    """An item of a policy that says what is to be done."""

    id: str = Field(description="Id of the task: the policy's id, # and the path")
    path: str = Field(description="Its number in the document, such as 2.3.1")
    title: str = Field(description="Its title")


class AgencyRef(View):
    """An agency, or a body that stands for many (各县区人民政府)."""

    id: str = Field(description="Id of the agency: its full name with its region")
    name: str = Field(description="Its full name")
    short_name: str | None = Field(None, description="Its usual name")
    function: str | None = Field(None, description="What it is for, such as 生态环境")
    level: str | None = Field(None, description="central, province, prefecture or county")
    region_code: str | None = Field(None, description="Six-digit code of its region")
    collective: bool = Field(False, description="Whether it stands for many bodies, such as 各县区人民政府")
    resolved: bool = Field(False, description="Whether a table knows its official name")


class ParkRef(View):
    """An industrial park."""

    id: str = Field(description="Id of the park: its full name")
    name: str = Field(description="Its full name")
    park_class: str | None = Field(None, description="Its class, such as 国家级经开区")
    level: str | None = Field(None, description="national, province, city or county")
    region_code: str | None = Field(None, description="Six-digit code of its region")


class IndustryRef(View):
    """An industry."""

    id: str = Field(description="Id of the industry: its name")
    name: str = Field(description="Its name")


class ThemeRef(View):
    """A theme, such as green development."""

    key: str = Field(description="Key of the theme, such as green")
    name_zh: str | None = Field(None, description="Its Chinese name")
    name_en: str | None = Field(None, description="Its English name")


class RegionRef(View):
    """A region of GB/T 2260."""

    code: str = Field(description="Six-digit code of GB/T 2260")
    name: str = Field(description="Its own name, such as 常德市")
    full_name: str | None = Field(None, description="Its name with those of all that it is part of: 湖南省常德市")
    level: str | None = Field(None, description="country, province, prefecture or county")


class TargetSummary(View):
    """A quantity that a policy commits to reach."""

    id: str = Field(description="Id of the target")
    path: str | None = Field(None, description="Number of the item of the document in which it stands")
    metric: str = Field(description="What is measured, in the words of the document")
    indicator: str | None = Field(None, description="Its canonical name from the table of indicators")
    op: Op = Field(description="How the value binds: at least, at most, exactly, about, or a range up to value_max")
    value: float = Field(description="The value as written, in unit; of a range, its lower end")
    value_max: float | None = Field(None, description="Upper end of a range")
    unit: str | None = Field(None, description="Unit as written")
    base_value: float | None = Field(None, description="The value in base_unit, so that targets can be compared")
    base_value_max: float | None = Field(None, description="Upper end of a range in base_unit")
    base_unit: str | None = Field(None, description="The unit to which others of its kind are converted")
    year: int | None = Field(None, description="Year by which it is to be reached")
    per_year: bool = Field(False, description="Whether it is to be reached in each year")
    baseline: str | None = Field(None, description="What a change is measured against")
    scope: str | None = Field(None, description="Whom it binds, in the words of the document")
    region_code: str | None = Field(None, description="Code of the region that its scope names")
    parks: list[str] = Field([], description="Ids of the parks that its scope names")
    evidence: Evidence = Field(description="Where it is said")


class PolicyTarget(TargetSummary):
    """A target with the policy that sets it."""

    policy: PolicyRef = Field(description="The policy that sets it")
    on: date | None = Field(None, description="Day of issue of the policy, else of publication, else of effect")
    in_force: bool | None = Field(None, description="Whether the policy holds on the day asked for; null: not known")


class PolicyTask(TaskRef):
    """A task with the policy that it is part of."""

    policy: PolicyRef = Field(description="The policy that it is part of")
    on: date | None = Field(None, description="Day of issue of the policy, else of publication, else of effect")
    in_force: bool | None = Field(None, description="Whether the policy holds on the day asked for; null: not known")
    evidence: Evidence = Field(description="The whole item")


V = TypeVar("V", bound=View)
_PROPERTIES: dict[type[View], dict[str, str]] = {  # fields that are called otherwise in the graph
    PolicyRef: {"title": "name"},
    AgencyRef: {"region_code": "region"},
    ParkRef: {"region_code": "region"},
    ThemeRef: {"key": "id"},
    RegionRef: {"code": "id"},
    TargetSummary: {"region_code": "region"},
}


def shape(view: type[View], variable: str) -> str:
    """A map of Cypher that holds all fields of ``view`` but those that are views themselves, of a node or an edge."""
    renamed = _PROPERTIES.get(view, {})
    names = [name for name in view.model_fields if name not in ("evidence", "policy") or view is Evidence]
    return "{" + ", ".join(f"`{name}`: {variable}.`{renamed.get(name, name)}`" for name in names) + "}"


def fields(view: type[View], variable: str) -> str:
    """The same fields, each a column of its own."""
    renamed = _PROPERTIES.get(view, {})
    return ", ".join(f"{variable}.`{renamed.get(name, name)}` AS `{name}`" for name in view.model_fields)


def dated(variable: str) -> str:
    """The day by which policies are put in order."""
    return f"coalesce({variable}.issued_on, {variable}.published_on, {variable}.effective_on)"


def made(view: type[V], values: Mapping[str, Any], **more: Any) -> V:
    """A view of what a query gave; what is absent there takes its default."""
    return view(**{name: value for name, value in {**values, **more}.items() if value is not None})


def made_or_none(view: type[V], values: Mapping[str, Any]) -> V | None:
    """A view, or None where an OPTIONAL MATCH found nothing: then all values are absent."""
    return made(view, values) if any(value is not None for value in values.values()) else None


def evidence_of(values: Mapping[str, Any]) -> Evidence:
    """The evidence among the properties of a node or an edge."""
    return Evidence(**{name: values[name] for name in Evidence.model_fields})


def latest_first(on: date | None) -> tuple[bool, int]:
    """A key that puts later days first, and what has none last."""
    return on is None, -on.toordinal() if on else 0
