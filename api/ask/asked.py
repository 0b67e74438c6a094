"""What a question is answered with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.ask.text import Lang
from graph.header import Query


class Word(NamedTuple):
    """How a word of the question was read: ``kind`` is region, agency …, concept, filler or unknown."""

    said: str
    kind: str
    value: str


@dataclass(frozen=True)
class Alternative:
    """Another reading of a question: a query with parameters, in words."""

    query: str
    params: dict[str, Any]
    question: str


@dataclass(frozen=True)
class Asked:
    """A question answered; ``query`` is None where it cannot be."""

    lang: Lang
    answer: str
    query: Query | None = None
    params: dict[str, Any] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    readings: tuple[Alternative, ...] = ()
    words: tuple[Word, ...] = ()

    def data(self, most: int | None = None) -> dict[str, Any]:
        """The answer as JSON has it, with at most so many rows."""
        return {
            "query": self.query.name if self.query else None,
            "params": self.params,
            "answer": self.answer,
            "rows": self.rows if most is None else self.rows[:most],
            "readings": [vars(each) for each in self.readings],
        }


def unlike(
    found: Iterator[Alternative], taken: tuple[str, dict[str, Any]] | None, most: int
) -> tuple[Alternative, ...]:
    """The first alternatives that differ from what was taken and from one another."""
    seen = [taken] if taken else []
    kept: list[Alternative] = []
    for each in found:
        if (each.query, each.params) not in seen and len(kept) < most:
            seen.append((each.query, each.params))
            kept.append(each)
    return tuple(kept)
