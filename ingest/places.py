"""The region of a document: of its issuer, title, number or addressees, else the place that its text names most."""

from __future__ import annotations

import re
from functools import cache

from ingest.issuers import central
from ingest.layout import Layout, patterns
from ingest.records import Region
from ingest.regions import regions

NAMED = re.compile("[市县区旗州盟]|人民|经|高|开|工业|产业|园")  # what follows the short name of a county
PLACE_END = re.compile("(?<=[\u4e00-\u9fff]{2})[省市县区州盟旗]")


def region_of(names: list[str], layout: Layout, number: str | None, text: str) -> Region | None:
    """Region from issuers, title, number, addressees or, last, the places that the text names most."""
    table = regions()
    titles = [layout.notice or "", layout.title_text or ""]
    near = [found for name in (*names, *titles) if (found := region_at(name))]
    if near:
        return near[0]
    if any(central(name) for name in names):
        return None
    by_number = table.by_number_prefix(number) if number else ()
    salutation = next(
        (line.text for line in layout.lines if line.start >= layout.notice_end and line.text.endswith(":")), ""
    )
    addressed = [found for part in re.split("[、,:]", salutation) if (found := region_at(part.removeprefix("各")))]
    most = places(text[:20000])
    for region in by_number:
        if region in addressed or any(table.within(place.code, region.code) for place in most[:3]):
            return region
    if "各省" in salutation or (number and patterns()["central_number"].match(number)):
        return None
    return addressed[0] if addressed else (most[0] if most else None)


def region_at(name: str) -> Region | None:
    """The region whose name begins ``name``: of today's names the longest, of namesakes the highest."""
    bare = re.sub(r"^(?:中共|共青团|国家税务总局|中国共产党|关于(?:转发|印发|发布)?《?|附件\d?:?|\d{4}年)", "", name)
    for length, found in regions().prefixes(bare):
        region, following = found[0], bare[length:]
        if region.level == "country":
            continue
        if bare[:length].endswith(region.name) or region.level != "county" or NAMED.match(following):
            return region
    return None


@cache
def place_names() -> tuple[frozenset[str], dict[str, list[int]]]:
    """Own names of provinces, prefectures and counties; their last two characters → their lengths, the longest first."""
    table = regions()
    found = {table[code].name for code in table.codes() if table[code].level != "country"}
    lengths: dict[str, set[int]] = {}
    for name in found:
        if len(name) > 2:
            lengths.setdefault(name[-2:], set()).add(len(name))
    return frozenset(found), {tail: sorted(some, reverse=True) for tail, some in lengths.items()}


def places(text: str) -> list[Region]:
    """Regions that a text names in full (常德市), the most named first."""
    known, lengths = place_names()
    tally: dict[str, int] = {}
    for match in PLACE_END.finditer(text):
        end = match.end()
        for length in lengths.get(text[end - 2 : end], ()):
            name = text[max(0, end - length) : end]
            if name in known:
                code = regions().find(name)[0].code
                tally[code] = tally.get(code, 0) + 1
                break
    if len(tally) > 1:  # one mention among several says nothing
        tally = {code: count for code, count in tally.items() if count > 1}
    ranked = sorted(tally, key=lambda code: (-tally[code], code))
    return [regions()[code] for code in ranked]
