"""Which items are tasks, what they are called, and how clauses divide them (GUIDELINE: Paths, Tasks)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from spacy.language import Language
from spacy.tokens import Doc

from ingest.duties import Clause
from ingest.layout import DATE_LINE, Layout, joined, patterns
from ingest.prose import prose_clauses
from ingest.structure import ARTICLE, Item, Outline
from ingest.tables import load_yaml

LONG_HEADING = 28  # characters: where half of the items begin with longer sentences, they have no headings
TITLE_STOP = re.compile(r"[,。;]")
TRIM = " \t,。;:、.·-"
CAPTION = re.compile(r"^\s*[(\[]([^()\[\]]{2,30})[)\]]\s*")


@dataclass(slots=True)
class Work:
    """A task in the view: its item, its extent, and the clauses that say who does it."""

    item: Item
    path: str
    title: tuple[int, int]
    start: int
    end: int
    clauses: list[Clause] = field(default_factory=list)


@cache
def section_table() -> dict[str, re.Pattern[str]]:
    """The single patterns of ``sections.yml``."""
    table = load_yaml("sections.yml")
    return {name: re.compile(table[f"{name}_articles"]["pattern"]) for name in ("frame", "closing")}


@cache
def section_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(headings without tasks, headings with tasks) from ``sections.yml``."""
    table = load_yaml("sections.yml")
    without = table["without_tasks"]
    modifiers = "|".join(sorted(without["modifiers"], key=len, reverse=True))
    nouns = "|".join(sorted(without["nouns"], key=len, reverse=True))
    joiners = "|".join(map(re.escape, without["joiners"]))
    phrase = f"(?:(?:{modifiers})*(?:{nouns}))+"
    return re.compile(f"(?:{without['periods']})?{phrase}(?:(?:{joiners}){phrase})*$"), re.compile(
        table["with_tasks"]["pattern"]
    )


def body_items(outline: Outline, layout: Layout) -> list[Item]:
    """The items of the plan itself: its zone of the text, without notice, table of contents and annexes."""
    items = [item for item in outline.items if item.start >= layout.plan_start]
    zones = list(dict.fromkeys(item.zone for item in items))
    for zone in zones:
        own = [item for item in items if item.zone == zone]
        following = [item for item in items if item.zone == zone + 1]
        if not (
            contents_page(outline, own, following)
            or (outline.zones[zone] in outline.annexes and annex_list(outline, own))
        ):
            return own
    return []


def contents_page(outline: Outline, items: list[Item], following: list[Item]) -> bool:
    """A table of contents: headings with nothing behind them, many of them or all to be found again."""
    text = outline.view.text
    filled = sum("。" in text[item.start : item.end] or item.end - outline.heading(item)[1] > 12 for item in items[:-1])
    if filled > 0.1 * len(items):
        return False
    again = {joined(heading_text(outline, item)).strip(TRIM) for item in following}
    return len(items) > 4 or {joined(heading_text(outline, item)).strip(TRIM) for item in items} <= again


def annex_list(outline: Outline, items: list[Item]) -> bool:
    """The names of annexes under a letter: numbered lines without a sentence."""
    return not any("。" in outline.view.text[item.start : item.end] for item in items)


def body_end(outline: Outline, items: list[Item]) -> int:
    """Where the plan ends: before page furniture, signature and annexes."""
    text = outline.view.text
    if not items:
        tail = patterns()["tail"].search(text, len(text) // 2)
        return tail.start() if tail else len(text)
    last = items[-1]
    tail = patterns()["tail"].search(text, last.body, last.end)
    end = tail.start() if tail else last.end
    signed = signature_start(text, last.body, end)
    return signed if signed is not None else end


def signature_start(text: str, start: int, end: int) -> int | None:
    """Offset of the signature's first line in ``text[start:end]``: short lines and then a date alone."""
    position = end
    short: int | None = None
    for line in reversed(text[start:end].split("\n")):
        position -= len(line)
        bare = line.strip()
        if short is None:
            if bare and DATE_LINE.match(bare) and len(bare) < 45 and position > start:
                short = position
        elif bare and (len(bare) > 30 or bare[-1] in "。;:)" or ":" in bare or "、" in bare):
            return short
        elif bare:
            short = position
        position -= 1
    return None


def task_items(outline: Outline, items: list[Item]) -> list[Item]:
    """The lowest numbered items of sections of tasks and measures."""
    verdicts: dict[int, bool] = {}
    return [item for item in items if holds_tasks(outline, item, verdicts) and not item.children]


def holds_tasks(outline: Outline, item: Item, verdicts: dict[int, bool]) -> bool:
    """Whether the sections above an item, and its own heading, are of the kind that holds tasks."""
    if id(item) in verdicts:
        return verdicts[id(item)]
    without, within = section_patterns()
    start, end = outline.heading(item)
    heading = joined(outline.view.text[start:end]).strip(TRIM)
    parents = item.ancestors()
    above = holds_tasks(outline, parents[0], verdicts) if parents else True
    if item.level.name == ARTICLE:
        verdict = above and (bool(parents) or not frame_article(outline.view.text[item.body : item.end]))
    elif not item.children and closing_item(outline.view.text[item.body : item.end]):
        verdict = False
    elif without.match(heading):
        verdict = above and any(within.search(joined(heading_text(outline, parent))) for parent in parents)
    else:
        verdict = above or (len(heading) < 16 and within.search(heading) is not None)
    verdicts[id(item)] = verdict
    return verdict


def frame_article(text: str) -> bool:
    """Articles of purpose, scope, definition and effect, which stand under 总则 and 附则 where there are chapters."""
    bare = text.strip(TRIM + "\n")
    return section_table()["frame"].search(bare) is not None


def closing_item(text: str) -> bool:
    """An item that says from when, for whom or by whose reading the document holds, and nothing else first."""
    return section_table()["closing"].match(text.strip(TRIM + "\n")) is not None


def heading_text(outline: Outline, item: Item) -> str:
    """An item's heading."""
    start, end = outline.heading(item)
    return outline.view.text[start:end]


def titles(outline: Outline, items: list[Item], clauses: list[Clause]) -> dict[int, tuple[int, int]]:
    """Extent of each item's title by ``id``; items that are whole sentences are named by their first clause."""
    starts = [clause.start for clause in clauses]
    lengths = [end - start for start, end in map(outline.heading, items) if end > start]
    sentences = bool(lengths) and median(lengths) > LONG_HEADING
    return {id(item): title(outline, item, sentences, starts) for item in items}


def title(outline: Outline, item: Item, sentences: bool, clause_starts: list[int]) -> tuple[int, int]:
    """Extent of one title, without number, clause and trailing punctuation."""
    text = outline.view.text
    start, end = outline.heading(item)
    caption = CAPTION.match(text[start:end]) if item.level.name == ARTICLE else None
    if caption:
        return start + caption.start(1), start + caption.end(1)
    place = bisect_right(clause_starts, start - 1)
    if place < len(clause_starts) and start < clause_starts[place] < end:
        end = clause_starts[place]
    if sentences or item.level.name == ARTICLE or end - start > 45:
        stop = TITLE_STOP.search(text, start, end)
        end = stop.start() if stop and stop.start() > start else end
    while end > start and text[end - 1] in TRIM:
        end -= 1
    while start < end and text[start] in TRIM:
        start += 1
    return start, end


def works(
    outline: Outline, items: list[Item], clauses: list[Clause], end: int, charged: Callable[[Item], bool]
) -> list[Work]:
    """The tasks with their clauses: items, items above whose last sub-item carries their clause, and parts ``#k``.

    ``charged``: whether the sentences of an item tie an agency to it, without a clause.
    """
    chosen = {id(item): item for item in task_items(outline, items)}
    owned: dict[int, list[Clause]] = {}
    starts = [item.start for item in items]
    for clause in clauses:
        place = bisect_right(starts, clause.start) - 1
        if place >= 0 and clause.start < min(items[place].end, end):
            owned.setdefault(id(items[place]), []).append(clause)
    lift(outline, items, owned, charged)
    for item in items:
        if id(item) in owned:
            chosen.setdefault(id(item), item)
    ordered = [item for item in items if id(item) in chosen]
    named = titles(outline, ordered, clauses)
    return [work for item in ordered for work in parts(outline, item, named[id(item)], owned.get(id(item), []), end)]


def lift(outline: Outline, items: list[Item], owned: dict[int, list[Clause]], charged: Callable[[Item], bool]) -> None:
    """Move a clause from the last sub-item to the item above where no other sub-item has one, nor says who does it."""
    for item in items:
        last = item.children[-1] if len(item.children) > 1 else None
        if last is None or last.children or id(item) in owned or len(owned.get(id(last), [])) != 1:
            continue
        if any(has_clause(child, owned) for child in item.children[:-1]):
            continue
        clause = owned[id(last)][0]
        if any(map(charged, item.children[:-1])):
            continue
        if not outline.view.text[clause.end : last.end].strip(TRIM + "\n"):
            owned[id(item)] = owned.pop(id(last))


def has_clause(item: Item, owned: dict[int, list[Clause]]) -> bool:
    """Whether an item or anything beneath it has a clause."""
    return id(item) in owned or any(has_clause(child, owned) for child in item.children)


def parts(outline: Outline, item: Item, named: tuple[int, int], clauses: list[Clause], end: int) -> list[Work]:
    """One task, or one for each clause of an item that has several."""
    stop = min(item.tree_end if item.children else item.end, end)
    stop = max(stop, item.body)
    text = outline.view.text
    while stop > item.body and text[stop - 1].isspace():
        stop -= 1
    if len(clauses) < 2:
        return [Work(item, item.path, named, item.start, stop, clauses)]
    found, start = [], item.start
    for number, clause in enumerate(clauses, 1):
        until = clause.end if number < len(clauses) else max(stop, clause.end)
        found.append(Work(item, f"{item.path}#{number}", named, start, until, [clause]))
        start = until
        while start < stop and text[start] in TRIM + "\n":
            start += 1
    return found


@Language.component("body", requires=["doc._.outline", "doc._.layout"], assigns=["doc._.items", "doc._.body_end"])
def body(doc: Doc) -> Doc:
    """Set the plan's own items and where it ends."""
    doc._.items = body_items(doc._.outline, doc._.layout)
    doc._.body_end = body_end(doc._.outline, doc._.items)
    return doc


@Language.component("tasks", requires=["doc._.items", "doc._.clauses", "doc._.header"], assigns=["doc._.works"])
def tasks(doc: Doc) -> Doc:
    """Set the tasks, each with its clauses."""
    policy, region, text = doc._.header.policy, doc._.header.region, doc._.view.text
    on = policy.issued_on or policy.published_on

    def charged(item: Item) -> bool:
        return bool(prose_clauses(text, item.start, item.tree_end, region, on))

    doc._.works = works(doc._.outline, doc._.items, doc._.clauses, doc._.body_end, charged)
    return doc
