"""One folded view of a document that all patterns are written for, aligned with the text as read.

Folding makes full-width letters, digits and punctuation half-width, unites bracket and dash styles, drops
invisible characters and joins lines that were hard-wrapped in mid-sentence. Quotes and offsets always come
from the text as read, through ``View.span``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from typing import NamedTuple

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


FOLD = {chr(code): folded for code, folded in _fold_table().items()}
FOLDED = re.compile(f"[{re.escape(''.join(FOLD))}]")  # ten times as fast as str.translate, for these are few
ENDS_SENTENCE = "。!?;:"
STARTS_ITEM = re.compile(
    r"\s*(?:[一二三四五六七八九十百]+[、.]|\([一二三四五六七八九十百\d]+\)|\d{1,3}(?:[.、)](?!\d)|(?:\.\d+)+\s|\s*$)|[①-⑳]|第[一二三四五六七八九十百零〇\d]+[编篇章节条]|--|·|附\s*件|[#|])"
)
HEADER = re.compile(  # a line of the head of a document: its number alone, or a label of an index
    r"\s*(?:[\u4e00-\u9fff]{1,14}\s?[\[(]\d{4}[\])]\s?第?\d{1,5}号\s*$|(?:名\s*称|文\s*号|索\s*引\s*号|发[布文](?:时间|日期|机关|机构))\s*:"
    r"|\s*20\d\d(?:-\d{1,2}-\d{1,2}|年\d{1,2}月\d{1,2}日)\s*(?:$|来源|\d{1,2}:))"
)
LABELLED = re.compile(r"\s*\w{2,8}(?:单位|部门|时限|领导):")  # a line that says who does an item, and ends it
TRIED = 4  # widths, from the longest on
BEYOND = 6  # columns that punctuation at its end may add to a wrapped line
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

    def quote(self, start: int, end: int) -> str:
        """The source's characters behind ``text[start:end]``, all of them, as ``span`` gives them."""
        if self.origin is None:
            return self.source[start:end]
        first = self.offset(start)
        return self.source[first : self.origin[end - 1] + 1 if end > start else first]

    def written(self, start: int, end: int) -> str:
        """The source's own characters behind ``text[start:end]``, without what the view leaves out."""
        if self.origin is None:
            return self.source[start:end]
        return "".join([self.source[index] for index in self.origin[start:end]])


def view_of(source: str) -> View:
    """Fold a text as read. Every character of the view is one of the source, in order."""
    text = FOLDED.sub(lambda match: FOLD[match[0]], source)
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
        goes_on = continues(stripped, following, width) if stripped else False
        if goes_on is not False:
            depth.read(stripped)
        if goes_on or (goes_on is None and 0 < len(depth.expected) < 4):
            indent = len(following) - len(following.lstrip())
            found.append((position + len(stripped), end + 1 + indent))
        elif depth.expected:
            depth.reset()
        position = end + 1
    return found


class Width(NamedTuple):
    """Where a text breaks its lines: ``limit`` characters, or columns with two for a Chinese character."""

    limit: int
    measure: Callable[[str], int]

    def full(self, line: str) -> bool:
        """Whether a line reaches the limit, less what punctuation may not begin a line; one far beyond it is not wrapped."""
        return self.limit - 2 <= self.measure(line) <= self.limit + BEYOND


def wrap_width(lines: list[str]) -> Width | None:
    """The width at which a hard-wrapped text breaks its lines; None where it is not wrapped.

    Wrapped is a text in which most of the longer lines end at one width, many of them in mid-sentence.
    """
    filled = [line.rstrip() for line in lines if line.strip()]
    if len(filled) < 8:
        return None
    for measure, least, most in ((len, 14, 90), (columns, 24, 170)):
        widths = list(map(measure, filled))
        common = sorted(widths)[: len(widths) - len(widths) // 50]
        for limit in sorted(set(common), reverse=True)[:TRIED]:  # a title or a table may be wider than what is wrapped
            if not least <= limit <= most:
                continue
            full = [line for line, size in zip(filled, widths, strict=True) if limit - 2 <= size <= limit + BEYOND]
            broken = sum(line[-1] not in ENDS_SENTENCE for line in full)
            if broken >= 5 and 2 * len(full) >= sum(2 * size > limit for size in widths):
                return Width(limit, measure)
    return None


def columns(line: str) -> int:
    """Display width: a Chinese character, three bytes of UTF-8, is two columns."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


class Unclosed:
    """Follows whether a bracket or quotation mark is still open at the end of a line."""

    def __init__(self) -> None:
        self.expected: list[str] = []

    def read(self, line: str) -> None:
        """Take in a line."""
        for mark in BRACKET.findall(line):
            if mark in PAIRS:
                self.expected.append(PAIRS[mark])
            elif self.expected and mark == self.expected[-1]:
                self.expected.pop()

    def reset(self) -> None:
        """Begin anew, nothing open."""
        self.expected = []


def continues(line: str, following: str, width: Width | None) -> bool | None:
    """Whether ``following`` goes on with the sentence of ``line``; None where it does if a few brackets are still open."""
    if not following.strip():
        return False
    if width is not None and width.full(line):
        if HEADER.match(following) or (LABELLED.match(line) and STARTS_ITEM.match(following)):
            return False
        return line[-1] not in "。!?" and not (line[-1] in ")]:;" and STARTS_ITEM.match(following))
    if STARTS_ITEM.match(following):
        return False
    if line.endswith(("、", "(")) or following.lstrip()[0] in "、,。;)":
        return True
    return None if line[-1] not in "。!?" else False
