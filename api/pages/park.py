"""The page of a park: its industries, targets by year, tasks, and the policies that name it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from api.pages import address
from api.pages.entity import as_of, bar, place, quoted, section, table
from api.pages.entity_lists import A_PAGE, MOST, developments, policy_link, targets, tasks
from api.pages.entity_near import near_map
from api.pages.entity_words import day_cell, holding
from api.pages.frame import frame, heading, stylesheet
from api.pages.here import Here, page
from api.pages.policy_head import fact_list
from api.pages.text_html import Child, joined, link, put
from graph.detail.parks import ParkDetail, PolicyMention, park


@page("/parks/{id:path}")
async def park_page(here: Here) -> None:
    """The page of a park."""
    id_, on, limit = here.part(), as_of(here), min(MOST, max(100, A_PAGE * place(here)))
    _, found = await here.kept(
        ("park page", id_, on, here.today, limit),
        lambda reader: park(reader, id_, today=here.today, as_of=on, limit=limit),
    )
    with frame(here, found.name, nav="browse"):
        stylesheet("entity")
        heading(found.name)
        bar(here, "Park", id_)
        put(_facts(here, found))
        targets(here, found.targets, found.targets_total)
        developments(here, found.industries, of_park=True)
        tasks(here, found.tasks, found.tasks_total)
        _policies(here, found.policies, found.policies_total)
        await near_map(here, "Park", id_)


def _facts(here: Here, found: ParkDetail) -> Markup:
    region, t = found.region, here.t
    rows: list[tuple[str, Child]] = [
        ("park_class", found.park_class),
        ("level", t.maybe(f"entity.level.{found.level}", found.level) if found.level else None),
        ("region", link(region.full_name or region.name, address.node("Region", region.code)) if region else None),
        ("aliases", "、".join(name for name in found.aliases if name != found.name)),
    ]
    return fact_list([(t(f"entity.fact.{name}"), value) for name, value in rows])


def _policies(here: Here, found: Sequence[PolicyMention], total: int) -> None:
    if not found:
        return
    rows: list[Sequence[Child]] = [
        (
            joined([policy_link(each.policy), holding(here.t, each.in_force)], " "),
            day_cell(here.t, each.on),
            quoted(here, each.evidence),
        )
        for each in found
    ]
    title = here.t("entity.named_in")
    head = [here.t(f"entity.column.{name}") for name in ("policy", "on", "quote")]
    section(title, table(head, rows, title), count=total)
