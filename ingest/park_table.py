"""Kinds of parks and the parks whose official names are known (``parks.yml``, ``national_parks.csv``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.regions import regions
from ingest.tables import load_yaml, read_csv, table_path

Level = Literal["national", "province", "city", "county"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of kinds (see the remarks in ``parks.yml``)."""

    full: str
    forms: tuple[str, ...]
    park_class: str
    level: Level | None
    established: bool
    region_name: bool
    bare: bool
    generic: bool
    part: bool
    part_of: str | None
    keep: bool  # the form as written is the official one


@dataclass(frozen=True, slots=True)
class Known:
    """A park on the national list: official name, kind of the list, code of its province or of a region in its name."""

    name: str
    park_class: str
    province: str | None
    region: str | None


@cache
def kinds() -> dict[str, Kind]:
    """Every form of every kind → its kind."""
    found: dict[str, Kind] = {}
    for row in load_yaml("parks.yml")["kinds"]:
        kind = Kind(
            row["full"], tuple(row["forms"]), row["class"], row.get("level"), row.get("established", False),
            row.get("region_name", False), row.get("bare", False), row.get("generic", False), row.get("part", False),
            row.get("part_of"), row.get("keep", False),
        )  # fmt: skip
        found |= dict.fromkeys(kind.forms, kind)
    return found


@cache
def kind_of(name: str) -> tuple[str, Kind] | None:
    """The longest form that a name ends with, and its kind."""
    return next(((name[cut:], kinds()[name[cut:]]) for cut in range(len(name)) if name[cut:] in kinds()), None)


@cache
def known() -> dict[str, Known]:
    """Official names and aliases of the parks on the national list → the park."""
    found: dict[str, Known] = {}
    short: dict[str, list[Known]] = {}
    for row in read_csv("national_parks.csv"):
        province = regions().find(row["province"])
        park = Known(
            row["name"],
            national_class(row["kind"]),
            province[0].code if province else None,
            home(row["name"], row["province"]),
        )
        found[park.name] = park
        for alias in spellings(park.name):
            found.setdefault(alias, park)
        for alias in without_place(park.name):
            short.setdefault(alias, []).append(park)
    for alias, parks in short.items():
        if len(parks) == 1:
            found.setdefault(alias, parks[0])
    for name, aliases in load_yaml("parks.yml")["aliases"].items():
        found |= dict.fromkeys(aliases, found[name])
    for name, row in load_yaml("parks.yml")["others"].items():
        region = regions().find(row["region"])[0].code
        found |= {alias: Known(name, row["class"], None, region) for alias in (name, *row["aliases"])}
    return found


def national_class(kind: str) -> str:
    """国家级经开区 or 国家级高新区, by the list's own words."""
    return "国家级高新区" if "高新" in kind else "国家级经开区"


def home(name: str, province: str) -> str | None:
    """Code of the region that a park's name begins with, within its province."""
    outer = regions().find(province)
    for _, found in regions().prefixes(name):
        inside = [region for region in found if outer and regions().within(region.code, outer[0].code)]
        if inside:
            return inside[0].code
    return outer[0].code if outer else None


def spellings(name: str) -> list[str]:
    """A name with each form of its kind."""
    ending = kind_of(name)
    if ending is None:
        return []
    stem = name.removesuffix(ending[0])
    return [stem + form for form in ending[1].forms if stem]


def without_place(name: str) -> list[str]:
    """The forms of a name that leave out the place in front of a further stem (小蓝经开区)."""
    ending = kind_of(name)
    if ending is None:
        return []
    stem = name.removesuffix(ending[0])
    found = []
    for length, _ in regions().prefixes(stem):
        if len(stem) - length >= 2:
            found += [stem[length:] + form for form in (*ending[1].forms, "开发区")]
    return found


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``parks.yml``."""
    table = load_yaml("parks.yml")
    generic = "|".join(sorted(table["generic_words"], key=len, reverse=True))
    stops = "|".join(sorted(table["stops"], key=len, reverse=True))
    return {
        "class": re.compile(table["class_words"]),
        "generic": re.compile(f"(?:{generic})+"),
        "stop": re.compile(stops),
        "last_stop": re.compile(f"^.*(?:{stops})"),
        "planned": re.compile(table["planned"]),
        "building": re.compile(f"(?:{table['building']})|(?:{table['planned']})"),
        "tail": re.compile(f"(?:{generic})+$"),
        "name_starts": re.compile(table["name_starts"]),
        "organs": re.compile(table["organs"]),
    }


@cache
def common_words() -> frozenset[str]:
    """Short names of regions that are common words as well."""
    return frozenset(load_yaml("parks.yml")["common_words"])


@cache
def common_pairs() -> frozenset[str]:
    """Pairs of neighbouring characters that policy prose is made of (``common_pairs.txt``)."""
    lines = table_path("common_pairs.txt").read_text("utf-8").splitlines()
    return frozenset(line[0] + second for line in lines if not line.startswith("#") for second in line[2:])
