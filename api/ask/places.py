"""Regions in a question, by Chinese and English names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache

from api.ask.names import Names
from api.ask.span import Span, span
from ingest.records import Region
from ingest.regions import regions
from ingest.tables import names, read_csv

_LEVELS = {
    "province": ("province",), "provincial": ("province",), "autonomous region": ("province",),
    "city": ("prefecture", "province", "county"), "municipality": ("prefecture", "province"), "prefecture": ("prefecture",),
    "county": ("county",), "district": ("county",), "municipal": ("prefecture", "province"),
}  # fmt: skip
_SUFFIX = re.compile(rf"[ -]({'|'.join(sorted(_LEVELS, key=len, reverse=True))})(?![a-z])")
_RANKS = ("province", "prefecture", "county")


def region_spans(text: str, held: Collection[str]) -> Iterator[Span]:
    """Every region that the text names: its possible codes, those of the highest level only, ``held`` ones first.

    A county by its short name alone counts only if it is ``held``: too many of them are common words.
    """
    for at in range(len(text) - 1):
        for length, found in regions().prefixes(text[at:]):
            codes = _meant([each for each in found if _told(each, text[at : at + length], held)], held)
            if codes:
                yield span(at, at + length, "region", codes)
    for start, end, values in _english().find(text):
        suffix = _SUFFIX.match(text, end)
        levels = _LEVELS[suffix[1]] if suffix else ()
        found = tuple(regions()[code] for code in values)
        if levels and (fitting := [each for each in found if each.level in levels]):
            yield span(start, suffix.end() if suffix else end, "region", _meant(fitting, held, levels[0]))
        elif known := [each for each in found if each.level != "county" or each.code in held]:
            yield span(start, end, "region", _meant(known, held))


def _told(region: Region, said: str, held: Collection[str]) -> bool:
    if region.level == "country":
        return False
    return region.level != "county" or said.endswith(region.name) or region.code in held


def _meant(found: list[Region], held: Collection[str], best: str | None = None) -> tuple[str, ...]:
    """The codes of those of the level that is meant; only those that are held, if any is."""
    for level in (best, *_RANKS):
        here = [each.code for each in found if each.level == level]
        if here:
            return tuple(code for code in here if code in held) or tuple(here)
    return ()


@cache
def _english() -> Names:
    found = Names()
    for row in read_csv("ask/regions_en.csv"):
        if regions()[row["code"]].level != "country":
            for name in names(row["english"]):
                found.add(name, row["code"])
    return found


@cache
def english_names() -> dict[str, tuple[str, ...]]:
    """English name → codes, for suggestions."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_csv("ask/regions_en.csv"):
        for name in names(row["english"]):
            found[name].append(row["code"])
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def english_name(code: str) -> str:
    """The English name of a region, its pinyin for most; its Chinese name where there is none."""
    return next(
        (names(row["english"])[0].title() for row in read_csv("ask/regions_en.csv") if row["code"] == code),
        regions()[code].name,
    )
