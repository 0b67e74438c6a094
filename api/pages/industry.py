"""The page of an industry: the parks that are to develop it, the tasks that promote it, and where."""

from __future__ import annotations

from api.pages.entity import as_of, bar, place
from api.pages.entity_lists import A_PAGE, MOST, developments, regions, tasks
from api.pages.entity_near import near_map
from api.pages.frame import frame, heading, stylesheet
from api.pages.here import Here, page
from api.pages.policy_head import fact_list
from api.pages.text_html import put
from graph.detail.industries import industry


@page("/industries/{id:path}")
async def industry_page(here: Here) -> None:
    """The page of an industry."""
    id_, on, limit = here.part(), as_of(here), min(MOST, A_PAGE * place(here))
    _, found = await here.kept(
        ("industry page", id_, on, here.today, limit),
        lambda reader: industry(reader, id_, today=here.today, as_of=on, limit=limit),
    )
    with frame(here, found.name, nav="browse"):
        stylesheet("entity")
        heading(found.name)
        bar(here, "Industry", id_)
        aliases = "、".join(name for name in found.aliases if name != found.name)
        put(fact_list([(here.t("entity.fact.aliases"), aliases)]))
        developments(here, found.parks, of_park=False)
        tasks(here, found.tasks, found.tasks_total)
        regions(here, found.regions)
        await near_map(here, "Industry", id_)
