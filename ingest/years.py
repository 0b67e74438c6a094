"""Deadlines: the years by which something is to be reached, and years that only compare or look back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAN = {"十一五": 2010, "十二五": 2015, "十三五": 2020, "十四五": 2025, "十五五": 2030, "十六五": 2035}
_DIGIT = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0"}
_YEAR = "20[0-9]{2}|二[〇零○O][一二三四五六七八九〇零○][一二三四五六七八九〇零○]"
MENTION = re.compile(
    rf"(?P<before>比|较|相比于?|以|与|自|从|由|在?截至|截止|基于)?(?:到|至|于)?\s?"
    rf"(?:(?P<since>{_YEAR})\s?年起\s?(?:的|用)?\s?(?P<term>[0-9]{{1,2}}|[一二三四五六七八九十])\s?年(?:左右)?(?:内|时间)?"
    rf"|(?:(?P<first>{_YEAR})\s?年?\s?(?:-{{1,2}}|~|至|到)\s?)?(?P<year>{_YEAR})\s?年(?P<month>\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?"
    rf"|[“\"]?(?P<plan>{'|'.join(_PLAN)})(?![”\"]?(?:规划|纲要|发展规划|国家))[”\"]?(?:时期|期间)?(?P<part>初)?)"
    rf"(?P<after>以来|为基[数期础]|基础上|的基础|基数|起|开始|以前)?"
)
HINT = re.compile("20[0-9]|二[〇零○O]|" + "|".join(_PLAN))  # in every match of MENTION
REACH = 8  # more characters than MENTION may take before its hint
HEADS = frozenset('比较相以与自从由在截基到至于二十2“"')  # what MENTION begins with, but for a space
_LOOKING_BACK = ("比", "较", "相比", "相比于", "以", "与", "自", "从", "由", "基于", "截至", "在截至", "截止")


@dataclass(frozen=True, slots=True)
class Year:
    """A mention of a year. ``deadline`` is False where it is the start, the base or the past (自2022年起, 比2020年)."""

    start: int
    end: int
    year: int
    deadline: bool
    compares: bool


def years(text: str, start: int, end: int) -> Iterator[Year]:
    """Every year of ``text[start:end]`` in order; a period (2022-2025年) is its last year, 2012年起5年内 is 2016."""
    hint = HINT.search(text, start, end)
    if hint is None:
        return
    for match in MENTION.finditer(text, max(start, hint.start() - REACH), end):
        if match["since"]:
            year = digits(match["since"]) + small(match["term"]) - 1
        elif match["plan"]:
            year = _PLAN[match["plan"]]
        else:
            year = digits(match["year"])
        before, after = match["before"] or "", match["after"] or ""
        compares = before in ("比", "较", "相比", "相比于", "以", "与", "基于") or after in (
            "为基数",
            "为基期",
            "为基础",
            "基础上",
            "的基础",
            "基数",
        )
        period = match["first"] is not None and before in ("从", "自", "由")
        starts = before in _LOOKING_BACK and not period
        deadline = not (starts or compares or after in ("以来", "起", "开始", "以前") or match["part"])
        yield Year(match.start(), match.end(), year, deadline, compares)


def year_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The mention of a year that ``text[start:end]`` begins with."""
    first = text[start]
    return MENTION.match(text, start, end) if first in HEADS or first.isspace() else None


def digits(written: str) -> int:
    """``2025`` or ``二〇二五``."""
    return int("".join(_DIGIT.get(char, char) for char in written))


def small(written: str) -> int:
    """``5`` or ``五``."""
    return int(written) if written.isdigit() else "零一二三四五六七八九十".index(written)
