"""Cells of indicator tables: figures with signs and units, names with units in brackets."""

from __future__ import annotations

import re
from functools import cache

from ingest.findings import Found
from ingest.layout import Line
from ingest.records import Op
from ingest.target_columns import Column
from ingest.units import completed, scale_pattern, unit_of, unit_pattern

CELLS = re.compile(r"[^\t|]+?(?=\t|\||  +|$)")


MARKS = re.compile(r"^(?:\d{1,3}[.、]|\(\d{1,3}\)|[①-⑳]|[一二三四五六七八九十]+、)|[*#]+$")


EMPTY = re.compile(
    r"[-/\s]*$|完成.{0,12}任务.*|达标|持续.{0,6}|提[高升]|.{0,4}下达.{0,6}|较.{0,12}|稳[定步中].{0,8}|优良|保持.{0,8}|控制在.{0,14}以内"
)


IN_BRACKETS = re.compile(r"\((?P<unit>[^()]{1,14})\)\s*$")


@cache
def value_pattern() -> re.Pattern[str]:
    """A cell that holds a figure: ≥15, 1500亿元, 3-5, [4.5], 30以上."""
    return re.compile(
        r"(?P<sign>[≥>≧]=?|[≤<≦]=?|不低于|不少于|不超过|大于|小于|达到|约|超过)?\s*[\[(]?(?P<a>-?\d[\d,]*(?:\.\d+)?)"
        r"(?:\s?(?:-{1,2}|~|至)\s?(?P<b>\d[\d,]*(?:\.\d+)?))?[\])]?\s*"
        rf"(?P<unit>(?:{scale_pattern()})?(?:{unit_pattern()})|万亿|亿|万)?\s*[\])]?"
        r"(?P<after>以上|左右|以内|以下)?(?:\(\d{4}年\))?$"
    )


def cells_of(text: str, line: Line) -> list[tuple[int, int]]:
    """Extents of the cells of one line."""
    if not line.parted():
        piece = line.text.strip()
        start = line.start + line.text.index(piece)
        return [(start, start + len(piece))] if piece else []
    found = []
    for match in CELLS.finditer(text, line.start, line.end):
        piece = match[0].strip()
        if piece:
            start = match.start() + match[0].index(piece)
            found.append((start, start + len(piece)))
    return found


def is_value(cell: str) -> bool:
    """Whether a cell holds a number and nothing that names it."""
    return value_pattern().match(cell) is not None


def named_unit(name: str) -> tuple[str, str]:
    """A name without its marks and its unit, and the unit that stands in brackets behind it: 地区生产总值(亿元)."""
    bare = MARKS.sub("", name)
    match = IN_BRACKETS.search(bare)
    if match and (unit_of(match["unit"]) or "/" in match["unit"]):
        return bare[: match.start()], match["unit"]
    return bare, ""


def goal(match: re.Match[str], start: int, end: int, metric: str, unit: str, base: str | None, column: Column) -> Found:
    """One value of a row as a target."""
    value = float(match["a"].replace(",", ""))
    last = float(match["b"].replace(",", "")) if match["b"] else None
    growth = column.kind == "growth"
    written = match["unit"] or ("%" if growth else unit) or None
    sign, after = match["sign"] or "", match["after"] or ""
    op: Op = "<=" if sign[:1] in ("≤", "<", "≦", "小") or sign == "不超过" or after in ("以内", "以下") else ">="
    op = "range" if last is not None else "~" if sign == "约" or after == "左右" else op
    if value == 100 and written == "%" and not sign and not after:
        op = "="
    name = metric + "年均增长" if growth and not metric.endswith(("增长", "增速")) else metric
    return Found(
        start,
        end,
        name,
        None,
        op,
        value,
        last,
        completed(written, metric),
        column.year,
        growth,
        None if growth else base,
    )
