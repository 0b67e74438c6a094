"""What holds for a line from the items above it: path, year, scope, and the kind of its section."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from ingest.findings import Context
from ingest.layout import joined
from ingest.metrics import without_lead
from ingest.scopes import scope_at
from ingest.sentences import clauses, sentences
from ingest.structure import ARTICLE, Item, Outline
from ingest.tasks import Work
from ingest.wording import wording
from ingest.years import years

LIMIT = re.compile(
    r"(?:完成时限|完成时间|完成期限|时限要求|时间节点|时间要求|整改时限|时限|完成节点)\s*[:为]\s*[^\n。;)]{0,30}"
    r"|(?<=[,;:(。])20\d\d年(?:\d{1,2}月)?[底末]?之?前完成(?=[)。;\n]|\Z)"
)
BULLET = re.compile(r"[ \t]*(?:-{2,}|·|\*|[①-⑳])")
AT_BULLET = re.compile(r"\n[ \t]*(?:-{2,}|·|\*|[①-⑳])")
HEADING = 24  # characters, from which a heading is a sentence of its own
HEADED = 40  # characters of a heading whose year holds beneath it
LAW_SHARE = 0.5  # of a document's lowest items that are articles, from which it is a law or regulation


class Places:
    """Paths and contexts of the places of one document; each item is read once."""

    def __init__(
        self,
        outline: Outline,
        items: list[Item],
        works: list[Work],
        issued: int | None,
        strict: bool = False,
        plan: bool = False,
    ) -> None:
        self.outline, self.text, self.items = outline, outline.view.text, items
        self.starts = [item.start for item in items]
        self.works = [work for work in works if "#" in work.path]
        lowest = [item for item in items if not item.children]
        articles = sum(item.level.name == ARTICLE for item in lowest)
        law = strict or (not plan and articles > 3 and articles >= LAW_SHARE * len(lowest))
        self.root = Context(issued=issued, law=law)
        self.above: dict[int, Context] = {}
        self.leads: dict[int, tuple[int | None, str | None]] = {}

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
            return replace(self.root, law=True) if self.items else self.root
        found = self.above.get(id(item))
        if found is None:
            found = self.above[id(item)] = self.read(item)
        return found

    def read(self, item: Item) -> Context:
        """The context of an item from that of the item above, its heading, its lead and its stated deadline."""
        parents = item.ancestors()
        outer = self.context(parents[0]) if parents else self.root
        start, end = self.outline.heading(item)
        heading = joined(self.text[start:end])
        words = wording().headings
        aim, reason = outer.aim, outer.reason
        if len(heading) <= HEADING:
            aim = aim or words["aim"].search(heading) is not None
            if not words["aim"].search(heading):
                reason = "history" if words["background"].search(heading) else reason
                reason = "condition" if words["condition"].search(heading) else reason
        year, scope = outer.year, outer.scope
        if end - start < HEADED:
            year = next((found.year for found in reversed(list(years(self.text, start, end))) if found.deadline), year)
        if item.children:
            lead_year, lead_scope = self.lead(item)
            year = lead_year or year
            scope = lead_scope if lead_scope and lead_scope.startswith("全") else scope
        if year is None and (limit := LIMIT.search(self.text, item.start, item.end)):
            year = next((found.year for found in years(self.text, *limit.span())), None)
        return replace(outer, year=year, scope=scope, aim=aim, reason=reason)

    def bullet(self, item: Item | None, start: int, end: int) -> Context:
        """The context of a line; a bullet takes scope and year of the paragraph before it, and its own head's year."""
        context = self.context(item)
        mark = BULLET.match(self.text, start)
        if item is not None and mark is None:  # a line that goes on with the bullet before it
            mark = next(reversed(list(AT_BULLET.finditer(self.text, item.body, start))), None)
        if item is None or mark is None:
            return context
        year, scope = self.lead(item)
        head = re.search("[。:(]", self.text[mark.end() : end])
        stop = mark.end() + head.start() if head and head.start() < HEADED else mark.end()
        own = [found.year for found in years(self.text, mark.end(), stop) if found.deadline]
        return replace(context, year=own[-1] if own else year or context.year, scope=scope or context.scope)

    def lead(self, item: Item) -> tuple[int | None, str | None]:
        """Year and scope of the paragraph that stands before an item's parts or bullets."""
        if id(item) not in self.leads:
            self.leads[id(item)] = self.read_lead(item)
        return self.leads[id(item)]

    def read_lead(self, item: Item) -> tuple[int | None, str | None]:
        """The same, read: the last year still to come, and the first scope that heads a clause."""
        at = self.outline.heading(item)[1]
        while at < item.end and self.text[at] in ":。 \n":
            at += 1
        bullets = AT_BULLET.search(self.text, at, item.end)
        stop = bullets.start() if bullets else item.end
        if BULLET.match(self.text, at, item.end):  # no paragraph stands before the first
            stop = at
        stated: list[int] = []
        scope = None
        for start, end in sentences(self.text, at, stop):
            stated += [found.year for found in years(self.text, start, end) if found.deadline][-1:]
            for part in () if scope else clauses(self.text, start, end):
                head = scope_at(self.text, without_lead(self.text, part.start, part.end), part.end)
                scope = scope or (head.text if head and not head.lent else None)
        issued = self.root.issued
        future = [year for year in stated if issued is None or year >= issued]
        return (future[-1] if future else None), scope
