"""Any usual name of a region to its six-digit code of GB/T 2260."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from graph.errors import UnknownNameError
from graph.resources import read_table

_COUNTRY = "country"


@cache
def _regions() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_table("regions.csv")}


@cache
def full_name(code: str) -> str:
    """The name with those of all that it is part of: 湖南省常德市 for 430700; the code itself if it is unknown."""
    names: list[str] = []
    row = _regions().get(code)
    while row and row["level"] != _COUNTRY:
        names.insert(0, row["name"])
        row = _regions().get(row["parent"])
    own = _regions().get(code)
    return "".join(names) or (own["name"] if own else code)


@cache
def _official() -> dict[str, set[str]]:
    """Own, full and half-full names (省 + 市 + 县, and each with some left out) to codes."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, row in _regions().items():
        found[row["name"]].add(code)
        found[full_name(code)].add(code)
        parent = _regions().get(row["parent"])
        if parent and parent["level"] != _COUNTRY:
            found[parent["name"] + row["name"]].add(code)
    return found


@cache
def _short() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for code, row in _regions().items():
        for alias in filter(None, row["aliases"].split(";")):
            found[alias].add(code)
            parent = _regions().get(row["parent"])
            if parent and parent["level"] != _COUNTRY:
                for name in (parent["name"], *filter(None, parent["aliases"].split(";"))):
                    found[name + alias].add(code)
                    found[name + row["name"]].add(code)
    return found


def resolve_region(name: str) -> str:
    """The code of a region given by code (430700) or name (常德, 常德市, 湖南省常德市).

    Raises UnknownNameError for an unknown name, and for one that several regions have, naming them.
    """
    text = "".join(str(name).split())
    if text in _regions():
        return text
    codes = _official().get(text) or _short().get(text) or set()
    current = {code for code in codes if not _regions()[code].get("until")} or set(codes)
    provinces = {code for code in current if _regions()[code]["level"] == "province"}
    for chosen in (current, provinces):  # a province's short name means the province: 河南 is no county of 青海
        if len(chosen) == 1:
            return next(iter(chosen))
    if current:
        listed = ", ".join(f"{code} {full_name(code)}" for code in sorted(current))
        raise UnknownNameError(f"region {name}: several have this name: {listed}")
    near = sorted(code for code, row in _regions().items() if text and (text in row["name"] or row["name"] in text))
    hint = ", ".join(f"{code} {full_name(code)}" for code in near[:6])
    raise UnknownNameError(
        f"region {name}: not known" + (f"; did you mean {hint}?" if hint else "; use its code or name")
    )
