"""The words of ``targets.yml`` as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.alternatives import longest_first
from ingest.records import Op
from ingest.tables import load_yaml


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason why a quantity is no target. ``kinds`` empty: for all."""

    reason: str
    where: str  # sentence, clause, part, before, after or within
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything of the table that a pattern is made of."""

    reach: re.Pattern[str]  # at the end of what stands before a number
    reach_ends: frozenset[str]  # the last characters of its matches, spaces aside
    ops: dict[str, Op]
    strong_reach: re.Pattern[str]
    change: re.Pattern[str]
    change_ends: frozenset[str]
    markers: re.Pattern[str]
    verbs: re.Pattern[str]  # a commitment's verb at the end
    head_verb: re.Pattern[str]  # the same at the head, with what is said before a number
    any_verb: re.Pattern[str]
    weak: frozenset[str]
    dropped: re.Pattern[str]
    adverbs: re.Pattern[str]
    countable: re.Pattern[str]
    not_countable: re.Pattern[str]
    money_nouns: re.Pattern[str]
    units_for: dict[str, re.Pattern[str]]
    headings: dict[str, re.Pattern[str]]
    strict_types: frozenset[str]
    plan_types: frozenset[str]
    stops: tuple[Stop, ...]


@cache
def stops_for(kind: str) -> tuple[Stop, ...]:
    """The stops that look at quantities of a kind, in order."""
    return tuple(stop for stop in wording().stops if not stop.kinds or kind in stop.kinds)


@cache
def wording() -> Wording:
    """The table, compiled once."""
    table: dict[str, Any] = load_yaml("targets.yml")
    ops: dict[str, Op] = {word: op for op, words in table["reach"].items() for word in words}
    adverbs = longest_first(table["adverbs"])
    verbs = longest_first([*table["verbs"]["strong"], *table["verbs"]["weak"]])
    chain = rf"(?P<verb>(?:{verbs})(?:(?:和|、|并|或|及|与)?(?:{adverbs})?(?:{verbs})){{0,3}})"
    return Wording(
        reach=re.compile(rf"(?P<reach>{longest_first(list(ops))})(?:了|约|近|为)?\s*$"),
        reach_ends=frozenset(word[-1] for word in ops) | frozenset("了约近为"),
        ops=ops,
        strong_reach=re.compile(rf"(?:{table['strong_reach']})(?:约|近|大约)?\s*$"),
        change=re.compile(rf"(?P<change>{longest_first(table['change'])})\s*$"),
        change_ends=frozenset(word[-1] for word in table["change"]),
        markers=re.compile(table["markers"]),
        verbs=re.compile(rf"{chain}(?:{adverbs})*\s*$"),
        head_verb=re.compile(rf"{chain}(?:{adverbs})*"),
        any_verb=re.compile(verbs),
        weak=frozenset(table["verbs"]["weak"]),
        dropped=re.compile(rf"^(?:{adverbs})*(?:(?:{longest_first(table['dropped'])})(?:和|、|并|或|及|与)?)*"),
        adverbs=re.compile(rf"(?:{adverbs})+\s*$"),
        countable=re.compile(table["countable"]),
        not_countable=re.compile(table["not_countable"]),
        money_nouns=re.compile(table["money_nouns"]),
        units_for={unit: re.compile(pattern) for unit, pattern in table["units_for"].items()},
        headings={name: re.compile(table[f"{name}_headings"]) for name in ("aim", "background", "condition")},
        strict_types=frozenset(table["strict_types"]),
        plan_types=frozenset(table["plan_types"]),
        stops=tuple(
            Stop(
                row["reason"], row["where"], re.compile(row["pattern"]),
                re.compile(row["unless"]) if "unless" in row else None, frozenset(row.get("kinds", ())),
            )
            for row in table["stops"]
        ),
    )  # fmt: skip
