"""Looking names up in a question: Chinese ones by their characters, English ones by their letters alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_WORD = re.compile(r"[a-z0-9&]+(?:['.-][a-z0-9&]+)*")
_MOST_WORDS = 14


class Names:
    """Names with what each may stand for; one may stand for several things."""

    def __init__(self) -> None:
        self._chinese: dict[str, list[Any]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._english: dict[str, list[Any]] = {}

    def add(self, name: str, value: Any) -> None:
        """Let ``name`` stand for ``value``. Names of one character are left out."""
        if len(name) < 2:
            return
        if re.search(r"[\u4e00-\u9fff]", name):
            folded = name.lower()
            values = self._chinese.setdefault(folded, [])
            self._lengths.setdefault(folded[:2], set()).add(len(folded))
        else:
            values = self._english.setdefault(letters(name), [])
        if value not in values:
            values.append(value)

    def find(self, text: str) -> Iterator[tuple[int, int, list[Any]]]:
        """Every place where a name stands: start, end, what it may stand for."""
        for at in range(len(text) - 1):
            for length in self._lengths.get(text[at : at + 2], ()):
                values = self._chinese.get(text[at : at + length])
                if values:
                    yield at, at + length, values
        yield from self._find_english(text)

    def _find_english(self, text: str) -> Iterator[tuple[int, int, list[Any]]]:
        if not self._english:
            return
        found = words(text)
        for first in range(len(found)):
            squeezed = ""
            for last in range(first, min(first + _MOST_WORDS, len(found))):
                if last > first and text[found[last - 1][1] : found[last][0]].strip(" -,()") != "":
                    break
                squeezed += text[found[last][0] : found[last][1]]
                values = self._english.get(letters(squeezed))
                if values:
                    yield found[first][0], found[last][1], values


def words(text: str) -> list[tuple[int, int]]:
    """The extents of the words of Latin letters and digits."""
    return [match.span() for match in _WORD.finditer(text)]


def letters(name: str) -> str:
    """An English name as it is compared: small letters and digits, ``and`` for ``&``, no plural."""
    bare = re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))
    if len(bare) > 4 and bare.endswith("ies"):
        return bare[:-3] + "y"
    return bare[:-1] if len(bare) > 3 and bare.endswith("s") and not bare.endswith("ss") else bare
