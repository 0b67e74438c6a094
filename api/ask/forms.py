"""The forms of an English word: plural, third person, past and participles. A form too many does no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.tables import load_yaml

_SHORTEST = 3  # letters of a word that has forms
_HISSING = re.compile("(?:s|x|z|ch|sh|o)$")
_DOUBLED = re.compile("[^aeiou][aeiou][bdglmnprt]$")


@cache
def _irregular() -> dict[str, list[str]]:
    rows: dict[str, str] = load_yaml("ask/irregular.yml")
    return {word: forms.split() for word, forms in rows.items()}


def forms(word: str) -> Iterator[str]:
    """``word`` itself and what it may become: plan, plans, planned, planning."""
    yield word
    if len(word) < _SHORTEST or not word.isalpha():
        return
    yield word + ("es" if _HISSING.search(word) else "s")
    past = _irregular().get(word)
    stem = word[:-1] if word.endswith("e") else word
    yield from past or [stem + "ed"]
    yield stem + "ing"
    if word.endswith("y"):
        yield from (word[:-1] + "ies", word[:-1] + "ied")
    if _DOUBLED.search(word):
        yield from (word + word[-1] + "ed", word + word[-1] + "ing")


def phrases(words: str) -> Iterator[str]:
    """A phrase in the forms of its first word and of its last: take charge, takes charge, taking charge."""
    first, _, rest = words.partition(" ")
    if not rest:
        yield from forms(first)
        return
    middle, _, last = rest.rpartition(" ")
    for one in forms(first):
        for other in (last, last + "s"):
            yield " ".join(filter(None, (one, middle, other)))
