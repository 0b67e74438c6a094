"""What else is drawn on a PDF page: ruled lines, pictures, and how the page is turned."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from ingest.formats.page import Ruling, ruling

MAX_OBJECTS = 20_000
MAX_SEGMENTS = 20_000
THIN = 3.0  # points of a filled box that is meant as a line
Point = tuple[float, float]


class Turn:
    """From a page's own coordinates to points from the top left corner, as the page is shown."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.quarter = (page.get_rotation() // 90) % 4
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.quarter % 2 else (wide, high)

    def point(self, x: float, y: float) -> Point:
        """Where a point stands on the page as it is shown."""
        across, down = x - self.left, self.top - y
        if self.quarter == 1:
            return self.width - down, across
        if self.quarter == 2:
            return self.width - across, self.height - down
        if self.quarter == 3:
            return down, self.height - across
        return across, down

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box between two corners."""
        (a, b), (c, d) = self.point(x0, y0), self.point(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def rulings_of(page: pypdfium2.PdfPage, turn: Turn) -> list[Ruling]:
    """Every level or upright line that a path draws, thin filled boxes too."""
    found: list[Ruling] = []
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])):
        if number > MAX_OBJECTS or len(found) > MAX_SEGMENTS:
            break
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item.raw, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value:
            found += filter(None, (ruling(*turn.point(*a), *turn.point(*b)) for a, b in segments(item)))
        elif fill.value:
            x0, y0, x1, y1 = turn.box(*item.get_bounds())
            if min(x1 - x0, y1 - y0) < THIN:
                line = ruling(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2) if x1 - x0 > y1 - y0 else None
                line = line or ruling((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
                found += [line] if line else []
    return found


def segments(item: pypdfium2.PdfObject) -> Iterator[tuple[Point, Point]]:
    """The straight pieces of a path, in the page's coordinates."""
    matrix = item.get_matrix()
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(pdfium.FPDFPath_CountSegments(item.raw), MAX_SEGMENTS)):
        piece = pdfium.FPDFPath_GetPathSegment(item.raw, index)
        pdfium.FPDFPathSegment_GetPoint(piece, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(piece)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if pdfium.FPDFPathSegment_GetClose(piece):
            yield last, start


def picture_share(page: pypdfium2.PdfPage) -> float:
    """The share of the page that its largest picture covers."""
    width, height = page.get_size()
    best = 0.0
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])):
        if number > MAX_OBJECTS:
            break
        x0, y0, x1, y1 = item.get_bounds()
        best = max(best, (x1 - x0) * (y1 - y0))
    return best / (width * height) if width and height else 0.0
