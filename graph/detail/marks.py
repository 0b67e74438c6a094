"""Finds where in its sentence a thing is named: the exact place where that is certain, else the sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from graph.delta import Edge, Ref
from graph.rows import Contribution

Kind = Literal["task", "agency", "target", "park", "industry", "theme", "reference", "policy", "unresolved"]


class Mark(NamedTuple):
    """A stretch of a text that names a node, or the sentence that does so somewhere."""

    start: int
    end: int
    kind: Kind
    node: Ref
    exact: bool
    role: str | None = None


def marks(text: str, part: Contribution) -> Iterator[Mark]:
    """Every mention of what a document says, but for its references: their targets are not known from it alone."""
    policy = part.policy.props
    yield Mark(policy["start"], policy["end"], "policy", part.policy.ref, True)
    for node in part.nodes.values():
        if node.ref.label in ("Task", "Target"):
            kind: Kind = "task" if node.ref.label == "Task" else "target"
            yield Mark(node.props["start"], node.props["end"], kind, node.ref, True)
    of: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in part.edges.values():
        of[edge.type, edge.source.label].append(edge)
    yield from _agencies(text, of["RESPONSIBLE_FOR", "Agency"])
    yield from _parks(text, of["MENTIONS", "Policy"], of["MENTIONS", "Task"])
    yield from _industries(text, of["PROMOTES", "Task"], of["DEVELOPS", "Park"])
    yield from _themes(text, of["ABOUT", "Task"], of["HAS_TASK", "Policy"])
    yield from _unresolved(text, part, of["RESPONSIBLE_FOR", "Agency"])


def find(text: str, start: int, end: int, forms: Iterable[str]) -> list[tuple[int, int, str]]:
    """Where one of ``forms`` stands between ``start`` and ``end``: the longest at each place, none inside another.

    Spaces and line ends inside of words, as pages have them, are passed over.
    """
    pattern = _pattern(
        tuple(sorted({"".join(form.split()) for form in forms} - {""}, key=lambda form: (-len(form), form)))
    )
    found = pattern.finditer(text, start, end) if pattern else ()
    return [(match.start(), match.end(), "".join(match[0].split())) for match in found]


@lru_cache(maxsize=512)
def _pattern(forms: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile("|".join(r"\s*".join(map(re.escape, form)) for form in forms)) if forms else None


def _agencies(text: str, duties: Sequence[Edge]) -> Iterator[Mark]:
    """Agencies in the clauses that name them; a clause that names two by the same words is marked as a whole."""
    clauses: defaultdict[tuple[int, int], list[Edge]] = defaultdict(list)
    for duty in duties:
        clauses[duty.props["start"], duty.props["end"]].append(duty)
    for (start, end), named in clauses.items():
        places = find(text, start, end, (duty.props["mention"] for duty in named))
        for duty in named:
            mention = "".join(duty.props["mention"].split())
            same = {other.source for other in named if "".join(other.props["mention"].split()) == mention}
            at = [place for place in places if place[2] == mention] if len(same) == 1 else []
            for here in at or [(start, end, "")]:
                yield Mark(*here[:2], "agency", duty.source, bool(at), duty.props["role"])


def _parks(text: str, named: Sequence[Edge], in_tasks: Sequence[Edge]) -> Iterator[Mark]:
    """Parks where the policy names them first, and in its tasks.

    Words that do not begin as the park's name does (高新区) may mean others too: in a task they are taken where they
    stand there once.
    """
    forms = {"".join(form.split()): edge.target for edge in named for form in (edge.target.id, *edge.props["mentions"])}
    forms |= {edge.target.id: edge.target for edge in in_tasks}
    first = [Mark(edge.props["start"], edge.props["end"], "park", edge.target, True) for edge in named]
    yield from first
    for edge in in_tasks:
        start, end, park = edge.props["start"], edge.props["end"], edge.target
        places = [place for place in find(text, start, end, forms) if forms[place[2]] == park]
        vague = [place for place in places if place[2][:2] != park.id[:2]]
        at = [place for place in places if place not in vague or len(vague) == 1]
        if not at and any(mark.node == park and start <= mark.start and mark.end <= end for mark in first):
            continue
        for here in at or [(start, end, "")]:
            yield Mark(*here[:2], "park", park, bool(at))


def _industries(text: str, in_tasks: Sequence[Edge], of_parks: Sequence[Edge]) -> Iterator[Mark]:
    """Industries in the tasks that promote them and in the sentences that give them to a park."""
    forms: dict[str, Ref] = {edge.target.id: edge.target for edge in in_tasks}
    for edge in of_parks:
        forms |= {edge.target.id: edge.target, "".join(edge.props["mention"].split()): edge.target}
    for edge in (*in_tasks, *of_parks):
        start, end = edge.props["start"], edge.props["end"]
        at = [place for place in find(text, start, end, forms) if forms[place[2]] == edge.target]
        for here in at or [(start, end, "")]:
            yield Mark(*here[:2], "industry", edge.target, bool(at))


def _themes(text: str, about: Sequence[Edge], has_task: Sequence[Edge]) -> Iterator[Mark]:
    """Themes at every place of a task where one of their words stands; a heading above it may have given the first."""
    tasks = {edge.target: edge.props for edge in has_task}
    for edge in about:
        whole, own, terms = tasks[edge.source], edge.props, edge.props.get("terms") or []
        at = find(text, whole["start"], whole["end"], terms)
        for start, end, _ in at:
            yield Mark(start, end, "theme", edge.target, True)
        if not at or own["quote"] in terms:
            yield Mark(own["start"], own["end"], "theme", edge.target, own["quote"] in terms)


def _unresolved(text: str, part: Contribution, duties: Sequence[Edge]) -> Iterator[Mark]:
    """What was not understood; an agency is looked for by the words that stand in the text, too."""
    said = {(duty.props["agency_name"], duty.props["start"]): duty.props["mention"] for duty in duties}
    for node in part.nodes.values():
        if node.ref.label == "Unresolved":
            start, end, shown = node.props["start"], node.props["end"], node.props["text"]
            at = find(text, start, end, [shown]) or find(text, start, end, [said.get((shown, start), "")])
            exact = len(at) == 1
            yield Mark(at[0][0] if exact else start, at[0][1] if exact else end, "unresolved", node.ref, exact)
