"""What a search finds, as a list with the place in the text."""

from __future__ import annotations

from nicegui import ui

from api.pages import address
from api.pages.frame import frame, heading
from api.pages.here import Here, page
from api.pages.searchbox import LONGEST
from graph.search import Hit, search

_MOST = 50
_WORDS = 8


@page("/search")
async def found(here: Here) -> None:
    """The hits for ``?q=``, the best first."""
    text = (here.param("q") or "")[:LONGEST]
    words = " ".join(text.split()[:_WORDS])
    hits: list[Hit] = []
    if words:
        _, hits = await here.kept(("search", words.lower()), lambda reader: search(reader, words, None, _MOST))
    title = here.t("search.title", text=text) if text else here.t("search.nothing_asked")
    json = address.answer("search", {"q": text, "limit": _MOST}) if words else None
    with frame(here, title, json=json):
        heading(title)
        ui.label(here.t("search.count", count=len(hits), most=_MOST)).classes("pg-quiet").props("role=status")
        with ui.element("ul").classes("pg-hits"):
            for hit in hits:
                _hit(here, hit)


def _hit(here: Here, hit: Hit) -> None:
    target = address.node(hit.kind, hit.id) or (address.policy(hit.policy) if hit.policy else None)
    with ui.element("li"):
        ui.label(here.t(f"kind.{hit.kind}")).classes("pg-chip")
        if target:
            ui.link(hit.name or hit.id, target)
        else:
            ui.label(hit.name).classes("pg-inline")
        if hit.excerpt != hit.name:
            ui.label(hit.excerpt).classes("pg-quiet")
