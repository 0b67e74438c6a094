"""What stands above a policy: its title, a warning where it does not hold, and its facts."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from api.pages import address
from api.pages.entity_words import day
from api.pages.here import Here
from api.pages.text_html import Child, el, joined, link
from graph.detail.policies import PolicyDetail
from graph.detail.validity import Replacement, State, Validity

_LONG = 40  # characters of a fact that needs room
_WARNED: tuple[State, ...] = ("superseded", "expired", "not_yet", "draft", "not_held")


def validity_line(here: Here, validity: Validity) -> Markup:
    """How the policy stands, as one plain sentence, with links to what replaces it; a warning where it does not hold."""
    warned = validity.state in _WARNED
    parts = [el("strong", here.t(f"policy.state.{validity.state}")), el("span", _since(here, validity))]
    replaced = [_replaced(here, each) for each in validity.replaced_by]
    return el(
        "div",
        el("p", joined(parts, " ")),
        el("ul", *replaced) if replaced else None,
        class_="pg-warning pe-warning" if warned else "pe-holds",
        role="note",
        data_state=validity.state,
    )


def _since(here: Here, validity: Validity) -> str:
    if validity.since and validity.state in ("superseded", "expired", "not_yet", "in_force"):
        return here.t(f"policy.since.{validity.state}", day=validity.since)
    return here.t(f"policy.since.{validity.state if validity.state in ('draft', 'not_held', 'unknown') else 'plain'}")


def _replaced(here: Here, by: Replacement) -> Markup:
    said = [here.t(f"policy.extent.{by.extent}"), here.t(f"policy.basis.{by.basis}")]
    if by.since:
        said.append(here.t("policy.from_day", day=by.since))
    if not by.counts and by.extent == "whole":
        said.append(here.t("policy.does_not_count"))
    return el(
        "li",
        here.t("policy.replaced_by"),
        " ",
        link(by.policy.title, address.policy(by.policy.id, by.evidence.start if by.policy.held else None)),
        el("span", f" ({'; '.join(said)})"),
    )


def facts(here: Here, found: PolicyDetail) -> Markup:
    """What kind of policy it is, whose, for where and from when; facts that are not known are left out."""
    t = here.t
    issuers = [link(each.name, address.node("Agency", each.id)) for each in found.issued_by]
    region = found.region
    force = _span(found.in_force_from, found.in_force_to)
    rows: list[tuple[str, Child]] = [
        ("number", found.doc_number),
        ("doc_type", found.doc_type),
        ("genre", t(f"policy.genre.{found.genre}") if found.genre else None),
        ("status", t(f"policy.status.{found.status}") if found.status and found.genre != "interpretation" else None),
        ("issuers", joined(issuers, "、") if issuers else "、".join(found.issuers) or None),
        ("region", link(region.full_name or region.name, address.node("Region", region.code)) if region else None),
        ("issued_on", day(found.issued_on)),
        ("published_on", day(found.published_on)),
        ("effective_on", day(found.effective_on)),
        ("expires_on", day(found.expires_on)),
        ("in_force", force),
        ("documents", _documents(here, found)),
    ]
    return fact_list([(t(f"policy.fact.{name}"), value) for name, value in rows])


def fact_list(rows: list[tuple[str, Child]]) -> Markup:
    """Names and values side by side, without those that are empty."""
    pairs = [el("div", el("dt", name), el("dd", value), class_=_width(value)) for name, value in rows if value]
    return el("dl", *pairs, class_="pe-facts")


def _width(value: Child) -> str | None:
    """Long texts get room for two."""
    return "pe-wide" if isinstance(value, str) and not isinstance(value, Markup) and len(value) > _LONG else None


def _span(first: date | None, last: date | None) -> str | None:
    return f"{first or '…'} – {last or '…'}" if first or last else None


def _documents(here: Here, found: PolicyDetail) -> str | None:
    if not found.documents:
        return None
    main = found.documents[0]
    said = here.t("policy.document_facts", characters=f"{main.characters:,}", share=round(100 * main.covered_share))
    more = here.t("policy.more_documents", count=len(found.documents) - 1) if len(found.documents) > 1 else ""
    return f"{main.source} · {said}{more}"
