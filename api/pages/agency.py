"""The page of an agency: what it was and became, its duties over the years, with whom it works, what it issued."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from nicegui import ui

from api.pages import address
from api.pages.charts.years import duties_by_year
from api.pages.entity import as_of, bar, of_all_times, place, quoted, section, table, turner
from api.pages.entity_lists import A_PAGE, MOST, bar_of, policy_link, tabs
from api.pages.entity_near import near_map
from api.pages.entity_words import day, holding, role_sign
from api.pages.frame import frame, heading, named, stylesheet
from api.pages.here import Here, page
from api.pages.policy_head import fact_list
from api.pages.text_html import Child, el, joined, link, put
from graph.detail.agencies import AgencyDetail, AgencyDuty, IssuedPolicy, Succession, agency
from graph.detail.refs import ROLES, Role

_ISSUED_AT_ONCE = 10


@page("/agencies/{id:path}")
async def agency_page(here: Here) -> None:
    """The page of an agency."""
    id_, on, limit = here.part(), as_of(here), min(MOST, A_PAGE * place(here))
    _, found = await here.kept(
        ("agency page", id_, on, here.today, limit),
        lambda reader: agency(reader, id_, today=here.today, as_of=on, limit=limit),
    )
    with frame(here, found.name, nav="browse"):
        stylesheet("entity")
        heading(found.name)
        bar(here, "Agency", id_)
        put(_facts(here, found))
        _reforms(here, found)
        _years(here, found)
        _duties(here, found)
        _others(here, found)
        _issued(here, found.issued, found.issued_total)
        await near_map(here, "Agency", id_)


def _facts(here: Here, found: AgencyDetail) -> Markup:
    region, t = found.region, here.t
    kinds = [t(f"entity.agency.{name}") for name in ("collective", "party") if getattr(found, name)]
    kinds += [] if found.resolved or found.collective else [t("entity.agency.unresolved")]
    names = [name for name in found.mentions if name != found.name]
    rows: list[tuple[str, Child]] = [
        ("short_name", found.short_name if found.short_name != found.name else None),
        ("function", found.function),
        ("level", t.maybe(f"entity.level.{found.level}", found.level) if found.level else None),
        ("region", link(region.full_name or region.name, address.node("Region", region.code)) if region else None),
        ("note", "; ".join(kinds)),
        ("mentions", "、".join(names)),
    ]
    return fact_list([(t(f"entity.fact.{name}"), value) for name, value in rows])


def _reforms(here: Here, found: AgencyDetail) -> None:
    """Before, now, after: one line of steps, the earliest first."""
    if not found.predecessors and not found.successors:
        return
    now = el("li", el("strong", found.name), el("span", here.t("entity.this"), class_="pg-quiet"), aria_current="true")
    steps = [*(_step(here, each, "became") for each in reversed(found.predecessors)), now]
    steps += [_step(here, each, "since") for each in found.successors]
    section(here.t("entity.reforms"), el("ol", *steps, class_="pe-steps"))


def _step(here: Here, each: Succession, way: str) -> Markup:
    when = here.t(f"entity.{way}", year=each.since) if each.since else here.t("unknown")
    note = el("span", f"{when} · {each.basis}" if each.basis else when, class_="pg-quiet")
    return el("li", link(each.agency.name, address.node("Agency", each.agency.id)), note)


def _years(here: Here, found: AgencyDetail) -> None:
    if not found.years:
        return
    section(here.t("entity.years"))
    names: dict[str, str] = {role: here.t(f"role.{role}") for role in ROLES}
    several = len(found.years) > 1  # one bar alone says no more than its figures
    if several:
        chart = ui.echart(duties_by_year(found.years, names, here.t("unknown"))).classes("pe-chart")
        named(chart, here.t("entity.years")).props("role=img")
    rows = [(str(year.year or here.t("unknown")), year.lead, year.responsible, year.support) for year in found.years]
    head = [here.t("entity.column.year"), *(here.t(f"listing.column.{role}") for role in ROLES)]
    figures = table(head, rows, here.t("entity.years"))
    put(el("details", el("summary", here.t("entity.as_table")), figures) if several else figures)


def _duties(here: Here, found: AgencyDetail) -> None:
    """The duties of one role at a time."""
    title = here.t("entity.duties")
    if not found.duties:
        section(title, el("p", here.t("entity.no_duties"), class_="pg-quiet"))
        return
    groups = {group.role: group for group in found.duties}
    asked = here.param("role")
    chosen = next((group for role, group in groups.items() if role == asked), found.duties[0])
    choices = [(role, here.t(f"role.{role}"), group.total) for role, group in groups.items()]
    at = place(here)
    rows = [_duty(here, chosen.role, duty) for duty in chosen.duties[(at - 1) * A_PAGE : at * A_PAGE]]
    head = [here.t(f"entity.column.{name}") for name in ("role", "task", "policy", "quote")]
    section(
        title,
        tabs(here, "role", chosen.role, choices),
        table(head, rows, title),
        turner(here, at, A_PAGE, min(chosen.total, MOST)),
        count=sum(group.total for group in found.duties),
        id_="duties",
    )


def _duty(here: Here, role: Role, duty: AgencyDuty) -> Sequence[Child]:
    about = joined(
        [el("span", str(duty.year) if duty.year else None, class_="pg-quiet"), holding(here.t, duty.in_force)], " "
    )
    return (
        role_sign(here.t, role),
        link(duty.task.title, address.task(duty.task.id)),
        joined([policy_link(duty.policy), el("div", about)]),
        quoted(here, duty.evidence),
    )


def _others(here: Here, found: AgencyDetail) -> None:
    """With whom it answers for the same tasks."""
    if not found.co_agencies:
        return
    most = max(each.tasks for each in found.co_agencies)
    rows = [
        (link(each.agency.name, address.node("Agency", each.agency.id)), bar_of(each.tasks, most)) for each in found.co_agencies
    ]  # fmt: skip
    title = of_all_times(here, here.t("entity.co_agencies"))
    head = [here.t("kind.Agency"), here.t("entity.column.shared")]
    section(title, table(head, rows, title), count=found.co_agencies_total)


def _issued(here: Here, found: Sequence[IssuedPolicy], total: int) -> None:
    if not found:
        return
    items = [el("li", policy_link(each.policy), " ", el("span", day(each.on), class_="pg-quiet")) for each in found]
    rest = items[_ISSUED_AT_ONCE:]
    more = (
        el("details", el("summary", here.t("entity.more", count=len(rest))), el("ul", *rest, class_="pe-list"))
        if rest
        else None
    )
    section(
        of_all_times(here, here.t("entity.issued")),
        el("ul", *items[:_ISSUED_AT_ONCE], class_="pe-list"),
        more,
        count=total,
    )
