"""One folded view of a document that all patterns are written for, aligned with the text as read.

Folding makes full-width letters, digits and punctuation half-width, unites bracket and dash styles, drops
invisible characters and joins lines that were hard-wrapped in mid-sentence. Quotes and offsets always come
from the text as read, through ``View.span``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter

from ingest.records import Span

_SINGLE = {
    "【": "[", "】": "]", "〔": "[", "〕": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]",
    "〈": "<", "〉": ">", "﹤": "<", "﹥": ">", "﹙": "(", "﹚": ")", "⟨": "<", "⟩": ">",
    "—": "-", "–": "-", "―": "-", "−": "-", "‐": "-", "‑": "-", "─": "-", "━": "-", "﹣": "-",
    "～": "~", "〜": "~", "∼": "~", "﹪": "%", "﹐": ",", "﹑": "、", "﹔": ";", "﹕": ":", "︰": ":", "∶": ":", "﹒": ".",
    "｡": "。", "､": "、",
    "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n",
    "•": "·", "・": "·", "●": "·",
}  # fmt: skip
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = re.compile(f"[{_INVISIBLE}]")


def _fold_table() -> dict[int, str]:
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF01, 0xFF5F)}
    table |= {
        ord(space): " "
        for space in "\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
    }
    return table | {ord(char): folded for char, folded in _SINGLE.items()}


FOLD = _fold_table()
ENDS_SENTENCE = "。!?;:"
STARTS_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、.]|\([一二三四五六七八九十百\d]+\)|\d{1,3}(?:[.、)](?!\d)|(?:\.\d+)+\s|\s*$)|[①-⑳]|第[一二三四五六七八九十百零〇\d]+[编篇章节条]|--|·|附\s*件|[#|])"
)
BRACKET = re.compile(r"[()\[\]<>《》“”]")
PAIRS = {"(": ")", "[": "]", "<": ">", "《": "》", "“": "”"}


class View:
    """Folded text and the way back. ``origin[i]`` is the offset in ``source`` of ``text[i]``; None: equal."""

    __slots__ = ("origin", "source", "text")

    def __init__(self, source: str, text: str, origin: array[int] | None) -> None:
        self.source, self.text, self.origin = source, text, origin

    def offset(self, index: int) -> int:
        """Offset in the source of the view's character ``index`` (the end of the source for its end)."""
        if self.origin is None:
            return index
        return self.origin[index] if index < len(self.origin) else len(self.source)

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source behind ``text[start:end]``, as Span in offsets of the source."""
        if self.origin is None:
            return Span(start=start, end=end, quote=self.source[start:end])
        first = self.offset(start)
        last = self.origin[end - 1] + 1 if end > start else first
        return Span(start=first, end=last, quote=self.source[first:last])


def view_of(source: str) -> View:
    """Fold a text as read. Every character of the view is one of the source, in order."""
    text = source.translate(FOLD)
    drop = [match.start() for match in INVISIBLE.finditer(text)]
    drop += [index for first, last in wraps(text) for index in range(first, last)]
    if not drop:
        return View(source, text, None)
    gone = bytearray(len(text))
    for index in drop:
        gone[index] = 1
    origin = array("l", [index for index in range(len(text)) if not gone[index]])
    return View(source, "".join([text[index] for index in origin]), origin)


def wraps(text: str) -> list[tuple[int, int]]:
    """Stretches (line end and indentation of the next line) that only wrap a line in mid-sentence."""
    lines = text.split("\n")
    width = wrap_width(lines)
    found = []
    position = 0
    depth = Unclosed()
    for number, line in enumerate(lines[:-1]):
        end = position + len(line)
        stripped = line.rstrip()
        following = lines[number + 1]
        depth.read(stripped)
        if stripped and continues(stripped, following, width, depth):
            indent = len(following) - len(following.lstrip())
            found.append((position + len(stripped), end + 1 + indent))
        else:
            depth.reset()
        position = end + 1
    return found


def wrap_width(lines: list[str]) -> int | None:
    """Columns at which a hard-wrapped text breaks its lines; None where it is not wrapped."""
    widths = [columns(line.rstrip()) for line in lines if line.strip()]
    if len(widths) < 8:
        return None
    tally = Counter(width for width in widths if 24 <= width <= 160)
    best = max(tally, key=lambda width: (sum(tally[width - step] for step in range(3)), width), default=None)
    if best is None:
        return None
    if sum(width > best for width in widths) > 0.02 * len(widths):
        return None
    full = [line.rstrip() for line in lines if best - 2 <= columns(line.rstrip()) <= best]
    broken = sum(line[-1] not in ENDS_SENTENCE for line in full)
    return best if broken >= 5 and broken >= 0.25 * len(widths) else None


def columns(line: str) -> int:
    """Display width: a Chinese character, three bytes of UTF-8, is two columns."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


class Unclosed:
    """Follows whether a bracket or quotation mark is still open at the end of a line."""

    def __init__(self) -> None:
        self.expected: list[str] = []

    def read(self, line: str) -> None:
        """Take in a line."""
        for match in BRACKET.finditer(line):
            if match[0] in PAIRS:
                self.expected.append(PAIRS[match[0]])
            elif self.expected and match[0] == self.expected[-1]:
                self.expected.pop()

    def reset(self) -> None:
        """Begin anew, nothing open."""
        self.expected = []


def continues(line: str, following: str, width: int | None, open_brackets: Unclosed) -> bool:
    """Whether ``following`` goes on with the sentence of ``line``."""
    if not following.strip() or STARTS_ITEM.match(following):
        return False
    if line.endswith(("、", "(")) or following.lstrip()[0] in "、,。;)":
        return True
    if width is not None and line[-1] not in ENDS_SENTENCE:
        indented = following[:2].isspace() and columns(line) < width - 4
        return columns(line) >= width - 4 and not indented
    return bool(open_brackets.expected) and len(open_brackets.expected) < 4 and line[-1] not in "。!?"
