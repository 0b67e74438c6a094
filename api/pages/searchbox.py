"""The box that finds things while somebody types: a choice opens its page, Enter lists all that is found."""

from __future__ import annotations

import asyncio
from typing import Any

from nicegui import ui

from api.pages import address
from api.pages.asking import leads_to
from api.pages.here import Here
from graph.suggest import Suggester, Suggestion

LONGEST = 100  # characters of a text that is looked for
_LIMIT = 12
_PRESENTED = ("Policy", "Task", "Agency", "Park", "Industry", "Theme", "Region")


def searchbox(here: Here) -> None:
    """A field with suggestions over everything that has a page."""
    field = ui.select({}, label=here.t("search.label"), new_value_mode="add-unique", clearable=True).classes(
        "pg-search"
    )
    field.props("dense outlined hide-dropdown-icon input-debounce=150 options-dense behavior=menu")
    offered: dict[str, str] = {}

    async def typed(event: Any) -> None:
        found = await suggestions(here, str(event.args or "").strip()[:LONGEST])
        offered.clear()
        offered.update({address.node(each.kind, each.id) or "/": _label(here, each) for each in found})
        field.set_options(dict(offered))

    async def chosen() -> None:
        if field.value in offered:
            ui.navigate.to(str(field.value))
        elif field.value:
            ui.navigate.to(await leads_to(here, str(field.value)))

    field.on("input-value", typed, throttle=0.1, leading_events=False)
    field.on_value_change(chosen)


async def suggestions(
    here: Here, text: str, kinds: tuple[str, ...] = _PRESENTED, limit: int = _LIMIT
) -> list[Suggestion]:
    """The first ``limit`` things of ``kinds`` whose names hold ``text``."""
    if not text:
        return []
    found = await asyncio.to_thread(suggester(here).suggest, here.service.store, text, 20 * limit)
    return [each for each in found if each.kind in kinds][:limit]


def suggester(here: Here) -> Suggester:
    """The names of this application's graph, read once for each revision."""
    state = here.request.state.app.state
    if not hasattr(state, "suggester"):
        state.suggester = Suggester()
    found: Suggester = state.suggester
    return found


def _label(here: Here, each: Suggestion) -> str:
    shown = each.name if each.match == each.name else f"{each.name} ({each.match})"
    of = f" · {each.id.replace('#', ' ')}" if each.kind == "Task" else ""  # tasks of several policies share a name
    return f"{shown} · {here.t(f'kind.{each.kind}')}{of}"
