"""The lists as data: which rows, which filters, which columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from api.pages import address
from api.pages.entity_words import day, theme_name
from api.pages.here import Here
from api.pages.text_html import Child, el, joined, link
from graph.detail import lists
from graph.detail.listed import PolicyRow


@dataclass(frozen=True)
class Column:
    """A column: the field of a row, how its cell looks, and whether one can sort by it."""

    field: str
    cell: Callable[[Here, Any], Child]
    sorts: bool = True
    falls: bool = False
    look: str | None = None


@dataclass(frozen=True)
class Kind:
    """A list: its name in addresses, what makes its rows, its filters and its columns."""

    name: str
    work: Callable[..., Sequence[Any]]
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


def _state(here: Here, row: PolicyRow) -> Child:
    """What keeps a policy from being in force; nothing for the others."""
    name = "policy.status.draft" if row.status == "draft" else "entity.superseded" if row.superseded else None
    name = name or (None if row.held else "policy.not_held")
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
    Kind("policies", lists.policies, ("q", "region", "year", "theme", "status", "held", "as_of"), (
        Column("title", _policy, look="pe-first"),
        _region("region"),
        Column("on", lambda here, row: day(row.on) or here.t("unknown"), falls=True, look="pe-value"),
        Column("state", _state, sorts=False),
        _count("tasks"), _count("targets"),
    )),
    Kind("agencies", lists.agencies, ("q", "region", "function"), (
        _linked("name", "Agency"), _plain("function"), _level(),
        _count("lead"), _count("responsible"), _count("support"), _count("policies"),
    )),
    Kind("parks", lists.parks, ("q", "region", "park_class"), (
        _linked("name", "Park"), _plain("park_class"), _level(), _count("policies"), _count("tasks"), _count("targets"),
    )),
    Kind("industries", lists.industries, ("q",), (
        _linked("name", "Industry"), _names("aliases"), _count("tasks"), _count("developments"),
    )),
    Kind("regions", lists.regions, ("q", "region", "level"), (
        Column("full_name", lambda _, row: link(row.full_name or row.name, address.node("Region", row.code)), look="pe-first"),
        _level(), _count("policies"), _count("agencies"), _count("parks"),
    )),
    Kind("themes", lists.themes, (), (
        Column("key", lambda here, row: link(theme_name(here.t, row.key), address.node("Theme", row.key)), look="pe-first"),
        _count("tasks"),
    )),
)  # fmt: skip
