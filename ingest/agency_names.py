"""Full names of agencies from templates and regions."""

from __future__ import annotations

from functools import cache, lru_cache

from ingest.agency_table import agency_table
from ingest.records import Region
from ingest.regions import COUNTRY, regions

_LETTERS = {"country": "n", "province": "p", "prefecture": "c", "county": "x"}


@cache
def level_letters(code: str) -> str:
    """The level letters of a region's agencies, the best first.

    A municipality's agencies are named as a province's or as a city's. Raises KeyError for an unknown code.
    """
    return "pc" if regions().is_municipality(code) else _LETTERS[regions()[code].level]


@cache
def region_prefix(code: str) -> str:
    """The region's name as it stands before its agencies' names; empty for the country.

    A district carries its city's name as well (常德市武陵区), a county or a county-level city does not.
    Raises KeyError for an unknown code.
    """
    region = regions()[code]
    if code == COUNTRY:
        return ""
    if region.level == "county" and region.parent and region.name.endswith(agency_table().rules["district"]):
        parent = regions()[region.parent]
        if parent.level == "prefecture" or regions().is_municipality(parent.code):
            return parent.name + region.name
    return region.name


@lru_cache(maxsize=65536)
def fill(template: str, code: str) -> str:
    """The full name of an agency of that region; see ``agency_table`` for the templates. Raises KeyError."""
    name = region_prefix(code)
    if "{" not in template:
        return name + template
    party = agency_table().rules["party_long" if _is_autonomous(regions()[code]) else "party_short"]
    parent = regions()[code].parent
    filled = template.replace("{parent}", region_prefix(parent) if parent else "")
    filled = filled.replace("{party}", party).replace("{short}", regions().short_name(code))
    return filled.replace("{}", name)


def _is_autonomous(region: Region) -> bool:
    return region.level == "province" and region.name.endswith(agency_table().rules["autonomous"])
