"""Ruled tables of a printed page: cells out of the lines that part them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.formats.page import Glyph, Line, Page, Ruling
from ingest.formats.page_lines import in_column, rows

NEAR = 2.5  # points within which two lines are one
MAX_RULINGS = 4000
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows, its extent, and the places of its upright lines."""

    box: Box
    rows: list[list[str | None]]
    columns: tuple[float, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a character stands inside it."""
        x, y = glyph.middle
        return self.box[0] <= x <= self.box[2] and self.box[1] <= y <= self.box[3]


def tables_of(page: Page) -> list[Table]:
    """The tables of a page from the top. Two columns and two cells at least; a frame around text is none."""
    found = []
    for group in groups(page.rulings[:MAX_RULINGS]):
        xs = merged([each.x0 for each in group if each.upright])
        ys = merged([each.y0 for each in group if not each.upright])
        if len(xs) > 2 and len(ys) > 1:
            found.append(table_of(page, group, xs, ys))
    return sorted((table for table in found if any(filter(None, map(any, table.rows)))), key=lambda table: table.box[1])


def groups(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """Lines that meet, directly or over others."""
    found: list[list[Ruling]] = []
    boxes: list[Box] = []
    for line in sorted(rulings, key=lambda each: (each.y0, each.x0)):
        box: Box = (line.x0, line.y0, line.x1, line.y1)
        joined = [line]
        for index in reversed(range(len(found))):
            if touch(boxes[index], box) and any(meet(line, other) for other in found[index]):
                joined = found.pop(index) + joined
                box = around(boxes.pop(index), box)
        found.append(joined)
        boxes.append(box)
    return found


def touch(first: Box, second: Box) -> bool:
    """Whether two boxes overlap or nearly do."""
    return (
        first[0] - NEAR <= second[2] and second[0] - NEAR <= first[2]
        and first[1] - NEAR <= second[3] and second[1] - NEAR <= first[3]
    )  # fmt: skip


def around(first: Box, second: Box) -> Box:
    """The box around two."""
    return min(first[0], second[0]), min(first[1], second[1]), max(first[2], second[2]), max(first[3], second[3])


def meet(first: Ruling, second: Ruling) -> bool:
    """Whether two lines cross, touch or run on in each other."""
    return touch((first.x0, first.y0, first.x1, first.y1), (second.x0, second.y0, second.x1, second.y1))


def merged(places: Sequence[float]) -> list[float]:
    """Places in order, those near to each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > NEAR:
            found.append(place)
    return found


def table_of(page: Page, group: Sequence[Ruling], xs: list[float], ys: list[float]) -> Table:
    """The table between lines: boxes of the grid that no line parts are one cell."""
    upright = [line for line in group if line.upright]
    level = [line for line in group if not line.upright]
    owner = {(row, column): (row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    for row, column in owner:
        top, left = (ys[row] + ys[row + 1]) / 2, (xs[column] + xs[column + 1]) / 2
        if column and not any(abs(line.x0 - xs[column]) <= NEAR and line.y0 <= top <= line.y1 for line in upright):
            owner[row, column] = owner[row, column - 1]
        elif row and not any(abs(line.y0 - ys[row]) <= NEAR and line.x0 <= left <= line.x1 for line in level):
            owner[row, column] = owner[row - 1, column]
    held: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in page.glyphs:
        if (place := place_of(glyph, xs, ys)) is not None:
            held.setdefault(owner[place], []).append(glyph)
    texts = {cell: cell_text(page, glyphs, right_edge(owner, cell, xs)) for cell, glyphs in held.items()}
    lines = [
        [
            None if column and owner[row, column] == owner[row, column - 1] else texts.get(owner[row, column], "")
            for column in range(len(xs) - 1)
        ]
        for row in range(len(ys) - 1)
    ]
    return Table((xs[0], ys[0], xs[-1], ys[-1]), lines, tuple(xs))


def place_of(glyph: Glyph, xs: Sequence[float], ys: Sequence[float]) -> tuple[int, int] | None:
    """The box of the grid in which a character stands."""
    x, y = glyph.middle
    column = sum(place <= x for place in xs) - 1
    row = sum(place <= y for place in ys) - 1
    return (row, column) if 0 <= column < len(xs) - 1 and 0 <= row < len(ys) - 1 else None


def right_edge(owner: dict[tuple[int, int], tuple[int, int]], cell: tuple[int, int], xs: Sequence[float]) -> float:
    """Where a cell ends on the right."""
    return max(xs[column + 1] for (_, column), own in owner.items() if own == cell)


def cell_text(page: Page, glyphs: Sequence[Glyph], right: float) -> str:
    """A cell's text: a line that is full goes on in the next one, another ends there."""
    text = ""
    last: Line | None = None
    for line in in_column(page, rows(glyphs)):
        text += ("" if last is None or last.x1 > right - 2 * last.size else " ") + line.text
        last = line
    return text
