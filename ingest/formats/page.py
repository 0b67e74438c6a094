"""A printed page as its format draws it: characters and ruled lines at places, in points, from the top left corner."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

UNBROKEN = re.compile(r"[(（《“]*(?:[A-Za-z0-9.+-]+|.)[%℃)）》”、,，。;；:：]*")  # what typesetting keeps on one line


class Glyph(NamedTuple):
    """A character in its box."""

    char: str
    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def size(self) -> float:
        """The height of its box, close to the size of its type."""
        return self.y1 - self.y0

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


class Ruling(NamedTuple):
    """A ruled line: upright where ``x0 == x1``, level where ``y0 == y1``."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def upright(self) -> bool:
        """Whether it runs down the page."""
        return self.x0 == self.x1


def ruling(x0: float, y0: float, x1: float, y1: float) -> Ruling | None:
    """The line between two points where it is level or upright; None for a slanted or very short one."""
    wide, high = abs(x1 - x0), abs(y1 - y0)
    if max(wide, high) < 4 or min(wide, high) > 2:
        return None
    if wide > high:
        y = (y0 + y1) / 2
        return Ruling(min(x0, x1), y, max(x0, x1), y)
    x = (x0 + x1) / 2
    return Ruling(x, min(y0, y1), x, max(y0, y1))


@dataclass(slots=True)
class Page:
    """One page; ``pictured`` where a picture covers most of it."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictured: bool = False


class Line(NamedTuple):
    """A line of text in its column (0: the whole page, 1 and 2: side by side), between the column's edges."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    page: int
    column: int = 0
    left: float = 0.0
    right: float = 0.0

    def full(self, following: Line) -> bool:
        """Whether there was no room left for the first character, number or Latin word of the line after it."""
        first = UNBROKEN.match(following.text)
        wide = sum(0.55 if char.isascii() else 1.0 for char in first[0]) if first else 1.0
        return self.right - self.x1 < (wide + 0.6) * self.size

    @property
    def indented(self) -> bool:
        """Whether it begins further right than its column does."""
        return self.x0 > self.left + 0.8 * self.size
