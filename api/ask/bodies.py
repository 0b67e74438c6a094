"""Agencies in a question: what the graph calls them, and usual names that a place has to settle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from api.ask.held import Held
from api.ask.names import Names
from api.ask.span import Span, span
from api.ask.tables import fillers, names_table
from ingest.agency_table import agency_table
from ingest.regions import COUNTRY, regions
from ingest.resolve import agency_resolver

_MARKS = ("省", "市", "县", "区", "州")
_LEVEL_WORDS = {"provincial": "省", "province-level": "省", "municipal": "市", "city-level": "市", "county": "县"}
_BEFORE = 24  # characters before an English name in which a word tells its level


@dataclass(frozen=True, slots=True)
class Body:
    """A usual name, or several of which a place has one; ``mark``: the level that is said before it (省, 市)."""

    forms: tuple[str, ...]
    mark: str = ""


def body_spans(text: str, held: Held) -> Iterator[Span]:
    """Every stretch that may name an agency: ``agency`` with its id, ``body`` with what a place has to settle."""
    for start, end, ids in held.agency_names.find(text):
        yield from (span(start, end, "agency", each) for each in ids)
    for start, end, found in _names().find(text):
        for forms in found:
            yield span(start, end, "body", Body(forms, _level(text, start)))
            if text[start - 1 : start] in _MARKS and start:
                yield span(start - 1, end, "body", Body(forms, text[start - 1]))
    yield from _own(text, held)


def _own(text: str, held: Held) -> Iterator[Span]:
    """Names that no table has and the graph has."""
    for start in range(len(text)):
        for end in range(start + 3, min(start + 14, len(text)) + 1):
            if text[start:end] in held.bodies:
                yield span(start, end, "body", Body((text[start:end],)))


def _level(text: str, start: int) -> str:
    before = text[max(0, start - _BEFORE) : start].split()
    return next((_LEVEL_WORDS[word] for word in before[-2:] if word in _LEVEL_WORDS), "")


@cache
def usual_names() -> tuple[str, ...]:
    """Chinese names of agencies that a place settles (工信局), for suggestions."""
    return tuple(form for row in names_table()["agencies"] for form in row["zh"])


@cache
def _names() -> Names:
    found, known = Names(), agency_table()
    for row in names_table()["agencies"]:
        for name in row.get("also", ()):
            found.add(name, tuple(row["zh"]))
    common = {*fillers()["zh"], "政府", "人民政府", "管委会", "委员会", "公司"}
    for form in (*known.strong, *known.weak):
        if "{" not in form and form not in common:
            found.add(form, (form,))
    for row in names_table()["agencies"]:
        for name in row["en"]:
            found.add(name, tuple(row["zh"]))
    return found


def settle(body: Body, code: str, held: Held) -> str | None:
    """The id of the agency that a usual name means in a region: one that is held, else one the tables are sure of.

    Of several usual names (an English one stands for those of all places) the first that is held wins.
    """
    sure: list[str] = []
    for form in body.forms:
        known = held.bodies.get(form, {}).get(code) if not body.mark else None
        if known:
            return known
        agency = agency_resolver().resolve(body.mark + form, regions()[code], None)
        if agency is None or agency.collective:
            continue
        if agency.id in held.agencies:
            return agency.id
        if agency.resolved:
            sure.append(agency.id)
    return sure[0] if sure else None


def everywhere(body: Body, held: Held) -> list[str]:
    """The agencies of the graph that the usual name means in their own places, else the central one."""
    codes = sorted({region for _, region in held.agencies.values() if region and regions().get(region)})
    found = {settle(body, code, held) for code in codes}
    here = sorted(each for each in found if each in held.agencies)
    if here:
        return here
    central = settle(body, COUNTRY, held)
    return [central] if central else []
