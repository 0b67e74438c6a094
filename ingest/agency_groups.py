"""Surfaces that name no single agency: collective ones (各区县人民政府) and vague ones (有关部门)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from ingest.agency_parse import Parser
from ingest.agency_table import agency_table
from ingest.regions import regions
from ingest.tables import read_csv

Group = Literal["vague", "collective"]
ROUND = str.maketrans("()[]", "（）（）")


@cache
def _patterns() -> tuple[tuple[Group, re.Pattern[str]], ...]:
    kinds: tuple[Group, ...] = ("vague", "collective")
    rows = list(read_csv("agencies/collective.csv"))
    return tuple(
        (kind, re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["kind"] == kind))) for kind in kinds
    )


@lru_cache(maxsize=65536)
def group(surface: str) -> Group | None:
    """Whether a surface is vague (no agency), collective (one row of its own), or neither: None."""
    plain = surface.translate(ROUND)
    return next((kind for kind, pattern in _patterns() if pattern.fullmatch(plain)), None)


@cache
def _level_free() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_csv("agencies/level_free.csv")))


@cache
def _parser() -> Parser:
    return Parser(regions(), agency_table())


@lru_cache(maxsize=65536)
def takes_level(surface: str) -> bool:
    """Whether a surface in an enumeration takes over the level of the one before it.

    In 市发改委、工信局 the second is 市工信局. False for names that carry a level or a place already (省工信厅,
    长沙海关, 越秀区), for central and collective ones, and for those that ``agencies/level_free.csv`` lists.
    """
    table = agency_table()
    if not surface or group(surface) or _level_free().match(surface):
        return False
    if any(table.bodies(surface, letter, weak=True) for letter in "pcx"):
        return True
    if _parser().mark(surface) or table.has(surface):
        return False
    return not _parser().begins_with_place(surface)
