"""Where the pages on which a policy was found differ: facts, tasks, duties, targets and passages, each beside the other."""

from __future__ import annotations

from markupsafe import Markup

from api.pages import address
from api.pages.here import Here
from api.pages.text_html import Child, el, joined, link
from graph.detail.differences import CopyDifferences, PolicyDifferences, Said

_SHOWN = 30  # differences of a page; the answer as data has them all


def count_differing(found: PolicyDifferences) -> int:
    """How many pages say something else than the one that speaks for the policy."""
    return sum(not each.same for each in found.copies)


def differing(here: Here, found: PolicyDifferences) -> Markup:
    """A table for each page that differs."""
    return joined(_copy(here, found, each) for each in found.copies if not each.same)


def _copy(here: Here, found: PolicyDifferences, copy: CopyDifferences) -> Markup:
    rows: list[tuple[Child, Child, Child]] = [
        (here.t(f"policy.fact.{_FACTS.get(fact.name, fact.name)}"), fact.here or "—", fact.there or "—")
        for fact in copy.facts
    ]
    rows += [
        (
            joined([el("span", here.t(f"policy.copy.{item.of}"), class_="pe-label"), item.name]),
            _said(found, item.here, None),
            _said(found, item.there, copy.document),
        )
        for item in copy.items
    ]
    words = here.t("policy.copy.text")
    rows += [(words, _said(found, each.here, None), _said(found, each.there, copy.document)) for each in copy.texts]
    head = el("tr", *(el("th", here.t(f"policy.copy.{name}"), scope="col") for name in ("what", "here", "there")))
    body = [el("tr", *(el("td", cell) for cell in row)) for row in rows[:_SHOWN]]
    total = len(copy.facts) + copy.item_count + copy.text_count
    more = el("p", here.t("policy.copy.more", count=total - _SHOWN), class_="pg-quiet") if total > _SHOWN else None
    return joined(
        [
            el("h3", link(copy.source, f"{address.policy(found.policy.id)}?document={copy.document}")),
            el("table", el("thead", head), el("tbody", *body), class_="pe-table"),
            more,
        ]
    )


_FACTS = {"doc_number": "number", "region_code": "region"}


def _said(found: PolicyDifferences, said: Said | None, document: str | None) -> Child:
    """The words, leading to where they stand in their document."""
    if said is None or not said.quote:
        return "—"
    page = address.policy(found.policy.id, said.start)
    return link(said.quote, page + (f"&document={document}" if document else ""))
