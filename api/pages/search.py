"""What a search finds, as a list with the place in the text."""

from __future__ import annotations

from nicegui import ui

from api.pages import address
from api.pages.frame import frame, heading
from api.pages.here import Here, page
from api.pages.later import later
from api.pages.searchbox import LONGEST
from graph.search import Hit, search
from graph.store import Reader, read_many

_MOST = 50
_WORDS = 8
_TITLES = "UNWIND $ids AS i MATCH (p:Policy {id: i}) RETURN p.id AS id, p.name AS title"


@page("/search")
async def found(here: Here) -> None:
    """The hits for ``?q=``, the best first."""
    text = (here.param("q") or "")[:LONGEST]
    words = " ".join(text.split()[:_WORDS])
    title = here.t("search.title", text=text) if text else here.t("search.nothing_asked")
    json = address.answer("search", {"q": text, "limit": _MOST}) if words else None
    with frame(here, title, json=json):
        heading(title)
        if words:
            work = here.kept(("search", words.lower()), lambda reader: _found(reader, words))
            await later(here, work, lambda kept: _show(here, *kept[1]))


async def _show(here: Here, hits: list[Hit], policies: dict[str, str]) -> None:
    said = here.t("search.first" if len(hits) == _MOST else "search.count", count=len(hits))
    ui.label(said if hits else here.t("search.nothing")).classes("pg-quiet").props("role=status")
    with ui.element("ul").classes("pg-hits"):
        for hit in hits:
            _hit(here, hit, policies.get(hit.policy or ""))


def _found(reader: Reader, words: str) -> tuple[list[Hit], dict[str, str]]:
    """The hits, and the titles of the policies that they are part of, by id."""
    hits = search(reader, words, None, _MOST)
    ids = {hit.policy for hit in hits if hit.policy}
    return hits, {row["id"]: row["title"] for row in read_many(reader, _TITLES, ids)}


def _hit(here: Here, hit: Hit, policy: str | None) -> None:
    target = address.node(hit.kind, hit.id) or (address.policy(hit.policy) if hit.policy else None)
    with ui.element("li"):
        ui.label(here.t(f"kind.{hit.kind}")).classes("pg-chip")
        if target:
            ui.link(hit.name or hit.id, target)
        else:
            ui.label(hit.name).classes("pg-inline")
        if policy:
            ui.label(policy).classes("pg-quiet pg-hit-policy")
        if hit.excerpt != hit.name:
            ui.label(hit.excerpt).classes("pg-quiet")
