"""The page of a theme: who answers for its tasks, where, and the tasks themselves."""

from __future__ import annotations

from collections.abc import Sequence

from api.pages import address
from api.pages.entity import as_of, bar, of_all_times, place, section, table
from api.pages.entity_lists import A_PAGE, MOST, regions, tasks
from api.pages.entity_near import near_map
from api.pages.entity_words import theme_name
from api.pages.frame import frame, heading, stylesheet
from api.pages.here import Here, page
from api.pages.text_html import Child, link
from graph.detail.refs import ROLES
from graph.detail.themes import AgencyCount, theme

_AGENCIES = 15


@page("/themes/{id:path}")
async def theme_page(here: Here) -> None:
    """The page of a theme."""
    key, on, limit = here.part(), as_of(here), min(MOST, A_PAGE * place(here))
    _, found = await here.kept(
        ("theme page", key, on, here.today, limit),
        lambda reader: theme(reader, key, today=here.today, as_of=on, limit=limit),
    )
    name = theme_name(here.t, found.key)
    with frame(here, name, nav="browse"):
        stylesheet("entity")
        heading(name)
        bar(here, "Theme", key)
        _agencies(here, found.agencies, found.agencies_total)
        tasks(here, found.tasks, found.tasks_total)
        regions(here, found.regions)
        await near_map(here, "Theme", key)


def _agencies(here: Here, found: Sequence[AgencyCount], total: int) -> None:
    """Who leads the most of its tasks."""
    if not found:
        return
    rows: list[Sequence[Child]] = [
        (link(each.agency.name, address.node("Agency", each.agency.id)), each.lead, each.responsible, each.support)
        for each in found[:_AGENCIES]
    ]
    title = of_all_times(here, here.t("entity.agencies"))
    head = [here.t("kind.Agency"), *(here.t(f"listing.column.{role}") for role in ROLES)]
    section(title, table(head, rows, title), count=total)
