"""Phrases that name industries to be developed: 重点发展…产业, 以…为主导产业, 向…转型."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.industry_lists import Industry, industries, patterns
from ingest.park_mentions import JOINS

CLAUSE = re.compile(r"[,。;:\n]")


@dataclass(frozen=True, slots=True)
class Predicate:
    """A phrase that names industries: where it begins, and its industries."""

    start: int
    end: int
    items: tuple[Industry, ...]
    shared: bool  # 分别: one industry for each park


def predicates(text: str, start: int, end: int) -> list[Predicate]:
    """Every phrase in ``text[start:end]`` that names industries to be developed, in order."""
    found = [item for match in patterns()["verb"].finditer(text, start, end) if (item := after_verb(text, match))]
    for match in patterns()["frame"].finditer(text, start, end):
        group = next(name for name, value in match.groupdict().items() if value is not None)
        sure = patterns()["sure_frame"].search(match[0]) is not None or text.startswith("产业", match.end())
        items = industries(text, *match.span(group), typed=sure)
        if items:
            shared = text.endswith("分别", 0, match.start())
            found.append(Predicate(match.start(), match.end(), tuple(items), shared))
    return sorted(found, key=lambda item: item.start)


def after_verb(text: str, verb: re.Match[str]) -> Predicate | None:
    """The industries behind a verb: lists that end with 产业, 集群 and the like, one after the other."""
    stop = CLAUSE.search(text, verb.end(), verb.end() + 120)
    limit = stop.start() if stop else min(len(text), verb.end() + 120)
    items: list[Industry] = []
    position = verb.end()
    while position < limit and len(items) < 20:
        ending = (
            patterns()["end"].search(text, position, limit)
            if patterns()["end_hint"].search(text, position, limit)
            else None
        )
        if ending is None:
            break
        sure = patterns()["sure_end"].search(ending[0]) is not None
        own = industries(text, position, listed_end(text, ending), typed=sure) if ending.start() > position else []
        if not own:
            break
        items += own
        joint = JOINS.match(text, ending.end(), limit)
        if joint is None:
            break
        position = joint.end()
    if not items and patterns()["sure_verb"].search(verb[0]):
        items = industries(text, verb.end(), limit, typed=False)
    if not items:
        return None
    return Predicate(verb.start(), items[-1].end, tuple(items), text.find("分别", verb.start() - 10, verb.start()) >= 0)


def listed_end(text: str, ending: re.Match[str]) -> int:
    """Where a list ends: before the words behind it, but after 产业 that belongs to its last name (新兴产业)."""
    bare = ending[0]
    if bare.startswith(("产业", "行业")) and not bare.startswith("产业园"):
        return ending.start() + 2
    if bare.startswith(("新兴产业", "战略性新兴产业")):
        return ending.end() if bare.endswith("产业") else ending.start() + bare.index("产业") + 2
    return ending.start()
