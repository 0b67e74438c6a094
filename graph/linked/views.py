"""The views of ``graph.detail`` taken apart: the nodes and edges of the graph that they were made of.

What a view counts or works out (totals, years, who works with whom) is no part of the graph and is left out; so are
the targets of a region, which hang on its policies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from graph.delta import Ref
from graph.detail.policies import PolicyDetail, PolicyDocument
from graph.detail.refs import Evidence, PolicyRef, TaskRef, View
from graph.detail.validity import Validity
from graph.linked.derived import legal_force, temporal_coverage
from graph.linked.ties import IDS, PROPERTIES, STANDS_AT, Tie, label_of, tie_of
from graph.schema import LINK_TYPES

Props = dict[str, Any]
_PLACE = tuple(Evidence.model_fields)


class Fact(NamedTuple):
    """An edge."""

    type: str
    source: Ref
    target: Ref
    props: Props


@dataclass
class Facts:
    """The nodes of a view with their properties, and the edges between them, in its order."""

    nodes: dict[Ref, Props] = field(default_factory=dict)
    edges: list[Fact] = field(default_factory=list)
    _known: dict[tuple[str, Ref, Ref], list[Props]] = field(default_factory=lambda: defaultdict(list))

    def take(self, view: View) -> Ref:
        """Take a view of a node apart, and give the node."""
        label = label_of(view)
        ref = Ref(label, getattr(view, IDS.get(label, "id")))
        props = self.nodes.setdefault(ref, {})
        for name in type(view).model_fields:
            value = getattr(view, name)
            if tie_of(label, name, value):
                continue
            if isinstance(value, Evidence):
                props |= dict(value)
            elif name in view.model_fields_set and _is_plain(value):  # a default is nothing that the graph says
                props |= dict.fromkeys(PROPERTIES.get((label, name), (name,)), value)
        if isinstance(view, PolicyRef):
            props |= _policy_props(view)
        for name in type(view).model_fields:
            tie = tie_of(label, name, getattr(view, name))
            if tie:
                self._tie(view, ref, name, tie)
        self._validity(view, ref)
        return ref

    def _tie(self, view: View, ref: Ref, name: str, tie: Tie) -> None:
        for item, more in _items(getattr(view, name)):
            end = getattr(item, tie.other) if tie.other else item
            other = Ref("Target", end) if isinstance(end, str) else self.take(end)
            if isinstance(end, str):
                self.nodes.setdefault(other, {"id": end})
            kind = tie.type or LINK_TYPES[item.relation]
            ends = (other, ref) if tie.back else (ref, other)
            self._add(Fact(kind, *ends, {**self._place(kind, ends), **_said(item, kind, tie), **more}))
            if name == "parents":
                ref = other

    def _place(self, kind: str, ends: tuple[Ref, Ref]) -> Props:
        stands = STANDS_AT.get(kind)
        at = next((end for end in ends if end.label == stands), None)
        props = self.nodes[at] if at else {}
        return {name: props[name] for name in _PLACE if name in props}

    def _add(self, fact: Fact) -> None:
        """Add an edge, but once: a task of a view and its target may both tell that they belong together."""
        known = self._known[fact.type, fact.source, fact.target]
        if fact.props not in known:
            known.append(fact.props)
            self.edges.append(fact)

    def _validity(self, view: View, ref: Ref) -> None:
        """What a view says of whether its policy holds belongs to the policy."""
        found = getattr(view, "validity", None)
        if isinstance(found, Validity):
            policy = ref if ref.label == "Policy" else Ref("Policy", view.policy.id)  # type: ignore[attr-defined]
            self.nodes[policy] |= _validity_props(found)
            if isinstance(view, PolicyDetail):
                props = self.nodes[policy]
                ended = {"superseded": any(each.counts for each in found.replaced_by)}
                self.nodes[policy]["temporal_coverage"] = temporal_coverage({**props, **ended})


def _is_plain(value: object) -> bool:
    return isinstance(value, (str, int, float, date)) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
    )


def _policy_props(policy: PolicyRef) -> Props:
    """A policy that is only cited goes by its number, or by its key, where it has no title."""
    titled = policy.title not in (policy.id, policy.doc_number)
    return {"name": policy.title, "title": policy.title if titled else None}


def _items(value: Any) -> Iterator[tuple[Any, Props]]:
    """The items of a field, and what the group that they stand in says of them."""
    for item in value if isinstance(value, list) else [value] if value is not None else []:
        group = getattr(item, "duties", None)
        if group is not None and not isinstance(item, TaskRef):
            yield from ((each, {"role": item.role}) for each in group)
        else:
            yield item, {}


def _said(item: Any, kind: str, tie: Tie) -> Props:
    """What an item says of the edge itself."""
    if isinstance(item, PolicyDocument):
        return {"primary": item.primary}
    if not tie.other:
        return {}
    own = {name: value for name, value in item if _is_plain(value)}
    evidence = getattr(item, "evidence", None)
    if kind != "SUPERSEDES":
        own.pop("extent", None)
        own = own if kind in ("RESPONSIBLE_FOR", "SUCCEEDED_BY") else {**own, "basis": None}
    return {**own, **(dict(evidence) if evidence else {})}


def _validity_props(found: Validity) -> Mapping[str, Any]:
    partly = any(
        each.extent == "inconsistent_parts" and each.basis == "stated" and each.policy.held
        and each.since is not None and each.since <= found.on
        for each in found.replaced_by
    )  # fmt: skip
    ended = found.since if found.state in ("superseded", "expired") else None
    return {"legal_force": legal_force(found.in_force, partly=partly), "ended_on": ended}
