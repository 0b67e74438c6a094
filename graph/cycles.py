"""Finds cycles of stated supersession: their links are kept with a problem and not loaded as edges."""

from __future__ import annotations

from collections.abc import Iterable
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
    seen: set[str] = set()
    frontier = {link.target for link in (*before, *links) if _counts(link) and link.target}
    others: set[Link] = set()
    while frontier:
        seen |= frontier
        others |= {link for link in reads.links_of(store, frontier) if _counts(link)} - before
        ahead = {link.target for link in (*others, *links) if link.source in frontier and _counts(link)}
        frontier = {target for target in ahead if target} - seen
    whole = [replace(link, problem=None) if link.problem == CYCLE else link for link in (*links, *others)]
    ring = _in_cycle([(link.source, link.target or "") for link in whole if _counts(link)])
    marked = [
        replace(link, problem=CYCLE) if _counts(link) and (link.source, link.target) in ring else link for link in whole
    ]
    return Relinked(before | others, frozenset(marked))


def _counts(link: Link) -> bool:
    """Whether it is a supersession that could stand: stated, aimed, and without another problem than a cycle."""
    return link.supersedes and link.basis == "stated" and link.target is not None and link.problem in (None, CYCLE)


def _in_cycle(edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of ``edges`` that lie on a cycle."""
    left = set(edges)
    while True:
        sources, targets = {a for a, _ in left}, {b for _, b in left}
        kept = {(a, b) for a, b in left if a in targets and b in sources}
        if kept == left:
            break
        left = kept
    return {(a, b) for a, b in left if a in _reach(b, left)}


def _reach(start: str, edges: set[tuple[str, str]]) -> set[str]:
    reached, frontier = {start}, {start}
    while frontier:
        frontier = {b for a, b in edges if a in frontier} - reached
        reached |= frontier
    return reached
