"""PDF files with a text layer, by PDFium. Scanned and encrypted ones are refused with the reason."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.flow import BROKEN, Flow
from ingest.formats.given import Given, LimitError, Part, ReadError, Unread
from ingest.formats.page import Glyph, Page
from ingest.formats.page_flow import write_pages
from ingest.formats.pdf_paths import Turn, picture_share, rulings_of

MAX_PAGES = 3000
MAX_CHARACTERS = 20_000_000
PICTURED = 0.3  # share of a page that a picture covers, from which a page without text is a picture
UNKNOWN = 0.3  # share of characters without a meaning, from which the text layer is of no use


def read(given: Given) -> Iterator[Part]:
    """The document, and after it which of its pages are pictures only. Raises ReadError."""
    with opened(given.data) as pdf:
        if len(pdf) > MAX_PAGES:
            raise LimitError(f"more than {MAX_PAGES:,} pages")
        pages = list(pages_of(pdf))
    scanned = [page.number for page in pages if page.pictured and not page.glyphs]
    if not any(page.glyphs for page in pages):
        raise ReadError(f"needs OCR: its {counted(len(scanned), 'page')} are pictures" if scanned else "holds no text")
    glyphs = sum(len(page.glyphs) for page in pages)
    if sum(meaningless(glyph.char) for page in pages for glyph in page.glyphs) > UNKNOWN * glyphs:
        raise ReadError("needs OCR: its fonts do not tell which characters they show")
    flow = Flow()
    write_pages(pages, flow)
    yield flow.document(given, "application/pdf")
    if scanned:
        yield Unread(
            f"{given.source}",
            f"needs OCR: {counted(len(scanned), 'page')} of {len(pages)} are pictures ({listed(scanned)})",
        )


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """The file, open. Raises ReadError when it is encrypted or damaged."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise ReadError("encrypted: it opens with a password only; save it without") from error
        raise ReadError("a damaged PDF file") from error


def counted(number: int, thing: str) -> str:
    """A number with its noun."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def listed(pages: list[int]) -> str:
    """The first of some page numbers."""
    return "page " + ", ".join(map(str, pages[:10])) + (" …" if len(pages) > 10 else "")


def meaningless(char: str) -> bool:
    """Whether a font has given no character, or one for private use."""
    return "\ue000" <= char <= "\uf8ff" or char == "\ufffd"


def pages_of(pdf: pypdfium2.PdfDocument) -> Iterator[Page]:
    """Each page with what is drawn on it. Raises LimitError for endless text."""
    total = 0
    for index in range(len(pdf)):
        try:
            page = pdf[index]
        except pypdfium2.PdfiumError as error:
            raise ReadError(f"damaged: page {index + 1} cannot be read") from error
        turn = Turn(page)
        found = Page(index + 1, turn.width, turn.height)
        found.glyphs = glyphs_of(page, turn)
        found.rulings = rulings_of(page, turn)
        if not found.glyphs:
            found.pictured = picture_share(page) > PICTURED
        page.close()
        total += len(found.glyphs)
        if total > MAX_CHARACTERS:
            raise LimitError(f"more than {MAX_CHARACTERS:,} characters")
        yield found


def glyphs_of(page: pypdfium2.PdfPage, turn: Turn) -> list[Glyph]:
    """The characters of a page; those set aslant are a watermark and left out."""
    text = page.get_textpage()
    handle, box, found = text.raw, pdfium.FS_RECTF(), []
    for index in range(min(text.count_chars(), MAX_CHARACTERS)):
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        char = chr(pdfium.FPDFText_GetUnicode(handle, index))
        if BROKEN.match(char) or char in "\r\n":
            continue
        if not pdfium.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
            continue
        angle = pdfium.FPDFText_GetCharAngle(handle, index) % 1.5708
        if min(angle, 1.5708 - angle) > 0.1:
            continue
        x0, y0, x1, y1 = turn.box(box.left, box.bottom, box.right, box.top)
        if x1 > 0 and y1 > 0 and x0 < turn.width and y0 < turn.height:
            found.append(Glyph(char, x0, y0, x1, y1))
    text.close()
    return found
