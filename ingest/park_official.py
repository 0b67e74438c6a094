"""The official name of a park, from the list of national parks or by the rule of its kind."""

from __future__ import annotations

from ingest.park_names import FREE_TRADE, NATIONAL, province_of
from ingest.park_table import kinds, known
from ingest.records import Region
from ingest.regions import regions


def official(stem: str, place: int, form: str, region: Region | None, text: str) -> str:
    """The full official name of a park: from the list, else by the rule of its kind, else as it is written.

    ``text``: the whole document, which may use the long form itself.
    """
    kind = kinds()[form]
    rest = NATIONAL.sub("", stem[place:])
    if kind.full == FREE_TRADE and region is not None and region.level == "province" and not rest:
        return f"中国（{regions().short_name(region.code)}）{kind.full}"
    written = stem[:place] + rest + (form if kind.keep else kind.full)
    short = regions().short_name(region.code) if region is not None and place else ""
    for name in (stem + form, written, short + rest + kind.full, rest + kind.full, short + rest + form):
        if name in known() and agrees(name, region):
            return known()[name].name
    if not place or region is None or ")" in stem:
        shorter = stem + "经济开发区"
        written = shorter if form == "经开区" and shorter in text and written not in text else written
        return written.replace("(", "（").replace(")", "）")
    if kind.region_name:
        other = short + rest + "经济开发区"
        return (
            other
            if form == "经开区" and other in text and short + rest + kind.full not in text
            else short + rest + kind.full
        )
    nested = stem[:place]
    return (
        (region.name if nested.endswith(region.name) and nested != region.full_name else nested)
        + rest
        + (form if kind.keep else kind.full)
    )


def agrees(name: str, region: Region | None) -> bool:
    """Whether a known park lies in the province that the mention's region is of."""
    province = known()[name].province
    return region is None or province is None or province_of(region.code) == province
