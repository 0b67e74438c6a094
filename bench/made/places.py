"""The places that documents are of: cities, counties and provinces of the region table, read here anew."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parents[2] / "data" / "tables"
MARKS = {"province": "省", "prefecture": "市州盟", "county": "县区市旗"}  # what a name of each level ends with


class Place(NamedTuple):
    """A region. ``mark`` is the character before its agencies' names (市), ``said`` its name as theirs have it (常德市武陵区)."""

    code: str
    name: str
    short: str
    full_name: str
    said: str
    level: str
    mark: str
    prefix: str  # of document numbers
    parent: str  # its code
    above: tuple[str, ...]  # names of what it lies in, the province last


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``data/tables/<name>``."""
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@cache
def known() -> dict[str, dict[str, str]]:
    """The rows of the region table by code."""
    return {row["code"]: row for row in rows("regions.csv")}


@cache
def places(level: str) -> tuple[Place, ...]:
    """The places of a level that still exist, whose name ends with its mark, and which have a short name."""
    wanted = (row for row in known().values() if row["level"] == level and not row["until"])
    found = (place(row["code"]) for row in wanted if row["name"][-1] in MARKS[level])
    return tuple(each for each in found if len(each.short) > 1)


@cache
def counties(code: str) -> tuple[Place, ...]:
    """The counties of a prefecture."""
    return tuple(each for each in places("county") if each.parent == code and each.name not in each.above)


@cache
def cities(code: str) -> tuple[Place, ...]:
    """The prefectures of a province."""
    return tuple(each for each in places("prefecture") if each.parent == code)


@cache
def place(code: str) -> Place:
    """The place of a code. Raises KeyError for a code of none."""
    row = known()[code]
    above = []
    parent = known().get(row["parent"])
    while parent is not None and parent["level"] != "country":
        above.append(parent["name"])
        parent = known().get(parent["parent"])
    name = row["name"]
    short = row["aliases"].split(";")[0] or name[0]
    district = row["level"] == "county" and name.endswith("区")
    return Place(
        code=code,
        name=name,
        short=short,
        full_name="".join(reversed(above)) + name,
        said=above[0] + name if district and above else name,
        level=row["level"],
        mark=name[-1],
        prefix=row["number_prefix"].split(";")[0] or short[0],
        parent=row["parent"],
        above=tuple(above),
    )
