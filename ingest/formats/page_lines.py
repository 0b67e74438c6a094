"""From characters at places to lines in reading order, two columns one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from ingest.formats.page import Glyph, Line, Page

LATIN = re.compile(r"[A-Za-z0-9]")
WORD_GAP = 0.25  # of the type size, between Latin letters
GAP = 0.7  # between others, from which a space was meant
WIDE_GAP = 2.0  # from which it parts cells
FILLED = 0.6  # share of a column that its text covers


def rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Characters that stand on one line, from the top, each line from the left."""
    found: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=lambda each: (each.middle[1], each.x0)):
        if found and glyph.middle[1] - middle <= 0.45 * max(size, glyph.size):
            found[-1].append(glyph)
            if glyph.size > size:
                middle, size = glyph.middle[1], glyph.size
        else:
            found.append([glyph])
            middle, size = glyph.middle[1], glyph.size
    return [sorted(row, key=lambda each: each.x0) for row in found]


def text_of(row: Sequence[Glyph]) -> str:
    """The characters of a line, with a space where one was left, two where a wide gap parts cells."""
    parts: list[str] = []
    last: Glyph | None = None
    spaced = False
    for glyph in row:
        if glyph.char.isspace():
            spaced = True
            continue
        if last is not None and glyph.char == last.char and glyph.x0 - last.x0 < 0.2 * glyph.size:
            continue  # printed twice, to look bold
        parts.append(gap(last, glyph, spaced) if last else "")
        parts.append(glyph.char)
        last, spaced = glyph, False
    return "".join(parts)


def gap(last: Glyph, glyph: Glyph, spaced: bool) -> str:
    """What stands between two characters: nothing, a space, or two."""
    size = max(last.size, glyph.size)
    room = (glyph.x0 - last.x1) / size if size else 0.0
    if room > WIDE_GAP:
        return "  "
    latin = LATIN.match(last.char) and LATIN.match(glyph.char)
    return " " if room > (WORD_GAP if latin else GAP) or (spaced and (latin or room > WORD_GAP)) else ""


def lines_of(page: Page, glyphs: Sequence[Glyph], breaks: Sequence[float] = ()) -> list[Line]:
    """The lines of a page in reading order. Across ``breaks`` (heights where tables stand) no column runs on."""
    gutter = gutter_of(page, glyphs)
    if gutter is None:
        return in_column(page, rows(glyphs))
    found: list[Line] = []
    for band, single in bands(rows(glyphs), gutter, breaks):
        if single:
            found += in_column(page, band)
        else:
            flat = [glyph for row in band for glyph in row]
            found += in_column(page, rows([glyph for glyph in flat if glyph.middle[0] < gutter]), 1)
            found += in_column(page, rows([glyph for glyph in flat if glyph.middle[0] >= gutter]), 2)
    return found


def in_column(page: Page, group: Sequence[Sequence[Glyph]], column: int = 0) -> list[Line]:
    """Lines of one column; blank ones are left out."""
    found = []
    for row in group:
        inked = [glyph for glyph in row if not glyph.char.isspace()]
        if inked:
            top, bottom = min(glyph.y0 for glyph in inked), max(glyph.y1 for glyph in inked)
            size = median(glyph.size for glyph in inked)
            found.append(Line(text_of(row), inked[0].x0, top, inked[-1].x1, bottom, size, page.number, column))
    return found


def gutter_of(page: Page, glyphs: Sequence[Glyph]) -> float | None:
    """Where the white between two columns of running text stands; None for a page with one column."""
    inked = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if len(inked) < 200:
        return None
    covered = [0] * (int(page.width) + 2)
    for glyph in inked:
        for x in range(max(0, int(glyph.x0)), min(int(glyph.x1) + 1, len(covered))):
            covered[x] += 1
    usual = median(count for count in covered if count) or 1
    white = [x for x in range(int(0.3 * page.width), int(0.7 * page.width)) if covered[x] < 0.25 * usual]
    run = longest_run(white)
    size = median(glyph.size for glyph in inked)
    if len(run) < 0.8 * size:
        return None
    gutter = (run[0] + run[-1]) / 2
    sides = [[g for g in inked if g.middle[0] < gutter], [g for g in inked if g.middle[0] >= gutter]]
    return gutter if all(running(side, run) for side in sides) else None


def longest_run(places: Sequence[int]) -> list[int]:
    """The longest stretch of numbers in a row."""
    best: list[int] = []
    run: list[int] = []
    for before, place in pairwise([-2, *places]):
        run = [*run, place] if place == before + 1 else [place]
        best = run if len(run) > len(best) else best
    return best


def running(side: Sequence[Glyph], run: Sequence[int]) -> bool:
    """Whether one side of a page is running text that fills its column, as cells of a table do not."""
    own = [glyph for glyph in side if not glyph.x0 < run[0] < run[-1] < glyph.x1]
    lines = rows(own)
    if len(lines) < 8:
        return False
    wide = max(line[-1].x1 for line in lines) - min(line[0].x0 for line in lines)
    return sum(line[-1].x1 - line[0].x0 for line in lines) >= FILLED * wide * len(lines)


def bands(lines: Sequence[list[Glyph]], gutter: float, breaks: Sequence[float]) -> list[tuple[list[list[Glyph]], bool]]:
    """Lines in groups: those across the whole page (True), and those in two columns (False), from the top."""
    found: list[tuple[list[list[Glyph]], bool]] = []
    bottom = 0.0
    for line in lines:
        single = crosses(line, gutter)
        broken = any(bottom <= at <= line[0].middle[1] for at in breaks)
        if found and found[-1][1] == single and not broken:
            found[-1][0].append(line)
        else:
            found.append(([line], single))
        bottom = line[0].middle[1]
    return found


def crosses(line: Sequence[Glyph], gutter: float) -> bool:
    """Whether a line runs over the white between the columns."""
    for last, glyph in pairwise(line):
        if last.middle[0] < gutter <= glyph.middle[0]:
            return glyph.x0 - last.x1 < 0.8 * glyph.size
    return any(glyph.x0 < gutter - 1 and glyph.x1 > gutter + 1 for glyph in line)
