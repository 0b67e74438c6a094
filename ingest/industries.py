"""Industries that the text gives a named park, or that a task develops (GUIDELINE: Parks, industries)."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from spacy.language import Language
from spacy.tokens import Doc

from ingest.duties import Clause
from ingest.industry_lists import Industry, industries, patterns
from ingest.industry_phrases import CLAUSE, Predicate, predicates
from ingest.park_mentions import Mention
from ingest.records import ParkIndustry
from ingest.tasks import Work
from ingest.view import View

SENTENCE = re.compile(r"[。;\n]")
HEADING = re.compile(
    r"^\s*(?:[#*]+\s*)?(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d{1,2}[.、)]|[①-⑳]|-+|·)?\s*$"
)
BESIDE = re.compile(
    r"(?:、[^,。;:、和]{2,14}){0,2}(?:\s*(?:[、,]|和|与|及|以及)\s*)"
)  # a list may hold what is no park
NEXT_LIST = re.compile(r"、[\u4e00-\u9fff]{2,6}?[市县区]|等|特色|以")
PLACE_END = re.compile(r"产业(?:园|集群|基地|链)|产业$")
MAKES = re.compile(r"(?:打造|建设|推进|做强|壮大|培育|加快|构建|发展)$")
GAP = 60  # characters between a park and the verb that it is the subject of


def named_parks(text: str, mentions: list[Mention], starts: list[int], at: int) -> list[Mention]:
    """The parks that are the subject of a phrase at ``at``: the nearest before it in its sentence, with its list."""
    index = bisect_left(starts, at) - 1
    while index >= 0 and mentions[index].end > at:
        index -= 1
    if index < 0:
        return []
    nearest = mentions[index]
    between = text[nearest.end : at]
    if len(between) > GAP or SENTENCE.search(between) or patterns()["not_subject"].search(between):
        return []
    return group_of(text, mentions, index)


def group_of(text: str, mentions: list[Mention], index: int) -> list[Mention]:
    """A mention and those that stand before it in its list. Of a part and its whole, the part is meant."""
    group = [mentions[index]]
    for other in reversed(mentions[:index]):
        if other.start == group[0].start:
            continue
        if not BESIDE.fullmatch(text, other.end, group[0].start):
            break
        group.insert(0, other)
    return group


def heading_parks(text: str, mentions: list[Mention]) -> list[tuple[int, int, Mention]]:
    """Paragraphs that a park alone is the heading of (1.常德经开区。…): (start, end, park)."""
    found = []
    for mention in mentions:
        after = text[mention.end : mention.end + 1]
        line = text.rfind("\n", 0, mention.start) + 1
        if after not in ("。", ":", "\n") or not HEADING.match(text[line : mention.start]):
            continue
        begin = mention.end + 1
        while begin < len(text) and text[begin].isspace():
            begin += 1
        end = text.find("\n", begin)
        found.append((begin, len(text) if end < 0 else end, mention))
    return found


def park_industries(view: View, mentions: list[Mention], found: list[Predicate]) -> list[ParkIndustry]:
    """One row for each park and industry that the text ties together."""
    text = view.text
    rows: dict[tuple[str, str], ParkIndustry] = {}
    starts = [mention.start for mention in mentions]
    headings = heading_parks(text, mentions)
    for item in found:
        parks = named_parks(text, mentions, starts, item.start)
        if not parks:
            parks = [mention for start, end, mention in headings if start <= item.start < end]
        for mention, industry in pairs(parks, item):
            add(view, rows, mention, industry)
    for mention in mentions:
        for industry in adjacent(text, mention):
            add(view, rows, mention, industry)
    return list(rows.values())


def pairs(parks: list[Mention], item: Predicate) -> list[tuple[Mention, Industry]]:
    """Each park with each industry; one to one where the text says 分别 and the counts agree."""
    if item.shared and len(parks) == len(item.items):
        return list(zip(parks, item.items, strict=True))
    return [(mention, industry) for mention in parks for industry in item.items]


def adjacent(text: str, mention: Mention) -> list[Industry]:
    """Industries right behind a park, before 产业园, 集群 or the like (打造高新区生物医药和新材料特色产业园)."""
    stop = CLAUSE.search(text, mention.end, mention.end + 80)
    limit = stop.start() if stop else min(len(text), mention.end + 80)
    ending = PLACE_END.search(text, mention.end, limit)
    made = MAKES.search(text, max(0, mention.start - 8), mention.start)
    if ending is None or not (made or ending[0] in ("产业集群", "产业基地")):
        return []
    return industries(text, mention.end, first_list_end(text, mention.end, ending.start()), typed=False)


def first_list_end(text: str, start: int, end: int) -> int:
    """Where the next park's or place's own list begins, else ``end``."""
    place = NEXT_LIST.search(text, start, end)
    return place.start() if place else end


def add(view: View, rows: dict[tuple[str, str], ParkIndustry], mention: Mention, industry: Industry) -> None:
    """Add a row unless it is there."""
    key = (mention.name or "", industry.name)
    if key in rows:
        return
    first = max(view.text.rfind(mark, 0, mention.start) for mark in "。;\n") + 1
    stop = SENTENCE.search(view.text, industry.end)
    last = stop.start() if stop else len(view.text)
    span = view.span(first, last) if last - first < 400 else view.span(mention.start, industry.end)
    rows[key] = ParkIndustry(
        park=key[0], industry=industry.name, mention=view.quote(industry.start, industry.end), evidence=span
    )


def outside(found: list[Predicate], clauses: list[Clause]) -> list[Predicate]:
    """The phrases that stand in no clause of duties (责任单位:市发展改革委 …)."""
    starts = [clause.start for clause in clauses]
    kept = []
    for item in found:
        index = bisect_right(starts, item.start) - 1
        if index < 0 or clauses[index].end <= item.start:
            kept.append(item)
    return kept


def task_industries(works: list[Work], found: list[Predicate]) -> list[tuple[str, ...]]:
    """The industries that each task develops, in order of mention."""
    starts = [item.start for item in found]
    rows = []
    for work in works:
        inside = found[bisect_left(starts, work.start) : bisect_right(starts, work.end)]
        names = (industry.name for item in inside for industry in item.items if industry.listed)
        rows.append(tuple(dict.fromkeys(names)))
    return rows


@Language.component(
    "industries",
    requires=["doc._.park_mentions", "doc._.works"],
    assigns=["doc._.park_industries", "doc._.task_industries"],
)
def industries_of(doc: Doc) -> Doc:
    """Set the industries of parks and of tasks."""
    text = doc._.view.text
    found = outside(predicates(text, 0, doc._.body_end or len(text)), doc._.clauses)
    doc._.park_industries = park_industries(doc._.view, doc._.park_mentions, found)
    doc._.task_industries = task_industries(doc._.works, found)
    return doc
