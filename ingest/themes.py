"""What a task is about: themes of ``themes.yml`` by their terms in the title and the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.alternatives import longest_first
from ingest.structure import Outline
from ingest.tables import load_yaml
from ingest.tasks import Work


@dataclass(frozen=True, slots=True)
class Theme:
    """A row of the table: its terms for titles, and how many different terms of a body are enough."""

    key: str
    title: re.Pattern[str]
    enough: int


@dataclass(frozen=True, slots=True)
class Found:
    """A theme with the words that gave it and the extent of the first in the view."""

    key: str
    terms: tuple[str, ...]
    start: int
    end: int


@cache
def themes() -> tuple[Theme, ...]:
    """The table. A counter-term is matched before the terms, so that it uses their characters up."""
    return tuple(
        Theme(row["key"], either(row["title"], row.get("against", [])), row.get("enough", 2))
        for row in load_yaml("themes.yml")["themes"]
    )


def either(terms: list[str], against: list[str]) -> re.Pattern[str]:
    """A pattern whose group 1 is one of the terms, the longest first."""
    return re.compile(
        f"(?:{longest_first(against)})|({longest_first(terms)})" if against else f"({longest_first(terms)})"
    )


@cache
def titled() -> dict[str, tuple[Theme, ...]]:
    """The first two characters of terms for titles → the themes with a term that begins so.

    Raises ValueError for a shorter term.
    """
    found: dict[str, dict[str, Theme]] = {}
    for row, theme in zip(load_yaml("themes.yml")["themes"], themes(), strict=True):
        for term in row["title"]:
            if len(term) < 2:
                raise ValueError(f"themes.yml: {term} is too short a term for titles")
            found.setdefault(term[:2], {})[theme.key] = theme
    return {head: tuple(some.values()) for head, some in found.items()}


@cache
def body_terms() -> tuple[re.Pattern[str], dict[str, frozenset[str]]]:
    """One pattern for the body terms of all themes, and the themes that each term stands for."""
    keys: dict[str, set[str]] = {}
    for row in load_yaml("themes.yml")["themes"]:
        for term in row.get("against", []):
            keys.setdefault(term, set())
        for term in row["text"]:
            keys.setdefault(term, set()).add(row["key"])
    pattern = re.compile(longest_first(keys))
    return pattern, {term: frozenset(found) for term, found in keys.items()}


def heading_above(outline: Outline, work: Work) -> tuple[int, int] | None:
    """Extent of the sub-heading right above a task; None under a heading of the first level."""
    parents = work.item.ancestors()
    return outline.heading(parents[0]) if len(parents) > 1 else None


Hits = dict[str, list[re.Match[str]]]


def title_hits(text: str, extent: tuple[int, int] | None) -> Hits:
    """The terms of each theme in a title."""
    hits: Hits = {}
    if extent is None:
        return hits
    start, end = extent
    index = titled()
    possible = {theme.key: theme for at in range(start, end - 1) for theme in index.get(text[at : at + 2], ())}
    for theme in possible.values():
        if found := [match for match in theme.title.finditer(text, start, end) if match[1]]:
            hits[theme.key] = found
    return hits


def terms_within(text: str, works: list[Work]) -> tuple[list[int], list[re.Match[str]]]:
    """The body terms of all tasks, found in one pass, for tasks overlap: where each begins, and its match."""
    if not works:
        return [], []
    first, last = min(work.start for work in works), max(work.end for work in works)
    found = list(body_terms()[0].finditer(text, first, last))
    return [match.start() for match in found], found


def themes_of(text: str, work: Work, above: Hits, within: tuple[list[int], list[re.Match[str]]]) -> list[Found]:
    """Themes of a task by its title, the sub-heading above and its text, in the order of the table."""
    found = []
    keys = body_terms()[1]
    starts, matches = within
    body: dict[str, dict[str, re.Match[str]]] = {}
    for match in matches[bisect_left(starts, work.start) : bisect_left(starts, work.end)]:
        if match.end() > work.end:
            continue
        term = match[0]
        for key in keys[term]:
            body.setdefault(key, {}).setdefault(term, match)
    own = title_hits(text, work.title)
    for theme in themes():
        key = theme.key
        hits = own.get(key) or above.get(key, [])
        said = body.get(key, {})
        if hits or len(said) >= theme.enough:
            first = hits[0] if hits else next(iter(said.values()))
            terms = tuple(sorted({match[0] for match in hits} | set(said)))
            found.append(Found(key, terms, first.start(), first.end()))
    return found


@Language.component("themes", requires=["doc._.works"], assigns=["doc._.task_themes"])
def theme_tasks(doc: Doc) -> Doc:
    """Set what each task is about, in the order of the tasks."""
    text = doc._.view.text
    above: dict[tuple[int, int] | None, Hits] = {None: {}}
    outline = doc._.outline
    found = []
    within = terms_within(text, doc._.works)
    for work in doc._.works:
        heading = heading_above(outline, work)
        if heading not in above:
            above[heading] = title_hits(text, heading)
        found.append(themes_of(text, work, above[heading], within))
    doc._.task_themes = found
    return doc
