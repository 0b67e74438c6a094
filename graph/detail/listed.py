"""The rows of lists: a reference to an entity, and what tells it from the others at a glance."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from graph.detail.refs import (
    AgencyRef,
    IndustryRef,
    ParkRef,
    PolicyGenre,
    PolicyRef,
    PolicyStatus,
    RegionRef,
    TaskRef,
    ThemeRef,
)


class PolicyRow(PolicyRef):
    """A policy in a list."""

    doc_type: str | None = Field(None, description="Its kind, such as 通知 or 实施方案")
    genre: PolicyGenre | None = Field(
        None, description="interpretation: an article that explains a policy; forwarding: a notice that passes one on"
    )
    region: str | None = Field(None, description="Full name of the region where it applies")
    region_code: str | None = Field(None, description="Code of that region")
    status: PolicyStatus | None = Field(None, description="issued or draft; null for one that is only cited")
    on: date | None = Field(None, description="Day of issue, else of publication, else of effect")
    issued_on: date | None = Field(None, description="Day of issue")
    published_on: date | None = Field(None, description="Day of publication")
    in_force_from: date | None = Field(None, description="First day on which it holds, as far as is known")
    in_force_to: date | None = Field(None, description="Last day on which it holds, as far as is known")
    superseded: bool = Field(False, description="Whether an issued policy replaces it as a whole")
    tasks: int = Field(description="How many tasks it has")
    targets: int = Field(description="How many targets it sets")


class TaskRow(TaskRef):
    """A task in a list."""

    policy: PolicyRef = Field(description="The policy that it is part of")
    region_code: str | None = Field(None, description="Code of the region where the policy applies")
    on: date | None = Field(None, description="Day of issue of the policy, else of publication, else of effect")
    duties: int = Field(description="How many ties to agencies it has")


class AgencyRow(AgencyRef):
    """An agency in a list."""

    lead: int = Field(description="Duties as lead")
    responsible: int = Field(description="Duties where the text tells no lead")
    support: int = Field(description="Duties as support")
    policies: int = Field(description="How many policies give it duties")


class ParkRow(ParkRef):
    """A park in a list."""

    aliases: list[str] = Field([], description="How policies call it otherwise")
    policies: int = Field(description="How many policies name it")
    tasks: int = Field(description="How many tasks name it")
    targets: int = Field(description="How many targets bind it")


class IndustryRow(IndustryRef):
    """An industry in a list."""

    aliases: list[str] = Field([], description="How policies call it otherwise")
    tasks: int = Field(description="How many tasks promote it")
    developments: int = Field(description="How many sentences give it to a park to develop")


class ThemeRow(ThemeRef):
    """A theme in a list."""

    tasks: int = Field(description="How many tasks are about it")


class RegionRow(RegionRef):
    """A region in a list."""

    parent_code: str | None = Field(None, description="Code of the region that it is part of")
    policies: int = Field(description="How many policies apply in just this region")
    agencies: int = Field(description="How many agencies serve just this region")
    parks: int = Field(description="How many parks lie in just this region")
