"""Controls of a form, made from the parameters that a query declares."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from typing import Any

from nicegui import ui

from api.pages.here import Here
from api.pages.searchbox import suggestions
from graph.detail import lists
from graph.detail.largest import largest
from graph.errors import QueryError
from graph.header import Param, Query
from graph.regions import resolve_region
from graph.store import Reader

Control = Callable[[], Any]
_MOST = 200  # things that are offered before anything is typed
_OFFERED: dict[str, Callable[[Reader], list[tuple[str, str]]]] = {
    "agency": lambda reader: largest(reader, "Agency", _MOST),
    "park": lambda reader: largest(reader, "Park", _MOST),
    "industry": lambda reader: largest(reader, "Industry", _MOST),
    "policy": lambda reader: [(each.id, each.title) for each in lists.policy_list(held=True).part(reader, 0, _MOST)],
    "region": lambda reader: _regions(reader),
}
_KINDS = {"agency": "Agency", "policy": "Policy", "park": "Park", "industry": "Industry", "region": "Region"}


async def control(here: Here, query: Query, param: Param, value: Any) -> Control:
    """Show the control of ``param``, filled with ``value``; what comes back reads it."""
    name = here.t.maybe(f"param.{param.name}", param.description.model_dump()[here.lang])
    title = name + (" *" if param.required else "")
    if param.type == "boolean":
        switch = ui.switch(name, value=_boolean(value if value is not None else param.default)).classes("pg-control")
        return lambda: switch.value
    if param.type in _KINDS or param.type == "theme":
        field = await _picker(here, param.type, title, value)
    elif param.enum:
        options = {each: here.t.maybe(f"{param.name}.{each}", each) for each in param.enum}
        field = ui.select(
            options, label=title, value=_one_of(options, value or param.default), clearable=not param.default
        )
    elif param.type == "string" and query.graph and param.name in query.graph.suggest:
        field = await _suggested(here, query, param, title, value)
    else:
        field = _input(param, title, value)
    field.classes("pg-control pg-wide" if param.type in ("agency", "policy", "park") else "pg-control").props(
        "outlined dense hide-hint"
    )
    field.props["hint"] = param.description.model_dump()[here.lang]
    return lambda: field.value


def _input(param: Param, title: str, value: Any) -> Any:
    if param.type in ("integer", "number"):
        made = ui.input(label=title, value=str(value or param.default or ""))
        return made.props("type=number step=1" if param.type == "integer" else "type=number step=any")
    if param.type == "date":
        return ui.input(label=title, value=_day(value or param.default)).props("type=date stack-label")
    return ui.input(label=title, value=str(value or param.default or ""))


async def _picker(here: Here, kind: str, title: str, value: Any) -> ui.select:
    """A list of things, that looks for more of them while somebody types. Any name may be typed, as in the address."""
    offered = theme_names(here) if kind == "theme" else _offered(here, kind)
    options = dict(await offered)
    value = _known(kind, value, options)
    if value:
        options.setdefault(value, value)
    field = ui.select(options, label=title, value=value, with_input=True, new_value_mode="add-unique", clearable=True)
    field.props("input-debounce=150 options-dense behavior=menu")

    async def typed(event: Any) -> None:
        found = await suggestions(here, str(event.args or "").strip(), (_KINDS[kind],))
        chosen = {field.value: options.get(field.value, field.value)} if field.value else {}
        field.set_options({**options, **{each.id: each.name for each in found}, **chosen}, value=field.value)

    if kind in _KINDS:
        field.on("input-value", typed, throttle=0.2, leading_events=False)
    return field


async def _suggested(here: Here, query: Query, param: Param, title: str, value: Any) -> ui.select:
    """A list of what the header's own query suggests."""
    cypher = query.graph.suggest[param.name] if query.graph else ""
    _, rows = await here.kept(("suggested", query.name, param.name), lambda reader: reader.read(cypher))
    options = sorted(
        {str(row[param.name]) for row in rows if row[param.name] is not None} | ({str(value)} if value else set())
    )
    return ui.select(
        options, label=title, value=value, with_input=True, new_value_mode="add-unique", clearable=True
    ).props("options-dense behavior=menu")


async def _offered(here: Here, kind: str) -> dict[str, str]:
    return dict((await here.kept(("offered", kind), _OFFERED[kind]))[1])


async def theme_names(here: Here) -> dict[str, str]:
    """The themes by key, in the language of the page."""
    _, rows = await here.kept("themes", lists.themes)
    return {row.key: (row.name_en if here.lang == "en" else row.name_zh) or row.key for row in rows}


def _known(kind: str, value: Any, options: dict[str, str]) -> str | None:
    """The key among ``options`` that ``value`` means, or itself: any usual name may stand in an address."""
    if not value or value in options:
        return value or None
    if kind == "region":
        with contextlib.suppress(QueryError):
            return resolve_region(str(value))
    named = [key for key, name in options.items() if name == value]
    return named[0] if len(named) == 1 else str(value)


def _regions(reader: Reader) -> list[tuple[str, str]]:
    """The regions that policies apply in, and those that they are part of."""
    rows = {row.code: row for row in lists.regions(reader)}
    wanted: set[str] = set()
    for row in rows.values():
        code: str | None = row.code if row.policies else None
        while code and code in rows and code not in wanted:
            wanted.add(code)
            code = rows[code].parent_code
    return [(code, rows[code].full_name or rows[code].name) for code in sorted(wanted)]


def _one_of(options: dict[str, str], value: Any) -> Any:
    return value if value in options else None


def _boolean(value: Any) -> bool:
    return str(value).strip().lower() in ("true", "yes", "1", "是")


def _day(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")
