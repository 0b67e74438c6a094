"""Dates as documents write them, and the terms of validity."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ingest.numbering import chinese_number

_DIGITS = {char: str(value) for value, char in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○OoΟ", "0")
_YEAR = "[12][0-9]{3}|[一二][〇零○OoΟ一二三四五六七八九]{3}"
_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DASHED = r"[12]\d{3}\s?[-/.]\s?[01]?\d\s?[-/.]\s?[0-3]?\d(?!\d)"
PATTERN = rf"(?:{_YEAR})\s*年\s*(?:{_NUMBER})\s*月\s*(?:{_NUMBER})\s*日|{_DASHED}"
DATE = re.compile(PATTERN)
_PARTS = re.compile(rf"({_YEAR})\s*[年/.-]\s*({_NUMBER})\s*[月/.-]\s*({_NUMBER})")


def parse_date(written: str) -> date | None:
    """``2022年2月7日``, ``2022-02-07`` or ``二〇二二年二月七日`` as a date; None when it is no day of the calendar."""
    parts = _PARTS.search(written)
    if parts is None:
        return None
    year, month, day = parts.groups()
    try:
        return date(_year(year), _number(month), _number(day))
    except ValueError:
        return None


def _year(written: str) -> int:
    return int("".join(_DIGITS.get(char, char) for char in written))


def _number(written: str) -> int:
    return int(written) if written.isdigit() else chinese_number(written)


def last_day(start: date, years: int) -> date:
    """The last day of a term of ``years`` from ``start``: the day before the anniversary."""
    try:
        return start.replace(year=start.year + years) - timedelta(days=1)
    except ValueError:  # 29 February
        return date(start.year + years, 2, 28)
