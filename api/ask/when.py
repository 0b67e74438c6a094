"""Years and days in a question."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.ask.span import Span, span
from ingest.years import digits

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d|二[〇零○o][一二三四五六七八九〇零○o]{2})"
_EARLY, _LATE = r"(?P<early>初|年初)?", r"(?P<late>年?底|年?末)?"
_SIDE = r"(?:(?P<begin>(?:the )?(?:start|beginning) of )|(?:the )?(?:end|close) of )?"
_FORMS = tuple(
    re.compile(rf"(?<![\d.]){_SIDE}(?:the )?(?:year )?{form}(?!\d)")
    for form in (
        rf"{_YEAR}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?(?P<day>\d{{1,2}})[日号]?",
        rf"{_MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR}",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH},?\s{_YEAR}",
        rf"{_YEAR}\s?年\s?(?P<month>\d{{1,2}})\s?月(?:份)?{_EARLY}{_LATE}",
        rf"{_YEAR}\s?-\s?(?P<month>0\d|1[0-2])",
        rf"{_MONTH},?\s(?:of\s)?{_YEAR}",
        rf"(?:{_YEAR.replace('year', 'first')}年?\s?(?:-|~|至|到|to|and)\s?){_YEAR}年?",
        rf"{_YEAR}\s?(?:年度?)?{_EARLY}{_LATE}",
    )
)
# a year that only says which reform is meant
_OF_REFORM = re.compile(
    r"(?:[年的]|那次|那轮|党政|党和国家|国务院|政府){0,3}机构改革"
    r"| ?(?:\w+ ){0,2}(?:reform|reorgani[sz]ation|restructuring)"
)
_RELATIVE = {"去年": -1, "今年": 0, "本年度": 0, "明年": 1, "后年": 2, "last year": -1, "this year": 0, "next year": 1}
_PLANS = {
    "十三五": 2020, "十四五": 2025, "十五五": 2030,
    "13th five-year plan": 2020, "14th five-year plan": 2025, "15th five-year plan": 2030,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class When:
    """A day, a month or a year: its first and last day. ``early``: its beginning is meant."""

    first: date
    last: date
    early: bool = False

    @property
    def whole_year(self) -> int | None:
        """The year, if it is one."""
        return self.first.year if (self.last - self.first).days >= 364 else None

    @property
    def day(self) -> date:
        """The day that stands for it: the last one, but for the beginning of a period."""
        return self.first if self.early else self.last


def days(text: str, today: date) -> Iterator[Span]:
    """Every day, month and year of the text."""
    for pattern in _FORMS:
        for match in pattern.finditer(text):
            when = _when(match.groupdict())
            if when is not None and not _OF_REFORM.match(text, match.end()):
                yield span(match.start(), match.end(), "day", when)
    for word, ahead in _RELATIVE.items():
        for match in re.finditer(re.escape(word), text):
            yield span(match.start(), match.end(), "day", _year(today.year + ahead))
    for word, year in _PLANS.items():
        for match in re.finditer(rf"[“\"]?{re.escape(word)}[”\"]?(?:时期|期间|规划)?末?", text):
            yield span(match.start(), match.end(), "day", _year(year))


def _when(parts: dict[str, str | None]) -> When | None:
    year = digits((parts["year"] or "").replace("o", "〇"))
    early = bool(parts.get("early") or parts.get("begin"))
    name, month = parts.get("name"), parts.get("month")
    number = _MONTHS.index(name[:3]) + 1 if name else int(month) if month else None
    if number is None:
        return _year(year, early)
    try:
        if parts.get("day"):
            day = date(year, number, int(parts["day"] or 0))
            return When(day, day)
        return When(date(year, number, 1), date(year, number, monthrange(year, number)[1]), early)
    except (ValueError, IndexError):
        return None


def _year(year: int, early: bool = False) -> When:
    return When(date(year, 1, 1), date(year, 12, 31), early)
