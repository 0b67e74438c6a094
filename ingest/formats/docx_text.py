"""The text of Word paragraphs: insertions kept, deletions, hidden text and fields' instructions left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.formats.docx_numbering import Numbering, number_of
from ingest.formats.xml import child, child_value, children, local, value

PASSED_OVER = frozenset({
    "del", "moveFrom", "delText", "delInstrText", "instrText", "rt", "Fallback", "object",
    "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr",
})  # fmt: skip
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


@dataclass(slots=True)
class Style:
    """What a style of paragraphs gives to numbering."""

    name: str = ""
    based_on: str | None = None
    list: str | None = None
    level: int | None = None


@dataclass(slots=True)
class Word:
    """A Word document's numbering and styles, and the notes that its text refers to, in order."""

    numbering: Numbering
    styles: dict[str, Style]
    notes: list[tuple[str, str]] = field(default_factory=list)  # (kind, id)

    def number(self, paragraph: etree._Element) -> str:
        """The number that Word sets before a paragraph; counting goes on with each call."""
        style = child_value(paragraph, "pPr", "pStyle") or ""
        own = child(paragraph, "pPr", "numPr")
        num, level = child_value(own, "numId"), child_value(own, "ilvl")
        if num is None:
            num, at = self._of_style(style)
        else:
            at = None
        if num in (None, "0"):
            return ""
        assert num is not None
        default = at if at is not None else self.numbering.level_of_style(num, style)
        return self.numbering.number(num, number_of(level, default))

    def _of_style(self, name: str) -> tuple[str | None, int | None]:
        for _ in range(20):  # styles may be based on each other in a circle
            style = self.styles.get(name)
            if style is None:
                return None, None
            if style.list is not None:
                return style.list, style.level
            name = style.based_on or ""
        return None, None

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a line of the table of contents, which only repeats headings."""
        style = self.styles.get(child_value(paragraph, "pPr", "pStyle") or "", Style())
        return style.name.lower().startswith("toc ")

    def text(self, paragraph: etree._Element) -> str:
        """A paragraph's text behind its number. An empty one counts as Word counts it, unless its mark is deleted."""
        text = "".join(self.pieces(paragraph)).strip()
        if not text and child(paragraph, "pPr", "rPr", "del") is not None:
            return ""
        number = self.number(paragraph)
        return number + text if text else ""

    def pieces(self, element: etree._Element) -> Iterator[str]:
        """The characters beneath an element, in order; text boxes are left for ``boxes``."""
        for item in element:
            name = local(item)
            if name in PASSED_OVER or name == "txbxContent":
                continue
            if name == "t":
                yield item.text or ""
            elif name in SIGNS:
                yield "" if name == "br" and value(item, "type") in ("page", "column") else SIGNS[name]
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), value(item, "id") or ""))
            elif name == "r" and hidden(item):
                continue
            else:
                yield from self.pieces(item)


def hidden(run: etree._Element) -> bool:
    """Whether a run is hidden text."""
    mark = child(run, "rPr", "vanish")
    return mark is not None and (value(mark) or "1") not in ("0", "false")


def boxes(paragraph: etree._Element) -> list[etree._Element]:
    """The contents of text boxes anchored in a paragraph, each once."""
    found: list[etree._Element] = []
    waiting = list(paragraph)
    while waiting:
        item = waiting.pop(0)
        name = local(item)
        if name == "txbxContent":
            found.append(item)
        elif name not in PASSED_OVER:
            waiting[:0] = list(item)
    return found


def styles_of(root: etree._Element | None) -> dict[str, Style]:
    """The styles of paragraphs by their id."""
    found = {}
    for style in children(root, "style"):
        numbered = child(style, "pPr", "numPr")
        level = child_value(numbered, "ilvl")
        found[value(style, "styleId") or ""] = Style(
            name=child_value(style, "name") or "",
            based_on=child_value(style, "basedOn"),
            list=child_value(numbered, "numId"),
            level=None if level is None else number_of(level, 0),
        )
    return found
