"""The difference that a load makes: the graph is a function of the set of documents, and this is its derivative.

What a document says is worked out before and after from its record, so only what differs is written; shared rows are
counted; links between policies are resolved anew where the change can move them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.delta import Changes, Delta, Edge, Node, Ref
from graph.documents import (
    Copy,
    Places,
    Shift,
    document_node,
    place_edges,
    primaries,
    read_records,
    shift,
    stated_in,
)
from graph.linkreads import facts_of_row
from graph.links import Facts, Link, link_rows
from graph.policies import cited_claims, policy_changes
from graph.relink import Turned, relink, tie_changes
from graph.rows import Contribution, contribution
from graph.sharing import Tally
from graph.sink import Gathered, Sink, difference
from graph.store import Store
from graph.twins import numbers_of, stating
from ingest.records import Record

Parts = Mapping[str, Contribution]  # by policy: what is kept of them once their rows have gone to the sink
_AT_ONCE = 50  # held records that are read in one go


@dataclass(frozen=True)
class Plan:
    """What to write, and the links that are held back, each with its problem."""

    delta: Delta
    problems: tuple[Link, ...] = ()


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
    gathered = Gathered()
    problems = work_out(store, records, gathered, locations=locations, remove=remove, now=now)
    return Plan(gathered.delta(), problems)


def work_out(
    store: Store,
    records: Sequence[Record],
    sink: Sink,
    *,
    locations: Places | Sequence[str] | None = None,
    remove: Iterable[str] = (),
    now: str = "",
) -> tuple[Link, ...]:
    """The same, with the rows given to ``sink`` as they come; return the links that are held back.

    ``records`` are gone through twice and not kept.
    """
    paths = [record.document.source for record in records] if locations is None else locations
    places = paths if isinstance(paths, Places) else Places(paths)
    moved = shift(store, records, places, remove, now)
    shared = Tally()
    before, after = _sides(store, moved, records, sink, shared)
    turned = _turned(before, after)
    relinked = relink(store, turned)
    link_nodes, link_edges = _link_changes(relinked.before, relinked.after)
    sink.changes(link_nodes, link_edges)
    cited = cited_claims(relinked.before, relinked.after)
    held = {policy: part.policy for policy, part in after.items()}
    sink.changes(policy_changes(store, turned.policies, held, cited, link_edges), Changes())
    sink.changes(*shared.changes(store))
    return tuple(sorted((link for link in relinked.after if link.problem), key=lambda link: link.order))


def _sides(store: Store, moved: Shift, records: Sequence[Record], sink: Sink, shared: Tally) -> tuple[Parts, Parts]:
    """Both sides; what is the same on both is left out where that spares work."""
    first, second = primaries(moved.before.values()), primaries(moved.after.values())
    former, later = _spoken(moved.before, first), _spoken(moved.after, second)
    turned = [policy for policy in moved.policies() if former.get(policy) != later.get(policy)]
    rewritten = {sha for sha, copy in moved.after.items() if _document_differs(moved.before.get(sha), copy)}
    dropped = {sha for sha, copy in moved.before.items() if _document_differs(moved.after.get(sha), copy)}

    def fresh(shas: Sequence[str]) -> Iterator[tuple[str, Record]]:
        yield from _stored(store, [sha for sha in shas if sha not in moved.arrived])
        yield from ((sha, records[moved.arrived[sha]]) for sha in shas if sha in moved.arrived)

    def held(shas: Sequence[str]) -> Iterator[tuple[str, Record]]:
        return _stored(store, shas)

    return (
        _side(moved.before, first, turned, dropped, held, sink.before, lambda row: shared.count(row, -1)),
        _side(moved.after, second, turned, rewritten, fresh, sink.after, lambda row: shared.count(row, 1)),
    )


def _stored(store: Store, shas: Iterable[str]) -> Iterator[tuple[str, Record]]:
    wanted = sorted(shas)
    for start in range(0, len(wanted), _AT_ONCE):
        yield from sorted(read_records(store, wanted[start : start + _AT_ONCE]).items())


def _spoken(copies: Mapping[str, Copy], primary: Mapping[str, Copy]) -> dict[str, tuple[str, str, str | None]]:
    """By policy, what its rows are made of: which record, and the number that another page gives it."""
    numbers = numbers_of(copies.values())
    return {
        policy: (copy.sha256, copy.record_hash, numbers.get(policy) if copy.own != policy else None)
        for policy, copy in primary.items()
    }


def _document_differs(one: Copy | None, other: Copy) -> bool:
    return one is None or (one.record_hash, one.source) != (other.record_hash, other.source)


def _side(
    copies: Mapping[str, Copy],
    spoken: Mapping[str, Copy],
    turned: Iterable[str],
    rewritten: Iterable[str],
    records: Callable[[Sequence[str]], Iterator[tuple[str, Record]]],
    put: Callable[[Node | Edge], None],
    share: Callable[[Node | Edge], None],
) -> Parts:
    """Give out the rows of one side: its own ones to ``put``, shared ones to ``share``."""
    parts = {}
    said = {spoken[policy].sha256 for policy in turned if policy in spoken}
    numbers = numbers_of(copies.values())
    for sha, record in records(sorted(said.union(rewritten))):
        if sha in rewritten:
            put(document_node(copies[sha], record))
        if sha in said:
            part = contribution(stating(record, copies[sha], numbers.get(copies[sha].policy)))
            _all(put, part.nodes.values(), part.edges.values())
            _all(share, part.shared_nodes.values(), part.shared_edges.values())
            parts[copies[sha].policy] = _light(part)
    for copy in copies.values():
        places = place_edges(copy)
        for each in places:
            share(Node(each.target, {"name": each.target.id}))
        for each in (*places, stated_in(copy, spoken[copy.policy])):
            put(each)
    return dict(sorted(parts.items()))


def _all(give: Callable[[Node | Edge], None], nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
    for node in nodes:
        give(node)
    for each in edges:
        give(each)


def _light(part: Contribution) -> Contribution:
    """What the linking needs of a part."""
    known = {key: each for key, each in part.edges.items() if each.type == "KNOWN_AS"}
    region = _region(part)
    return replace(part, nodes={}, edges=known, shared_nodes={region.ref: region} if region else {}, shared_edges={})


def _turned(before: Parts, after: Parts) -> Turned:
    known, known_before = _known(after), _known(before)
    facts, facts_before = _facts(after), _facts(before)
    policies = frozenset((*before, *after))
    moved = {
        policy
        for policy in policies
        if facts.get(policy) != facts_before.get(policy) or known.get(policy) != known_before.get(policy)
    }
    links = tuple(link for part in after.values() for link in part.links)
    return Turned(
        policies=policies,
        keys=frozenset(key for policy in moved for key in (*known.get(policy, ()), *known_before.get(policy, ()))),
        facts=facts,
        known=known,
        links=links,
        ties=tie_changes((link for part in before.values() for link in part.links), links),
    )


def _known(side: Parts) -> dict[str, list[str]]:
    return {
        policy: sorted(each.target.id for each in part.edges.values() if each.type == "KNOWN_AS")
        for policy, part in side.items()
    }


def _facts(side: Parts) -> dict[str, Facts]:
    return {policy: facts_of_row(part.policy, _region(part)) for policy, part in side.items()}


def _region(part: Contribution) -> Node | None:
    return part.shared_nodes.get(Ref("Region", part.policy.props.get("region_code", "")))


def _link_changes(before: Iterable[Link], after: Iterable[Link]) -> tuple[Changes[Node], Changes[Edge]]:
    (old_nodes, old_edges), (new_nodes, new_edges) = _link_rows(before), _link_rows(after)
    return difference(old_nodes, new_nodes), difference(old_edges, new_edges)


def _link_rows(links: Iterable[Link]) -> tuple[dict[Ref, Node], dict[str, Edge]]:
    nodes: dict[Ref, Node] = {}
    edges: dict[str, Edge] = {}
    for link in links:
        more_nodes, more_edges = link_rows(link)
        nodes |= {node.ref: node for node in more_nodes}
        edges |= {each.key: each for each in more_edges}
    return nodes, edges
