"""The elements of a page as paragraphs, lines and tables, as a browser would lay them out."""

from __future__ import annotations

import re
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from ingest.formats.flow import Flow
from ingest.formats.html_table import grid, is_data
from ingest.tables import load_yaml
from ingest.view import FOLD, FOLDED

INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "o:p", "q", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
})  # fmt: skip
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
BREAK = re.compile(rf"(?<=[{WIDE}])[ \t\f]*\n[ \t\f\n]*(?=[{WIDE}])")  # in the source only: no space between Chinese
SPACES = re.compile(r"[ \t\n\f]+")


@cache
def furniture_line() -> re.Pattern[str]:
    """Lines that are the page's own."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in load_yaml("webpage.yml")["lines"]))


def is_furniture(line: str) -> bool:
    """Whether a line belongs to the page and not to the document."""
    folded = FOLDED.sub(lambda match: FOLD[match[0]], line).strip()
    return bool(folded) and len(folded) < 120 and furniture_line().fullmatch(folded) is not None


class Paragraph:
    """The text that gathers until a block ends; ``<br>`` parts its lines."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.parts: list[str] = []

    def add(self, text: str | None, kept: bool = False) -> None:
        """Add text of an element; ``kept`` where its line ends count."""
        if text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self.parts.append(text if kept else SPACES.sub(" ", BREAK.sub("", text)))

    def end(self) -> None:
        """Write it, without the page's own lines."""
        lines = [SPACES.sub(" ", line).strip() for line in "".join(self.parts).split("\n")]
        self.parts = []
        self.flow.paragraph("\n".join(line for line in lines if not is_furniture(line)))


def write_page(scope: HtmlElement, flow: Flow) -> None:
    """Write every paragraph and table beneath ``scope``."""
    paragraph = Paragraph(flow)
    tables = {table for table in scope.iter("table") if is_data(table)}
    walk = etree.iterwalk(scope, events=("start", "end"))
    kept = 0
    for event, element in walk:
        kept += (element.tag == "pre") * (1 if event == "start" else -1)
        if event == "start":
            start(element, paragraph, kept > 0)
            if element in tables:
                flow.table(grid(element))
                walk.skip_subtree()
            else:
                paragraph.add(element.text, kept > 0)
        else:
            if element.tag not in INLINE and element.tag != "br":
                paragraph.end()
            if element is not scope:
                paragraph.add(element.tail, kept > 0)
    paragraph.end()


def start(element: HtmlElement, paragraph: Paragraph, kept: bool) -> None:
    """What the beginning of an element does to the text: a new line, a new paragraph, a number of a list."""
    if element.tag == "br":
        paragraph.add("\n", kept=True)
    elif element.tag not in INLINE:
        paragraph.end()
        if element.tag == "li" and (number := list_number(element)):
            paragraph.add(number)


def list_number(item: HtmlElement) -> str:
    """The number that a browser sets before an item of an ordered list: ``3.``; empty in other lists."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or parent.get("type", "1") != "1":
        return ""
    if re.search(r"list-style(?:-type)?\s*:\s*none", parent.get("style") or ""):
        return ""
    text = item.text_content().strip()
    if (
        re.match(r"[\d(（一二三四五六七八九十第①-⑳]+[.、)）条章]?", text)
        and text[:1] in "0123456789(（①②③④⑤⑥⑦⑧⑨一二三四五六七八九十第"
    ):
        return ""
    first = parent.get("start", "1")
    before = sum(1 for other in item.itersiblings("li", preceding=True))
    return f"{(int(first) if first.isascii() and first.isdigit() and len(first) < 7 else 1) + before}."
