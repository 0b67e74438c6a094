"""Works out anew the links that a change of policies can move, and those only.

A citation can move when a policy that goes by its number or title comes, goes or changes. One by title alone can move
too when the number changes that other citations give with this title, and follows where that number leads.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from graph import linkreads as reads
from graph.cycles import Relinked, mark_cycles
from graph.drafts import draft_links
from graph.inferred import inferred
from graph.links import Facts, Link, resolve, too_late
from graph.names import title_key
from graph.store import Store

Topic = tuple[str | None, str]  # a region, and a subject in it


@dataclass(frozen=True)
class Turned:
    """Policies whose own part changes, and what they are and cite afterwards."""

    policies: frozenset[str]
    keys: frozenset[str]  # every name, old or new, of those that are known by other names or facts than before
    facts: Mapping[str, Facts] = field(default_factory=dict)
    known: Mapping[str, list[str]] = field(default_factory=dict)  # policy → its keys
    links: tuple[Link, ...] = ()
    ties: Mapping[str, Counter[str]] = field(default_factory=dict)  # title → number → more or fewer citations


def relink(store: Store, turned: Turned) -> Relinked:
    """The links that the change of ``turned`` touches."""
    stored = reads.links_of(store, turned.policies)
    moved = _cited_by_others(store, turned)
    stated = [*turned.links, *(replace(link, target=None, problem=None) for link in moved)]
    after = _resolved(store, stated, turned)
    guesses = [link for link in reads.inferred_into(store, turned.policies) if link.source not in turned.policies]
    drafts, finals = _drafts(store, turned)
    after += [*_inferred(store, turned), *finals]
    return mark_cycles(store, frozenset([*stored, *moved, *guesses, *drafts]), after)


def _cited_by_others(store: Store, turned: Turned) -> list[Link]:
    """Stored citations of other policies that could now point elsewhere."""
    before = reads.ties(store, turned.ties)
    moved = {title for title in turned.ties if _tie(before, title) != _tie(before, title, turned.ties)}
    keys = turned.keys | moved
    citers = reads.citing(store, keys) - turned.policies
    links = [link for link in reads.links_of(store, citers) if link.basis == "stated"]
    titles = {link.title for link in links if link.title and keys & set(link.keys)} - keys
    more = reads.citing(store, titles) - turned.policies - citers
    links += [link for link in reads.links_of(store, more) if link.basis == "stated"]
    keys |= titles
    return [link for link in links if keys & set(link.keys)]


def _tie(ties: Mapping[str, Counter[str]], title: str, change: Mapping[str, Counter[str]] | None = None) -> str | None:
    """The number that citations give to ``title``: the smallest of all."""
    counts = Counter(ties.get(title, Counter()))
    counts.update((change or {}).get(title, Counter()))
    return min((number for number, count in counts.items() if count > 0), default=None)


def _resolved(store: Store, links: list[Link], turned: Turned) -> list[Link]:
    """``links`` with targets, given all that is held after the change."""
    ties = reads.ties(store, {link.title for link in links if link.title and not link.number})
    numbers = {title: _tie(ties, title, turned.ties) for title in {*ties, *turned.ties}}
    given = {title: number for title, number in numbers.items() if number}
    keys = {key for link in links for key in link.keys} | set(given.values())
    held = _held_by(store, keys, turned)
    facts = reads.facts_of(store, {link.source for link in links} - turned.policies) | dict(turned.facts)
    facts |= {each.id: each for some in held.values() for each in some}
    found = [resolve(link, held, given, facts[link.source]) for link in links]
    return [too_late(link, facts[link.source], facts.get(link.target or "")) for link in found]


def _inferred(store: Store, turned: Turned) -> list[Link]:
    """Inferred links between the turned policies and others of their regions."""
    links: set[Link] = set()
    for source, target in _candidates(turned.facts, _peers(store, turned)):
        links.update(inferred(source, target))
    return sorted(links, key=lambda link: link.order)


def _candidates(turned: Mapping[str, Facts], peers: Mapping[str, Facts]) -> Iterator[tuple[Facts, Facts]]:
    """Pairs, one of them turned, whose source overrides on a subject of the target.

    Other pairs of a region are not looked at: there are as many as the square of its policies.
    """
    for sources, targets in ((turned, {**peers, **turned}), (peers, turned)):
        overriding = [source for source in sources.values() if source.override]
        about: dict[Topic, list[Facts]] = defaultdict(list)
        for facts in targets.values() if overriding else ():
            for topic in _subjects(facts):
                about[topic].append(facts)
        for source in overriding:
            yield from ((source, target) for topic in _subjects(source) for target in about.get(topic, ()))


def _subjects(facts: Facts) -> list[Topic]:
    return [(facts.region, subject) for subject in facts.subjects]


def _peers(store: Store, turned: Turned) -> dict[str, Facts]:
    """Held policies that a turned one could replace without naming, or be replaced by."""
    regions = {facts.region for facts in turned.facts.values() if facts.region}
    overriding = {facts.region for facts in turned.facts.values() if facts.region and facts.override}
    peers = reads.in_region(store, regions, all_of_them=False) | reads.in_region(store, overriding, all_of_them=True)
    return reads.facts_of(store, peers - turned.policies)


def _drafts(store: Store, turned: Turned) -> tuple[list[Link], list[Link]]:
    """What is stored of drafts that others' change can link anew, and the links of these and of the turned drafts."""
    moved = reads.drafts_known(store, turned.keys) - turned.policies
    before = [link for link in reads.links_of(store, moved) if link.relation == "draft_of"]
    drafts = {**reads.facts_of(store, moved), **turned.facts}
    titles = {policy: title_key(facts.title) for policy, facts in drafts.items() if facts.status == "draft"}
    held = _held_by(store, {title for title in titles.values() if title}, turned)
    return before, draft_links((drafts[policy] for policy in sorted(titles)), held)


def _held_by(store: Store, keys: Iterable[str], turned: Turned) -> dict[str, list[Facts]]:
    """All that is known by each of ``keys`` after the change."""
    wanted = set(keys)
    pairs = [(key, policy) for key, policy in reads.known(store, wanted) if policy not in turned.policies]
    pairs += [(key, policy) for policy, names in turned.known.items() for key in names if key in wanted]
    facts = {**reads.facts_of(store, {policy for _, policy in pairs} - turned.policies), **turned.facts}
    held: dict[str, list[Facts]] = defaultdict(list)
    for key, policy in pairs:
        held[key].append(facts[policy])
    return held


def tie_changes(before: Iterable[Link], after: Iterable[Link]) -> dict[str, Counter[str]]:
    """By title, how many policies more or fewer cite it with which number."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for links, step in ((before, -1), (after, 1)):
        for title, number, _ in {(*link.tie, link.source) for link in links if link.tie}:
            counts[title][number] += step
    return dict(counts)
