"""Duties in running prose: 由A牵头, A会同B负责, A负责 …, A配合. What only exhorts (A要加强 …) is none."""

from __future__ import annotations

import re
from datetime import date

from ingest.agencies import Mention, split_names
from ingest.duties import Clause, Duty
from ingest.records import Region, Role
from ingest.resolve import agency_resolver

SENTENCE = re.compile(r"[^。;\n]+")
MODAL = "(?:要|分别|应当|应|须|需|继续|切实|统一|共同|具体|主要|充分|积极|做好|发挥|履行|认真|全面|好|其)*"
SUBJECT = re.compile(
    rf"(?:\A|(?<=[,:由。;\n.]))\s*(?P<names>[^,:《》“”]{{2,60}}?)(?:等(?:部门|单位)?)?{MODAL}(?P<verb>牵头(?!单位|部门|人)|会同|负责(?!人|同志|单位|部门|解释)|配合(?!单位|部门))"
)
PAST = re.compile("已经|已[由将于对在]|近期|此前|去年|[立定成台]了")
OFFICE = re.compile(
    "[省市县区州](?!级|直|场|域|政府).{1,9}(?:局|委|办|中心|公司|厅)$"
)  # a level and an organ: 区甲乙中心
OBJECT = re.compile(r"[^,。;:()]{2,60}")


def prose_clauses(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Clause]:
    """Clauses in the sentences of ``text[start:end]``. Only names that a table settles count."""
    found = []
    for sentence in SENTENCE.finditer(text, start, end):
        duties = sentence_duties(text, sentence.start(), sentence.end(), region, on)
        if duties:
            numbered = tuple(Duty(duty.mention, duty.role, place) for place, duty in enumerate(duties, 1))
            begin, stop = sentence.span()
            while text[begin].isspace():
                begin += 1
            found.append(Clause(begin, stop, numbered))
    return found


def sentence_duties(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Duty]:
    """The duties of one sentence, in order."""
    duties: list[Duty] = []
    for match in SUBJECT.finditer(text, start, end):
        begin, stop = match.span("names")
        own = text.rfind("由", begin, stop) + 1
        if PAST.search(text, start, end):
            continue
        names = settled(split_names(text, max(begin, own), stop), region, on, every=True)
        verb = match["verb"]
        role: Role = "lead" if verb in ("牵头", "会同") else "support" if verb == "配合" else "responsible"
        duties += [Duty(mention, role, 0) for mention in names]
        if verb == "会同" and names:
            beside = OBJECT.match(text, match.end(), end)
            if beside:
                duties += [Duty(mention, "support", 0) for mention in objects(text, *beside.span(), region, on)]
    return duties


def objects(text: str, start: int, end: int, region: Region | None, on: date | None) -> list[Mention]:
    """The agencies after 会同: those of a list that runs into the sentence's own verb."""
    found: list[Mention] = []
    for mention in split_names(text, start, end):
        for stop in range(len(mention.name), 1, -1):
            agency = agency_resolver().resolve(mention.name[:stop], region, on)
            if agency is not None and (agency.resolved or agency.collective):
                lost = len(mention.name) - stop
                found.append(Mention(mention.name[:stop], mention.start, mention.end - lost))
                break
        else:
            break
    return found


def settled(mentions: list[Mention], region: Region | None, on: date | None, *, every: bool) -> list[Mention]:
    """Those of the mentions that the tables know; none where ``every`` must be known and one is not."""
    resolver = agency_resolver()
    known = []
    for mention in mentions:
        agency = resolver.resolve(mention.name, region, on)
        if agency is None:
            continue
        if not (agency.resolved or agency.collective or OFFICE.match(mention.name)):
            if every:
                return []
            continue
        known.append(mention)
    return known
