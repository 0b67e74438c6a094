"""HTML tables as grids: spans resolved, tables that only lay out the page told from those that hold data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.given import ReadError

MAX_CELLS = 200_000
MAX_SPAN = 1000
PARTING = ("br", "p", "div", "li")
LONG_CELL = 500  # characters, from which a cell that holds most of its table holds a page

Grid = list[list[str | None]]


def rows_of(table: HtmlElement) -> Iterator[HtmlElement]:
    """Its own rows, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_data(table: HtmlElement) -> bool:
    """Whether it holds rows and columns; one with a table inside, one column, or one cell with nearly all is layout."""
    if next((inner for inner in table.iter("table") if inner is not table), None) is not None:
        return False
    rows = [cells_of(row) for row in rows_of(table)]
    if max(map(len, rows), default=0) < 2:
        return False
    sizes = [len(cell.text_content().strip()) for row in rows for cell in row]
    return not (max(sizes) > LONG_CELL and 2 * max(sizes) > sum(sizes))


def text_of(cell: HtmlElement) -> str:
    """A cell's text; what blocks and line breaks part stays parted by a space."""
    parts: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        parts.append(" " if element.tag in PARTING else "")
        if event == "start":
            parts.append(element.text or "")
        elif element is not cell:
            parts.append(element.tail or "")
    return "".join(parts)


def span_of(cell: HtmlElement, name: str) -> int:
    """``rowspan`` or ``colspan``, between 1 and 1,000."""
    written = (cell.get(name) or "1").strip()
    return max(1, min(int(written), MAX_SPAN)) if written.isascii() and written.isdigit() and len(written) < 6 else 1


def grid(table: HtmlElement) -> Grid:
    """Rows of cells: a cell over several rows stands in each, one over several columns only in the first (then None).

    Raises ReadError for a table of endless spans.
    """
    placed: dict[tuple[int, int], str | None] = {}
    rows = list(rows_of(table))
    for number, row in enumerate(rows):
        column = 0
        for cell in cells_of(row):
            while (number, column) in placed:
                column += 1
            text, width = text_of(cell), span_of(cell, "colspan")
            height = min(span_of(cell, "rowspan"), len(rows) - number)
            for down in range(height):
                for right in range(width):
                    placed.setdefault((number + down, column + right), None if right else text)
            if len(placed) > MAX_CELLS:
                raise ReadError(f"a table of more than {MAX_CELLS:,} cells")
            column += width
    width = 1 + max((column for _, column in placed), default=-1)
    return [[placed.get((number, column)) for column in range(width)] for number in range(len(rows))]
