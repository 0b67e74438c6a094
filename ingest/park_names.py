"""What stands before a kind of park: a name, a class of parks, or nothing; and the official name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ingest.park_table import Kind, common_pairs, common_words, kinds, known, patterns
from ingest.records import Region
from ingest.regions import regions

WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·\-]*")
LEFT = re.compile(
    r"(?:中[\u4e00-\u9fff]{1,3}(?:-[\u4e00-\u9fff]{2,4})?\([\u4e00-\u9fff]{2,6}\)[\u4e00-\u9fff]{0,12}|[\u4e00-\u9fffA-Za-z0-9·\-]{1,24})$"
)
DASHES = re.compile("-*")  # of a bullet
YEAR = re.compile(r"\d{4}年(?:底|末)?前?")
FREE_TRADE = "自由贸易试验区"
HAN_PAIR = re.compile(r"[\u4e00-\u9fff]{2}")
NATIONAL = re.compile(r"(?:国家级|国家|省级|市级)$")
OWN = re.compile(r"(?:^|[^全我本各该城])[市县区州盟]$")
NAMED_BY_PLACE = (
    "开发区",
    "工业园",
    "工业园区",
    "工业集中区",
)  # 嘉峪关工业园区 is one park, 嘉峪关市工业园区 may be all
REGION_WITH_STOP = 5  # a region's name may hold what elsewhere ends a name (呼和浩特)
LONGEST_REST, LONGEST_STEM = 12, 9

Status = Literal["named", "all", "class", "bare", "own"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words before a kind say.

    ``named``: a park, ``length`` characters of stem. ``all``: a place alone before a kind that then means all parks there.
    ``own``: 市, 县 or the like alone. ``bare``: nothing. ``class``: words that mean a class.
    """

    status: Status
    length: int = 0
    place: int = 0  # of them, the region's name
    region: str | None = None


def run_before(text: str, floor: int, at: int) -> str:
    """The characters right before ``at`` that a name can be made of, with a place in brackets (中国(湖南))."""
    back = text[floor:at][::-1]
    word = WORD.match(back)
    length = word.end() if word else 0
    if dashes := DASHES.match(text, at - length, at):
        length = at - dashes.end()
    if back[length : length + 1] == ")":
        match = LEFT.search(text, floor, at)
        return match[0] if match else ""
    return text[at - length : at]


@lru_cache(maxsize=8192)
def read_left(run: str, form: str, within: str | None, listed: bool = False) -> Reading:
    """Read the run of characters before a form of a kind.

    ``within``: code of the document's region. ``listed``: the run begins its clause or its item of a list.
    """
    kind = kinds()[form]
    if not run:
        return Reading("bare")
    if ")" in run:
        return bracketed(run, kind)
    length = on_list(run, form)
    if length:
        place = length if regions().find(run[-length:]) else 0
        return Reading("named", length, place, known()[run[-length:] + form].region)
    placed = with_place(run, kind, within)
    if placed is not None:
        return placed
    return without_place(run, kind, listed)


def bracketed(run: str, kind: Kind) -> Reading:
    """A name with its place in brackets: 中国(湖南)自由贸易试验区, 中德(沈阳)高端装备制造产业园."""
    place = run[run.index("(") + 1 : run.index(")")]
    found = regions().find(place)
    rest = run[run.index(")") + 1 :]
    if patterns()["stop"].search(rest) or (kind.full == FREE_TRADE and rest):
        return Reading("class")
    return Reading("named", len(run), run.index(")") + 1, found[0].code if found else None)


def on_list(run: str, form: str) -> int:
    """Length of the longest end of the run that makes, with the form, a known name; 0 for none."""
    return next((len(run) - cut for cut in range(len(run)) if run[cut:] + form in known()), 0)


def with_place(run: str, kind: Kind, within: str | None) -> Reading | None:
    """A reading that begins with a region's name: the leftmost with nothing but a name after it."""
    stop = patterns()["last_stop"].match(run)
    for start in range(max(0, stop.end() - REGION_WITH_STOP) if stop else 0, len(run) - 1):
        for length, found in regions().prefixes(run[start:]):
            region = fitting(run, start, length, found, within)
            rest = run[start + length :]
            if region is None or len(rest) > LONGEST_REST or patterns()["stop"].search(rest):
                continue
            return placed_reading(run[start:], length, rest, kind, region)
    return None


def fitting(run: str, start: int, length: int, found: tuple[Region, ...], within: str | None) -> Region | None:
    """The region that a name means here; None where a short name is rather a common word or another's."""
    name = run[start : start + length]
    table = regions()
    outer = province_of(within) if within else None
    near = [region for region in found if outer and table.within(region.code, outer)]
    region = min(near, key=lambda item: within is None or not table.within(item.code, within)) if near else found[0]
    if region.level == "country":
        return None
    own = (name.endswith(region.name) and name not in common_words()) or len(name) > 3
    if own or (region.level != "county" and name not in common_words()):
        return region
    if near and (name not in common_words() or table.within(region.code, within or "")):
        return region
    free = start == 0 or patterns()["stop"].search(run[:start]) is not None
    return region if outer is None and free and name not in common_words() else None


def province_of(code: str) -> str:
    """Code of the province that a region lies in, or its own."""
    above = [region.code for region in regions().ancestors(code) if region.level == "province"]
    return above[0] if above else code


def placed_reading(stem: str, place: int, rest: str, kind: Kind, region: Region) -> Reading:
    """The reading of a stem that begins with a place."""
    national = NATIONAL.search(rest)
    if national and national.start() == 0:
        if (
            kind.established
            and not kind.generic
            and region.level in ("prefecture", "county")
            and not stem[:place].endswith(region.name)
        ):
            return Reading("named", len(stem), place, region.code)
        return Reading("class")
    if patterns()["class"].search(rest):
        return Reading("class")
    if rest in ("市", "县", "区"):
        return Reading("class")
    if not rest and (kind.generic or region.level == "province"):
        wide = region.level == "province" and kind.full != FREE_TRADE
        if wide and not regions().is_municipality(region.code):
            return Reading("class" if not kind.established or kind.generic else "all", len(stem), place, region.code)
        suffixed = stem[:place].endswith(region.name)
        if wide or (kind.generic and region.level == "prefecture" and (suffixed or kind.full not in NAMED_BY_PLACE)):
            return Reading("all", len(stem), place, region.code)
        if kind.full in ("产业园区", "产业园"):
            return Reading("all", len(stem), place, region.code)
    if rest and region.level == "province" and patterns()["generic"].fullmatch(rest) and not kind.established:
        return Reading("class")
    return Reading("named", len(stem), place, region.code)


def without_place(run: str, kind: Kind, listed: bool) -> Reading:
    """A reading without a region's name."""
    if OWN.search(run) and (len(run) == 1 or patterns()["stop"].search(run[:-1][-2:])):
        return Reading("own", 1)
    cut = patterns()["last_stop"].match(run)
    stem = run[cut.end() :] if cut else run
    stem = stem[len(year[0]) :] if (year := YEAR.match(stem)) else stem
    listed = listed if cut is None else run[cut.end() - 1] in "和与"
    if not stem:
        return Reading("bare")
    start = patterns()["name_starts"].search(stem)
    if start and not patterns()["generic"].fullmatch(stem[start.start() :]) and not kind.part_of:
        return Reading("named", len(stem) - start.start())
    if patterns()["class"].search(stem) or patterns()["generic"].fullmatch(stem):
        return Reading("class")
    if kind.part_of or not 2 <= len(stem) <= LONGEST_STEM:
        return Reading("class")
    length = name_length(stem) or (len(stem) if listed and kind.full != FREE_TRADE and rare_start(stem) else 0)
    return Reading("named", length) if length else Reading("class")


def rare_start(stem: str) -> bool:
    """Whether a stem does not begin as prose does (马栏山视频文创): a name, where it also begins its clause or item."""
    return (
        len(stem) <= LONGEST_STEM
        and HAN_PAIR.match(stem) is not None
        and stem[:2] not in common_pairs()
        and not patterns()["generic"].match(stem)
    )


def name_length(stem: str) -> int:
    """How much of the end of a stem is a name of its own: not made of the common pairs of prose; 0 for none."""
    tail = patterns()["tail"].search(stem)
    core = stem[: tail.start()] if tail else stem
    pairs = common_pairs()
    cut = next((at + 2 for at in range(len(core) - 2, -1, -1) if core[at : at + 2] in pairs), 0)
    return len(stem) - cut if len(core) - cut >= 2 else 0
