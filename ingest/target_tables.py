"""Indicator tables (指标, 单位, 2020年, 2025年目标), with cells in lines or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.layout import Line, joined
from ingest.reading import Found
from ingest.records import Op
from ingest.tables import load_yaml
from ingest.units import completed, scale_pattern, unit_of, unit_pattern
from ingest.years import years

CELLS = re.compile(r"[^\t|]+?(?=\t|\||  +|$)")
EMPTY = re.compile(
    r"[-/\s]*$|完成.{0,12}任务.*|达标|持续.{0,6}|提[高升]|.{0,4}下达.{0,6}|较.{0,12}|稳[定步中].{0,8}|优良|保持.{0,8}|控制在.{0,14}以内"
)
IN_BRACKETS = re.compile(r"\((?P<unit>[^()]{1,14})\)\s*$")
AHEAD = 4  # lines before a header that may give its year
TOO_LONG = 60  # characters of a cell, from which a line is prose


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell: what its cells hold, and the year they are for."""

    kind: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows as targets, and its extent in the view."""

    start: int
    end: int
    found: list[Found]


@cache
def value_pattern() -> re.Pattern[str]:
    """A cell that holds a figure: ≥15, 1500亿元, 3-5, [4.5], 30以上."""
    return re.compile(
        r"(?P<sign>[≥>≧]=?|[≤<≦]=?|不低于|不少于|不超过|大于|小于|达到|约|超过)?\s*[\[(]?(?P<a>-?\d[\d,]*(?:\.\d+)?)"
        r"(?:\s?(?:-{1,2}|~|至)\s?(?P<b>\d[\d,]*(?:\.\d+)?))?[\])]?\s*"
        rf"(?P<unit>(?:{scale_pattern()})?(?:{unit_pattern()})|万亿|亿|万)?\s*[\])]?"
        r"(?P<after>以上|左右|以内|以下)?(?:\(\d{4}年\))?$"
    )


@cache
def headers() -> list[tuple[str, re.Pattern[str]]]:
    """Kinds of header cells with their patterns, in order of trial."""
    return [(row["kind"], re.compile(row["pattern"])) for row in load_yaml("indicator_tables.yml")["columns"]]


def column_of(cell: str) -> Column | None:
    """What a header cell announces; None for one that no header has."""
    bare = joined(cell)
    if len(bare) > 18:
        return None
    for kind, pattern in headers():
        if pattern.fullmatch(bare):
            stated = [item.year for item in years(bare, 0, len(bare))]
            return Column(kind, stated[-1] if stated else None)
    return None


def grids(text: str, lines: list[Line], issued: int | None) -> Iterator[Grid]:
    """Every indicator table, with its rows as targets; ``issued`` is the document's year."""
    index = 0
    while index < len(lines):
        header, following, inline = header_at(text, lines, index)
        if not header:
            index += 1
            continue
        columns = settled(header, issued, text, lines, index)
        reader = inline_rows if inline else cell_rows
        found, stop = reader(text, lines, following, columns)
        if found:
            yield Grid(lines[index].start, lines[stop - 1].end, found)
        index = max(stop, following)


def header_at(text: str, lines: list[Line], index: int) -> tuple[list[Column], int, bool]:
    """The columns of a header that begins at a line, the line after it, and whether cells stand in lines."""
    if len(lines[index].text) > 160:
        return [], index, False
    cells = cells_of(text, lines[index])
    if len(cells) > 1:
        kinds = [column_of(text[start:end]) for start, end in cells]
        return (
            ([kind for kind in kinds if kind], index + 1, True)
            if all(kinds) and is_header(kinds)
            else ([], index, True)
        )
    found: list[Column | None] = []
    at = index
    while at < len(lines) and len(found) < 12 and (kind := column_of(lines[at].text)):
        found.append(kind)
        at += 1
    return ([kind for kind in found if kind], at, False) if is_header(found) else ([], index, False)


def is_header(columns: list[Column | None]) -> bool:
    """A name and a value at least; where there is one value, a unit or a number column as well."""
    kinds = [column.kind for column in columns if column]
    values = sum(kind in ("value", "base", "year") for kind in kinds)
    return "name" in kinds and values > 0 and len(kinds) >= 2 and (values > 1 or len(kinds) > 2 or "value" in kinds)


def settled(header: list[Column], issued: int | None, text: str, lines: list[Line], index: int) -> list[Column]:
    """Columns that are a bare year settled: a present state where it is past or stands before a goal, else a goal."""
    goals = [column.year for column in header if column.kind == "value" and column.year]
    stated = [column.year for column in header if column.kind == "year" and column.year]
    first = lines[max(0, index - AHEAD)].start
    titles = [item.year for item in years(text, first, lines[index].start) if item.deadline] if index else []
    title = titles[-1] if titles and lines[index].start - first < 300 else None
    result = []
    for column in header:
        if column.kind == "year" and column.year is not None:
            past = column.year < issued if issued is not None else len(stated) > 1 and column.year == min(stated)
            past = (
                past
                or any(column.year < goal for goal in goals)
                or (len(stated) > 1 and column.year == min(stated) and column.year == issued)
            )
            column = Column("base" if past else "value", column.year)
        elif column.kind in ("value", "growth") and column.year is None:
            column = Column(column.kind, max(goals + stated, default=title))
        result.append(column)
    return result


def cells_of(text: str, line: Line) -> list[tuple[int, int]]:
    """Extents of the cells of one line."""
    found = []
    for match in CELLS.finditer(text, line.start, line.end):
        piece = match[0].strip()
        if piece:
            start = match.start() + match[0].index(piece)
            found.append((start, start + len(piece)))
    return found


def inline_rows(text: str, lines: list[Line], at: int, columns: list[Column]) -> tuple[list[Found], int]:
    """Rows with their cells in one line, and the line after the last."""
    found: list[Found] = []
    index = at
    while index < len(lines):
        cells = cells_of(text, lines[index])
        if len(cells) < 2 and (len(lines[index].text) > 20 or index > at + 60 * len(columns)):
            break
        kept = fitted(columns, len(cells))
        if len(cells) >= 2:
            rows = list(row_of(text, cells, kept)) if kept else []
            if not rows and not kept:
                break
            found += rows
        index += 1
    return found, index


def fitted(columns: list[Column], count: int) -> list[Column] | None:
    """The columns that a row with fewer cells keeps: merged groups go first, then numbers and notes."""
    kept = list(columns)
    for kind in ("group", "number", "other", "unit"):
        while len(kept) > count and any(column.kind == kind for column in kept):
            kept.remove(next(column for column in kept if column.kind == kind))
    return kept if len(kept) == count else None


def cell_rows(text: str, lines: list[Line], at: int, columns: list[Column]) -> tuple[list[Found], int]:
    """Rows of a table with one cell a line: words up to the values, then as many values as there are columns."""
    values = [column for column in columns if column.kind in ("value", "base", "growth")]
    names = [column for column in columns if column.kind in ("name", "unit")]
    trailing = sum(column.kind == "other" for column in columns[columns.index(values[-1]) :])
    numbered = columns[0].kind == "number"
    found: list[Found] = []
    index, stop = at, at
    words: list[tuple[int, int]] = []
    while index < len(lines):
        line = lines[index]
        if len(line.text) > TOO_LONG or line.text.endswith("。") or len(words) > len(columns) + 1:
            break
        serial = numbered and not words and re.fullmatch(r"\d{1,3}[.、]?", line.text)
        if (
            serial
            or (not is_value(line.text) and not (words and EMPTY.fullmatch(line.text)))
            or len(words) < min(len(names), 1)
        ):
            words += [] if serial else [(line.start, line.end)]
            index += 1
            continue
        taken = lines[index : index + len(values)]
        kept = names if len(words) >= len(names) else [column for column in names if column.kind == "name"]
        cells = words[-len(kept) :] + [(item.start, item.end) for item in taken]
        found += row_of(text, cells, [*kept, *values])
        index += len(taken)
        for _ in range(trailing):
            if index < len(lines) and not is_value(lines[index].text) and len(lines[index].text) < 12:
                index += 1
        stop, words = index, []
    return found, max(stop, at)


def is_value(cell: str) -> bool:
    """Whether a cell holds a number and nothing that names it."""
    return value_pattern().match(cell) is not None


def row_of(text: str, cells: list[tuple[int, int]], columns: list[Column]) -> Iterator[Found]:
    """The targets of a row: one for each goal; the present state is the baseline of all."""
    if len(cells) != len(columns):
        return
    pairs = list(zip(cells, columns, strict=True))
    name = next((joined(text[slice(*cell)]) for cell, column in reversed(pairs) if column.kind == "name"), "")
    unit = next((joined(text[slice(*cell)]) for cell, column in pairs if column.kind == "unit"), "")
    metric, own = named_unit(name)
    unit = "" if re.fullmatch(r"[-/]*", unit) else unit
    base = next(
        (
            text[slice(*cell)].strip()
            for cell, column in pairs
            if column.kind == "base" and is_value(text[slice(*cell)])
        ),
        None,
    )
    if len(metric) < 2 or is_value(name):
        return
    for (start, end), column in pairs:
        if column.kind not in ("value", "growth"):
            continue
        match = value_pattern().match(text[start:end].strip())
        if match:
            yield goal(match, start, end, metric, unit or own, base, column)


def named_unit(name: str) -> tuple[str, str]:
    """A name without its marks and its unit, and the unit that stands in brackets behind it: 地区生产总值(亿元)."""
    bare = re.sub(r"^(?:\d{1,3}[.、]|\(\d{1,3}\)|[①-⑳]|[一二三四五六七八九十]+、)|[*#]+$", "", name)
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
