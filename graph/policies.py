"""Policy rows: what a policy's own document says, what others cite it as, and whether a later one replaced it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from graph import claims as counting
from graph.delta import Changes, Edge, Node, Props, Ref, clean
from graph.linkreads import make_facts, replacing, stored_policies
from graph.links import Facts, Link
from graph.store import Store, from_each, read_many

_DERIVED = ("claims", "ended_on", "superseded")


def cited_claims(before: Iterable[Link], after: Iterable[Link]) -> dict[str, Counter[str]]:
    """By policy, how often it is cited as what, more or less than before."""
    counts: dict[str, Counter[str]] = {}
    for links, step in ((before, -1), (after, 1)):
        for link in links:
            if cited := cited_form(link):
                counts.setdefault(cited[0], Counter())[cited[1]] += step
    return {policy: count for policy, count in counts.items() if any(count.values())}


def cited_form(link: Link) -> tuple[str, str] | None:
    """The policy that a citation gives a name to, and the name as a claim; None for what is not loaded as a citation."""
    if link.basis != "stated" or link.problem is not None or link.target is None:
        return None
    return link.target, counting.variant(clean({"title": link.cited_title, "doc_number": link.cited_number}))


def policy_changes(
    store: Store,
    turned: Iterable[str],
    held_after: Mapping[str, Node],
    cited: Mapping[str, Counter[str]],
    links: Changes[Edge],
) -> Changes[Node]:
    """The Policy rows that differ. ``turned`` policies change their own part, to ``held_after`` where still held."""
    turned = set(turned)
    moved = [*links.added, *links.changed, *links.removed]
    ids = turned | set(cited) | {edge.target.id for edge in moved if edge.type == "SUPERSEDES"}
    ids |= _replaced_by(store, turned)
    stored = stored_policies(store, ids)
    replacers = _replacers(store, ids, turned, held_after, links)
    changes: Changes[Node] = Changes()
    for policy in sorted(ids):
        before = stored.get(policy)
        if policy in turned:
            base = held_after[policy].props if policy in held_after else None
        else:
            base = _own(before) if before and before.get("held") else None
        claims = counting.changed(
            counting.parse(before.get("claims") if before else None), cited.get(policy, Counter())
        )
        after = policy_row(base, claims, replacers.get(policy, []))
        _note(changes, Ref("Policy", policy), before, after)
    return changes


def _note(changes: Changes[Node], ref: Ref, before: Props | None, after: Props | None) -> None:
    old = clean({name: value for name, value in before.items() if name not in ("id", "kind")}) if before else None
    if after is None:
        changes.removed += [Node(ref, old)] if old is not None else []
    elif old is None:
        changes.added.append(Node(ref, after))
    elif old != after:
        changes.changed.append(Node(ref, after))


def _own(stored: Props) -> Props:
    return clean({name: value for name, value in stored.items() if name not in (*_DERIVED, "id", "kind")})


def policy_row(base: Props | None, claims: Counter[str], replacers: list[Facts]) -> Props | None:
    """The row of a policy that is held (``base``) or cited (``claims``); None for neither."""
    if base is None and not claims:
        return None
    row = base if base is not None else _cited_row(claims)
    return clean(
        {
            **row,
            "claims": counting.dump(claims) if claims else None,
            "superseded": bool(replacers),
            "ended_on": _ended(row.get("in_force_to"), replacers),
        }
    )


def _cited_row(claims: Counter[str]) -> Props:
    """A policy that is only cited: the title and the number that most citations give it, then the smaller."""
    forms = [(counting.loads(text), count) for text, count in sorted(claims.items())]
    best: Props = {"held": False}
    for name in ("title", "doc_number"):
        votes: Counter[str] = Counter()
        for form, count in forms:
            if form.get(name):
                votes[str(form[name])] += count
        best[name] = min(votes, key=lambda value: (-votes[value], value), default=None)
    return {**best, "name": best["title"] or best["doc_number"]}


def _ended(in_force_to: date | None, replacers: list[Facts]) -> date | None:
    """The first day on which it no longer holds, as far as is known."""
    days = [facts.since for facts in replacers if facts.since]
    if in_force_to:
        days.append(in_force_to + timedelta(days=1))
    return min(days, default=None)


def _replaced_by(store: Store, policies: set[str]) -> set[str]:
    """Policies that ``policies`` replace: their end may move with the dates of these."""
    query = from_each("p:Policy", "(p)-[:SUPERSEDES]->(t:Policy)", "t") + "RETURN DISTINCT t.id AS id"
    return {row["id"] for row in read_many(store, query, policies)}


def _replacers(
    store: Store, ids: set[str], turned: set[str], held_after: Mapping[str, Node], links: Changes[Edge]
) -> dict[str, list[Facts]]:
    """By policy, the issued policies that replace it as a whole, after the change."""
    gone = {edge.key for edge in (*links.removed, *links.changed)}
    new = [edge for edge in (*links.added, *links.changed) if replaces(edge)]
    pairs = {row["key"]: (row["target"], row) for row in replacing(store, ids) if row["key"] not in gone}
    sources = {edge.source.id for edge in new} | {row["id"] for _, row in pairs.values()}
    rows = {policy: {"id": policy, **node.props} for policy, node in held_after.items()}
    rows |= stored_policies(store, sources - turned)
    found: dict[str, list[Facts]] = {}
    for target, source in [*((t, row["id"]) for t, row in pairs.values()), *((e.target.id, e.source.id) for e in new)]:
        row = rows.get(source)
        if row and row.get("held") and row.get("status") != "draft":
            found.setdefault(target, []).append(make_facts(row, None, None))
    return found


def replaces(edge: Edge) -> bool:
    """Whether it says that its source replaces its target as a whole."""
    return edge.type == "SUPERSEDES" and edge.props.get("extent") == "whole"
