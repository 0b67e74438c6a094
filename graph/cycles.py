"""Finds cycles of stated supersession: their links are kept with a problem and not loaded as edges."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from graph import linkreads as reads
from graph.links import Link
from graph.store import Reader

CYCLE = "stands in a cycle of policies that replace one another"


@dataclass(frozen=True)
class Relinked:
    """The links that were looked at, as they are stored and as they are to be."""

    before: frozenset[Link]
    after: frozenset[Link]


def mark_cycles(store: Reader, before: frozenset[Link], after: Iterable[Link]) -> Relinked:
    """``after`` with cycles marked, and the other stored links that a cycle takes in or lets go.

    A cycle through a changed link lies ahead of that link's target, so only what can be reached from there is read.
    """
    links = list(after)
    leads: dict[str, set[str]] = {}
    for link in links:
        if counts(link) and link.target:
            leads.setdefault(link.source, set()).add(link.target)
    seen: set[str] = set()
    frontier = {link.target for link in (*before, *links) if counts(link) and link.target}
    others: set[Link] = set()
    while frontier:
        seen |= frontier
        new = {link for link in reads.links_of(store, frontier) if counts(link)} - before
        others |= new
        ahead = {link.target for link in new if link.target}
        frontier = ahead.union(*(leads.get(policy, ()) for policy in frontier)) - seen
    whole = [replace(link, problem=None) if link.problem == CYCLE else link for link in (*links, *others)]
    ring = in_cycle([(link.source, link.target or "") for link in whole if counts(link)])
    return Relinked(before | others, frozenset(marked(link, ring) for link in whole))


def marked(link: Link, ring: Set[tuple[str, str]]) -> Link:
    """``link``, with a problem where it is one of the pairs (source, target) that lie on a cycle."""
    return replace(link, problem=CYCLE) if counts(link) and (link.source, link.target) in ring else link


def counts(link: Link) -> bool:
    """Whether it is a supersession that could stand: stated, aimed, and without another problem than a cycle."""
    return link.supersedes and link.basis == "stated" and link.target is not None and link.problem in (None, CYCLE)


def in_cycle(edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of ``edges`` that lie on a cycle: both ends stand in one strongly connected component."""
    pairs = set(edges)
    if not pairs:
        return pairs
    import networkx as nx  # takes a while to import, and most loads replace nothing

    components = nx.strongly_connected_components(nx.DiGraph(sorted(pairs)))
    of = {node: number for number, component in enumerate(components) for node in component}
    return {(source, target) for source, target in pairs if of[source] == of[target]}
