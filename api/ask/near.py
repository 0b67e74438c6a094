"""What a word that is not known may have been meant for. Suggestions only: nothing is taken for what it resembles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from api.ask.bodies import usual_names
from api.ask.held import Held
from api.ask.names import letters
from api.ask.places import english_names
from api.ask.read import Read
from api.ask.tables import names_table
from ingest.regions import regions

_LIKE = 0.6  # how alike a Chinese name has to be: two of three characters, three of five
_LIKE_ENGLISH = 0.8
_SLIP = 0.85  # the same of a name that is misspelt and nothing else
_MOST = 5
_SHORTEST, _LONGEST = 2, 24


def nearest(question: Read, held: Held) -> list[tuple[str, str]]:
    """Pairs of words of the question and names that they may be meant for, the likeliest first."""
    found: dict[tuple[str, str], float] = {}
    for unknown in question.unknown[:4]:
        pairs = _english(unknown) if unknown.isascii() else _chinese(question.text, unknown, held)
        for said, name, like in pairs:
            found[said, name] = max(like, found.get((said, name), 0.0))
    return sorted(found, key=lambda pair: (-found[pair], pair))[:_MOST]


def _english(word: str) -> Iterator[tuple[str, str, float]]:
    for name in get_close_matches(word, _english_words(), n=3, cutoff=_LIKE_ENGLISH):
        yield word, name, SequenceMatcher(None, word, name).ratio()


def misspelt(question: Read, held: Held) -> bool:
    """Whether a word that is not known is all but surely a name with a slip in it: one character off."""
    for unknown in question.unknown:
        pairs = _english(unknown) if unknown.isascii() else _chinese(question.text, unknown, held)
        for said, name, like in pairs:
            if unknown.isascii() and like >= _SLIP and letters(said) not in _english_letters():
                return True
            if len(said) == len(name) and sum(one != other for one, other in zip(said, name, strict=True)) == 1:
                return True
    return False


@cache
def _english_letters() -> frozenset[str]:
    return frozenset(letters(each) for each in _english_words())


@cache
def _english_words() -> tuple[str, ...]:
    """Words of names that a question may hold."""
    rows = (name for kind in names_table().values() for row in kind for name in row.get("en", ()))
    places = (
        name for name, codes in english_names().items() if any(regions()[code].level != "county" for code in codes)
    )
    words = {word for name in (*rows, *places) for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 3}
    return tuple(sorted(words))


def _chinese(text: str, unknown: str, held: Held) -> Iterator[tuple[str, str, float]]:
    """Names beside which a stretch around the unknown characters lies, of the same length or nearly."""
    at, own = text.find(unknown), _own(held)
    for name in _names(held, unknown, text):
        for length in (len(name), len(name) - 1, len(name) + 1):
            for start in range(max(0, at + len(unknown) - length), min(at, len(text) - length) + 1):
                said = text[start : start + length]
                if length < _SHORTEST or len(set(said) & set(name)) < len(name) // 2:
                    continue
                like = SequenceMatcher(None, said, name).ratio()
                if like >= _LIKE or (len(name) == _SHORTEST and name in own and like >= 0.5):
                    yield said, name, like + (0.1 if name in own else 0.0) + (0.2 if said[-1] == name[-1] else 0.0)


def _own(held: Held) -> frozenset[str]:
    """What the graph has: places with policies, agencies and parks."""
    places = (name for code in held.policies_in for name in (regions()[code].name, regions().short_name(code)))
    return frozenset((*places, *held.agencies, *held.parks))


def _names(held: Held, unknown: str, text: str) -> Iterable[str]:
    """Names that share a character with the question, but for those that it holds."""
    every = (
        *(name for code in (*held.regions, *_cities()) for name in (regions()[code].name, regions().short_name(code))),
        *held.agencies, *held.parks, *usual_names(),
    )  # fmt: skip
    present = set(text)
    names = dict.fromkeys(name for name in every if _SHORTEST <= len(name) <= _LONGEST)
    return [name for name in names if set(name) & present and name not in text]


@cache
def _cities() -> tuple[str, ...]:
    return tuple(code for code in regions().codes() if regions()[code].level in ("province", "prefecture"))
