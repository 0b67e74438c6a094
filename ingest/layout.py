"""Where the document stands on its page: its title, a notice around it, and the end before page furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from ingest.dates import PATTERN as DATE_PATTERN
from ingest.records import Genre
from ingest.structure import Outline
from ingest.tables import load_yaml
from ingest.view import View

QUOTED = re.compile(r"《(.+?)》(?!.*《)|《(.+)》")
DATE_FIRST = re.compile(rf"\(?{DATE_PATTERN}")
DATE_LINE = re.compile(rf"[ \t]*(?:\S.{{0,40}}?)??({DATE_PATTERN})[ \t]*(?:印发)?$")
TITLE_LENGTH = (5, 220)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the view that is not blank; ``text`` is stripped."""

    start: int
    end: int
    text: str

    def parted(self) -> bool:
        """Whether it may hold several cells: they stand between tabs, bars or runs of spaces."""
        text = self.text
        return "\t" in text or "|" in text or "  " in text


@dataclass(frozen=True, slots=True)
class Layout:
    """Extents in the view. ``notice`` is the covering notice's title, where there is one.

    An article about a policy may have its title outside the text (``title_text`` without ``title``).
    """

    title: tuple[int, int] | None
    title_text: str | None  # folded, without spaces, brackets of a draft kept
    notice: str | None
    notice_start: int
    notice_end: int
    plan_start: int
    lines: list[Line]
    genre: Genre = "policy"


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``header.yml`` and ``furniture.yml``."""
    header, furniture = load_yaml("header.yml"), load_yaml("furniture.yml")
    types = "|".join(sorted(header["types"], key=len, reverse=True))
    qualifiers = "|".join(header["qualifiers"])
    return {
        "title": re.compile(rf"^(?!.*[。;!?])(?:.*?)(?:{types})(?:\((?:{qualifiers})\))*$"),
        "qualifier": re.compile(rf"^\((?:{qualifiers})\)$"),
        "draft": re.compile(header["drafts"]),
        "wrapping": re.compile(header["wrapping"]),
        "number": re.compile(header["number"]),
        "central_number": re.compile(header["central_number"]),
        "tail": re.compile("(?m)^[ \\t·]*(?:" + "|".join(row["pattern"] for row in furniture["tail"]) + ")"),
        "furniture": re.compile("^[ \\t·]*(?:" + "|".join(row["pattern"] for row in furniture["line"]) + ")"),
    }


def layout_of_policy(outline: Outline, lines: list[Line], candidates: list[Candidate]) -> Layout:
    """The title line of a policy, and what surrounds it."""
    notice = next((item for item in candidates if patterns()["wrapping"].search(item[2])), None)
    if notice is None:
        chosen = choose(candidates, lines)
        plan_start = chosen[1] if chosen else 0
        return Layout(
            chosen[:2] if chosen else None,
            chosen[2] if chosen else None,
            None,
            plan_start,
            plan_start,
            plan_start,
            lines,
        )
    wrapped = wrapped_title(notice[2])
    own = own_title(lines, wrapped, notice, outline) if wrapped else None
    if own is not None:
        return Layout(own[:2], own[2], notice[2], *notice[:2], own[1], lines)
    attached = attached_title(candidates, notice, lines)
    if attached is not None:
        return Layout(attached[:2], attached[2], notice[2], *notice[:2], attached[1], lines)
    if wrapped and outline.items and letter_ends_before(lines, notice[1], outline):
        return Layout(notice[:2], wrapped, notice[2], *notice[:2], notice[1], lines)
    return Layout(notice[:2], notice[2], notice[2], *notice[:2], notice[1], lines)


def lines_of(view: View) -> list[Line]:
    """Lines that hold something, with their extents without surrounding spaces."""
    found, position = [], 0
    for raw in view.text.split("\n"):
        text = raw.strip(" \t#*·")
        if text:
            start = position + raw.index(text)
            found.append(Line(start, start + len(text), text))
        position += len(raw) + 1
    return found


def fields(text: str, line: Line) -> list[int]:
    """Where the cells of one line begin, empty ones among them; none where tabs or bars do not part it."""
    mark = next((mark for mark in "\t|" if mark in line.text), "")
    if not mark:
        return []
    first, last = text.rfind("\n", 0, line.start) + 1, text.find("\n", line.end)
    last = len(text) if last < 0 else last
    found = [first, *(at + 1 for at in range(first, last) if text[at] == mark)]
    if mark == "|":  # a bar may stand at either end of the line
        found = found[1:] if not text[first : found[1] - 1].strip() else found
        found = found if text[found[-1] : last].strip() else found[:-1]
    return found


def columns_of(text: str, line: Line, cells: list[tuple[int, int]], count: int) -> list[int] | None:
    """Which of ``count`` columns the filled cells of a row stand in, where tabs or bars show the empty ones too."""
    places = fields(text, line) if len(cells) < count else []
    return [bisect_right(places, start) - 1 for start, _ in cells] if len(places) == count else None


def joined(text: str) -> str:
    """Without any space."""
    return "".join(text.split())


Candidate = tuple[int, int, str]


def title_candidates(lines: list[Line], first_item: int) -> list[Candidate]:
    """Lines (or up to three lines in a row) before the first item that read like a title."""
    found: list[Candidate] = []
    index = 0
    head = [line for line in lines if line.start < first_item][:60]
    while index < len(head):
        candidate, step = title_at(head, index)
        found += [candidate] if candidate else []
        index += step
    return found


def title_at(head: list[Line], index: int) -> tuple[Candidate | None, int]:
    """The title that begins with a line, and how many lines it takes.

    ``关于`` calls for ``的`` near the end (关于…的意见): a line without it is tried with those after it first.
    """
    chosen: tuple[Candidate | None, int] = (None, 1)
    for count in (1, 2, 3):
        group = head[index : index + count]
        if len(group) < count or not all(part_of_title(line.text) for line in group):
            break
        text = joined("".join(line.text for line in group))
        if not (TITLE_LENGTH[0] <= len(text) <= TITLE_LENGTH[1] and balanced(text) and patterns()["title"].match(text)):
            continue
        end = group[-1].end
        if index + count < len(head) and qualifies(head[index + count].text):
            end, text, count = head[index + count].end, text + joined(head[index + count].text), count + 1
        if chosen[0] is None or "的" in text[-12:]:
            chosen = (group[0].start, end, text), count
        if "关于" not in text or "的" in text[-12:]:
            break
    return chosen


def balanced(text: str) -> bool:
    """Whether every 《 is closed."""
    return text.count("《") == text.count("》")


def part_of_title(text: str) -> bool:
    """Whether a line can be a title or a part of one: no label, salutation, date, number or furniture."""
    if len(text) > (220 if "关于" in text else 90) or text[-1] in ":;,。" or re.match(r"[^《(]{1,12}:", text):
        return False
    found = patterns()
    if re.fullmatch(r"\([^()]*\)", text):
        return False
    if any(found[name].match(text) for name in ("furniture", "tail")) or DATE_LINE.match(text):
        return False
    return not (DATE_FIRST.match(text) or found["number"].fullmatch(text))


def qualifies(text: str) -> bool:
    """Whether a line is the bracketed end of a title: a period, 试行, a version or a draft, but no date."""
    bare = joined(text)
    return patterns()["qualifier"].match(bare) is not None and not re.search(DATE_PATTERN, bare)


def choose(candidates: list[Candidate], lines: list[Line]) -> Candidate | None:
    """Without a notice: the last candidate before the first paragraph of prose."""
    prose = next(
        (line.start for line in lines if len(line.text) > 60 or (len(line.text) > 12 and line.text[-1] in "。;")), None
    )
    before = [item for item in candidates if prose is None or item[0] <= prose]
    return before[-1] if before else (candidates[0] if candidates else None)


def wrapped_title(notice: str) -> str | None:
    """``关于印发《X》的通知`` or ``关于印发X的通知``: X."""
    match = patterns()["wrapping"].search(notice)
    if match is None:
        return None
    rest = notice[match.end() :]
    if rest.startswith("《"):
        depth = 0
        for index, char in enumerate(rest):
            depth += (char == "《") - (char == "》")
            if depth == 0:
                return rest[1:index]
        return None
    inner = re.match(r"(.+?)(?:的通知|意见的[函通知公告]+|的公告|的通告|的函)", rest)
    if inner and patterns()["title"].match(inner[1]):
        return inner[1]
    return None


def own_title(lines: list[Line], wrapped: str, notice: Candidate, outline: Outline) -> Candidate | None:
    """Where the wrapped title stands again after the notice: where the plan begins.

    The first such line with items behind it; a line that lists it as an annex gives way to a later one.
    """
    found: Candidate | None = None
    last_item = outline.items[-1].start if outline.items else 0
    prose = last_prose(lines)
    for index, line in enumerate(lines):
        candidate = repetition(lines, index, joined(wrapped)) if line.start >= notice[1] else None
        if candidate is None or not (last_item >= candidate[1] or prose >= candidate[1]):
            continue
        if found is not None and last_item < candidate[1]:
            continue
        found = candidate
        if last_item >= candidate[1] and not line.text.startswith("附"):
            break
    return found


def last_prose(lines: list[Line]) -> int:
    """Up to where three lines of prose follow: a plan without numbers, not the list of annexes. -1 for nowhere."""
    starts = [line.start for line in lines if len(line.text) > 25 and line.text[-1] in "。;:"]
    return starts[-3] if len(starts) > 2 else -1


def repetition(lines: list[Line], index: int, target: str) -> Candidate | None:
    """The line at ``index``, with those after it that it needs, where they say the title ``target``."""
    line = lines[index]
    text = re.sub(r"^附件\d*[:.]?", "", joined(line.text)).strip("《》")
    if not text or not (target.startswith(text) or same_title(text, target)):
        return None
    start, end, following = line.start + max(line.text.find(text[:2]), 0), line.end, index + 1
    while text != target and following < len(lines) and target.startswith(text + joined(lines[following].text)):
        text, end, following = text + joined(lines[following].text), lines[following].end, following + 1
    if text != target and not same_title(text, target):
        return None
    if following < len(lines) and qualifies(lines[following].text):
        extra = joined(lines[following].text)
        if not text.endswith(extra):
            text, end = text + extra, lines[following].end
    return start, end, text


def same_title(text: str, target: str) -> bool:
    """Equal but for bracketed periods, drafts or trials at the end."""
    bare = re.compile(r"\([^()]*\)$")
    return len(text) > 6 and (bare.sub("", text) == bare.sub("", target))


def attached_title(candidates: list[Candidate], notice: Candidate, lines: list[Line]) -> Candidate | None:
    """A title after the notice's letter, where the notice does not name it letter for letter."""
    dates = [line.start for line in lines if line.start > notice[1] and DATE_LINE.match(line.text)]
    after = [item for item in candidates if dates and item[0] > dates[0]]
    return after[0] if after else None


def letter_ends_before(lines: list[Line], start: int, outline: Outline) -> bool:
    """Whether a signature date stands between the notice and the first item."""
    first = outline.items[0].start
    return any(start < line.start < first and DATE_LINE.match(line.text) for line in lines)
