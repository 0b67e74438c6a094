"""Stretches of a question with what they may mean, and the choice of stretches that covers a question best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ENTITIES = ("region", "body", "agency", "park", "industry", "theme", "indicator", "policy", "path", "id", "day", "text")
_WORTH = {
    "aside": 3.2,
    "beyond": 2.6,
    "concept": 2.0,
    "value": 2.0,
    "follow": 2.0,
    "kind": 2.8,
    "refer": 2.3,
    "filler": 1.0,
    "term": 3.2,
}
_ENTITY, _PIECE = 3.0, 0.5  # worth of a character of an entity; what one more piece costs
_MISSED = 1.0  # what a Chinese character costs that no span covers


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a stretch may mean: ``kind`` is one of ENTITIES, or concept, value, kind, filler,
    follow, beyond, refer, aside (a phrase that says nothing of what is asked, whatever its words would say), or
    term, which only weighs.
    """

    kind: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Span:
    """Characters [start, end) of the normal form of a question, with everything that they may mean."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]

    def get(self, kind: str) -> list[Any]:
        """The values of its meanings of that kind."""
        return [meaning.value for meaning in self.meanings if meaning.kind == kind]

    @property
    def entity(self) -> bool:
        """Whether it may name a thing, a place or a time."""
        return any(meaning.kind in ENTITIES for meaning in self.meanings)

    @property
    def worth(self) -> float:
        """How much is understood by taking it."""
        best = max(_WORTH.get(meaning.kind, _ENTITY) for meaning in self.meanings)
        return best * (self.end - self.start) - _PIECE


def span(start: int, end: int, kind: str, value: Any = None) -> Span:
    """A stretch with one meaning."""
    return Span(start, end, (Meaning(kind, value),))


def cover(text: str, found: Iterable[Span]) -> list[Span]:
    """The spans that do not overlap and are worth most together, in order; those of one extent become one."""
    length = len(text)
    ending: dict[int, list[Span]] = {}
    for each in _joined(found):
        ending.setdefault(each.end, []).append(each)
    best: list[tuple[float, Span | None]] = [(0.0, None)]
    for end in range(1, length + 1):
        missed = _MISSED if "\u4e00" <= text[end - 1] <= "\u9fff" else 0.0
        choice: tuple[float, Span | None] = (best[end - 1][0] - missed, None)
        for each in ending.get(end, ()):
            worth = best[each.start][0] + each.worth
            if worth > choice[0]:
                choice = (worth, each)
        best.append(choice)
    chosen, at = [], length
    while at:
        taken = best[at][1]
        if taken is not None:
            chosen.append(taken)
        at = taken.start if taken is not None else at - 1
    return chosen[::-1]


def _joined(found: Iterable[Span]) -> list[Span]:
    meanings: dict[tuple[int, int], dict[Meaning, None]] = {}
    for each in found:
        meanings.setdefault((each.start, each.end), {}).update(dict.fromkeys(each.meanings))
    return [Span(start, end, _alone(given)) for (start, end), given in sorted(meanings.items())]


def _alone(given: dict[Meaning, None]) -> tuple[Meaning, ...]:
    """What stretches of one extent mean together; a phrase that says nothing means nothing else."""
    return tuple(each for each in given if each.kind == "aside") or tuple(given)
