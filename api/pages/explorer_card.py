"""The card of one node: what it is, what can be opened around it, and what else can be done with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from nicegui import ui

from api.pages import address
from api.pages.explorer_part import Shown
from api.pages.explorer_picture import LOOKS, label
from api.pages.explorer_view import STEP, Key, mark_of
from api.pages.frame import named
from api.pages.here import Here
from graph.neighbourhood import NearNode, Neighbourhood, RelationTotal

Do = Callable[..., Awaitable[None]]
_TOLD = ("status", "level", "basis")  # properties whose values are codes


def button(text: str, k: str, work: Callable[[], Awaitable[None]], name: str | None = None) -> ui.element:
    """A plain button that keeps the focus when it is drawn anew; ``k`` is what it is known by."""
    with ui.element("button").classes("ex-button") as made:
        ui.label(text).classes("pg-inline")
    made.props["type"], made.props["data-k"] = "button", k
    made.on("click", work)
    return named(made, name) if name else made


def card(here: Here, shown: Shown, key: Key, about: Neighbourhood, actions: dict[str, Do]) -> None:
    """Show the card. ``actions`` take the key of the node: grow, close, pin, hide, end, and what they need besides."""
    t, node = here.t, shown.nodes[key]
    with ui.element("h2").classes("pg-h3") as head:
        ui.label(label(t, shown, key)).classes("pg-inline")
    head.props["tabindex"], head.props["data-k"] = "-1", "card"
    ui.label(f"{LOOKS[key[0]].sign} {t(f'explore.kind.{key[0]}')}").classes("pg-quiet")
    _facts(here, node)
    page = address.node(*key) or _policy_page(node)
    if page:
        ui.link(t("explore.page"), page).classes("ex-button")
    _types(here, shown, key, about, actions["grow"])
    _buttons(here, shown, key, actions)


def _policy_page(node: NearNode) -> str | None:
    policy = node.properties.get("policy")
    return address.policy(str(policy)) if policy else None


def _facts(here: Here, node: NearNode) -> None:
    shown = {name: value for name, value in node.properties.items() if name not in ("policy", "name_zh", "name_en")}
    if not shown:
        return
    with ui.element("dl"):
        for name, value in shown.items():
            with ui.element("div"):
                with ui.element("dt"):
                    ui.label(here.t(f"explore.property.{name}"))
                with ui.element("dd"):
                    ui.label(_said(here, name, value))


def _said(here: Here, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return here.t("yes" if value else "no")
    if isinstance(value, float):
        return f"{value:,.6f}".rstrip("0").rstrip(".")
    if isinstance(value, date):
        return value.isoformat()
    return here.t.maybe(f"explore.{name}.{value}", str(value)) if name in _TOLD else str(value)


def _types(here: Here, shown: Shown, key: Key, about: Neighbourhood, grow: Do) -> None:
    """Every type of relationship that the node has: how many of them are open, and buttons for more and for fewer."""
    by_type: defaultdict[str, list[RelationTotal]] = defaultdict(list)
    for total in about.totals:
        by_type[total.type].append(total)
    opened = {each.type: each.many for each in shown.view.opened or () if each.mark == mark_of(key)}
    with named(ui.element("ul").classes("ex-types"), here.t("explore.types")):
        for type_, totals in by_type.items():
            _type(here, key, type_, totals, opened.get(type_, 0), grow)


def _type(here: Here, key: Key, type_: str, totals: list[RelationTotal], count: int, grow: Do) -> None:
    t, total = here.t, sum(each.total for each in totals)
    count = min(count, total)
    title = " / ".join(t(f"explore.{each.direction}.{type_}") for each in totals)
    with ui.element("li"):
        ui.label(f"{title} · {t('explore.of', count=count, total=total)}").classes("pg-inline")
        with ui.element("span").classes("ex-tools"):
            if count < total:
                step = min(STEP, total - count)
                word = "explore.more" if count else "explore.open"
                button(t(word, count=step), f"grow.{type_}", _call(grow, key, type_, count + step),
                       f"{title}: {t(word, count=step)}")  # fmt: skip
            if count:
                button(t("explore.shut"), f"shut.{type_}", _call(grow, key, type_, 0), f"{title}: {t('explore.shut')}")


def _buttons(here: Here, shown: Shown, key: Key, actions: dict[str, Do]) -> None:
    t, mark = here.t, mark_of(key)
    pinned = any(pin.mark == mark for pin in shown.view.pins)
    with named(ui.element("div").classes("ex-tools").props("role=group"), t("explore.actions")):
        pin = button(t("explore.pin"), "pin", _call(actions["pin"], key))
        pin.props["aria-pressed"] = str(pinned).lower()
        if any(each.mark == mark for each in shown.view.opened or ()):
            button(t("explore.collapse"), "collapse", _call(actions["close"], key))
        if len(shown.nodes) > 1:
            button(t("explore.hide"), "hide", _call(actions["hide"], key))
        if key[0] not in ("Document", "Unresolved"):
            waiting = len(shown.view.path) == 1 and shown.view.path[0] != key
            button(t("explore.path_to" if waiting else "explore.path_from"), "end", _call(actions["end"], key))


def _call(work: Do, *values: Any) -> Callable[[], Awaitable[None]]:
    return lambda: work(*values)
