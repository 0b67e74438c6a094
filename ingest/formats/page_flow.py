"""Printed pages as one text: running heads and page numbers left out, lines joined to paragraphs, tables in their place."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.formats.flow import Flow
from ingest.formats.page import Line, Page
from ingest.formats.page_edges import Block, set_between_edges, without_running
from ingest.formats.page_lines import LATIN, lines_of
from ingest.formats.page_tables import Table, tables_of
from ingest.view import STARTS_ITEM


def write_pages(pages: Sequence[Page], flow: Flow) -> None:
    """Write the text of all pages, each with its mark."""
    blocks = set_between_edges(without_running([(page, blocks_of(page)) for page in pages]))
    last: Line | None = None
    for page, found in blocks:
        turned = False
        for block in found:
            goes_on = isinstance(block, Line) and last is not None and continues(last, block)
            if last is not None and not goes_on:
                flow.write("\n")
            if not turned:
                flow.page(page.number)
                turned = True
            if isinstance(block, Table):
                flow.write("\n" if last is not None else "")
                flow.table(block.rows)
                last = None
                continue
            flow.write(between(last, block) + block.text if goes_on and last else block.text)
            last = block
        if not turned:
            flow.page(page.number)


def between(last: Line, line: Line) -> str:
    """What joins two lines: a space between Latin words; the digits of a number may be parted by a line's end."""
    ends = last.text[-1], line.text[0]
    return " " if all(map(LATIN.match, ends)) and not all(map(str.isdigit, ends)) else ""


def blocks_of(page: Page) -> list[Block]:
    """Lines and tables in reading order."""
    tables = tables_of(page)
    outside = [glyph for glyph in page.glyphs if not any(table.holds(glyph) for table in tables)]
    found: list[Block] = []
    waiting = list(tables)
    for line in lines_of(page, outside, [table.box[1] for table in tables]):
        while waiting and waiting[0].box[1] < line.y0:
            found.append(waiting.pop(0))
        found.append(line)
    return [*found, *waiting]


def continues(last: Line, line: Line) -> bool:
    """Whether a line goes on with the paragraph of the one before: that one is full, and this one not indented."""
    if not last.full(line) or line.indented or abs(last.size - line.size) > 0.2 * last.size:
        return False
    if "  " in last.text or "  " in line.text:  # cells without rulings
        return False
    if last.page == line.page and last.left == line.left and line.y0 - last.y1 > 1.5 * last.size:
        return False
    if last.text[-1] in "。；：！？;:!?)）" and STARTS_ITEM.match(line.text):
        return False
    return last.indented or last.text[-1] not in "。！？!?" or last.x1 > last.right - 0.3 * last.size
