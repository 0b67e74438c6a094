"""Tasks, targets, policies and parks beside an entity: lists and tables whose lines lead to their sentences."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from markupsafe import Markup
from nicegui import ui

from api.pages import address
from api.pages.charts.years import targets_by_year
from api.pages.entity import here_with, of_all_times, place, section, table, turner
from api.pages.entity_words import day_cell, holding, quantity, standing
from api.pages.frame import named
from api.pages.here import Here
from api.pages.text_html import Child, el, joined, link, put
from graph.detail.developments import Development
from graph.detail.refs import PolicyRef, PolicyTarget, PolicyTask
from graph.detail.related import RegionCount

A_PAGE = 20
MOST = 500


def policy_link(policy: PolicyRef, at: int | None = None) -> Markup:
    """A link to a policy, at a place of its text."""
    return link(policy.title, address.policy(policy.id, at if policy.held else None))


def tasks(here: Here, found: Sequence[PolicyTask], total: int) -> None:
    """A page of tasks as a table. ``found`` begins with the first of all."""
    if not total:
        return
    at = place(here)
    some = found[(at - 1) * A_PAGE : at * A_PAGE]
    rows: list[Sequence[Child]] = [
        (
            link(each.title, address.policy(each.policy.id, each.evidence.start)),
            policy_link(each.policy),
            day_cell(here.t, each.on),
            holding(here.t, each.in_force),
        )
        for each in some
    ]
    head = [here.t(f"entity.column.{name}") for name in ("task", "policy", "on", "state")]
    title = here.t("entity.tasks")
    section(title, table(head, rows, title), turner(here, at, A_PAGE, min(total, MOST)), count=total, id_="tasks")


def targets(here: Here, found: Sequence[PolicyTarget], total: int) -> None:
    """Targets of one indicator at a time: a picture by year, and a table."""
    if not found:
        return
    groups: defaultdict[tuple[str, str], list[PolicyTarget]] = defaultdict(list)
    for target in found:
        groups[target.indicator or target.metric, target.base_unit or target.unit or ""].append(target)
    chosen = _chosen(groups, here.param("indicator"))
    section(here.t("entity.targets"), _indicators(here, groups, chosen), count=total, id_="targets")
    shown = sorted(groups[chosen], key=lambda each: (each.year is None, each.year or 0))
    options = targets_by_year(shown, chosen[1], here.t("unknown"))
    if options:
        named(ui.echart(options).classes("pe-chart"), here.t("entity.targets_of", name=chosen[0])).props("role=img")
    put(_target_table(here, shown))


Groups = defaultdict[tuple[str, str], list[PolicyTarget]]


def _chosen(groups: Groups, asked: str | None) -> tuple[str, str]:
    """The indicator of the address, else the one with the most targets by year."""
    for key in groups:
        if asked == "|".join(key):
            return key
    return max(groups, key=lambda key: (sum(target.year is not None for target in groups[key]), len(groups[key])))


def _indicators(here: Here, groups: Groups, chosen: tuple[str, str]) -> Markup | None:
    """A choice of indicators, as a form."""
    if len(groups) == 1:
        return None
    counts = Counter({key: len(group) for key, group in groups.items()})
    options = [
        el("option", _choice(key, count), value="|".join(key), selected=key == chosen)
        for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
    kept = [
        el("input", type="hidden", name=name, value=value)
        for name, value in here.request.query_params.items()
        if name not in ("indicator", "lang")
    ]
    field = el("label", here.t("entity.indicator"), el("select", *options, name="indicator"))
    return el(
        "form",
        *kept,
        field,
        el("button", here.t("entity.show"), type="submit"),
        method="get",
        action="#targets",
        class_="pe-filter",
    )


def _choice(key: tuple[str, str], count: int) -> str:
    name, unit = key
    return f"{name} ({unit}; {count})" if unit else f"{name} ({count})"


def _target_table(here: Here, found: Sequence[PolicyTarget]) -> Markup:
    rows: list[Sequence[Child]] = [
        (
            link(each.metric, address.policy(each.policy.id, each.evidence.start)),
            el("span", quantity(here.t, each), class_="pe-value"),
            each.scope or "—",
            joined([policy_link(each.policy), holding(here.t, each.in_force)], " "),
        )
        for each in found
    ]
    head = [here.t(f"entity.column.{name}") for name in ("metric", "value", "scope", "policy")]
    return table(head, rows, here.t("entity.targets"))


def developments(here: Here, found: Sequence[Development], of_park: bool) -> None:
    """Industries of a park, or parks of an industry, each with its sentence."""
    if not found:
        return
    of: defaultdict[str, list[Development]] = defaultdict(list)
    for each in found:
        of[each.industry.name if of_park else each.park.name].append(each)
    rows: list[Sequence[Child]] = []
    for name, group in of.items():
        kind, id_ = ("Industry", group[0].industry.id) if of_park else ("Park", group[0].park.id)
        places = [
            el(
                "li",
                joined(
                    [
                        link(each.evidence.quote, address.policy(each.policy.id, each.evidence.start)),
                        standing(here.t, each.evidence),
                    ],
                    " ",
                ),
                el("div", policy_link(each.policy), " ", holding(here.t, each.in_force), class_="pg-quiet"),
            )
            for each in group
        ]
        rows.append((link(name, address.node(kind, id_)), el("ul", *places, class_="pe-list")))
    title = here.t("entity.industries" if of_park else "entity.parks")
    head = [here.t("kind.Industry" if of_park else "kind.Park"), here.t("entity.column.quote")]
    section(title, table(head, rows, title), count=len(of))


def regions(here: Here, found: Sequence[RegionCount]) -> None:
    """Where it is spoken of, as bars beside numbers."""
    if not found:
        return
    most = max(each.tasks for each in found)
    rows: list[Sequence[Child]] = [
        (link(each.region.full_name or each.region.name, address.node("Region", each.region.code)), bar_of(each.tasks, most), each.policies)
        for each in found[:A_PAGE]
    ]  # fmt: skip
    title = of_all_times(here, here.t("entity.regions"))
    head = [here.t(f"entity.column.{name}") for name in ("region", "tasks", "policies")]
    section(title, table(head, rows, title), count=len(found))


def bar_of(count: int, most: int) -> Markup:
    """A number with a bar as long as its share of the largest one."""
    return el("span", el("i", style=f"width:{max(3, round(110 * count / most))}px"), count, class_="pe-bar-cell")


def tabs(here: Here, name: str, chosen: str, choices: Sequence[tuple[str, str, int]]) -> Markup:
    """Links that choose the value of one parameter: key, text, count."""
    items = [
        el("li", link(joined([text, el("span", count, class_="pe-count")]), here_with(here, **{name: key, "page": None}),
                      aria_current="true" if key == chosen else None))
        for key, text, count in choices
    ]  # fmt: skip
    return el("ul", *items, class_="pe-tabs")
