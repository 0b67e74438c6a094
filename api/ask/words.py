"""Plain words of the tables, looked up: Chinese ones by their characters, English ones in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from api.ask.forms import phrases
from api.ask.span import Meaning, Span

_WORD = re.compile(r"[a-z0-9]+(?:['.][a-z0-9]+)*")
_ADVERB = re.compile(r"[a-z]{4,}ly")
_GAP = re.compile(r"[ -]{0,3}")


class Words:
    """Words with what each means; one may mean several things."""

    def __init__(self) -> None:
        self._chinese: dict[str, list[Meaning]] = {}
        self._english: dict[str, list[Meaning]] = {}
        self._longest = self._most = 1
        self.no_adverbs: frozenset[str] = frozenset()

    def add(self, word: str, meaning: Meaning, inflected: bool = False) -> None:
        """Let ``word`` have that meaning; ``inflected``: in the forms of an English verb or noun too."""
        if not word.isascii():
            self._chinese.setdefault(word, []).append(meaning)
            self._longest = max(self._longest, len(word))
            return
        bare = word.replace("-", " ")
        self._most = max(self._most, bare.count(" ") + 1)
        for form in phrases(bare) if inflected else (bare,):
            meanings = self._english.setdefault(form, [])
            if meaning not in meanings:
                meanings.append(meaning)

    def find(self, text: str) -> Iterator[Span]:
        """Every stretch of the text that one of the words is."""
        if not text.isascii():
            for start in range(len(text)):
                for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                    if meanings := self._chinese.get(text[start:end]):
                        yield Span(start, end, tuple(meanings))
        yield from self._find_english(text)

    def _find_english(self, text: str) -> Iterator[Span]:
        found = list(_WORD.finditer(text))
        for at, first in enumerate(found):
            said = ""
            for last in range(at, min(at + self._most, len(found))):
                if last > at and not _GAP.fullmatch(text, found[last - 1].end(), found[last].start()):
                    break
                said = f"{said} {found[last][0]}".lstrip()
                if meanings := self._english.get(said):
                    yield Span(first.start(), found[last].end(), tuple(meanings))
            if _ADVERB.fullmatch(first[0]) and first[0] not in self.no_adverbs:
                yield Span(first.start(), first.end(), (Meaning("filler"),))
