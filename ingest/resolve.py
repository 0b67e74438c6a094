"""From the surface name of an agency to the agency: recorded decisions first, then the tables, never a guess."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache, lru_cache

from ingest.agency_chain import AgencyChains
from ingest.agency_names import fill
from ingest.agency_parse import Reading
from ingest.agency_settle import Found, Settler
from ingest.agency_table import AgencyTable, agency_table
from ingest.records import Agency, Region, Succession
from ingest.regions import COUNTRY, RegionTable, regions


class AgencyResolver:
    """Resolves surfaces with the tables. Build it once through ``agency_resolver()``."""

    def __init__(self, places: RegionTable, table: AgencyTable) -> None:
        self._places = places
        self._table = table
        self._settler = Settler(places, table)
        self._chains = AgencyChains(self, places)

    def resolve(
        self, surface: str, region: Region | None, on: date | None, *, siblings: Collection[str] = ()
    ) -> Agency | None:
        """The agency that ``surface`` names in a document of ``region`` (None or the country: central level).

        ``on`` is the document's date, None if unknown. ``siblings`` are the document's other surfaces: where the
        tables leave several names, the one that the document spells out is taken. None for vague surfaces and
        empty ones. ``resolved`` is False where the full name is not certain; ``canonical`` tells it.
        Raises KeyError for a region that the table of regions does not have.
        """
        surface = "".join(surface.split())
        code = COUNTRY if region is None else region.code
        found = self._settler.settle(surface, code, on)
        if found is None:
            return None
        return self._spelt(found, code, siblings) if found.rivals and siblings else found.agency

    def _spelt(self, found: Found, code: str, siblings: Collection[str]) -> Agency:
        said = self._said_by(frozenset(siblings), code, found.region)
        spelt = [name for name in found.rivals if name in said]
        if len(spelt) != 1 or found.region is None:
            return found.agency
        full = self._settler.settle(fill(spelt[0], found.region), found.region, None)
        return full.agency if full and full.agency.resolved else found.agency

    @lru_cache(maxsize=256)  # noqa: B019 - one resolver lives as long as the process
    def _said_by(self, siblings: frozenset[str], code: str, region: str | None) -> frozenset[str]:
        """The bodies of ``region`` that a document's surfaces may be read as."""
        return frozenset(name for s in siblings for at, name in self._settler.said(s, code) if at == region)

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
        found = self._settler.read(Reading(self._places[code], form), on, form)
        return found.agency if found and found.agency.resolved else None


@cache
def agency_resolver() -> AgencyResolver:
    """The resolver with the project's own tables, built once."""
    return AgencyResolver(regions(), agency_table())
