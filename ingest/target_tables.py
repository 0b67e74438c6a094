"""Indicator tables (指标, 单位, 2020年, 2025年目标), with cells in lines or one cell a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.findings import Found
from ingest.layout import Line, columns_of, joined
from ingest.target_cells import EMPTY, cells_of, goal, is_value, named_unit, value_pattern
from ingest.target_columns import Column, column_of, is_header, settled

TOO_LONG = 60  # characters of a cell, from which a line is prose


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's rows as targets, and its extent in the view."""

    start: int
    end: int
    found: list[Found]


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
    cells = cells_of(text, lines[index]) if lines[index].parted() else []
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
    return ([kind for kind in found if kind], at, False) if len(found) > 1 and is_header(found) else ([], index, False)


def inline_rows(text: str, lines: list[Line], at: int, columns: list[Column]) -> tuple[list[Found], int]:
    """Rows with their cells in one line, and the line after the last."""
    found: list[Found] = []
    index = at
    while index < len(lines):
        cells = cells_of(text, lines[index])
        if len(cells) < 2 and (len(lines[index].text) > 20 or index > at + 60 * len(columns)):
            break
        filled = columns_of(text, lines[index], cells, len(columns))
        kept = [columns[place] for place in filled] if filled else fitted(columns, len(cells))
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
    numbered = any(column.kind == "number" for column in columns)
    found: list[Found] = []
    index, stop = at, at
    words: list[tuple[int, int]] = []
    serial = 0
    waiting = numbered
    while index < len(lines):
        line = lines[index]
        if len(line.text) > TOO_LONG or line.text.endswith("。") or len(words) > len(columns) + 1:
            break
        if waiting and re.fullmatch(rf"{serial + 1}[.、]?", line.text):
            serial, waiting, words = serial + 1, False, []
            index += 1
            continue
        if not words or not (is_value(line.text) or EMPTY.fullmatch(line.text)):
            words.append((line.start, line.end))
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
        stop, words, waiting = index, [], numbered
    return found, max(stop, at)


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
