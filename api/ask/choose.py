"""Which query a question asks: the one with the nearest example whose parameters the question can fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from api.ask.fill import Filled, fill
from api.ask.link import Entity
from api.ask.read import Read
from api.ask.shapes import Features, Shapes, features
from api.ask.tables import table
from api.ask.things import measure
from graph.header import Query

SURE = 0.5  # from here on a reading is an answer
NEAR = 0.08  # readings this close to the best are offered beside it
_UNUSED, _MISSING = 0.3, 0.5
_PASSED_OVER = 0.3  # for each definite concept that no example of the query has
_PASSED_MILD = 0.1  # the same of one that may say little (the text, who else)
_SECOND = 0.3  # for an indicator that is taken as the theme of which it is a term (容积率)
_SPREAD = 0.35  # what a feature counts that other examples of the query have
_MILD = ("day",)  # kinds whose things may stay unused at a lower price
_MILD_UNUSED = 0.1


@dataclass(frozen=True)
class Candidate:
    """A query as a reading of a question; ``example`` is the nearest in its header.

    ``over`` are the definite things that are asked and that no example of the query does: it is no answer to them.
    """

    query: Query
    filled: Filled
    score: float
    example: str
    over: frozenset[str] = frozenset()


def candidates(
    question: Read, entities: tuple[Entity, ...], catalogue: Mapping[str, Query], shapes: Shapes
) -> list[Candidate]:
    """Every query as a reading, the best first; of equals those that need more of what is said, then by name."""
    found = []
    for name, query in sorted(catalogue.items()):
        filled = fill(query, question, entities)
        beside = _beside_a_day(query, filled, shapes)
        asked = features(question, query, filled) - beside
        score, example = _nearest(name, asked, shapes)
        unused = sum(_MILD_UNUSED if any(each.takes(kind) for kind in _MILD) else _UNUSED for each in filled.unused)
        unused += _MILD_UNUSED * sum(map(len, filled.more.values()))
        over = _passed_over(question, shapes.known[name], beside)
        mild = over & mild_concepts(filled)
        passed = _PASSED_OVER * len(over - mild) + _PASSED_MILD * len(mild)
        passed += _SECOND * any(_second(query, name, each) for name, each in filled.took.items())
        found.append(Candidate(query, filled, score - unused - passed - _MISSING * len(filled.missing), example, over))
    return sorted(found, key=lambda each: (-round(each.score, 6), -_needs(each), each.query.name))


def _second(query: Query, name: str, each: Entity) -> bool:
    kind = next(param.type for param in query.params if param.name == name)
    return kind == "theme" and any(measure(str(value)) for value in each.options.get("indicator", ()))


def mild_concepts(filled: Filled) -> frozenset[str]:
    """The definite concepts that may say little beside what was taken."""
    beside = (names for param, names in table()["mild_beside"].items() if param in filled.took)
    return frozenset(chain(table()["mild"], *beside))


def _passed_over(question: Read, known: Features, beside: frozenset[str]) -> frozenset[str]:
    definite = frozenset(table()["definite"]) - beside
    said = [frozenset(each.get("concept")) for each in question.spans if not each.entity]
    return frozenset().union(*(each & definite for each in [*said, question.taken] if not each & known))


def _beside_a_day(query: Query, filled: Filled, shapes: Shapes) -> frozenset[str]:
    """What says no more than which policies count, where the query takes the day that is named (valid on 2022-12-31)."""
    days = [param.name for param in query.params if param.type == "date" and param.name in filled.took]
    return frozenset(table()["with_a_day"]) - shapes.known[query.name] if days else frozenset()


def _needs(each: Candidate) -> int:
    return sum(param.required and param.name in each.filled.took for param in each.query.params)


def _nearest(name: str, asked: Features, shapes: Shapes) -> tuple[float, str]:
    """How near the nearest example is (0 to 1), and that example."""
    best, which = 0.0, ""
    known = shapes.known[name]
    for example, its in shapes.of[name]:
        both, more = shapes.weight(asked & its), asked - its
        extra = shapes.weight(more - known) + _SPREAD * shapes.weight(more & known)
        total = 2 * both + extra + shapes.weight(its - asked)
        score = 2 * both / total if total else 0.0
        if score > best:
            best, which = score, example
    return best, which
