"""What the card of a mention says: names, addresses and a line of detail, in the form that ``static/text.js`` reads."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from api.pages import address
from api.pages.entity_words import quantity, theme_name
from api.pages.words import Words
from graph.detail.policies import PolicyDetail
from graph.detail.texts import PolicyText, TextSpan


def card_data(t: Words, found: PolicyDetail, text: PolicyText) -> str:
    """JSON of ``spans`` ([start, end, node, role, exact]) and ``nodes`` ({kind, word, name, href, more})."""
    places: dict[tuple[str, str, str], int] = {}
    nodes: list[dict[str, Any]] = []
    details = _Details(t, found)
    for span in text.spans:
        if (span.kind, span.label, span.id) not in places:
            places[span.kind, span.label, span.id] = len(nodes)
            nodes.append(_node(t, span, found.id, details))
    spans = [
        [span.start, span.end, places[span.kind, span.label, span.id], t(f"role.{span.role}") if span.role else 0, int(span.exact)]
        for span in text.spans
    ]  # fmt: skip
    words = {name: t(f"policy.card.{name}") for name in ("open", "close", "loose")}
    return json.dumps({"spans": spans, "nodes": nodes, "words": words}, ensure_ascii=False, separators=(",", ":"))


def _node(t: Words, span: TextSpan, policy: str, details: _Details) -> dict[str, Any]:
    own = span.kind in ("policy", "task", "target", "unresolved")
    name = theme_name(t, span.id) if span.label == "Theme" else span.name
    said = {"kind": span.kind, "word": t(f"policy.mark.{span.kind}"), "name": name, "more": details.of(span)}
    return said | {"href": None if own else address.node(span.label, span.id)}


class _Details:
    """The line of detail of a node, from what is known of the policy."""

    def __init__(self, t: Words, found: PolicyDetail) -> None:
        self.t = t
        self.targets = {target.id: quantity(t, target) for target in found.targets}
        self.references = {each.policy.id: t(f"policy.relation.{each.relation}") for each in found.references_out}
        self.cited_only = {each.policy.id for each in found.references_out if not each.policy.held}
        self.unresolved = found.unresolved
        self.owners = {
            task.id: "、".join(dict.fromkeys(duty.agency.name for duty in task.duties)) for task in found.tasks
        }
        self.roles: defaultdict[str, int] = defaultdict(int)
        for task in found.tasks:
            for duty in task.duties:
                self.roles[duty.agency.id] += 1

    def of(self, span: TextSpan) -> str:
        """The line for one mention; empty where there is nothing to add."""
        if span.kind == "target":
            return self.targets.get(span.id, "")
        if span.kind == "task":
            return self.owners.get(span.id) or self.t("policy.reason.no owner")
        if span.kind == "agency":
            return self.t("policy.card.duties", count=self.roles[span.id])
        if span.kind == "reference":
            held = f" · {self.t('policy.not_held')}" if span.id in self.cited_only else ""
            return self.references.get(span.id, "") + held
        return self._reason(span) if span.kind == "unresolved" else ""

    def _reason(self, span: TextSpan) -> str:
        for each in self.unresolved:
            if each.text == span.name or (each.evidence.start <= span.start and span.end <= each.evidence.end):
                return self.t.maybe(f"policy.reason.{each.reason}", each.reason)
        return self.t("policy.mark.unresolved")
