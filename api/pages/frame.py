"""What stands around every page: header, navigation, switches, footer, and the links to the same answer as data."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TypeVar

from nicegui import ui

from api import __version__
from api.guard.door import COOKIE
from api.pages import address
from api.pages.here import Here
from api.pages.outside import DARK_COOKIE
from api.pages.problems import told
from api.pages.searchbox import searchbox

E = TypeVar("E", bound=ui.element)
CONTENT = "content"
_NAVIGATION = (
    ("home", "/"),
    ("questions", "/questions"),
    ("browse", "/policies"),
    ("explore", "/explore"),
    ("add", "/add"),
)
_SWITCH = """() => {
  const dark = !Quasar.Dark.isActive;
  document.cookie = `%s=${dark ? 1 : 0}; path=/; max-age=31536000; SameSite=Lax`;
  location.reload();
}"""


@contextlib.contextmanager
def frame(
    here: Here, title: str, *, nav: str = "", json: str | None = None, csv: str | None = None, search: bool = True
) -> Iterator[None]:
    """The page around its content. ``json`` and ``csv`` are the addresses of the same answer as data."""
    ui.page_title(f"{title} · parkgraph" if title != "parkgraph" else title)
    stylesheet("pages")
    script("lists")
    _main_landmark()
    _header(here, nav, search)
    _footer(here)
    with ui.element("div").classes("pg-page"):
        if json or csv:
            with ui.element("div").classes("pg-data"):
                data_links(here, json, csv)
        yield


def data_links(here: Here, json: str | None, csv: str | None) -> None:
    """Links to the same answer as JSON and as CSV."""
    for form, target in (("JSON", json), ("CSV", csv)):
        if target:
            named(ui.link(form, target), here.t("frame.as_data", form=form)).classes("pg-chip")


def problem(here: Here, status: int, detail: str) -> None:
    """A page that says what went wrong, and where to go on."""
    kind = status if status in (404, 422, 503) else 500
    with frame(here, here.t(f"problem.{kind}")):
        heading(here.t(f"problem.{kind}"))
        ui.label(here.t(f"problem.{kind}.text"))
        if said := told(here.t, detail):
            ui.label(said).classes("pg-quiet")
        ui.link(here.t("problem.home"), "/")


def heading(text: str, level: int = 1) -> None:
    """A heading of the page."""
    with ui.element(f"h{level}").classes(f"pg-h{level}"):
        ui.label(text).props("role=presentation").classes("pg-inline")


def named(element: E, name: str) -> E:
    """The element with a name for screen readers; any text may be one."""
    element.props["aria-label"] = name
    return element


def stylesheet(name: str) -> None:
    """Take in ``static/NAME.css``."""
    ui.add_head_html(f'<link rel="stylesheet" href="{address.STATIC}/{name}.css?v={__version__}">')


def script(name: str) -> None:
    """Take in ``static/NAME.js``, once in a page."""
    tag = f'<script src="{address.STATIC}/{name}.js?v={__version__}"></script>'
    if tag not in ui.context.client.head_html:
        ui.add_head_html(tag)


def _main_landmark() -> None:
    slot = ui.context.client.content.parent_slot
    if slot is not None:
        slot.parent.props(f"id={CONTENT} tabindex=-1")


def _header(here: Here, nav: str, search: bool) -> None:
    with ui.header(fixed=False).classes("pg-header"):
        ui.link(here.t("frame.skip"), f"#{CONTENT}").classes("pg-skip")
        ui.link("parkgraph", "/").classes("pg-brand")
        with named(ui.element("nav").classes("pg-nav"), here.t("frame.navigation")):
            for name, target in _NAVIGATION:
                link = ui.link(here.t(f"nav.{name}"), target)
                if name == nav:
                    link.props("aria-current=page")
        if search:
            with ui.element("div").classes("pg-header-search").props("role=search"):
                searchbox(here)
        _switches(here)


def _switches(here: Here) -> None:
    url = here.request.url
    with ui.element("div").classes("pg-switches"):
        ui.link(here.t("frame.language"), address.with_param(url.path, url.query, "lang", here.t.other)).props(
            f'lang="{here.t.other}" hreflang="{here.t.other}"'
        ).classes("pg-switch")
        dark = ui.button(icon="contrast").props("flat round dense").classes("pg-switch")
        named(dark, here.t("frame.dark")).on("click", js_handler=_SWITCH % DARK_COOKIE)
        _way_out(here)


def _way_out(here: Here) -> None:
    """Who is logged in, and a button that logs out; nothing for those who came without a key."""
    key = getattr(here.request.state, "key", None)
    if key is None or COOKIE not in here.request.cookies:
        return
    with ui.element("form").props("method=post action=/logout").classes("pg-leave"):
        with ui.element("button").props("type=submit").classes("pg-chip") as leave:
            ui.label(here.t("login.leave")).classes("pg-inline")
        leave.props["title"] = here.t("login.as", name=key.name)


def _footer(here: Here) -> None:
    with ui.footer(fixed=False).classes("pg-footer"):
        ui.label(here.t("frame.version", version=__version__))
        if here.revision is not None:
            ui.label(here.t("frame.revision", revision=here.revision))
        ui.link(here.t("frame.docs"), "/docs")
        ui.link("OpenAPI", "/openapi.json")
