"""What the tables say of one surface in one region on one day: the agency, and the names it may yet have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from ingest.agency_compose import composite, is_park_administration, park_administration, spelt_out
from ingest.agency_groups import group
from ingest.agency_names import fill, level_letters, region_prefix
from ingest.agency_parse import Parser, Reading
from ingest.agency_table import AgencyTable, Body, choose
from ingest.lookups import lookup
from ingest.records import Agency, Region
from ingest.regions import COUNTRY, RegionTable

_LEVELS: dict[str, Literal["central", "province", "prefecture", "county"]] = {
    "country": "central",
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
}
_LOCAL = "pcx"
_UNCERTAIN = "-"
_NOTE = re.compile(r"[（(〈<\[【]")


@dataclass(frozen=True, slots=True)
class Found:
    """An agency; ``rivals`` are the plain names that the surface may also mean in that ``region`` (a code)."""

    agency: Agency
    rivals: tuple[str, ...] = ()
    region: str | None = None


class Settler:
    """Settles surfaces with the tables alone; pure, and cached by (surface, region, day)."""

    def __init__(self, places: RegionTable, table: AgencyTable) -> None:
        self._places = places
        self._table = table
        self._parser = Parser(places, table)
        self.settle = lru_cache(maxsize=65536)(self._settle)
        self.said = lru_cache(maxsize=65536)(self._said)

    def _settle(self, surface: str, code: str, on: date | None) -> Found | None:
        """The agency of a surface in a document of that region; None for a vague or empty one."""
        region = self._places[code]
        kind = group(surface) if surface else "vague"
        if kind == "vague":
            return None
        decided = self._decided(surface, code)
        if decided:
            return Found(decided)
        if kind == "collective":
            agency = self.agency(region_prefix(code) + surface, code, None)
            return Found(agency.model_copy(update={"collective": True, "short_name": surface}))
        readings = list(self._readings(surface, region))
        known = (self.read(reading, on, surface) for reading in readings)
        composed = (self._compose(reading, surface) for reading in readings)
        found = next(filter(None, known), None) or next(filter(None, composed), None)
        return found or Found(self._unsettled(surface, region, readings))

    def _said(self, surface: str, code: str) -> frozenset[tuple[str, str]]:
        """Every (region code, body) that a surface may be read as."""
        readings = self._parser.readings(surface, self._places[code])
        return frozenset((r.region.code, r.body) for r in readings if r.region is not None)

    def _decided(self, surface: str, code: str) -> Agency | None:
        decision = lookup(surface, code)
        if decision is None:
            return None
        if decision.canonical is None:
            return self.agency(region_prefix(code) + surface, code, None, resolved=False)
        named = self.settle(decision.canonical, code, None)
        return (
            named.agency
            if named and named.agency.id == decision.canonical
            else self.agency(decision.canonical, code, None)
        )

    def _readings(self, surface: str, region: Region) -> Iterator[Reading]:
        table = self._table
        local = any(table.bodies(surface, letter, weak=True) for letter in _LOCAL)
        if region.code != COUNTRY and not local and table.bodies(surface, "n"):
            yield Reading(self._places[COUNTRY], surface)
        yield from self._parser.readings(surface, region)
        bare = _NOTE.split(surface)[0]
        if bare and bare != surface:
            yield from self._parser.readings(bare, region)

    def read(self, reading: Reading, on: date | None, surface: str) -> Found | None:
        """The agency of one reading, None where the tables do not know its body at that region's level."""
        region, form = reading.region, reading.body
        if region is None or not form:
            return None
        for letter in level_letters(region.code):
            name = self._table.override(form, region, letter, on)
            if name or self._table.bodies(form, letter, weak=True):
                return self._pick(form, region, letter, on, name, surface)
        elsewhere = [body for body in self._table.strong.get(form, ()) if body.plain == form]
        if elsewhere and reading.said and region.code != COUNTRY and "n" not in elsewhere[0].levels:
            body = self._table.body_of(form, elsewhere[0].levels[0])
            return Found(self.agency(fill(form, region.code), region.code, body))
        return None

    def _pick(self, form: str, region: Region, letter: str, on: date | None, name: str | None, surface: str) -> Found:
        every = self._table.bodies(form, letter, weak=True)
        rivals = tuple(sorted({body.plain for body in every if body.plain} - {form}))
        body = choose(self._table.bodies(form, letter), form, on)
        template = name or (body.name if body else "")
        about = (self._table.body_of(template, letter) if template else None) or (every[0] if every else None)
        if template in ("", _UNCERTAIN):
            unsure = region_prefix(region.code) + (surface if "{}" in form else form)
            return Found(self.agency(unsure, region.code, about, resolved=False), rivals, region.code)
        whole = letter == "n" or (name is not None and name.startswith(tuple(self._table.affixes["whole_name"])))
        full = template if whole else fill(template, region.code)
        return Found(self.agency(full, region.code, about), rivals, region.code)

    def _compose(self, reading: Reading, surface: str) -> Found | None:
        region, body = reading.region, reading.body
        if region is None or region.code == COUNTRY or not reading.near:
            return None
        if is_park_administration(body):
            name = park_administration(body, region)
            full = name or region_prefix(region.code) + body
            park = Body(self._table.rules["park_function"], full, "", "", "", "", False)
            return Found(self.agency(full, region.code, park, resolved=name is not None))
        full = fill(body, region.code)
        function = composite(body) if reading.said else None
        if function or (surface in (full, region.name + body, region.full_name + body) and spelt_out(body)):
            return Found(self.agency(full, region.code, Body(function or "", full, "", "", "", "", False)))
        return None

    def _unsettled(self, surface: str, region: Region, readings: list[Reading]) -> Agency:
        said = [r for r in readings if r.said and r.near and "{" not in r.body]
        place = said[0].region if said else region
        name = region_prefix(region.code) + surface
        if said and place and (self._parser.mark(surface) or surface.startswith((place.name, place.full_name))):
            name = region_prefix(place.code) + said[0].body
        return self.agency(name, place.code if place else None, None, resolved=False)

    def agency(self, name: str, code: str | None, body: Body | None, *, resolved: bool = True) -> Agency:
        """The record of an agency of full name ``name``; ``body`` tells what it is. ``code`` None: region not known."""
        region = self._places.get(code)
        short = body.short if body and resolved and body.name and "{}" not in body.short else ""
        central = code == COUNTRY
        return Agency(
            id=name,
            name=name,
            short_name=(short if central else region_prefix(code) + short) if short and code else name,
            function=(body.function or None) if body else None,
            level=_LEVELS[region.level] if region else None,
            region=code,
            party=bool(body and body.party),
            resolved=resolved,
        )
