"""Where a text names parks: every form of a kind with what stands before it, read in its list and clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from ingest.alternatives import longest_first
from ingest.park_names import Reading, read_left, run_before
from ingest.park_table import Kind, kinds, patterns
from ingest.records import Region
from ingest.tables import load_yaml

JOINS = re.compile(r"\s*(?:[、,]|和|与|及|以及)\s*")
BOUNDARY = ("", "、", ",", "。", ";", ":", "\n", "(", "《", "“")


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
def forms() -> re.Pattern[str]:
    """Every form of every kind, the longest first, unless the word runs on."""
    words = longest_first(kinds(), {form: "(?!区)" for form in kinds() if form.endswith("园")})
    return re.compile(f"(?:{words})(?!{load_yaml('parks.yml')['not_after']})")


def find(text: str, region: Region | None, start: int = 0, end: int | None = None) -> list[Mention]:
    """Every mention of a kind with its reading, in order; classes among them, since lists go on from them."""
    found: list[Mention] = []
    within = region.code if region else None
    for match in forms().finditer(text, start, len(text) if end is None else end):
        form, at = match[0], match.start()
        floor = max(start, at - 26)
        previous = found[-1] if found else None
        if previous is not None and previous.end > floor:
            floor = previous.end
        mention = read(text, run_before(text, floor, at), form, match.end(), within, previous)
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
