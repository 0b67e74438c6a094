"""Word documents (DOCX, ECMA-376): paragraphs with the numbers that Word sets, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from ingest.formats.docx_numbering import Numbering, number_of
from ingest.formats.docx_text import Word, boxes, styles_of
from ingest.formats.flow import Flow, Row
from ingest.formats.given import Given, Part, ReadError
from ingest.formats.xml import child, child_value, children, local, parse, value
from ingest.formats.zips import Zip

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
WRAPPERS = ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice")
MAX_COLUMNS = 500


def read(given: Given) -> Iterator[Part]:
    """The document. Raises ReadError."""
    archive = Zip(given)
    names = archive.names()

    def part(name: str) -> etree._Element | None:
        return parse(archive.read(name)) if name in names else None

    body = child(part("word/document.xml"), "body")
    if body is None:
        raise ReadError("damaged: it has no body")
    word = Word(Numbering(part("word/numbering.xml")), styles_of(part("word/styles.xml")))
    flow = Flow()
    write(body, word, flow)
    write_notes({kind: part(f"word/{kind}s.xml") for kind in ("footnote", "endnote")}, word, flow)
    yield flow.document(given, MEDIA_TYPE)


def write(parent: etree._Element, word: Word, flow: Flow) -> None:
    """Write the paragraphs and tables beneath an element."""
    for item in parent:
        name = local(item)
        if name == "p":
            write_paragraph(item, word, flow)
        elif name == "tbl":
            write_table(item, word, flow)
        elif name in WRAPPERS and not is_contents(item):
            write(item, word, flow)


def is_contents(item: etree._Element) -> bool:
    """Whether a block is an automatic table of contents."""
    return child_value(item, "sdtPr", "docPartObj", "docPartGallery") == "Table of Contents"


def write_paragraph(item: etree._Element, word: Word, flow: Flow) -> None:
    """Write a paragraph, and after it what stands in its text boxes."""
    if word.is_contents(item):
        return
    flow.paragraph(word.text(item))
    for box in boxes(item):
        write(box, word, flow)


def write_table(table: etree._Element, word: Word, flow: Flow) -> None:
    """Write a table; one of a single column only frames its text."""
    rows = list(rows_of(table))
    if max((len(row) for row in rows), default=0) < 2:
        for row in rows:
            for cell in row:
                write(cell, word, flow)
        return
    flow.table(grid(rows, word))


def rows_of(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row that is not deleted."""
    for row in unwrapped(table, "tr"):
        if child(row, "trPr", "del") is None:
            yield list(unwrapped(row, "tc"))


def unwrapped(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of a name beneath one, also inside content controls."""
    for item in parent:
        if local(item) == name:
            yield item
        elif local(item) in WRAPPERS:
            yield from unwrapped(item, name)


def grid(rows: list[list[etree._Element]], word: Word) -> list[Row]:
    """Rows of text: a cell merged downwards stands in each row, one over several columns in the first (then None)."""
    found: list[Row] = []
    above: dict[int, str] = {}
    for row in rows:
        before = child_value(row[0].getparent(), "trPr", "gridBefore") if row else None
        cells: list[str | None] = [""] * min(number_of(before, 0), MAX_COLUMNS)
        for cell in row:
            wide = min(max(number_of(child_value(cell, "tcPr", "gridSpan"), 1), 1), MAX_COLUMNS)
            merge = child(cell, "tcPr", "vMerge")
            goes_on = merge is not None and value(merge) != "restart"
            text = above.get(len(cells), "") if goes_on else cell_text(cell, word)
            above[len(cells)] = text
            cells += [text, *[None] * (wide - 1)]
        found.append(cells)
    return found


def cell_text(cell: etree._Element, word: Word) -> str:
    """The paragraphs of a cell, also those of tables inside it, one after the other."""
    flow = Flow()
    write(cell, word, flow)
    return "".join(flow.parts)


def write_notes(parts: dict[str, etree._Element | None], word: Word, flow: Flow) -> None:
    """Write the notes that the text refers to at its end: 注1:…"""
    texts = {
        (kind, value(note, "id") or ""): note
        for kind, root in parts.items()
        for note in children(root, "footnote", "endnote")
    }
    for number, key in enumerate(list(word.notes), 1):
        if key in texts:
            text = " ".join(word.text(item) for item in children(texts[key], "p")).strip()
            flow.paragraph(f"注{number}：{text}" if text else "")
