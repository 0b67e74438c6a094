"""The difference that a load makes: the graph is a function of the set of documents, and this is its derivative.

What a document says is worked out before and after from its record, so only what differs is written; shared rows are
counted; links between policies are resolved anew where the change can move them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from graph.delta import Changes, Delta, Edge, Node, Ref
from graph.documents import Copy, Places, Shift, document_node, place_edges, primaries, read_records, shift, stated_in
from graph.linkreads import facts_of_row
from graph.links import Facts, Link, link_rows
from graph.policies import cited_claims, policy_changes
from graph.relink import Turned, relink, tie_changes
from graph.rows import Contribution, contribution
from graph.sharing import shared_changes
from graph.store import Store
from ingest.records import Record

K = TypeVar("K")
R = TypeVar("R", Node, Edge)


@dataclass(frozen=True)
class Plan:
    """What to write, and the links that are held back, each with its problem."""

    delta: Delta
    problems: tuple[Link, ...] = ()


@dataclass
class _Side:
    """The rows of the touched documents, on one side of the change."""

    nodes: dict[Ref, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    shared_nodes: list[Node] = field(default_factory=list)
    shared_edges: list[Edge] = field(default_factory=list)
    parts: dict[str, Contribution] = field(default_factory=dict)


def plan(
    store: Store,
    records: Sequence[Record] = (),
    *,
    locations: Places | Sequence[str] | None = None,
    remove: Iterable[str] = (),
    now: str = "",
) -> Plan:
    """What loading ``records`` and removing documents (by sha256) changes in ``store``; nothing is written.

    ``locations`` are the absolute paths of the files, one a record (by default the record's ``source``). A location
    holds one document: another one that was loaded from it is replaced. A document with none left goes.
    """
    paths = [record.document.source for record in records] if locations is None else locations
    places = paths if isinstance(paths, Places) else Places(paths)
    moved = shift(store, records, places, remove, now)
    before, after = _sides(store, moved, records)
    turned = _turned(before, after)
    relinked = relink(store, turned)
    delta = Delta(_diff(before.nodes, after.nodes), _diff(before.edges, after.edges))
    old, new = _link_side(relinked.before), _link_side(relinked.after)
    link_edges = _diff(old.edges, new.edges)
    cited = cited_claims(relinked.before, relinked.after)
    held = {policy: part.policy for policy, part in after.parts.items()}
    _extend(delta.nodes, _diff(old.nodes, new.nodes))
    _extend(delta.edges, link_edges)
    _extend(delta.nodes, policy_changes(store, turned.policies, held, cited, link_edges))
    shared_nodes, shared_edges = shared_changes(
        store, (before.shared_nodes, before.shared_edges), (after.shared_nodes, after.shared_edges)
    )
    _extend(delta.nodes, shared_nodes)
    _extend(delta.edges, shared_edges)
    problems = sorted((link for link in relinked.after if link.problem), key=lambda link: link.order)
    return Plan(delta, tuple(problems))


def _sides(store: Store, moved: Shift, records: Sequence[Record]) -> tuple[_Side, _Side]:
    """Rows before and after; what is the same on both sides is left out where that spares work."""
    first, second = primaries(moved.before.values()), primaries(moved.after.values())
    fresh = {record.document.sha256: record for record in records}
    turned = [policy for policy in moved.policies() if _spoken(first.get(policy)) != _spoken(second.get(policy))]
    rewritten = {sha for sha, copy in moved.after.items() if _document_differs(moved.before.get(sha), copy)}
    dropped = {sha for sha, copy in moved.before.items() if _document_differs(moved.after.get(sha), copy)}
    old = read_records(store, dropped | {first[policy].sha256 for policy in turned if policy in first})
    need = rewritten | {second[policy].sha256 for policy in turned if policy in second}
    fresh |= read_records(store, need - fresh.keys())
    return (
        _side(moved.before, first, turned, dropped, old),
        _side(moved.after, second, turned, rewritten, fresh),
    )


def _spoken(primary: Copy | None) -> tuple[str, str] | None:
    return (primary.sha256, primary.record_hash) if primary else None


def _document_differs(one: Copy | None, other: Copy) -> bool:
    return one is None or (one.record_hash, one.source) != (other.record_hash, other.source)


def _side(
    copies: Mapping[str, Copy],
    spoken: Mapping[str, Copy],
    turned: Iterable[str],
    rewritten: Iterable[str],
    records: Mapping[str, Record],
) -> _Side:
    side = _Side()
    for sha in sorted(rewritten):
        node = document_node(copies[sha], records[sha])
        side.nodes[node.ref] = node
    for copy in copies.values():
        places = place_edges(copy)
        side.shared_nodes += [Node(each.target, {"name": each.target.id}) for each in places]
        for each in (*places, stated_in(copy, spoken[copy.policy])):
            side.edges[each.key] = each
    for policy in turned:
        if policy in spoken:
            part = side.parts[policy] = contribution(records[spoken[policy].sha256])
            side.nodes |= part.nodes
            side.edges |= part.edges
            side.shared_nodes += part.shared_nodes.values()
            side.shared_edges += part.shared_edges.values()
    return side


def _turned(before: _Side, after: _Side) -> Turned:
    known, known_before = _known(after), _known(before)
    facts, facts_before = _facts(after), _facts(before)
    policies = frozenset((*before.parts, *after.parts))
    moved = {
        policy
        for policy in policies
        if facts.get(policy) != facts_before.get(policy) or known.get(policy) != known_before.get(policy)
    }
    links = tuple(link for part in after.parts.values() for link in part.links)
    return Turned(
        policies=policies,
        keys=frozenset(key for policy in moved for key in (*known.get(policy, ()), *known_before.get(policy, ()))),
        facts=facts,
        known=known,
        links=links,
        ties=tie_changes((link for part in before.parts.values() for link in part.links), links),
    )


def _known(side: _Side) -> dict[str, list[str]]:
    return {
        policy: sorted(each.target.id for each in part.edges.values() if each.type == "KNOWN_AS")
        for policy, part in side.parts.items()
    }


def _facts(side: _Side) -> dict[str, Facts]:
    return {policy: facts_of_row(part.policy, _region(part)) for policy, part in side.parts.items()}


def _region(part: Contribution) -> Node | None:
    return part.shared_nodes.get(Ref("Region", part.policy.props.get("region_code", "")))


def _link_side(links: Iterable[Link]) -> _Side:
    side = _Side()
    for link in links:
        nodes, edges = link_rows(link)
        side.nodes |= {node.ref: node for node in nodes}
        side.edges |= {each.key: each for each in edges}
    return side


def _diff(before: Mapping[K, R], after: Mapping[K, R]) -> Changes[R]:
    changes: Changes[R] = Changes()
    changes.removed = [row for key, row in before.items() if key not in after]
    changes.added = [row for key, row in after.items() if key not in before]
    changes.changed = [row for key, row in after.items() if key in before and before[key].props != row.props]
    return changes


def _extend(changes: Changes[R], more: Changes[R]) -> None:
    changes.added += more.added
    changes.changed += more.changed
    changes.removed += more.removed
