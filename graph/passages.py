"""Where two copies of one text differ, as short passages.

White space, the width of punctuation, styles of dashes and brackets, and what a page shows around its document do not
count. A text is compared sentence by sentence: sentences that stand once in both are anchors, which cost n log n to
find, and what lies between anchors is compared from both ends. So a long text takes no more than its length is worth.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from typing import NamedTuple

import yaml

from graph.resources import tables_dir

_STYLES = str.maketrans("〔［【〕］】〈〉—–―－−～“”‘’•●・", "[[[]]]<>-----~\"\"''···")
_SENTENCE = re.compile(r"[^。;；!！?？\n]*(?:\n[^。;；!！?？\n]*)*?(?:[。;；!！?？]|\n\s*\n|\Z)")
_AROUND = 12  # characters that two passages have in common are shown at each end
_SPACE = re.compile(r"\s+")


class Passage(NamedTuple):
    """A stretch of a text; nothing is there where both offsets are the same."""

    start: int
    end: int


class Piece(NamedTuple):
    """A sentence, and what counts of it."""

    start: int
    end: int
    said: str


def plain(text: str) -> str:
    """What counts of a text: half-width, one style of brackets and dashes, no white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).translate(_STYLES))


def differing(one: str, other: str, ends: tuple[int, int] = (0, 0)) -> list[tuple[Passage, Passage]]:
    """Where ``one`` and ``other`` say different things, in order.

    ``ends`` are the offsets up to which each is known to be the document, and no page around it.
    """
    left, right = pieces(one, ends[0]), pieces(other, ends[1])
    found = []
    for a, b, c, d in gaps([each.said for each in left], [each.said for each in right]):
        if "".join(each.said for each in left[a:b]) != "".join(each.said for each in right[c:d]):
            found.append(_narrowed(one, _extent(one, left, a, b), other, _extent(other, right, c, d)))
    return found


def pieces(text: str, known: int = 0) -> list[Piece]:
    """The sentences of a text without the lines that belong to its page. Line ends in mid-sentence do not count."""
    kept = _without_page(text, known)
    found = []
    for match in _SENTENCE.finditer(kept):
        said = plain(match[0]).strip("\0")
        if said := said.replace("\0", ""):
            start = match.start() + len(match[0]) - len(match[0].lstrip("\0 \t\n\r\u3000"))
            found.append(Piece(start, match.end(), said))
    return found


def _without_page(text: str, known: int) -> str:
    """The text with the lines of the page replaced by NUL, so that offsets stay."""
    lines, tail = _furniture()
    parts, position, over = [], 0, False
    for line in text.split("\n"):
        bare = unicodedata.normalize("NFKC", line.strip()).translate(_STYLES)
        over = over or (position > known and bool(bare) and tail.match(bare) is not None)
        parts.append("\0" * len(line) if over or lines.fullmatch(bare) else line)
        position += len(line) + 1
    return "\n".join(parts)


@cache
def _furniture() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Whole lines of a page, and what begins the part of a page after its document (the tables of the readers)."""
    page = yaml.safe_load((tables_dir() / "webpage.yml").read_text("utf-8"))
    around = yaml.safe_load((tables_dir() / "furniture.yml").read_text("utf-8"))
    labels = "|".join(r"\s*".join(name) for name in page["labels"])
    lines = [row["pattern"] for row in page["lines"]]
    lines += [rf"(?:{row['pattern']}).*" for row in around["line"]]
    lines += [
        rf"(?:{labels})\s*[:\t].{{0,80}}",
        r"\d{4}-\d{1,2}-\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*来源:.*)?",
    ]
    return (
        re.compile("|".join(f"(?:{each})" for each in lines)),
        re.compile("|".join(f"(?:{row['pattern']})" for row in around["tail"])),
    )


def gaps(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches ``left[a:b]`` and ``right[c:d]`` between what is the same in both, in order; one of them may be empty."""
    a = c = 0
    for b, d in [*_anchors(left, right), (len(left), len(right))]:
        first, last = a, b
        other_first, other_last = c, d
        while first < last and other_first < other_last and left[first] == right[other_first]:
            first, other_first = first + 1, other_first + 1
        while first < last and other_first < other_last and left[last - 1] == right[other_last - 1]:
            last, other_last = last - 1, other_last - 1
        if first < last or other_first < other_last:
            yield first, last, other_first, other_last
        a, c = b, d


def _anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Places of what stands once in both, in an order that both have: the longest such chain."""
    counts, other_counts = Counter(left), Counter(right)
    place = {each: index for index, each in enumerate(right) if other_counts[each] == 1}
    pairs = [(index, place[each]) for index, each in enumerate(left) if counts[each] == 1 and each in place]
    tops: list[int] = []  # smallest end of a chain of each length
    at: list[int] = []  # the pair with which it ends
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        length = bisect_left(tops, there)
        before.append(at[length - 1] if length else -1)
        if length == len(tops):
            tops.append(there)
            at.append(index)
        else:
            tops[length], at[length] = there, index
    chain, index = [], at[-1] if at else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _narrowed(one: str, here: Passage, other: str, there: Passage) -> tuple[Passage, Passage]:
    """Without what both begin and end with, but for a few characters that show where it is."""
    left, right = one[here.start : here.end], other[there.start : there.end]
    if not left or not right:
        return here, there
    head = _alike(zip(left, right, strict=False))
    tail = min(_alike(zip(reversed(left), reversed(right), strict=False)), len(left) - head, len(right) - head)
    cut, rest = max(0, head - _AROUND), max(0, tail - _AROUND)
    return Passage(here.start + cut, here.end - rest), Passage(there.start + cut, there.end - rest)


def _alike(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _extent(text: str, found: Sequence[Piece], first: int, last: int) -> Passage:
    if first < last:
        return Passage(found[first].start, found[last - 1].end)
    at = found[first].start if first < len(found) else len(text)
    return Passage(at, at)
