"""Names that no table lists but that say what they are: composite official names and park administrations."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ingest.agency_names import fill
from ingest.agency_table import agency_table
from ingest.records import Region


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = agency_table()
    part = f"(?:{_any(table.parts)})"
    joint = _any(table.affixes["joint"])
    several = f"(?P<first>{part}){part}*(?:、{part}+)*(?:(?:{joint}){part}+)+(?:{_any(table.affixes['end'])})"
    single = f"(?P<first>{part}){part}*(?:{_any(table.affixes['single_end'])})"
    return re.compile(several), re.compile(single)


def _any(words: list[str] | dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=16384)
def composite(body: str) -> str | None:
    """The function of a body that is an official name as it stands, or None.

    Such are long parts joined by 和 (科技和信息化局), and one part before 管理局 (房产管理局).
    """
    for pattern in _grammar():
        match = pattern.fullmatch(body)
        if match:
            return agency_table().parts[match["first"]]
    return None


@cache
def _park_form() -> re.Pattern[str]:
    table = agency_table()
    forms = _any({park.form: "" for park in table.parks})
    return re.compile(f"({forms})(?:{_any(table.affixes['park_end'])})")


def park_administration(body: str, region: Region) -> str | None:
    """The full name of the administration of a region's park (高新区管委会), or None where it is not certain.

    Usual names that may mean more than one kind of park are settled by the list of national parks alone.
    """
    match = _park_form().fullmatch(body)
    if not match:
        return None
    table = agency_table()
    one = region.level in ("prefecture", "county")  # a province has several
    for park in table.parks:
        if park.form == match[1]:
            name = fill(park.name, region.code)
            if name in table.national_parks or (one and not park.listed):
                return name + table.rules["park_name_end"]
    return None


def is_park_administration(body: str) -> bool:
    """Whether a body is the administration of a park, settled or not."""
    return _park_form().fullmatch(body) is not None


def spelt_out(body: str) -> bool:
    """Whether a body ends as full official names do (…领导小组, …办公室, …有限公司), not as short ones."""
    return body.endswith(tuple(agency_table().affixes["whole_end"]))
