"""The text of a policy beside its facts: a legend with switches, and the text with its mentions."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from markupsafe import Markup

from api.pages import address
from api.pages.here import Here
from api.pages.text_html import el, joined, link
from api.pages.text_marks import marked
from api.pages.text_nodes import card_data
from graph.detail.marks import Kind
from graph.detail.policies import PolicyDetail
from graph.detail.texts import PolicyText

KINDS: tuple[Kind, ...] = tuple(kind for kind in get_args(Kind) if kind != "policy")


def text_pane(here: Here, found: PolicyDetail, text: PolicyText) -> Markup:
    """The pane with everything in it, as one string."""
    body = el(
        "div", marked(text.text, text.spans), id="tx", class_="tx", tabindex=0, role="region", lang="zh",
        aria_label=here.t("policy.text"), data_cards=card_data(here.t, found, text), data_primary=text.primary,
    )  # fmt: skip
    return joined([_documents(here, found, text), _legend(here, text), body])


def _legend(here: Here, text: PolicyText) -> Markup:
    """A switch for each kind that occurs, and buttons that go from mention to mention."""
    counts = Counter(span.kind for span in text.spans)
    hidden = (here.param("hide") or "").split(",")
    switches = [
        el(
            "label",
            el("input", type="checkbox", value=kind, checked=kind not in hidden, class_="tx-switch"),
            el("span", here.t(f"policy.mark.{kind}"), class_=f"tx-name tx-name-{kind}"),
            el("span", counts[kind], class_="pg-quiet"),
        )
        for kind in KINDS
        if counts[kind]
    ]
    steps = [
        el("button", sign, type="button", class_="tx-step", data_step=step, aria_label=here.t(name), title=here.t(name))
        for sign, step, name in (("←", -1, "policy.mark.before"), ("→", 1, "policy.mark.after"))
    ]
    group = el("div", *switches, class_="tx-switches", role="group", aria_label=here.t("policy.legend"))
    return el("div", group, el("div", *steps, class_="tx-steps"), class_="tx-legend")


def _documents(here: Here, found: PolicyDetail, text: PolicyText) -> Markup | None:
    """Where there are several documents of the policy: which of them is shown, and the others."""
    if len(found.documents) < 2:
        return None
    at = address.policy(found.id)
    items = [
        link(f"{here.t('policy.document')} {place}", f"{at}?document={document.sha256}", class_="pg-chip",
             aria_current="true" if document.sha256 == text.sha256 else None, title=document.source)
        for place, document in enumerate(found.documents, 1)
    ]  # fmt: skip
    note = None if text.primary else el("span", here.t("policy.other_document"), class_="pg-quiet")
    return el("div", *items, note, class_="pg-row tx-documents")
