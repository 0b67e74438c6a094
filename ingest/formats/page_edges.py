"""The edges of a page's text: running heads and page numbers beyond them, the left and right of its columns."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from ingest.formats.page import Line, Page
from ingest.formats.page_tables import Table

MARGIN = 0.14  # of the page's height, at its top and bottom, where running heads stand
MARKED = re.compile(
    r"[-—–－·.]+\s*\d{1,4}\s*[-—–－·.]+|第?\s*\d{1,4}\s*页?\s*[/,，共]+\s*\d{1,4}\s*页?|第\s*\d{1,4}\s*页|[Pp]age \d+(?: of \d+)?"
)
BARE = re.compile(r"\d{1,4}")
COUNTING = re.compile(r"第\d+页|共\d+页|\d+/\d+|[-—－]\d+[-—－]")
FILLS = 0.55  # of a page's width
LONG = 0.6  # of the widest line, from which lines tell where the right edge is
Block: TypeAlias = Line | Table
Blocks: TypeAlias = list[tuple[Page, list[Block]]]


def without_running(blocks: Blocks) -> Blocks:
    """Blocks without running heads (the same on every fourth page, three at least) and without page numbers."""
    apart = {page.number: stand_apart(lines_in(found)) for page, found in blocks}
    seen = Counter(
        text
        for page, found in blocks
        for text in {masked(line.text) for line in at_edge(page, found) if line in apart[page.number]}
    )
    heads = {text for text, count in seen.items() if count >= max(3, len(blocks) // 4)}
    counting = numbering(blocks)
    edges = {page.number: set(at_edge(page, found)) for page, found in blocks}

    def runs(page: Page, block: Block) -> bool:
        if not isinstance(block, Line) or block not in edges[page.number]:
            return False
        text = block.text.strip()
        return (
            (masked(text) in heads and block in apart[page.number])
            or MARKED.fullmatch(text) is not None
            or (BARE.fullmatch(text) is not None and int(text) - page.number == counting)
        )

    return [(page, [block for block in found if not runs(page, block)]) for page, found in blocks]


def numbering(blocks: Blocks) -> int | None:
    """How far the printed page numbers are from the count of pages; None where most pages bear none."""
    seen: Counter[int] = Counter()
    for page, found in blocks:
        texts = {line.text.strip() for line in at_edge(page, found)}
        seen.update({int(text) - page.number for text in texts if BARE.fullmatch(text)})
    for shift, count in seen.most_common(1):
        return shift if count >= max(1, len(blocks) // 2) else None
    return None


def stand_apart(lines: Sequence[Line]) -> set[Line]:
    """Lines that are further from the next one than lines of a paragraph are, or of another size of type."""
    if not lines:
        return set()
    size = median(line.size for line in lines)
    steps = [below.y0 - above.y0 for above, below in pairwise(lines) if below.y0 > above.y0]
    far = 1.3 * median(steps) if len(steps) > 4 else 1.5 * size
    found = {line for line in lines if abs(line.size - size) > 0.1 * size}
    down = sorted(lines, key=lambda line: line.y0)
    for above, line, below in zip([None, *down], down, [*down[1:], None], strict=False):
        near = [abs(other.y0 - line.y0) for other in (above, below) if other is not None]
        if not near or min(near) > far:
            found.add(line)
    return found


def masked(text: str) -> str:
    """A running head without spaces and without the number of its page."""
    return COUNTING.sub("#", "".join(text.split()))


def at_edge(page: Page, found: Sequence[Block]) -> Iterator[Line]:
    """The outermost lines at the top and bottom of a page, two of each."""
    edge = sorted(
        (block for block in found if isinstance(block, Line) and stands_at_edge(page, block)), key=lambda each: each.y0
    )
    top = [line for line in edge if line.y1 < MARGIN * page.height]
    bottom = [line for line in edge if line.y0 > (1 - MARGIN) * page.height]
    return iter([*top[:2], *bottom[-2:]])


def stands_at_edge(page: Page, line: Line) -> bool:
    """Whether a line stands where running heads and page numbers do."""
    return line.y1 < MARGIN * page.height or line.y0 > (1 - MARGIN) * page.height


def set_between_edges(blocks: Blocks) -> Blocks:
    """Lines that know the edges of their column: those of their page where it has enough lines, else of all like it."""
    groups: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for page, found in blocks:
        for line in lines_in(found):
            groups[round(page.width), line.column].append(line)
    edges = {key: edges_of(lines, key[0]) for key, lines in groups.items()}
    placed: Blocks = []
    for page, found in blocks:
        own: dict[int, list[Line]] = defaultdict(list)
        for line in lines_in(found):
            own[line.column].append(line)
        here = {column: page_edges(page, lines, edges[round(page.width), column]) for column, lines in own.items()}
        placed.append((page, [set_line(block, here) for block in found]))
    return placed


def lines_in(found: Sequence[Block]) -> list[Line]:
    """The lines among blocks."""
    return [block for block in found if isinstance(block, Line)]


def set_line(block: Block, edges: dict[int, tuple[float, float]]) -> Block:
    """A line with the edges of its column; tables as they are."""
    if not isinstance(block, Line):
        return block
    left, right = edges[block.column]
    return block._replace(left=left, right=right)


def edges_of(lines: Sequence[Line], width: float) -> tuple[float, float]:
    """Where lines begin and where full ones end, but for a few that stand out. Running text fills half the page at least."""
    left = sorted(line.x0 for line in lines)[len(lines) // 20]
    ends = sorted(line.x1 for line in lines)
    long = [end for end in ends if end - left > LONG * (ends[-1] - left)]
    least = left + (FILLS if lines[0].column == 0 else FILLS / 3) * width
    return left, max(long[3 * len(long) // 4], least)


def page_edges(page: Page, lines: Sequence[Line], usual: tuple[float, float]) -> tuple[float, float]:
    """The edges on one page: its own where it has five long lines."""
    left, right = usual
    long = [line for line in lines if line.x1 - line.x0 > LONG * (right - left)]
    return edges_of(lines, page.width) if len(long) > 4 else usual
