"""The lists as data: which rows, which filters, which columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.pages import address
from api.pages.entity_words import day, theme_name
from api.pages.here import Here
from api.pages.text_html import Child, el, joined, link
from graph.detail import lists
from graph.detail.listed import PolicyRow, TaskRow
from graph.detail.listing import Listing


@dataclass(frozen=True)
class Column:
    """A column: the field of a row, how its cell looks, and whether one can sort by it."""

    field: str
    cell: Callable[[Here, Any], Child]
    sorts: bool = True
    falls: bool = False
    look: str | None = None
    label: str | None = None  # by which its heading goes, if not by the field


@dataclass(frozen=True)
class Kind:
    """A list: its name in addresses, what asks for its rows, its filters and its columns."""

    name: str
    listing: Callable[..., Listing[Any]]
    filters: tuple[str, ...]
    columns: tuple[Column, ...]


def _count(field: str) -> Column:
    return Column(field, lambda _, row: f"{getattr(row, field):,}", falls=True, look="pe-number")


def _plain(field: str) -> Column:
    return Column(field, lambda _, row: getattr(row, field) or "—")


def _level(field: str = "level") -> Column:
    return Column(field, lambda here, row: here.t.maybe(f"entity.level.{getattr(row, field)}", "—"))


def _linked(field: str, kind: str, id_: str = "id") -> Column:
    return Column(
        field, lambda _, row: link(getattr(row, field), address.node(kind, getattr(row, id_))), look="pe-first"
    )


def _policy(_: Here, row: PolicyRow) -> Child:
    number = el("div", row.doc_number, class_="pg-quiet") if row.doc_number and row.doc_number != row.title else None
    return joined([link(row.title, address.policy(row.id)), number])


def _task(_: Here, row: TaskRow) -> Child:
    return joined([el("span", row.path, class_="pe-path"), link(row.title, address.task(row.id))], " ")


def _state(here: Here, row: PolicyRow) -> Child:
    """What keeps a policy from being in force; nothing for the others."""
    name = "policy.status.draft" if row.status == "draft" else "entity.superseded" if row.superseded else None
    name = name or ("policy.article" if row.genre == "interpretation" else None if row.held else "policy.not_held")
    if name is None and row.in_force_to and row.in_force_to < here.today:
        name = "listing.expired"
    return el("span", here.t(name), class_="pe-state pe-state-off" if row.held else "pe-state") if name else None


def _names(field: str) -> Column:
    return Column(field, lambda _, row: "、".join(getattr(row, field)) or "—", sorts=False)


def _region(field: str) -> Column:
    return Column(
        field, lambda _, row: link(row.region, address.node("Region", row.region_code or "")) if row.region else "—"
    )


KINDS = (
    Kind("policies", lists.policy_list, ("q", "region", "year", "theme", "status", "held", "as_of"), (
        Column("title", _policy, look="pe-first"),
        _region("region"),
        Column("on", lambda here, row: day(row.on) or here.t("unknown"), falls=True, look="pe-value"),
        Column("state", _state, sorts=False),
        _count("tasks"), _count("targets"),
    )),
    Kind("tasks", lists.task_list, ("q", "region", "year", "theme", "role", "agency", "policy"), (
        Column("title", _task, look="pe-first", label="task"),
        Column("policy", lambda _, row: link(row.policy.title, address.policy(row.policy.id)), sorts=False),
        Column("on", lambda here, row: day(row.on) or here.t("unknown"), falls=True, look="pe-value"),
        _count("duties"),
    )),
    Kind("agencies", lists.agency_list, ("q", "region", "function"), (
        _linked("name", "Agency"), _plain("function"), _level(),
        _count("lead"), _count("responsible"), _count("support"), _count("policies"),
    )),
    Kind("parks", lists.park_list, ("q", "region", "park_class"), (
        _linked("name", "Park"), _plain("park_class"), _level(), _count("policies"), _count("tasks"), _count("targets"),
    )),
    Kind("industries", lists.industry_list, ("q",), (
        _linked("name", "Industry"), _names("aliases"), _count("tasks"), _count("developments"),
    )),
    Kind("regions", lists.region_list, ("q", "region", "level"), (
        Column("full_name", lambda _, row: link(row.full_name or row.name, address.node("Region", row.code)), look="pe-first"),
        _level(), _count("policies"), _count("agencies"), _count("parks"),
    )),
    Kind("themes", lists.theme_list, (), (
        Column("key", lambda here, row: link(theme_name(here.t, row.key), address.node("Theme", row.key)), look="pe-first"),
        _count("tasks"),
    )),
)  # fmt: skip
