"""The lists of policies, tasks, agencies, parks, industries, regions and themes: filters, a table, a page of it at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from api.pages import address
from api.pages.entity import framed, here_with, place, turner
from api.pages.frame import frame, heading, stylesheet
from api.pages.here import Here, page
from api.pages.later import later
from api.pages.listing_form import form, given
from api.pages.listing_kinds import KINDS, Column, Kind
from api.pages.text_html import el, joined, link, put
from graph.errors import QueryError
from graph.store import Reader

_A_PAGE = 50


def _register(kind: Kind) -> None:
    @page(f"/{kind.name}")
    async def listed(here: Here) -> None:
        await _list(here, kind)


async def _list(here: Here, kind: Kind) -> None:
    asked, at = given(here, kind), place(here)
    sort = _sort(here, kind)

    def work(reader: Reader) -> tuple[int, list[Any]]:
        listing = kind.listing(**asked)
        return listing.count(reader), listing.part(reader, (at - 1) * _A_PAGE, _A_PAGE, sort)

    async def show(kept: tuple[int, tuple[int, list[Any]]]) -> None:
        _show(here, kind, *kept[1])

    title = here.t(f"listing.{kind.name}")
    params = {**asked, "sort": sort}
    with frame(
        here, title, nav="browse", json=address.answer(kind.name, params), csv=address.answer(kind.name, params, "csv")
    ):
        stylesheet("entity")
        heading(title)
        put(_kinds(here, kind))
        put(await form(here, kind))
        key = ("listing", kind.name, tuple(sorted(asked.items(), key=str)), sort, at)
        await later(here, here.kept(key, work), show)


def _show(here: Here, kind: Kind, total: int, rows: Sequence[Any]) -> None:
    """How many there are, a page of them, and links to the others."""
    put(el("p", here.t("listing.count", count=f"{total:,}"), class_="pg-quiet"))
    if rows:
        put(_table(here, kind, rows, _sort(here, kind)))
    turn = turner(here, place(here), _A_PAGE, total)
    if turn:
        put(turn)


def _kinds(here: Here, chosen: Kind) -> Markup:
    """Links to the other lists."""
    items = [
        el("li", link(here.t(f"listing.{kind.name}"), f"/{kind.name}", aria_current="page" if kind is chosen else None))
        for kind in KINDS
    ]
    return el("nav", el("ul", *items, class_="pe-tabs"), aria_label=here.t("listing.kinds"))


def _sort(here: Here, kind: Kind) -> str | None:
    """The column to sort by, with - before it for falling. Raises QueryError for what is none."""
    sort = here.param("sort")
    if sort and sort.removeprefix("-") not in {column.field for column in kind.columns if column.sorts}:
        raise QueryError("sort: no such column")
    return sort


def _table(here: Here, kind: Kind, rows: Sequence[Any], sort: str | None) -> Markup:
    head = el("tr", *(_heading(here, column, sort) for column in kind.columns))
    body = [el("tr", *(_cell(here, column, row) for column in kind.columns)) for row in rows]
    return framed(head, body, here.t(f"listing.{kind.name}"), stacked=len(kind.columns) > 3, look="pe-listing")


def _name(here: Here, column: Column) -> str:
    return here.t(f"listing.column.{column.label or column.field}")


def _cell(here: Here, column: Column, row: Any) -> Markup:
    return el("td", column.cell(here, row), class_=column.look, data_l=_name(here, column))


def _heading(here: Here, column: Column, sort: str | None) -> Markup:
    """A column's name, by which a list can be sorted: figures and days fall at first, words rise."""
    name = _name(here, column)
    if not column.sorts:
        return el("th", name, scope="col")
    first, second = (f"-{column.field}", column.field) if column.falls else (column.field, f"-{column.field}")
    now = {column.field: "ascending", f"-{column.field}": "descending"}.get(sort or "")
    sign = {"ascending": " ↑", "descending": " ↓"}.get(now or "")
    target = here_with(here, sort=second if sort == first else first, page=None)
    return el("th", link(joined([name, sign]), target), scope="col", aria_sort=now)


for _kind in KINDS:
    _register(_kind)
