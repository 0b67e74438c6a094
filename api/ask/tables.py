"""The words of questions (``data/tables/ask``), read once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from api.ask.span import Meaning, Span
from ingest.tables import load_yaml


@cache
def table() -> dict[str, Any]:
    """``words.yml``."""
    found: dict[str, Any] = load_yaml("ask/words.yml")
    return found


@cache
def fillers() -> dict[str, list[str]]:
    """``fillers.yml``."""
    found: dict[str, list[str]] = load_yaml("ask/fillers.yml")
    return found


@cache
def answer_words() -> dict[str, Any]:
    """``answers.yml``."""
    found: dict[str, Any] = load_yaml("ask/answers.yml")
    return found


@cache
def names_table() -> dict[str, list[dict[str, Any]]]:
    """``names.yml``."""
    found: dict[str, list[dict[str, Any]]] = load_yaml("ask/names.yml")
    return found


@cache
def _patterns() -> list[tuple[re.Pattern[str], Meaning]]:
    """Every word of the table with its meaning."""
    rows = table()
    found = [
        (pattern, Meaning("concept", name)) for name, words in rows["concepts"].items() for pattern in _each(words)
    ]
    found += [(p, Meaning("value", (row["param"], row["value"]))) for row in rows["values"] for p in _each(row)]
    found += [(p, Meaning(kind)) for kind in ("beyond", "follow") for p in _each(rows[kind])]
    found.append(
        (
            _whole("|".join(re.escape(word) for word in sorted(fillers()["en"], key=len, reverse=True))),
            Meaning("filler"),
        )
    )
    return found


@cache
def _fillers() -> tuple[dict[str, None], int]:
    words = dict.fromkeys(fillers()["zh"])
    return words, max(map(len, words))


def _each(words: dict[str, Any]) -> list[re.Pattern[str]]:
    chinese = [re.compile(each) for each in words["zh"]]
    return [*chinese, *(each if isinstance(each, re.Pattern) else _whole(each) for each in words["en"])]


def _whole(pattern: str) -> re.Pattern[str]:
    """A pattern as whole words: no letter right before or after it."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


def word_spans(text: str) -> list[Span]:
    """Every stretch that a word of the table matches."""
    found = [
        Span(match.start(), match.end(), (meaning,))
        for pattern, meaning in _patterns()
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    words, longest = _fillers()
    for start in range(len(text)):
        for length in range(1, longest + 1):
            if text[start : start + length] in words:
                found.append(Span(start, start + length, (Meaning("filler"),)))
    return found


@cache
def asks_figure() -> re.Pattern[str]:
    """Words that ask for a figure itself."""
    rows = table()["asks_figure"]
    return re.compile("|".join([*rows["zh"], *(f"\\b(?:{each})" for each in rows["en"])]))


@cache
def swapped() -> tuple[re.Pattern[str], ...]:
    """Ways to say that the second of two regions is the one that has what the first lacks."""
    return tuple(re.compile(each) for each in table()["swapped"])
