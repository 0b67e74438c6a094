"""The words of questions (``data/tables/ask``), read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from api.ask.span import Meaning, Span
from api.ask.words import Words
from ingest.tables import load_yaml

_VERB = re.compile(r"([a-z]{3,})\(\?:([a-z|]+)\)\??")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9' -]+")


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
def _words() -> tuple[Words, list[tuple[re.Pattern[str], Meaning]]]:
    """Every word of the tables with its meaning: the plain ones, and those that are patterns."""
    rows, plain, patterns = table(), Words(), []
    for meaning, words in _meant(rows):
        for word in words["zh"]:
            if _PLAIN.fullmatch(word):
                plain.add(word, meaning)
            else:
                patterns.append((re.compile(word), meaning))
        for word in words["en"]:
            if _PLAIN.fullmatch(word):
                plain.add(word, meaning, inflected=meaning.kind != "follow")
                continue
            patterns.append((_whole(word), meaning))
            for form in _verb(word):
                plain.add(form, meaning, inflected=True)
    for word in (*fillers()["zh"], *fillers()["en"]):
        plain.add(word, Meaning("filler"))
    patterns += [(re.compile(word), Meaning("filler")) for word in fillers()["zh_patterns"]]
    for word in fillers()["verbs"]:
        plain.add(word, Meaning("filler"), inflected=True)
    plain.no_adverbs = frozenset(fillers()["no_adverbs"])
    return plain, patterns


def _verb(pattern: str) -> Iterator[str]:
    """The words of a pattern that lists forms of a verb: compar(?:e|es|ed) and so comparing."""
    match = _VERB.fullmatch(pattern)
    if match and {"ed", "d", "ing"} & set(match[2].split("|")):
        yield from (match[1] + end for end in ("", *match[2].split("|")) if end in ("", "e", "y"))


def _meant(rows: dict[str, Any]) -> Iterator[tuple[Meaning, dict[str, Any]]]:
    yield from ((Meaning("concept", name), words) for name, words in rows["concepts"].items())
    yield from ((Meaning("value", (row["param"], row["value"])), row) for row in rows["values"])
    yield from ((Meaning("refer", kind), words) for kind, words in rows["refers"].items())
    yield from ((Meaning(kind), rows[kind]) for kind in ("beyond", "follow", "aside"))
    yield Meaning("term"), {"zh": rows["terms"], "en": ()}


def _whole(pattern: str) -> re.Pattern[str]:
    """A pattern as whole words: no letter right before or after it."""
    return re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])")


def word_spans(text: str) -> list[Span]:
    """Every stretch that a word of the table matches."""
    plain, patterns = _words()
    found = [
        Span(match.start(), match.end(), (meaning,))
        for pattern, meaning in patterns
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    return [*found, *plain.find(text)]


@cache
def stray_patterns(key: str, lang: str = "") -> tuple[re.Pattern[str], ...]:
    """The patterns of a key of ``stray``, of one language or both."""
    rows = table()["stray"][key]
    return tuple(re.compile(each) for name in ("zh", "en") if lang in ("", name) for each in rows[name])


@cache
def asks_figure() -> re.Pattern[str]:
    """Words that ask for a figure itself."""
    rows = table()["asks_figure"]
    return re.compile("|".join([*rows["zh"], *(f"\\b(?:{each})" for each in rows["en"])]))


@cache
def swapped() -> tuple[re.Pattern[str], ...]:
    """Ways to say that the second of two regions is the one that has what the first lacks."""
    return tuple(re.compile(each) for each in table()["swapped"])
