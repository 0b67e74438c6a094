"""OFD files (GB/T 33190): a zip of XML that says which characters stand where on which page.

Read by ourselves: the one library for it on the package index brings PyMuPDF, whose licence is the AGPL.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lxml import etree

from ingest.formats.flow import Flow, clean
from ingest.formats.given import Given, LimitError, Part, ReadError
from ingest.formats.page import Glyph, Page, Ruling, ruling
from ingest.formats.page_flow import write_pages
from ingest.formats.xml import child, children, local, parse, value
from ingest.formats.zips import Zip

POINTS = 72 / 25.4  # in a millimetre
A4 = (0.0, 0.0, 210.0, 297.0)
MAX_PAGES = 3000
MAX_CHARACTERS = 20_000_000
STROKE = re.compile(r"([MLCQABS])((?:\s+-?[\d.]+)*)")
Matrix = tuple[float, float, float, float, float, float]


def read(given: Given) -> Iterator[Part]:
    """The document. Raises ReadError."""
    archive = Zip(given)
    if "Encryptions.xml" in archive.names():
        raise ReadError("encrypted: it opens with a key only; save it without")
    roots = [
        root.text or ""
        for body in children(parse(archive.read("OFD.xml")), "DocBody")
        for root in children(body, "DocRoot")
    ]
    pages: list[Page] = []
    for root in roots:
        pages += pages_of(archive, inside("", root), len(pages))
    flow = Flow()
    if not any(page.glyphs for page in pages):
        raise ReadError(
            f"needs OCR: its {len(pages)} pages are pictures"
            if any(page.pictured for page in pages)
            else "holds no text"
        )
    write_pages(pages, flow)
    yield flow.document(given, "application/ofd")


def inside(base: str, place: str) -> str:
    """Where a place that a file at ``base`` names lies in the archive."""
    place = place.strip()
    return posixpath.normpath(
        place.lstrip("/") if place.startswith("/") else posixpath.join(posixpath.dirname(base), place)
    )


def pages_of(archive: Zip, root: str, before: int) -> Iterator[Page]:
    """The pages of one document in the file. Raises LimitError when there are too many of them, or too much text."""
    document = parse(archive.read(root))
    usual = numbers(child(document, "CommonData", "PageArea", "PhysicalBox"), A4)
    total = 0
    for number, item in enumerate(children(child(document, "Pages"), "Page"), before + 1):
        if number > MAX_PAGES:
            raise LimitError(f"more than {MAX_PAGES:,} pages")
        content = parse(archive.read(inside(root, value(item, "BaseLoc") or "")))
        box = numbers(child(content, "Area", "PhysicalBox"), usual)
        page = Page(number, box[2] * POINTS, box[3] * POINTS)
        for layer in children(child(content, "Content"), "Layer"):
            draw(layer, page)
        total += len(page.glyphs)
        if total > MAX_CHARACTERS:
            raise LimitError(f"more than {MAX_CHARACTERS:,} characters")
        yield page


def numbers(element: etree._Element | None, default: tuple[float, ...]) -> tuple[float, ...]:
    """The numbers that an element holds, as many as the default has."""
    found = floats(element.text if element is not None else None)
    return tuple(found[: len(default)]) if len(found) >= len(default) else default


def floats(text: str | None) -> list[float]:
    """The numbers of a list; none of a broken one."""
    try:
        return [float(part) for part in (text or "").split()]
    except ValueError:
        return []


def draw(parent: etree._Element, page: Page) -> None:
    """Put the characters, lines and pictures beneath an element on the page."""
    for item in parent:
        name = local(item)
        if name == "TextObject":
            page.glyphs += glyphs_of(item)
        elif name == "PathObject":
            page.rulings += rulings_of(item)
        elif name == "ImageObject":
            box = floats(value(item, "Boundary"))
            page.pictured |= len(box) == 4 and box[2] * box[3] * POINTS**2 > 0.3 * page.width * page.height
        elif name == "PageBlock":
            draw(item, page)


def place_of(item: etree._Element) -> Matrix | None:
    """How an object's own coordinates lie on the page; None where it tells no place."""
    box = floats(value(item, "Boundary"))
    if len(box) != 4:
        return None
    a, b, c, d, e, f = floats(value(item, "CTM")) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return a, b, c, d, e + box[0], f + box[1]


def on_page(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """A point on the page, in points."""
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * POINTS, (b * x + d * y + f) * POINTS


def glyphs_of(item: etree._Element) -> list[Glyph]:
    """The characters of a text object, each in its box; ``DeltaX`` tells how far the next one stands."""
    matrix = place_of(item)
    size = next(iter(floats(value(item, "Size"))), 0.0)
    if matrix is None or not 0 < size < 1000 or abs(matrix[1]) > 0.1 * abs(matrix[0]):
        return []
    found = []
    last = (0.0, 0.0)
    for code in children(item, "TextCode"):
        x, y = (next(iter(floats(value(code, name))), before) for name, before in zip("XY", last, strict=True))
        last = x, y
        text = clean((code.text or "").replace("\n", ""))
        right, down = deltas(value(code, "DeltaX"), len(text)), deltas(value(code, "DeltaY"), len(text))
        for index, char in enumerate(text):
            step = right[index] if index < len(right) else None
            wide = width_of(char, step, size)
            (x0, y0), (x1, y1) = on_page(matrix, x, y - 0.86 * size), on_page(matrix, x + wide, y + 0.14 * size)
            found.append(Glyph(char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
            x += step if step is not None else 0.0 if down else wide
            y += down[index] if index < len(down) else 0.0
    return found


def width_of(char: str, step: float | None, size: float) -> float:
    """How wide a character is: as far as the next one stands, if that is close, else as is usual."""
    if step is not None and 0.2 * size < step < 1.25 * size:
        return step
    return (0.5 if char.isascii() else 1.0) * size


def deltas(text: str | None, most: int) -> list[float]:
    """A list of distances, where ``g 3 5`` stands for ``5 5 5``; no more than the text has characters."""
    found: list[float] = []
    parts = iter((text or "").split())
    try:
        for part in parts:
            if part == "g":
                count, each = int(next(parts)), float(next(parts))
                found += [each] * max(0, min(count, most - len(found)))
            else:
                found.append(float(part))
    except (StopIteration, ValueError):
        return found
    return found


def rulings_of(item: etree._Element) -> list[Ruling]:
    """The level and upright lines of a path."""
    matrix = place_of(item)
    if matrix is None:
        return []
    found: list[Ruling] = []
    drawn = child(item, "AbbreviatedData")
    start = last = (0.0, 0.0)
    for order, rest in STROKE.findall((drawn.text or "") + " C" if drawn is not None else ""):
        values = floats(rest)
        point = on_page(matrix, values[-2], values[-1]) if len(values) > 1 else start
        if order in "LC" and (line := ruling(*last, *point)):
            found.append(line)
        start = point if order in "MS" else start
        last = point
    return found
