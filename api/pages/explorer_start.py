"""Where the explorer begins: a box that finds a node, and a few to begin with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from api.pages import address
from api.pages.explorer_picture import LOOKS
from api.pages.explorer_view import Key
from api.pages.frame import heading
from api.pages.here import Here
from api.pages.searchbox import LONGEST, suggestions
from graph.detail.largest import largest
from graph.store import Reader

_FEW = 6


def node_box(here: Here, title: str, chosen: Callable[[Key], Awaitable[None]]) -> None:
    """A field that suggests nodes while somebody types; ``chosen`` takes the one that is chosen."""
    field = ui.select({}, label=title, with_input=True, clearable=True).classes("pg-hero-search")
    field.props("outlined dense hide-dropdown-icon input-debounce=150 options-dense behavior=menu")

    async def typed(event: Any) -> None:
        found = await suggestions(here, str(event.args or "").strip()[:LONGEST])
        field.set_options(
            {f"{each.kind}:{each.id}": f"{each.name} · {here.t(f'explore.kind.{each.kind}')}" for each in found}
        )

    async def taken() -> None:
        if field.value:
            kind, _, id_ = str(field.value).partition(":")
            field.set_value(None)
            await chosen((kind, id_))

    field.on("input-value", typed, throttle=0.1, leading_events=False)
    field.on_value_change(taken)


async def begin(here: Here) -> None:
    """The page without a node: the box, and the largest of what there is."""
    ui.label(here.t("explore.intro")).classes("pg-quiet pg-text")

    async def go(key: Key) -> None:
        ui.navigate.to(address.explore(*key))

    node_box(here, here.t("explore.start"), go)
    _, found = await here.kept("explore begin", _largest)
    for kind, rows in found:
        if rows:
            heading(f"{LOOKS[kind].sign} {here.t(f'explore.kinds.{kind}')}", 2)
            with ui.element("div").classes("ex-tools"):
                for id_, name in rows:
                    ui.link(name, address.explore(kind, id_)).classes("ex-button")


def _largest(reader: Reader) -> list[tuple[str, list[tuple[str, str]]]]:
    """Those of each kind that the graph says most of."""
    return [(label, largest(reader, label, _FEW)) for label in ("Policy", "Agency", "Park")]
