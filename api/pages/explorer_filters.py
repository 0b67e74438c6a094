"""Filters of the explorer: kinds, region, theme and day."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date
from typing import Any

from nicegui import ui

from api.pages.controls import theme_names
from api.pages.explorer_picture import LOOKS
from api.pages.explorer_view import View
from api.pages.frame import named
from api.pages.here import Here
from graph.detail import lists
from graph.store import Reader

Change = Callable[[Callable[[View], View]], Awaitable[None]]


async def filters(here: Here, view: View, change: Change) -> None:
    """Show them; ``change`` takes what makes another view of the present one."""
    t = here.t
    regions = dict((await here.kept("explore regions", _regions))[1])
    themes = await theme_names(here)
    with named(ui.element("div").classes("ex-filters").props("role=group"), t("explore.filters")):
        _kinds(here, view, change)
        for name, title, options in (("region", "param.region", regions), ("theme", "param.theme", themes)):
            given = getattr(view, name)
            options = options if not given or given in options else {**options, given: given}
            field = ui.select(options, label=t(title), value=given, clearable=True, with_input=True)
            field.props("outlined dense options-dense behavior=menu")
            field.on_value_change(_setter(name, change))
        day = ui.input(label=t("explore.as_of"), value=view.as_of.isoformat() if view.as_of else "")
        day.props("outlined dense type=date stack-label debounce=400").on_value_change(_setter("as_of", change))


def _kinds(here: Here, view: View, change: Change) -> None:
    with ui.element("fieldset").classes("ex-kinds"):
        with ui.element("legend"):
            ui.label(here.t("explore.kinds")).classes("pg-inline")
        for kind, look in LOOKS.items():
            with ui.element("label"):
                box = ui.element("input")
                box.props["type"], box.props["data-k"] = "checkbox", f"kind.{kind}"
                box.props.set_bool("checked", kind not in view.without)
                box.on("change", _switch(kind, change), js_handler="(event) => emit(event.target.checked)")
                ui.label(look.sign).classes("ex-sign").style(f"color: {look.color}").props("aria-hidden=true")
                ui.label(here.t(f"explore.kind.{kind}")).classes("pg-inline")


def _switch(kind: str, change: Change) -> Callable[[Any], Awaitable[None]]:
    async def switched(event: Any) -> None:
        def other(view: View) -> View:
            left = tuple(each for each in view.without if each != kind)
            return replace(view, without=left if event.args else (*left, kind))

        await change(other)

    return switched


def _setter(name: str, change: Change) -> Callable[[Any], Awaitable[None]]:
    async def chosen(event: Any) -> None:
        value: Any = event.value or None
        if name == "as_of" and value:
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return  # half typed
        await change(lambda view: replace(view, **{name: value}))

    return chosen


def _regions(reader: Reader) -> list[tuple[str, str]]:
    """Regions that policies apply in, and those around them."""
    rows = {row.code: row for row in lists.regions(reader)}
    wanted: set[str] = set()
    for code in (code for code, row in rows.items() if row.policies):
        up: str | None = code
        while up in rows and up not in wanted:
            wanted.add(up)
            up = rows[up].parent_code
    return [(code, rows[code].full_name or rows[code].name) for code in sorted(wanted)]
