"""What each query of the catalogue is asked by: the features of the examples in its header, and how telling each is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from api.ask.fill import Filled, fill
from api.ask.held import Held
from api.ask.link import link
from api.ask.names import Names
from api.ask.read import Read, read
from graph.header import Query
from graph.queries import catalogue

_COMMON = ("region", "theme", "date")
_DAY = date(2000, 1, 1)  # examples mean the same on every day
_LONGEST = 8  # characters of a part of an unknown Chinese run
_LEAST = 0.3  # what a feature of every query still counts
Features = frozenset[str]


@dataclass(frozen=True)
class Shapes:
    """The examples of all queries as features, the weight of each feature, and the words that only examples have."""

    of: Mapping[str, tuple[tuple[str, Features], ...]]  # query → (the example as written, its features)
    known: Mapping[str, Features]  # query → every feature of its examples
    weights: Mapping[str, float]
    learnt: Names

    def weight(self, features: Features) -> float:
        """How much is said by them."""
        return sum(self.weights.get(each, 1.0) for each in sorted(features))


def features(question: Read, query: Query, filled: Filled) -> Features:
    """What tells a question from others if it asks ``query``: its concepts, and what fills which parameters.

    Places, themes and days tell little: nearly every query takes them. Two places do.
    """
    types = {param.name: param.type for param in query.params}
    given = {f"@{name}" for name in filled.took if types[name] not in _COMMON}
    places = sum(types[name] == "region" for name in filled.took) + len(filled.places)
    return question.concepts | given | ({"@places"} if places > 1 else set())


def shapes(queries: Mapping[str, Query]) -> Shapes:
    """The shapes of some queries. Words of examples that no table knows become concepts of their own."""
    held, learnt = Held(), Names()
    asked = {name: (*query.questions.zh, *query.questions.en) for name, query in queries.items()}
    for examples in asked.values():
        for example in examples:
            for word in read(example, held, _DAY).unknown:
                for part, concepts in _parts(word):
                    learnt.add(part, concepts)
    of = {}
    for name, examples in asked.items():
        query, reads = queries[name], [(example, read(example, held, _DAY, learnt)) for example in examples]
        of[name] = tuple(
            (example, features(each, query, fill(query, each, link(each, held)))) for example, each in reads
        )
    known = {name: frozenset().union(*(each for _, each in found)) for name, found in of.items()}
    every = frozenset().union(*known.values())
    used = {each: sum(each in found for found in known.values()) for each in every}
    weights = {each: _LEAST + math.log(max(len(known), 2) / number) for each, number in used.items()}
    return Shapes(of, known, weights, learnt)


def _parts(word: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What to learn of an unknown word, with its concepts: of a Chinese run every part of it, by its pairs of characters."""
    if word.isascii():
        yield word, (f"word:{word}",)
        return
    for start in range(len(word) - 1):
        for end in range(start + 2, min(start + _LONGEST, len(word)) + 1):
            yield word[start:end], tuple(f"word:{word[at : at + 2]}" for at in range(start, end - 1))


@cache
def own_shapes() -> Shapes:
    """The shapes of the project's own catalogue."""
    return shapes(catalogue())
