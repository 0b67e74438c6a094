"""Units of ``units.yml``: what may be written behind a number, and how figures in them compare.

A units library (pint) was tried and left out: counters (家, 户, 人次) and the Chinese scales (万亿) would all have to be
defined in its registry anyway, 家 and 户 must not convert into each other, and its registry alone takes
0.6 s to load, twelve times what a document takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.alternatives import longest_first
from ingest.tables import load_yaml


@dataclass(frozen=True, slots=True)
class Unit:
    """One word of the table. ``factor`` turns it into ``base``; ``needs`` is what a narrow unit's clause must say."""

    word: str
    kind: str
    base: str | None
    factor: float
    needs: re.Pattern[str] | None


@cache
def units() -> dict[str, Unit]:
    """Word → unit."""
    found = {}
    for row in load_yaml("units.yml")["units"]:
        words = row["words"] if isinstance(row["words"], dict) else dict.fromkeys(row["words"])
        needs = re.compile(row["needs"]) if "needs" in row else None
        for word, factor in words.items():
            base = row.get("base") if factor is not None else word
            found[word] = Unit(word, row["kind"], base, float(factor or 1), needs)
    return found


@cache
def scales() -> dict[str, float]:
    """万, 亿 … as factors."""
    return {word: float(factor) for word, factor in load_yaml("units.yml")["scales"].items()}


@cache
def unit_pattern() -> str:
    """Every unit with the characters that must not follow it, the longest first, and a denominator where one is written."""
    words: dict[str, str] = {}
    for row in load_yaml("units.yml")["units"]:
        guard = row.get("not_before", "")
        guard = f"(?!{guard})" if "|" in guard else f"(?![{guard}])" if guard else ""
        words |= dict.fromkeys(row["words"], guard)
    ordered = longest_first(words, words)
    below = "|".join(sorted(load_yaml("units.yml")["denominators"], key=len, reverse=True))
    return rf"(?:{ordered})(?:/(?:{below}))?"


@cache
def scale_pattern() -> str:
    """Every scale, the longest first."""
    return "|".join(sorted(scales(), key=len, reverse=True))


def unit_of(written: str) -> Unit | None:
    """The unit behind a written one, its scale and denominator left aside; None for a bare scale or nothing."""
    _, word, _ = parts(written)
    return units().get(word)


@cache
def parts(written: str) -> tuple[str, str, str]:
    """``万元/亩`` → (万, 元, 亩); a part that is not there is empty."""
    if written in units():
        return "", written, ""
    above, _, below = written.partition("/")
    for scale in sorted(scales(), key=len, reverse=True):
        if above.startswith(scale) and (above[len(scale) :] in units() or above == scale):
            return scale, above[len(scale) :], below
    return "", above, below


def to_base(value: float, written: str | None) -> tuple[float, str] | None:
    """A figure in the unit that figures of its kind are compared in.

    In: 8000, ``亿元``. Out: (8000.0, ``亿元``); (20.0, ``万元/亩``) for 300 ``万元/公顷``. None for an unknown unit.
    """
    if not written:
        return value, ""
    scale, word, below = parts(written)
    unit = units().get(word)
    if unit is None or unit.base is None:
        return None
    table = load_yaml("units.yml")
    value = value * scales().get(scale, 1.0) * unit.factor
    base = unit.base
    if below:
        if below not in table["denominators"]:
            return None
        name, size = table["denominators"][below]
        value /= float(size)
        if unit.kind == "money":
            value, base = value / float(table["per_area_scale"]), "万元"
        base = f"{base}/{name}"
    elif unit.kind in table["base_scale"]:
        value /= float(table["base_scale"][unit.kind])
    return float(f"{value:.12g}"), base


def completed(written: str | None, metric: str) -> str | None:
    """The unit with what the text leaves out but is beyond doubt: 万元 of 亩均税收 is 万元/亩, a bare 万亿 is 万亿元."""
    if written is None:
        return None
    if written in scales():
        return written + "元"
    for unit, measure, append in missing():
        if unit.fullmatch(written) and measure.search(metric):
            return written + append
    return written


@cache
def missing() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    """What texts leave out of units: (the unit as written, the metric, what is to be added)."""
    rows = load_yaml("units.yml")["missing"]
    return tuple((re.compile(row["unit"]), re.compile(row["metric"]), str(row["append"])) for row in rows)
