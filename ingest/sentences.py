"""Sentences of a stretch of the view, and their clauses; what stands in brackets is set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

SENTENCE_END = re.compile(r"[。!?\n]+[”\"]?")
# a set first, which a search skips to fast; then of - and of spaces two at least
MARK = re.compile(r"[-,;:()\[\]<>《》 \t](?:(?<![- \t])|(?<=-)-+|(?<=[ \t])[ \t]+)")
OPEN, CLOSE = "([<《", ")]>》"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas, semicolons and colons. ``mark`` is the mark before it (empty at the sentence's head)."""

    start: int
    end: int
    mark: str
    brackets: tuple[tuple[int, int], ...]  # extents with their marks

    def plain(self, text: str, start: int | None = None, end: int | None = None) -> str:
        """Its text, or a part, without what stands in brackets."""
        start = self.start if start is None else start
        end = self.end if end is None else end
        if not self.brackets:
            return text[start:end]
        parts, at = [], start
        for first, last in self.brackets:
            if last <= start or first >= end:
                continue
            parts.append(text[at : max(at, first)])
            at = max(at, last)
        parts.append(text[at:end])
        return "".join(parts)


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Extents of the sentences of ``text[start:end]``, without surrounding spaces; blank ones are left out."""
    at = start
    for match in SENTENCE_END.finditer(text, start, end):
        yield from _trimmed(text, at, match.start())
        at = match.end()
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in " \t":
        start += 1
    if start < end:
        yield start, end


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of a sentence in order. A bracket that is never closed counts as text."""
    found: list[Clause] = []
    brackets: list[tuple[int, int]] = []
    opened: list[int] = []
    at, mark = start, ""
    for match in MARK.finditer(text, start, end):
        char = match[0]
        if char in OPEN:
            opened.append(match.start())
        elif char in CLOSE:
            if opened:
                first = opened.pop()
                if not opened:
                    brackets.append((first, match.end()))
        elif not opened or text.find(CLOSE[OPEN.index(text[opened[0]])], match.end(), end) < 0:
            opened.clear()
            found.append(Clause(at, match.start(), mark, tuple(brackets)))
            at, mark, brackets = match.end(), char, []
    found.append(Clause(at, end, mark, tuple(brackets)))
    return found
