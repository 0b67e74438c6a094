"""Numbers that Word itself sets before paragraphs: 一、 (一) 1. as its numbering part tells (ECMA-376, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from ingest.formats.list_numbers import written
from ingest.formats.xml import child, child_value, children, value

LEVELS = 9
PLACE = re.compile(r"%([1-9])")
OPEN_END = re.compile(r"[0-9０-９A-Za-z\u3400-\u9fff]$")  # a number that needs a space before its text


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written, where it starts, and the levels after which it starts anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # counted from 1; 0: never; None: after any higher level
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class List:
    """A list (``w:num``): the kind it is of, and what it changes of it."""

    kind: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Every list of a document, and how far each has counted."""

    def __init__(self, root: etree._Element | None) -> None:
        self.kinds = {value(kind, "abstractNumId") or "": kind for kind in children(root, "abstractNum")}
        self.linked = {
            name: key for key, kind in self.kinds.items() if (name := child_value(kind, "styleLink")) is not None
        }
        self.lists = {value(num, "numId") or "": self._list(num) for num in children(root, "num")}
        self.counts: dict[str, list[int | None]] = {}
        self.begun: set[tuple[str, int]] = set()

    def _list(self, num: etree._Element) -> List:
        kind = child_value(num, "abstractNumId") or ""
        linked = child_value(self.kinds.get(kind), "numStyleLink")
        kind = self.linked.get(linked or "", kind)
        levels = {level_at(level): level_of(level) for level in children(self.kinds.get(kind), "lvl")}
        starts = {}
        for override in children(num, "lvlOverride"):
            own = child(override, "lvl")
            if own is not None:
                levels[level_at(override)] = level_of(own)
            if (start := child_value(override, "startOverride")) is not None:
                starts[level_at(override)] = number_of(start, 1)
        return List(kind, levels, starts)

    def level_of_style(self, num: str, style: str) -> int:
        """The level of a list that belongs to a style of paragraphs; 0 where none does."""
        levels = self.lists[num].levels if num in self.lists else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def number(self, num: str, at: int) -> str:
        """Count one paragraph of list ``num`` at level ``at`` (from 0), and give the number that Word shows; may be empty."""
        found = self.lists.get(num)
        if found is None or at not in found.levels:
            return ""
        counts = self.counts.setdefault(found.kind, [None] * LEVELS)
        if at in found.starts and (num, at) not in self.begun:
            self.begun.add((num, at))
            counts[at] = None
            found.levels[at] = replace(found.levels[at], start=found.starts[at])
        self._count(found, counts, at)
        level = found.levels[at]
        shown = PLACE.sub(lambda place: self._written(found, counts, int(place[1]) - 1, level.legal), level.text)
        if level.form == "bullet" or not shown.strip():
            return ""
        return f"{shown} " if OPEN_END.search(shown) else shown

    def _count(self, found: List, counts: list[int | None], at: int) -> None:
        for higher in range(at):
            if counts[higher] is None:
                counts[higher] = found.levels[higher].start if higher in found.levels else 1
        last = counts[at]
        counts[at] = found.levels[at].start if last is None else last + 1
        for lower in range(at + 1, LEVELS):
            level = found.levels.get(lower, Level())
            if level.restart is None or (level.restart and at < level.restart):
                counts[lower] = None

    def _written(self, found: List, counts: list[int | None], at: int, legal: bool) -> str:
        level = found.levels.get(at, Level())
        count = counts[at]
        return written(level.start if count is None else count, "decimal" if legal else level.form)


def level_at(element: etree._Element) -> int:
    """The number of a level, 0 to 8."""
    return min(number_of(value(element, "ilvl"), 0), LEVELS - 1)


def number_of(text: str | None, default: int) -> int:
    """A small number out of an attribute."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default


def level_of(element: etree._Element) -> Level:
    """A ``w:lvl`` as a Level."""
    restart = child_value(element, "lvlRestart")
    legal = child(element, "isLgl")
    return Level(
        start=number_of(child_value(element, "start"), 1),
        form=child_value(element, "numFmt") or form_of_choice(element) or "decimal",
        text=child_value(element, "lvlText") or "",
        restart=None if restart is None else number_of(restart, 0),
        legal=legal is not None and (value(legal) or "1") not in ("0", "false"),
        style=child_value(element, "pStyle"),
    )


def form_of_choice(element: etree._Element) -> str | None:
    """The format where it is given for newer and older programs both."""
    return child_value(element, "AlternateContent", "Fallback", "numFmt")
