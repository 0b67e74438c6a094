"""The text of a document as a reader finds it, piece by piece, with the marks of pages and table cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.formats.given import Given, ReadError
from ingest.records import Cell, Document, PageMark

BROKEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Row = Sequence[str | None]  # None continues the cell to its left


def clean(text: str) -> str:
    """Text without control characters and halves of surrogate pairs, which no text has."""
    return BROKEN.sub("", text)


class Flow:
    """Paragraphs are parted by blank lines, lines of one paragraph by a line end, cells of a row by tabs."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.pages: list[PageMark] = []
        self.cells: list[Cell] = []
        self.tables = 0

    def write(self, text: str) -> None:
        """Add text as it is, without control characters."""
        text = clean(text)
        self.parts.append(text)
        self.size += len(text)

    def page(self, number: int) -> None:
        """What follows stands on page ``number``."""
        self.pages.append(PageMark(self.size, number))

    def paragraph(self, text: str) -> None:
        """Add a paragraph; its own line ends are kept. Blank ones are left out."""
        if text.strip():
            self.write(text.strip() + "\n\n")

    def table(self, rows: Sequence[Row]) -> None:
        """Add a table, a row a line. A cell over several rows is to be given with each of them."""
        self.tables += 1
        for number, row in enumerate(rows, 1):
            if any(cell for cell in row):
                self._row(number, row)

    def _row(self, number: int, row: Row) -> None:
        for column, text in enumerate(row, 1):
            if column > 1:
                self.write("\t")
            start = self.size
            self.write(" ".join((text or "").split()))
            if text is not None:
                self.cells.append(Cell(start, self.size, self.tables, number, column))
        self.write("\n\n")

    def document(self, given: Given, media_type: str, metadata: Mapping[str, str] | None = None) -> Document:
        """The document. Raises ReadError when there is no text in it."""
        text = "".join(self.parts)
        if not text.strip():
            raise ReadError("holds no text")
        return Document(
            sha256=given.sha256,
            source=given.source,
            media_type=media_type,
            text=text,
            metadata=tuple(sorted((metadata or {}).items())),
            pages=tuple(self.pages),
            cells=tuple(self.cells),
        )
