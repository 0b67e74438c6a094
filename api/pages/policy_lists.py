"""What a policy sets, refers to and names, and what of it was not understood: each line leads to its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from api.pages import address
from api.pages.entity_words import quantity
from api.pages.here import Here
from api.pages.policy_outline import stated
from api.pages.text_html import el, joined, link
from graph.detail.policies import ParkMention
from graph.detail.references import Reference
from graph.detail.refs import TargetSummary
from graph.detail.unresolved import UnresolvedItem

_AT_ONCE = 30  # unresolved things of a kind; the others are folded away


def targets(here: Here, found: Sequence[TargetSummary]) -> Markup:
    """A table: what is measured, how much of it, by when, and whom it binds."""
    head = el("tr", *(el("th", here.t(f"policy.target.{name}"), scope="col") for name in ("metric", "value", "scope")))
    rows = [
        el(
            "tr",
            el("td", stated(here, target.metric, target.evidence)),
            el("td", quantity(here.t, target), _baseline(here, target), class_="pe-value"),
            el("td", _bound(target)),
        )
        for target in found
    ]
    return el("table", el("thead", head), el("tbody", *rows), class_="pe-table")


def _baseline(here: Here, target: TargetSummary) -> Markup | None:
    return (
        el("div", here.t("policy.baseline", baseline=target.baseline), class_="pg-quiet") if target.baseline else None
    )


def _bound(target: TargetSummary) -> Markup | str:
    if target.parks:
        return joined((link(park, address.node("Park", park)) for park in target.parks), "、")
    if target.scope and target.region_code:
        return link(target.scope, address.node("Region", target.region_code))
    return target.scope or "—"


def references(here: Here, found: Sequence[Reference], incoming: bool) -> Markup:
    """References by relation; one that comes in leads to the sentence of the policy that refers."""
    ordered = sorted(found, key=lambda each: each.relation)  # stable: in each relation as given
    parts = []
    for relation, group in groupby(ordered, key=lambda each: each.relation):
        items = [_reference(here, each, incoming) for each in group]
        name = here.t(f"policy.{'relation_in' if incoming else 'relation'}.{relation}")
        parts.append(el("li", el("span", name, class_="pe-label"), el("ul", *items, class_="pe-list")))
    return el("ul", *parts, class_="pe-groups")


def _reference(here: Here, each: Reference, incoming: bool) -> Markup:
    at = each.evidence.start if incoming else None
    number = el("span", each.policy.doc_number, class_="pg-quiet") if _tells(each) else None
    notes = [] if each.policy.held else [here.t("policy.not_held")]
    if each.relation == "supersedes":
        notes += [here.t(f"policy.extent.{each.extent}")] if each.extent else []
        notes += [here.t("policy.basis.inferred")] if each.basis == "inferred" else []
    place = None if incoming else stated(here, here.t("policy.sentence"), each.evidence, class_="pe-place")
    title = link(each.policy.title, address.policy(each.policy.id, at))
    note = el("span", "; ".join(notes), class_="pe-state") if notes else None
    return el("li", joined([title, number, note, place], " "))


def _tells(each: Reference) -> bool:
    """Whether the number says more than the title."""
    return each.policy.doc_number is not None and each.policy.doc_number != each.policy.title


def parks(here: Here, found: Sequence[ParkMention]) -> Markup:
    """The parks that the policy names, with the words it uses."""
    return el("ul", *(_park(here, each) for each in found), class_="pe-list")


def _park(here: Here, each: ParkMention) -> Markup:
    others = [name for name in each.mentions if name != each.park.name]
    said = el("span", "、".join(others), class_="pg-quiet") if others else None
    place = stated(here, here.t("policy.sentence"), each.evidence, class_="pe-place")
    return el("li", joined([link(each.park.name, address.node("Park", each.park.id)), said, place], " "))


def unresolved(here: Here, found: Sequence[UnresolvedItem]) -> Markup:
    """What was not understood, by kind and reason."""
    ordered = sorted(found, key=lambda each: (each.category, each.reason))
    groups = []
    for (category, reason), group in groupby(ordered, key=lambda each: (each.category, each.reason)):
        items = [el("li", stated(here, each.text or each.evidence.quote, each.evidence)) for each in group]
        title = f"{here.t(f'policy.category.{category}')}: {here.t.maybe(f'policy.reason.{reason}', reason)}"
        rest = _rest(here, items[_AT_ONCE:])
        name = el("span", f"{title} ({len(items)})", class_="pe-label")
        groups.append(el("li", name, el("ul", *items[:_AT_ONCE], class_="pe-list"), rest))
    return el("ul", *groups, class_="pe-groups")


def _rest(here: Here, items: Sequence[Markup]) -> Markup | None:
    if not items:
        return None
    return el("details", el("summary", here.t("entity.more", count=len(items))), el("ul", *items, class_="pe-list"))
