"""The date and the names under a letter or a body, and dates that a page shows beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from ingest.dates import DATE, parse_date
from ingest.dates import PATTERN as DATE_PATTERN
from ingest.issuers import ORGAN_ENDS, split_issuers
from ingest.layout import DATE_LINE, Layout, Line, joined
from ingest.structure import Outline

LONG_LINE = re.compile(rf"[^。;:]{{10,400}}?({DATE_PATTERN})$")


def signature(outline: Outline, layout: Layout, body_end: int) -> tuple[date | None, list[str]]:
    """Date and names under the covering letter, else under the body."""
    for window in windows(outline, layout, body_end):
        for index in range(len(window) - 1, -1, -1):
            match = signed(window[index].text)
            if match and (day := parse_date(match[1])):
                return day, signers(window, index, match)
    return None, []


def signed(line: str) -> re.Match[str] | None:
    """A line that is a date, alone or behind the names of those who sign; a label's date is none."""
    match = DATE_LINE.match(line) or LONG_LINE.match(line)
    if match is None or ":" in line[: match.start(1)]:
        return None
    names = line[: match.start(1)].strip()
    return match if len(line) < 45 or names.endswith(ORGAN_ENDS) else None


def windows(outline: Outline, layout: Layout, body_end: int) -> list[list[Line]]:
    """Lines where a signature can stand: under the letter before the plan, after the body, before its first item."""
    lines = layout.lines
    first = next((item.start for item in outline.items if item.start >= layout.plan_start), len(outline.view.text))
    after = [line for line in lines if line.start >= first and line.start >= body_end - 4000]
    letter = under_prose(line for line in lines if line.start < layout.plan_start)
    between = under_prose(line for line in lines if layout.plan_start < line.start < first)
    return [letter, after, between]


def under_prose(lines: Iterable[Line]) -> list[Line]:
    """The lines from the first addressees or paragraph on."""
    found = list(lines)
    prose = (index for index, line in enumerate(found) if line.text[-1] in "。:" and len(line.text) > 6)
    return found[next(prose, len(found)) :]


def signers(window: list[Line], index: int, match: re.Match[str]) -> list[str]:
    """Names on the date's own line and on the short lines above it."""
    own = window[index].text[: match.start(1)].strip()
    names = split_issuers(own) if own.endswith(ORGAN_ENDS) else []
    for line in reversed(window[max(0, index - 14) : index]):
        text = re.sub(r"\(.*\)$", "", line.text).strip()
        spread = joined(text)
        if (
            len(text) > 60
            or ":" in text
            or re.search(r"\d", text)
            or not spread.endswith(ORGAN_ENDS)
            or spread[-1] in "。;:,"
        ):
            if re.fullmatch(r"\(.{2,30}\)", line.text):
                continue
            break
        found = [spread] if all(len(part) < 3 for part in text.split()) else split_issuers(text)
        names = found + names
    return list(dict.fromkeys(names))


def bracketed_date(head: str, layout: Layout) -> date | None:
    """A date in brackets right under the title: (2025年5月6日)."""
    if layout.title is None:
        return None
    match = re.match(rf"\s*\([^()\n]{{0,20}}?({DATE_PATTERN})[^()\n]{{0,12}}\)", head[layout.title[1] :])
    return parse_date(match[1]) if match else None


def page_date(layout: Layout) -> date | None:
    """A date that begins a line near the top of the page, before the addressees and the first paragraph."""
    for line in layout.lines[:14]:
        if line.text[-1] in ":。;" and len(line.text) > 20 and not DATE.match(line.text):
            return None
        match = re.match(rf"(?:时间|日期)?:?\s*({DATE_PATTERN})(?:\s+\d{{1,2}}:\d{{2}}|\s*$|\s+来源)", line.text)
        if match and not line.text.startswith("("):
            return parse_date(match[1])
    return None
