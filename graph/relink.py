"""Works out anew the links that a change of policies can move, and those only.

A citation is touched when it, or a policy that it could point at, goes by a name that changes. Titles are followed
once more, since a citation by title goes where another one ties that title to a number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph import linkreads as reads
from graph.cycles import Relinked, mark_cycles
from graph.inferred import inferred
from graph.links import Facts, Link, resolve, too_late
from graph.names import TITLE
from graph.store import Store


@dataclass(frozen=True)
class Turned:
    """Policies whose own part changes: every key that they have or had, and what they are and cite afterwards."""

    policies: frozenset[str]
    keys: frozenset[str]
    facts: Mapping[str, Facts] = field(default_factory=dict)
    known: Mapping[str, list[str]] = field(default_factory=dict)  # policy → its keys
    links: tuple[Link, ...] = ()
    regions: frozenset[str] = frozenset()


def relink(store: Store, turned: Turned) -> Relinked:
    """The links that the change of ``turned`` touches."""
    stored = reads.links_of(store, turned.policies)
    moved = _cited_by_others(store, turned)
    stated = [*turned.links, *(replace(link, target=None, problem=None) for link in moved)]
    after = _resolved(store, stated, turned)
    guesses = [link for link in reads.inferred_into(store, turned.policies) if link.source not in turned.policies]
    after += _inferred(store, turned)
    return mark_cycles(store, frozenset([*stored, *moved, *guesses]), after)


def _cited_by_others(store: Store, turned: Turned) -> list[Link]:
    """Stored citations of other policies that could now point elsewhere."""
    keys = set(turned.keys)
    citers = reads.citing(store, keys) - turned.policies
    links = [link for link in reads.links_of(store, citers) if link.basis == "stated"]
    titles = {link.title for link in links if link.title and keys & set(link.keys)} - keys
    more = reads.citing(store, titles) - turned.policies - citers
    links += [link for link in reads.links_of(store, more) if link.basis == "stated"]
    keys |= titles
    return [link for link in links if keys & set(link.keys)]


def _resolved(store: Store, links: Iterable[Link], turned: Turned) -> list[Link]:
    """``links`` with targets, given all that is held after the change."""
    links = list(links)
    keys = {key for link in links for key in link.keys}
    pairs = [(key, policy) for key, policy in reads.known(store, keys) if policy not in turned.policies]
    pairs += [(key, policy) for policy, names in turned.known.items() for key in names]
    others = {policy for _, policy in pairs} | {link.source for link in links}
    facts = {**reads.facts_of(store, others - turned.policies), **turned.facts}
    held: dict[str, list[Facts]] = defaultdict(list)
    for key, policy in pairs:
        held[key].append(facts[policy])
    numbers: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.title and link.title.startswith(TITLE) and link.number:
            numbers[link.title].add(link.number)
    found = [resolve(link, held, numbers, facts[link.source]) for link in links]
    return [too_late(link, facts[link.source], facts.get(link.target or "")) for link in found]


def _inferred(store: Store, turned: Turned) -> list[Link]:
    """Inferred links between the turned policies and all of their regions."""
    peers = reads.facts_of(store, reads.in_region(store, turned.regions) - turned.policies)
    by_region: dict[str | None, list[Facts]] = defaultdict(list)
    for facts in (*peers.values(), *turned.facts.values()):
        by_region[facts.region].append(facts)
    links: set[Link] = set()
    for one in turned.facts.values():
        for other in by_region[one.region]:
            links.update(inferred(one, other))
            links.update(inferred(other, one))
    return sorted(links, key=lambda link: link.order)
