"""Web pages: the document without the page around it, tables as tables, and what the page says of itself."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Iterator, Mapping

import lxml.html
from lxml.html import HtmlElement

from ingest.formats.flow import Flow, clean
from ingest.formats.given import Given, Part, ReadError
from ingest.formats.html_flow import write_page
from ingest.formats.html_page import article, squeezed, without_furniture
from ingest.formats.text import decode
from ingest.records import Document
from ingest.tables import load_yaml

CHARSET = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,30})""", re.I)
CHINESE = ("gb2312", "gbk", "gb_2312-80", "gb18030", "x-gbk", "cp936")
LATIN = ("iso8859-1", "latin-1", "cp1252", "ascii")  # declared by default, hardly ever meant
REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,8})|0*([0-9]{1,10}));?")
LOST = 0.005  # share of characters that may be broken


def read(given: Given) -> Iterator[Part]:
    """The page's document. Raises ReadError."""
    yield page_of_text(given, text_of(given.data))


def text_of(data: bytes) -> str:
    """The page's text by its mark, its meta charset where the bytes agree, else as any text is read. Raises ReadError."""
    declared = CHARSET.search(data[:4096])
    name = codec_of(declared[1].decode("ascii", "ignore")) if declared else None
    if name and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            pass
    try:
        return decode(data)
    except ReadError:
        text = data.decode(name or "utf-8", "replace")
        if text.count("\ufffd") > LOST * len(text):
            raise
        return text


def codec_of(charset: str) -> str | None:
    """The codec for a declared charset; GB18030 for all of its parts; None for one that is unknown or not meant."""
    if charset.lower() in CHINESE:
        return "gb18030"
    try:
        found = codecs.lookup(charset)
    except LookupError:
        return None
    is_text = getattr(found, "_is_text_encoding", False)
    return found.name if is_text and found.name not in LATIN and "utf-16" not in found.name else None


def page_of_text(given: Given, text: str, known: Mapping[str, str] | None = None) -> Document:
    """The document of a decoded page; ``known`` are fields that are told from outside and count first. Raises ReadError."""
    root = parsed(text)
    metadata = {**meta_fields(root), **(known or {})}
    titles = [title for title in (metadata.get("ArticleTitle"), head_title(root)) if title]
    without_furniture(root)
    flow = Flow()
    write_page(article(root, titles), flow)
    title = metadata.get("ArticleTitle", "").strip()
    if title and squeezed(title) not in squeezed("".join(flow.parts)[:3000]):
        flow = titled(title, flow)
    return flow.document(given, "text/html", metadata)


def titled(title: str, body: Flow) -> Flow:
    """The body behind a title that stands on the page only in its head."""
    flow = Flow()
    flow.paragraph(title)
    by = flow.size
    flow.parts += body.parts
    flow.cells = [cell._replace(start=cell.start + by, end=cell.end + by) for cell in body.cells]
    return flow


def parsed(text: str) -> HtmlElement:
    """The tree of a page. Raises ReadError when it has no element, or too deep ones."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    try:
        root = lxml.html.document_fromstring(written(text).encode(), parser=parser)
    except (ValueError, AssertionError, lxml.html.etree.LxmlError) as error:
        raise ReadError("holds no text") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise ReadError("its elements are nested too deep (more than 2,000)")
    return root


def written(text: str) -> str:
    """A page without what is no character, as it is or as a reference by number: lxml reads these and cannot write them."""
    return REFERENCE.sub(lambda match: match[0] if character(match) else " ", clean(text))


def character(reference: re.Match[str]) -> bool:
    """Whether a reference by number is to a character that text may hold."""
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return code <= sys.maxunicode and clean(chr(code)) != ""


def meta_fields(root: HtmlElement) -> dict[str, str]:
    """The page's meta elements that the guideline for government websites names, under the names that it gives."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            found.setdefault(name, value)
    fields: dict[str, list[str]] = load_yaml("webpage.yml")["meta"]
    named = {field: [field.lower(), *others] for field, others in fields.items()}
    values = {field: next((found[name] for name in names if name in found), None) for field, names in named.items()}
    return {field: value for field, value in values.items() if value}


def head_title(root: HtmlElement) -> str | None:
    """The title element's text."""
    title = root.find(".//title")
    return " ".join(title.text_content().split()) if title is not None else None
