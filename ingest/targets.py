"""Targets: the quantities a policy commits to reach (GUIDELINE: Targets), with path, year and scope from above."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from ingest.layout import joined
from ingest.metrics import without_lead
from ingest.quantities import Quantity, quantities
from ingest.reading import Context, Found, Lost, read
from ingest.scopes import scope_at
from ingest.sentences import clauses, sentences
from ingest.structure import ARTICLE, Item, Outline
from ingest.tasks import Work
from ingest.wording import wording
from ingest.years import years

AIM_SENTENCE = re.compile(r"力争|争取|到20\d\d年|20\d\d年底?前|“?十[四五]五”?(?:末|期间)")
LIMIT = re.compile(
    r"(?:完成时限|完成时间|完成期限|时限要求|时间节点|时间要求|整改时限|时限|完成节点)\s*[:为]\s*[^\n。;)]{0,30}"
)
BULLET = re.compile(r"[ \t]*(?:-{2,}|·|\*|[①-⑳])")
LAW_SHARE = 0.5  # of a document's items that are articles, from which it is a law or regulation


@dataclass(frozen=True, slots=True)
class Placed:
    """A target and the path of the item that states it."""

    path: str
    found: Found


@dataclass(frozen=True, slots=True)
class Targets:
    """What a document commits to, and the numbers of its target sections that no target quotes."""

    placed: list[Placed]
    lost: list[Lost]


class Reader:
    """Reads one document's lines in order, each with what the items above it say."""

    def __init__(self, outline: Outline, items: list[Item], works: list[Work], issued: int | None) -> None:
        self.outline, self.text, self.items, self.issued = outline, outline.view.text, items, issued
        self.starts = [item.start for item in items]
        self.works = [work for work in works if "#" in work.path]
        articles = sum(item.level.name == ARTICLE for item in items)
        self.law = articles > 3 and articles >= LAW_SHARE * len([item for item in items if not item.children])
        self.above: dict[int, Context] = {}

    def item_at(self, at: int) -> Item | None:
        """The deepest item that holds a place; None before the first."""
        index = bisect_right(self.starts, at) - 1
        return self.items[index] if index >= 0 else None

    def path(self, at: int) -> str:
        """The path of a place: its item's, with the part of the clause where the item is split, else ``0``."""
        for work in self.works:
            if work.start <= at < work.end:
                return work.path
        item = self.item_at(at)
        return item.path if item else "0"

    def context(self, item: Item | None) -> Context:
        """What holds beneath an item: year and scope of its heading and of the paragraph before its parts."""
        if item is None:
            return Context(issued=self.issued, law=self.law)
        if id(item) in self.above:
            return self.above[id(item)]
        parents = item.ancestors()
        outer = self.context(parents[0]) if parents else self.context(None)
        start, end = self.outline.heading(item)
        heading = joined(self.text[start:end])
        words = wording().headings
        sentence = len(heading) > 24
        reason = outer.reason
        aim = outer.aim or (not sentence and words["aim"].search(heading) is not None)
        if not sentence and not words["aim"].search(heading):
            reason = (
                "history"
                if words["background"].search(heading)
                else "condition"
                if words["condition"].search(heading)
                else reason
            )
        stated = [found.year for found in years(self.text, start, end) if found.deadline]
        year = stated[-1] if stated and end - start < 40 else outer.year
        lead_year, lead_scope = self.lead(item, end)
        if item.children or self.bulleted(item, end):
            year = lead_year or year
        limit = LIMIT.search(self.text, item.start, item.end)
        if limit and year is None:
            year = next((found.year for found in years(self.text, *limit.span())), None)
        scope = lead_scope if item.children and lead_scope and lead_scope.startswith("全") else outer.scope
        found = Context(year, scope, aim, self.issued, self.law, reason)
        self.above[id(item)] = found
        return found

    def bulleted(self, item: Item, at: int) -> bool:
        """Whether an item's own text has bullets."""
        return any(BULLET.match(line) for line in self.text[at : item.end].split("\n")[1:])

    def lead(self, item: Item, at: int) -> tuple[int | None, str | None]:
        """Year and scope of the paragraph that stands before an item's parts or bullets."""
        stop = item.end
        for match in re.finditer(r"\n", self.text[at : item.end]):
            if BULLET.match(self.text, at + match.end()):
                stop = at + match.start()
                break
        stated: list[int] = []
        scope = None
        for start, end in sentences(self.text, at, stop):
            start += len(self.text[start:end]) - len(self.text[start:end].lstrip(":。 "))
            mine = [found.year for found in years(self.text, start, end) if found.deadline]
            stated += mine[-1:]
            for part in clauses(self.text, start, end):
                head = scope_at(self.text, without_lead(self.text, part.start, part.end), part.end)
                scope = scope or (head.text if head and not head.lent else None)
        future = [year for year in stated if self.issued is None or year >= self.issued]
        return (future[-1] if future else None), scope


def targets_of(
    outline: Outline, items: list[Item], works: list[Work], start: int, end: int, issued: int | None
) -> Targets:
    """Every target of the plan, which stands from ``start`` to ``end`` of the view; ``issued`` is its year."""
    reader = Reader(outline, items, works, issued)
    numbers = list(quantities(outline.view.text, start, end))
    placed: list[Placed] = []
    lost: list[Lost] = []
    at = 0
    begins = [number.start for number in numbers]
    while at < len(numbers):
        line_start = max(outline.view.text.rfind("\n", 0, numbers[at].start) + 1, start)
        item = reader.item_at(numbers[at].start)
        line_start = max(line_start, item.body) if item and item.start >= line_start else line_start
        line_end = outline.view.text.find("\n", numbers[at].start)
        line_end = min(end, line_end if line_end >= 0 else end)
        if item:
            line_end = min(line_end, item.end)
        stop = bisect_left(begins, line_end)
        read_line(
            reader, item, line_start, max(line_end, numbers[at].end), numbers[at:stop] or [numbers[at]], placed, lost
        )
        at = max(stop, at + 1)
    return Targets(placed, unquoted(placed, lost))


def read_line(
    reader: Reader,
    item: Item | None,
    start: int,
    end: int,
    numbers: list[Quantity],
    placed: list[Placed],
    lost: list[Lost],
) -> None:
    """Read the sentences of one line that hold numbers."""
    text = reader.text
    context = bullet_context(reader, item, start, end)
    for first, last in sentences(text, start, end):
        own = [number for number in numbers if first <= number.start < last]
        if not own:
            continue
        found, others = read(text, first, last, own, context)
        placed += [Placed(reader.path(row.start), row) for row in found]
        if context.aim or AIM_SENTENCE.search(text, first, last):
            lost += others


def bullet_context(reader: Reader, item: Item | None, start: int, end: int) -> Context:
    """The context of a line; a bullet takes scope and year of the paragraph before it, and its own head's year."""
    context = reader.context(item)
    mark = BULLET.match(reader.text, start)
    if item is None or mark is None:
        return context
    year, scope = reader.lead(item, reader.outline.heading(item)[1])
    head = re.search("[。:]", reader.text[mark.end() : end])
    stop = mark.end() + head.start() if head and head.start() < 40 else mark.end()
    own = [found.year for found in years(reader.text, mark.end(), stop) if found.deadline]
    return Context(
        own[-1] if own else year or context.year,
        scope or context.scope,
        context.aim,
        context.issued,
        context.law,
        context.reason,
    )


def unquoted(placed: list[Placed], lost: list[Lost]) -> list[Lost]:
    """The numbers that no target quotes, each once."""
    quoted = [(row.found.start, row.found.end) for row in placed]
    seen = {
        (item.start, item.end): item for item in lost if not any(start <= item.start < end for start, end in quoted)
    }
    return list(seen.values())


@Language.component("targets", requires=["doc._.works", "doc._.header"], assigns=["doc._.targets"])
def targets(doc: Doc) -> Doc:
    """Set what the document commits to."""
    policy = doc._.header.policy
    on = policy.issued_on or policy.published_on
    start = doc._.layout.plan_start
    doc._.targets = targets_of(doc._.outline, doc._.items, doc._.works, start, doc._.body_end, on.year if on else None)
    return doc
