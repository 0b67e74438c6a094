"""From the surface name of an agency to the agency: recorded decisions first, then the tables, never a guess."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from ingest.agency_chain import AgencyChains
from ingest.agency_compose import composite, is_park_administration, park_administration
from ingest.agency_groups import group
from ingest.agency_names import fill, level_letters, region_prefix
from ingest.agency_parse import Parser, Reading
from ingest.agency_table import AgencyTable, Body, agency_table
from ingest.lookups import lookup
from ingest.records import Agency, Region, Succession
from ingest.regions import COUNTRY, RegionTable, regions

_LEVELS: dict[str, Literal["central", "province", "prefecture", "county"]] = {
    "country": "central",
    "province": "province",
    "prefecture": "prefecture",
    "county": "county",
}
_UNCERTAIN = "-"


@dataclass(frozen=True, slots=True)
class _Found:
    """What the tables say of a surface: the agency, and the names it may have if the document says one of them."""

    agency: Agency
    rivals: tuple[str, ...] = ()  # plain names
    region: str | None = None


class AgencyResolver:
    """Resolves surfaces with the tables; pure, and cached by (surface, region, date)."""

    def __init__(self, places: RegionTable, table: AgencyTable) -> None:
        self._places = places
        self._table = table
        self._parser = Parser(places, table)
        self._chains = AgencyChains(self, places)
        self._settle = lru_cache(maxsize=65536)(self._settle_once)
        self._bodies_said = lru_cache(maxsize=65536)(self._bodies_said_once)

    def resolve(
        self, surface: str, region: Region | None, on: date | None, *, siblings: Collection[str] = ()
    ) -> Agency | None:
        """The agency that ``surface`` names in a document of ``region`` (None or the country: central level).

        ``on`` is the document's date, None if unknown. ``siblings`` are the document's other surfaces: where the
        tables leave several names, the one that the document spells out is taken. None for vague surfaces and
        empty ones. ``resolved`` is False where the full name is not certain; ``canonical`` tells it.
        """
        surface = "".join(surface.split())
        code = COUNTRY if region is None else region.code
        found = self._settle(surface, code, on)
        if found is None or not found.rivals or not siblings:
            return found.agency if found else None
        said = {name for s in siblings for at, name in self._bodies_said(s, code) if at == found.region}
        spelt = [name for name in found.rivals if name in said]
        if len(spelt) == 1 and found.region:
            return self._agency(fill(spelt[0], found.region), found.region, found.agency.function, surface=surface)
        return found.agency

    def canonical(self, agency: Agency) -> str | None:
        """The full official name; None for collective agencies and where it is not certain."""
        return agency.id if agency.resolved and not agency.collective else None

    def chain(self, agency: Agency) -> tuple[tuple[Agency, ...], tuple[Succession, ...]]:
        """Predecessors and successors in the agency's region, transitively: (the other agencies, the steps).

        Both sorted by name; empty where no reform in ``agencies/reforms.csv`` concerns it.
        """
        return self._chains.chain(agency)

    def named(self, form: str, code: str, on: date | None) -> Agency | None:
        """The agency that a usual name without place or level means in a region; None where it is not certain."""
        found = self._read(Reading(self._places[code], form), on, form)
        return found.agency if found and found.agency.resolved else None

    def _settle_once(self, surface: str, code: str, on: date | None) -> _Found | None:
        region = self._places[code]
        kind = group(surface) if surface else "vague"
        if kind == "vague":
            return None
        known = lookup(surface, code)
        if known:
            at = code if code != COUNTRY else None
            name = known.canonical or region_prefix(code) + surface
            return _Found(self._agency(name, at, None, surface=surface, resolved=known.canonical is not None))
        if kind == "collective":
            return _Found(self._collective(surface, region))
        readings = list(self._parser.readings(surface, region))
        if code != COUNTRY and self._only_central(surface):
            readings.insert(0, Reading(self._places[COUNTRY], surface))
        for reading in readings:
            found = self._read(reading, on, surface)
            if found:
                return found
        for reading in readings:
            found = self._compose(reading, surface)
            if found:
                return found
        return _Found(self._unsettled(surface, region, readings))

    def _only_central(self, surface: str) -> bool:
        local = any(self._table.bodies(surface, letter, weak=True) for letter in "pcx")
        return not local and bool(self._table.bodies(surface, "n"))

    def _read(self, reading: Reading, on: date | None, surface: str) -> _Found | None:
        region, form = reading.region, reading.body
        if region is None or not form:
            return None
        for letter in level_letters(region.code):
            bodies = self._table.bodies(form, letter, weak=True)
            name = self._table.override(form, region, letter, on)
            if bodies or name:
                return self._pick(form, region, letter, on, name, surface)
        elsewhere = [body for body in self._table.strong.get(form, ()) if body.plain == form]
        if elsewhere and reading.said and region.code != COUNTRY and "n" not in elsewhere[0].levels:
            return _Found(self._agency(fill(form, region.code), region.code, elsewhere[0].function, surface=surface))
        return None

    def _pick(
        self, form: str, region: Region, letter: str, on: date | None, name: str | None, surface: str
    ) -> _Found:
        strong = self._table.bodies(form, letter)
        every = self._table.bodies(form, letter, weak=True)
        rivals = tuple(sorted({body.plain for body in every if body.plain} - {form}))
        chosen = _choose(strong, form, on)
        function = chosen.function if chosen else every[0].function if every else None
        party = (chosen or every[0]).party if every else False
        template = name or (chosen.name if chosen else "")
        if not template or template == _UNCERTAIN:
            agency = self._agency(
                region_prefix(region.code) + form.replace("{}", ""), region.code, function, surface=surface,
                resolved=False, party=party,
            )
        else:
            short = chosen.short if chosen and chosen.name == template else None
            full = template if letter == "n" or _is_whole(template, name) else fill(template, region.code)
            agency = self._agency(full, region.code, function, surface=surface, party=party, short=short)
        return _Found(agency, rivals, region.code)

    def _compose(self, reading: Reading, surface: str) -> _Found | None:
        region, body = reading.region, reading.body
        if region is None or region.code == COUNTRY:
            return None
        park = park_administration(body, region)
        if park or is_park_administration(body):
            name = park or region_prefix(region.code) + body
            function = self._table.rules["park_function"]
            return _Found(self._agency(name, region.code, function, surface=surface, resolved=park is not None))
        function = composite(body)
        if function:
            return _Found(self._agency(fill(body, region.code), region.code, function, surface=surface))
        return None

    def _unsettled(self, surface: str, region: Region, readings: list[Reading]) -> Agency:
        said = [reading for reading in readings if reading.said]
        best = said[0] if said else readings[0]
        if best.region is None:
            name, code = region_prefix(region.code) + surface, None
        else:
            name, code = region_prefix(best.region.code) + best.body.replace("{}", ""), best.region.code
        return self._agency(name, code, None, surface=surface, resolved=False)

    def _collective(self, surface: str, region: Region) -> Agency:
        name = region_prefix(region.code) + surface
        agency = self._agency(name, region.code, None, surface=surface)
        return agency.model_copy(update={"collective": True, "short_name": surface})

    def _agency(
        self, name: str, code: str | None, function: str | None, *, surface: str,
        resolved: bool = True, party: bool = False, short: str | None = None,
    ) -> Agency:
        region = self._places.get(code)
        prefix = region_prefix(region.code) if region else ""
        usual = prefix + short if short and "{}" not in short else name
        return Agency(
            id=name,
            name=name,
            short_name=usual,
            function=function,
            level=_LEVELS[region.level] if region else None,
            region=code,
            party=party,
            resolved=resolved,
        )

    def _bodies_said_once(self, surface: str, code: str) -> tuple[tuple[str, str], ...]:
        readings = self._parser.readings(surface, self._places[code])
        return tuple((r.region.code, r.body) for r in readings if r.region is not None)


def _is_whole(template: str, override: str | None) -> bool:
    """An override may give a name that does not begin with its region's (中国人民银行上海总部)."""
    return override == template and template.startswith(agency_table().rules["whole_name"])


def _choose(bodies: list[Body], form: str, on: date | None) -> Body | None:
    """The one body that a usual name means on a day: the only one, else the only one that exists then."""
    if len(bodies) > 1:
        bodies = [body for body in bodies if body.at(on)] or bodies
    if len(bodies) > 1:
        bodies = [body for body in bodies if body.plain == form] or bodies
    return bodies[0] if len({body.name for body in bodies}) == 1 else None


@cache
def agency_resolver() -> AgencyResolver:
    """The resolver with the project's own tables, built once."""
    return AgencyResolver(regions(), agency_table())
