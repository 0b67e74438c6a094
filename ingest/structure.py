"""The numbered tree of a document (GB/T 9704): items with their paths, headings and extents in the view.

The blocks of an ``Outline`` follow each other without a gap: joined, they are the text.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from ingest.numbering import Level, Marker, numbering
from ingest.scanning import scan
from ingest.view import View

ROOT = Level("document", 0, "none", "")
ARTICLE, DECIMAL, PLAIN = "article", "decimal", "plain"
LOWER = 70  # rank from which numbers may start again
_FILE = r"(?!.{0,60}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar)\b)"
ANNEX = re.compile(rf"(?m)^[ \t#*]*附\s*件\s*(?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})?\s*(?:[:.、]|\s|$){_FILE}")
HEADING_END = re.compile(r"[。!\n]|:(?!//)")


@dataclass(slots=True, eq=False)
class Item:
    """One numbered item, or the root (``path`` ``""``). All offsets are in the view.

    ``start`` is the marker's, ``body`` follows the marker, ``end`` is where the next marker stands, and
    ``tree_end`` closes the last item beneath. ``path`` is None for markers that make none.
    """

    level: Level
    ordinal: int
    path: str
    start: int
    body: int
    end: int
    tree_end: int
    zone: int
    parent: Item | None = None
    children: list[Item] = field(default_factory=list)
    rank: int = 0  # of its marker; 0 for the root

    def ancestors(self) -> list[Item]:
        """From the parent up to, and without, the root."""
        found, item = [], self.parent
        while item is not None and item.level is not ROOT:
            found.append(item)
            item = item.parent
        return found


@dataclass(slots=True)
class Outline:
    """Every item in order of the text; zones count the documents in one text (a notice, its plan, annexes)."""

    view: View
    items: list[Item]
    zones: list[int]  # offset where each zone begins
    annexes: list[int]  # offsets of lines that begin an annex, or list the annexes

    def blocks(self) -> list[tuple[int, int]]:
        """Extents, without a gap, of the text before the first item and of each item's own text."""
        cuts = sorted({0, *(item.start for item in self.items), *self.zones, len(self.view.text)})
        return list(pairwise(cuts))

    def heading(self, item: Item) -> tuple[int, int]:
        """Extent of an item's heading: up to the first full stop, colon or line end, without the number."""
        text = self.view.text
        start = item.body
        while start < item.end and text[start] in " \t":
            start += 1
        stop = HEADING_END.search(text, start, item.end)
        return start, stop.start() if stop else item.end


def outline_of(view: View) -> Outline:
    """Find the numbered tree. Lines that only look numbered make no item (see ``accepted``)."""
    text = view.text
    annexes = [match.start() for match in ANNEX.finditer(text)]
    markers = accepted(text, annexes)
    return build(view, markers, annexes)


def accepted(text: str, annexes: list[int]) -> list[Marker]:
    """Markers that count: all at line starts, and inline ones that go on with, or start, a series."""
    table = numbering()
    at_line = [table.marker(match) for match in table.at_line.finditer(text)]
    at_line = [marker for marker in at_line if all(0 < number < 200 for number in marker.ordinals)]
    at_line = with_parts(at_line)
    starts = {marker.start for marker in at_line}
    between = scan(table.inline, table.inline_head, text, 0, len(text), before=1)
    inline = [table.marker(match) for match in between if match.start() not in starts]
    return series(at_line, inline) if inline else at_line


def with_parts(markers: list[Marker]) -> list[Marker]:
    """Of numbers that are parted from their heading by a space only, those that have parts (1 总则, 1.1 目的).

    One without parts counts where it stands in its place before those that have them (1, 2, 3, 3.1).
    """
    parted = {marker.ordinals[0] for marker in markers if marker.level.name == DECIMAL}
    if not parted:
        return [marker for marker in markers if marker.level.name != PLAIN]
    kept = [marker for marker in markers if marker.level.name != PLAIN or marker.ordinals[0] in parted]
    bare = [marker for marker in markers if marker.level.name == PLAIN and marker.ordinals[0] not in parted]
    place = 0
    for number in range(1, max(parted)):
        after = next((each.start for each in kept if each.level.name == PLAIN and each.ordinals[0] > number), 0)
        found = [each for each in bare if each.ordinals[0] == number and place <= each.start < after][:1]
        kept += found
        place = max([place, *(each.start for each in found)])
    return sorted(kept, key=lambda marker: marker.start)


def series(at_line: list[Marker], inline: list[Marker]) -> list[Marker]:
    """Of inline candidates, those that run 1, 2, 3 … (or go on from a line-start number) without a restart.

    Levels are taken from the highest down, so that a series may start anew under each number above it.
    """
    found = list(at_line)
    for level in sorted({marker.level.name: marker.level for marker in inline}.values(), key=lambda level: level.rank):
        candidates = [marker for marker in inline if marker.level.name == level.name]
        for head, group, following in between(found, candidates):
            if runs_on(group, head, following):
                found += group
        found.sort(key=lambda marker: marker.start)
    return found


def between(found: list[Marker], candidates: list[Marker]) -> list[tuple[Marker | None, list[Marker], Marker | None]]:
    """Candidates gathered by the found markers before and after them."""
    groups: dict[int, list[Marker]] = {}
    starts = [marker.start for marker in found]
    for marker in candidates:
        groups.setdefault(bisect(starts, marker.start), []).append(marker)
    return [
        (found[index - 1] if index else None, group, found[index] if index < len(found) else None)
        for index, group in groups.items()
    ]


def runs_on(group: list[Marker], head: Marker | None, following: Marker | None) -> bool:
    """Whether inline markers of one level, all between two found ones, are a series."""
    level = group[0].level.name
    numbers = [marker.ordinals[-1] for marker in group]
    after_same = head is not None and head.level.name == level
    first = head.ordinals[-1] + 1 if head is not None and after_same else 1
    if numbers != list(range(first, first + len(numbers))):
        return False
    goes_on = following is not None and following.level.name == level and following.ordinals[-1] == numbers[-1] + 1
    if after_same:
        return goes_on or following is None or following.level.name != level
    nested = head is None or group[0].level.rank > head.level.rank
    return nested and (goes_on or len(numbers) > 1)


def build(view: View, markers: list[Marker], annexes: list[int]) -> Outline:
    """Hang the markers into a tree, one per zone; a zone begins at an annex or where the top level restarts."""
    end = len(view.text)
    zones = [0]
    root = Item(ROOT, 0, "", 0, 0, end, end, 0)
    items: list[Item] = []
    open_items = [root]
    waiting = list(annexes)
    for marker in markers:
        while waiting and waiting[0] < marker.start:
            if waiting[0] > zones[-1]:
                zones.append(waiting[0])
                open_items = [Item(ROOT, 0, "", waiting[0], waiting[0], end, end, len(zones) - 1)]
            waiting.pop(0)
        if pathless(marker, open_items):
            continue
        while open_items[-1].rank >= rank_of(marker):
            open_items.pop()
        parent = open_items[-1]
        if restarts(marker, parent):
            zones.append(marker.start)
            parent = Item(ROOT, 0, "", marker.start, marker.start, end, end, len(zones) - 1)
            open_items = [parent]
        item = Item(
            marker.level,
            marker.ordinals[-1],
            path_of(marker, parent),
            marker.start,
            marker.end,
            end,
            end,
            len(zones) - 1,
            parent,
            rank=rank_of(marker),
        )
        parent.children.append(item)
        items.append(item)
        open_items.append(item)
    zones += [start for start in waiting if start > zones[-1]]
    items = without_restarts(items)
    close(items, zones, end)
    return Outline(view, items, zones, annexes)


def without_restarts(items: list[Item]) -> list[Item]:
    """Lower levels that start again inside one item make no paths: (1) (2) and then (1) once more."""
    gone: set[int] = set()
    for item in items:
        for rank in {child.level.rank for child in item.children if child.level.rank >= LOWER}:
            group = [child for child in item.children if child.level.rank == rank]
            if sum(child.ordinal == 1 for child in group) > 1:
                gone |= {id(each) for child in group for each in (child, *beneath(child))}
        item.children = [child for child in item.children if id(child) not in gone]
    return [item for item in items if id(item) not in gone]


def beneath(item: Item) -> list[Item]:
    """Every item under one, at any depth."""
    return [each for child in item.children for each in (child, *beneath(child))]


def rank_of(marker: Marker) -> int:
    """Rank in the tree: a deeper decimal (1.1.1) stands below a shallower one."""
    return marker.level.rank + len(marker.ordinals) - 1 if marker.level.name == DECIMAL else marker.level.rank


def pathless(marker: Marker, open_items: list[Item]) -> bool:
    """Paragraphs and points under an article (第N条) take no path of their own."""
    within = any(item.level.name == ARTICLE for item in open_items)
    return within and marker.level.rank > 40 and marker.level.name != ARTICLE


def restarts(marker: Marker, parent: Item) -> bool:
    """A top-level number that starts again from one begins another document in the same text."""
    if parent.level is not ROOT or marker.ordinals[0] != 1:
        return False
    path = path_of(marker, parent)
    return any(item.path == path and item.level.name == marker.level.name for item in parent.children)


def path_of(marker: Marker, parent: Item) -> str:
    """Ordinals joined by dots; 1.1 is itself a path, and an article counts on from its chapter."""
    if marker.level.name == DECIMAL:
        return ".".join(map(str, marker.ordinals))
    own = str(marker.ordinals[-1])
    return f"{parent.path}.{own}" if parent.path else own


def close(items: list[Item], zones: list[int], end: int) -> None:
    """Set where each item's own text and its whole branch end."""
    cuts = sorted({*(item.start for item in items), *zones, end})
    following = dict(pairwise(cuts))
    for item in items:
        item.end = following.get(item.start, end)
    for item in reversed(items):
        item.tree_end = item.children[-1].tree_end if item.children else item.end


@Language.component("structure", requires=["doc._.view"], assigns=["doc._.outline"])
def structure(doc: Doc) -> Doc:
    """Set the numbered tree."""
    doc._.outline = outline_of(doc._.view)
    return doc
