"""The key that adding documents asks for: remembered by the server for this session only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import app, ui

from api.keys import Key, Keys, KeysError
from api.pages.frame import heading
from api.pages.here import Here
from api.pages.login import tried
from api.pages.text_html import el, put

_HELD = "parkgraph_write_key"


def held_key(here: Here) -> Key | None:
    """The key that may write, as it was given in this session, if it still may."""
    secret = app.storage.tab.get(_HELD)
    try:
        found = Keys(here.service.settings.keys).find(secret) if secret else None
    except KeysError:
        return None
    return found if found and found.scope == "write" else None


def forget_key() -> None:
    """Remember no key any more."""
    app.storage.tab.pop(_HELD, None)


def ask_for_key(here: Here, given: Callable[[], Awaitable[None]]) -> None:
    """A form that takes a key; ``given`` is called once there is one that may write."""
    t = here.t
    with ui.element("div").classes("ad-box"):
        heading(t("add.key.title"), 2)
        ui.label(t("add.key.why")).classes("pg-text")
        with ui.element("form").classes("ad-key") as form:
            field = ui.input(label=t("add.key.field"), password=True).props("outlined dense autocomplete=off")
            ui.button(t("add.key.use"), color=None).props("unelevated no-caps type=submit").classes("ad-main")
        failed = ui.label("").props("role=alert").classes("pg-warning")
        failed.set_visibility(False)
        ui.label(t("add.key.how")).classes("pg-quiet")
        put(el("pre", el("code", "parkgraph keys add NAME --scope write")))

    async def enter() -> None:
        secret = str(field.value or "").strip()
        found = tried(here, secret)
        if isinstance(found, Key) and found.scope == "write":
            app.storage.tab[_HELD] = secret
            await given()
            return
        failed.set_text(t(f"add.key.{'read' if isinstance(found, Key) else found}"))
        failed.set_visibility(True)
        field.set_value("")

    form.on("submit.prevent", enter)
