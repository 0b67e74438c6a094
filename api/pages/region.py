"""The page of a region: its policies, their targets by year, its agencies, parks and parts."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from api.pages import address
from api.pages.entity import as_of, bar, of_all_times, section, table
from api.pages.entity_lists import targets
from api.pages.entity_near import near_map
from api.pages.entity_words import day_cell
from api.pages.frame import frame, heading, stylesheet
from api.pages.here import Here, page
from api.pages.policy_head import fact_list
from api.pages.text_html import Child, el, joined, link, put
from graph.detail.listed import AgencyRow, PolicyRow
from graph.detail.refs import ROLES, RegionRef
from graph.detail.regions import RegionDetail, region

_AT_ONCE = 15


@page("/regions/{id:path}")
async def region_page(here: Here) -> None:
    """The page of a region."""
    code, on = here.part(), as_of(here)
    _, found = await here.kept(
        ("region page", code, on, here.today), lambda reader: region(reader, code, today=here.today, as_of=on)
    )
    with frame(here, found.full_name or found.name, nav="browse"):
        stylesheet("entity")
        heading(found.full_name or found.name)
        bar(here, "Region", code)
        put(_facts(here, found))
        _policies(here, found.policies, found.policies_total, code)
        targets(here, [target for group in found.targets for target in group.targets], found.targets_total)
        _agencies(here, found.agencies, found.agencies_total, code)
        _links(here, "parks", [(park.name, "Park", park.id) for park in found.parks])
        await near_map(here, "Region", code)


def _facts(here: Here, found: RegionDetail) -> Markup:
    t = here.t
    rows: list[tuple[str, Child]] = [
        ("code", found.code),
        ("level", t.maybe(f"entity.level.{found.level}", found.level) if found.level else None),
        ("part_of", joined((_link(each) for each in found.parents), "、") if found.parents else None),
        ("within", t("entity.policies_within", count=found.policies_within)),
        ("parts", _parts(here, found)),
    ]
    return fact_list([(t(f"entity.fact.{name}"), value) for name, value in rows])


def _parts(here: Here, found: RegionDetail) -> Markup | None:
    """Its parts with the number of policies in each."""
    links = [joined([_link(each), el("span", each.policies, class_="pe-count")]) for each in found.children]
    if len(links) > _AT_ONCE:
        return el("details", el("summary", here.t("entity.more", count=len(links))), joined(links, "、"))
    return joined(links, "、") if links else None


def _link(region: RegionRef) -> Markup:
    return link(region.name, address.node("Region", region.code))


def _policies(here: Here, found: Sequence[PolicyRow], total: int, code: str) -> None:
    if not found:
        return
    rows: list[Sequence[Child]] = [
        (
            link(each.title, address.policy(each.id)),
            day_cell(here.t, each.on),
            el("span", here.t("policy.not_held"), class_="pe-state") if not each.held else _state(here, each),
            each.tasks,
            each.targets,
        )
        for each in found[:_AT_ONCE]
    ]
    title = of_all_times(here, here.t("entity.policies"))
    head = [here.t(f"entity.column.{name}") for name in ("policy", "on", "state", "tasks", "targets")]
    all_ = link(here.t("entity.all", count=total), f"/policies?region={code}") if total > _AT_ONCE else None
    section(title, table(head, rows, title), all_, count=total)


def _state(here: Here, row: PolicyRow) -> Markup | None:
    """A sign beside a draft and what is superseded."""
    name = "policy.status.draft" if row.status == "draft" else "entity.superseded" if row.superseded else None
    return el("span", here.t(name), class_="pe-state pe-state-off") if name else None


def _agencies(here: Here, found: Sequence[AgencyRow], total: int, code: str) -> None:
    if not found:
        return
    rows: list[Sequence[Child]] = [
        (link(each.name, address.node("Agency", each.id)), each.lead, each.responsible, each.support, each.policies)
        for each in found[:_AT_ONCE]
    ]
    title = of_all_times(here, here.t("entity.agencies"))
    roles = [here.t(f"listing.column.{role}") for role in ROLES]
    all_ = link(here.t("entity.all", count=total), f"/agencies?region={code}") if total > _AT_ONCE else None
    section(
        title, table([here.t("kind.Agency"), *roles, here.t("entity.column.policies")], rows, title), all_, count=total
    )


def _links(here: Here, name: str, found: Sequence[tuple[str, str, str]]) -> None:
    if found:
        links = joined((link(text, address.node(kind, id_)) for text, kind, id_ in found), "、")
        section(here.t(f"entity.{name}"), el("p", links), count=len(found))
