"""Where a text names parks: every form of a kind with what stands before it, read in its list and clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from ingest.park_names import LEFT, Reading, official, read_left
from ingest.park_table import Kind, kinds, patterns
from ingest.records import Region
from ingest.regions import regions

END = re.compile("[区园]")
JOINS = re.compile(r"\s*(?:[、,]|和|与|及|以及)\s*")
BEFORE_LIST = re.compile(
    r"(?:(?:人民)?政府|各[^,。;、]{0,10}[县市区)])\s*[、,和及]\s*$|[\u4e00-\u9fff]{2,8}[县市](?:人民政府)?[、,]\s*$"
)
CLASS_BEFORE = re.compile(
    r"(?:非|类|级|各|省|国家|家|个|向|为|成|创建|申报|争创|申创|升级|晋升|设立|建设|打造|批|新|全[市省县区国州]|我[市省县区])$"
)
LISTED = re.compile(r"[、和]")
ORGAN = re.compile(r"(?:[、和][^,。;:、]{2,12}){0,4}?(?:管委会|管理委员会|党工委)")  # after the last item of a list
ZONE_START = re.compile(r"^$|(?:[包含在对和由为]|支持|推动|推进|包括|自贸试验区|自贸区|自由贸易试验区)$")
BOUNDARY = ("", "、", ",", "。", ";", ":", "\n", "(", "《", "“")
GOES_ON = re.compile("[\u4e00-\u9fff](?<![的等和与及、步])")
SHORT = re.compile(r"\s*\(\s*以下(?:统一?|均|合)?简?称(?:为)?[:\s]*[“\"<《]?([^”\">》()、,。]{2,14})[”\">》]?")


@dataclass(slots=True)
class Mention:
    """A place in the view that names a park. ``name`` is None until a bare mention is settled."""

    start: int
    end: int
    form: str
    reading: Reading
    name: str | None = None
    region: str | None = None
    planned: bool = False
    part: bool = False
    elided: bool = False  # its kind stands at the end of its list
    whole: Mention | None = None  # of a part: the park that it belongs to

    @property
    def kind(self) -> Kind:
        """The kind of the form."""
        return kinds()[self.form]


@cache
def longest() -> int:
    """Characters of the longest form."""
    return max(map(len, kinds()))


def form_at(text: str, end: int) -> str | None:
    """The longest form of a kind that ends at ``end``, unless the word runs on."""
    if (text[end : end + 1] == "区" and text[end - 1] == "园") or patterns()["not_after"].match(text[end : end + 3]):
        return None
    table = kinds()
    return next((text[at:end] for at in range(max(0, end - longest()), end - 1) if text[at:end] in table), None)


def find(text: str, region: Region | None, start: int = 0, end: int | None = None) -> list[Mention]:
    """Every mention of a kind with its reading, in order; classes among them, since lists go on from them."""
    found: list[Mention] = []
    within = region.code if region else None
    for match in END.finditer(text, start, len(text) if end is None else end):
        form = form_at(text, match.end())
        if form is None:
            continue
        at = match.end() - len(form)
        floor = max(start, at - 26)
        previous = found[-1] if found else None
        if previous is not None and previous.end > floor:
            floor = previous.end
        run = LEFT.search(text, floor, at)
        mention = read(text, run[0] if run else "", form, match.end(), within, previous)
        mention.planned = planned(text, mention, previous)
        found.append(mention)
    return found


def read(text: str, run: str, form: str, end: int, within: str | None, previous: Mention | None) -> Mention:
    """One mention; directly behind another park it is a part of that one."""
    at = end - len(form)
    kind = kinds()[form]
    touching = previous is not None and previous.end == at - len(run)
    if touching and previous is not None and part_of(previous, run, kind):
        previous.reading = individual(previous.reading)
        return Mention(previous.start, end, form, Reading("named", at - previous.start), part=True, whole=previous)
    if kind.part_of:
        return Mention(at, end, form, Reading("class"))
    reading = read_left(run, form, within, text[max(0, at - len(run) - 1) : at - len(run)] in BOUNDARY)
    if reading.status == "all" and patterns()["organs"].match(text[end : end + 8]):
        reading = individual(reading)
    length = reading.length if reading.status in ("named", "all", "own") else 0
    return Mention(at - length, end, form, reading)


def individual(reading: Reading) -> Reading:
    """The reading of a place's only park, where the text shows that it is one."""
    return Reading("named", reading.length, reading.place, reading.region) if reading.status == "all" else reading


def part_of(previous: Mention, between: str, kind: Kind) -> bool:
    """Whether a kind right behind a park's name is a named part of it."""
    if previous.part or previous.reading.status not in ("named", "all"):
        return False
    if kind.part_of:
        return previous.kind.full == kind.part_of and 2 <= len(between) <= 8 and between[0] not in "及和与的、等内"
    if not kind.part or len(between) > 10 or patterns()["class"].search(between) or patterns()["stop"].search(between):
        return False
    return bool(between) or "化工" in kind.full


def planned(text: str, mention: Mention, previous: Mention | None) -> bool:
    """Whether the park is yet to be built: verbs before it, or before the list that it stands in."""
    if previous is not None and JOINS.fullmatch(text, previous.end, mention.start):
        return previous.planned and (previous.reading.status in ("named", "class"))
    pattern = patterns()["planned" if mention.kind.established else "building"]
    return pattern.search(text, max(0, mention.start - 10), mention.start) is not None


def joined(text: str, one: Mention, other: Mention) -> bool:
    """Whether two mentions stand side by side in a list."""
    return JOINS.fullmatch(text, one.end, other.start) is not None


def within(mentions: list[Mention], start: int, end: int) -> list[Mention]:
    """The mentions of ``mentions`` (in order) that begin inside a stretch."""
    starts = [mention.start for mention in mentions]
    return mentions[bisect_left(starts, start) : bisect_left(starts, end)]
