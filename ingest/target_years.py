"""Which year a number is for, and whether it is for each year."""

from __future__ import annotations

import re
from bisect import bisect_left

from ingest.entries import Entry
from ingest.target_rows import Row
from ingest.years import Year

EACH_YEAR = re.compile("每年度?|逐年|年均|平均每年|每个年度")


OWN_YEARLY = re.compile("年均|平均每年|年平均")


PERIOD = re.compile(r"\s*(20\d\d)\s?年?\s?(?:-{1,2}|~|至|到)\s?20\d\d")
TOTAL = re.compile("累计|总数|总量|总额|总计|合计|共计")


def deadline(at: int, dates: list[Year]) -> int | None:
    """The year that holds at a place: that of the last deadline before it. ``dates`` are in the order of the text."""
    before = range(bisect_left(dates, at, key=lambda item: item.start) - 1, -1, -1)
    return next((dates[place].year for place in before if dates[place].deadline), None)


def distributed_years(
    group: list[Entry], rows: list[Row], dates: list[Year], text: str, sentence: tuple[int, int]
) -> list[int] | None:
    """One year for each number (2023年、2025年分别达到10%、20%); None where the sentence does not pair them so."""
    if len(group) < 2 or len(rows) != len(group):
        return None
    before = [item for item in dates if item.deadline and item.start < group[0].quantity.start]
    if before and (spread := spread_over(text, before[-1], group)):
        return spread
    if len(before) != len(group):
        return None
    return (
        [item.year for item in before]
        if re.search("分别|依次|各", text[before[-1].end : group[0].quantity.start])
        else None
    )


def spread_over(text: str, period: Year, group: list[Entry]) -> list[int] | None:
    """The years of a period with as many numbers behind 分别 (2023-2025年分别新增30家、40家、50家)."""
    between = text[period.end : group[0].quantity.start]
    first = PERIOD.match(text[period.start : period.end].lstrip("到至在于自从由"))
    if first is None or int(first[1]) + len(group) - 1 != period.year or not re.search("分别|依次", between):
        return None
    return [int(first[1]) + place for place in range(len(group))] if not re.search("[,;。]", between) else None


def yearly(text: str, sentence: tuple[int, int], at: int, row: Row, dates: list[Year]) -> bool:
    """Whether a number is for each year: 每年 holds to the next year, semicolon or total, 年均 for its own number only."""
    own = text[row.left : at]
    if row.yearly or OWN_YEARLY.search(own):
        return True
    if TOTAL.search(own):
        return False
    found = [match for match in EACH_YEAR.finditer(text, sentence[0], at) if not OWN_YEARLY.match(match[0])]
    if not found:
        return False
    between = text[found[-1].end() : at]
    fresh = any(item.start > found[-1].end() and item.start < at for item in dates if item.deadline)
    return ";" not in between and not fresh
