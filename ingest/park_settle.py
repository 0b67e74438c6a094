"""Which park each mention means: by its own words, its list, the document's region and what the document calls it for short."""

from __future__ import annotations

import re

from ingest.park_mentions import Mention, joined
from ingest.park_names import run_before
from ingest.park_official import official
from ingest.park_table import known
from ingest.records import Region
from ingest.regions import regions

BEFORE_LIST = re.compile(
    r"(?:(?:人民)?政府|各[^,。;、]{0,10}[县市区)])\s*[、,和及]\s*$|[\u4e00-\u9fff]{2,8}[县市](?:人民政府)?[、,]\s*$"
)
CLASS_BEFORE = re.compile(
    r"(?:非|类|级|各|省|国家|家|个|向|为|成|创建|申报|争创|申创|升级|晋升|设立|建设|打造|批|新|全[市省县区国州旗盟]|我[市省县区州旗盟])$"
)
KINDS_LISTED = re.compile(r"(?:各|(?<=[、,]))(?:管理区|园区|功能区|片区|度假区|新区|示范区|港区)[、和及]$")
OF_ALL = re.compile(r"(?:建设|发展|改革|工作|高质量|创新|体制)\w{0,12}(?:领导小组|指挥部|联席会议|工作专班)")
LISTED = re.compile(r"[、和]")
ORGAN = re.compile(r"(?:[、和][^,。;:、]{2,12}){0,4}?(?:管委会|管理委员会|党工委)")  # after the last item of a list
ZONE_START = re.compile(r"^$|(?:[包含在对和由为]|支持|推动|推进|包括|自贸试验区|自贸区|自由贸易试验区)$")
GOES_ON = re.compile("[\u4e00-\u9fff](?<![的等和与及、步])")
SHORT = re.compile(r"\s*\(\s*以下(?:统一?|均|合)?简?称(?:为)?[:\s]*[“\"<《]?([^”\">》()、,。]{2,14})[”\">》]?")


def settle(text: str, mentions: list[Mention], region: Region | None, own: Mention | None) -> None:
    """Give every mention that means one park its name."""
    for mention in mentions:
        if mention.reading.status == "named":
            name_it(text, mention)
    for index, mention in enumerate(mentions):
        if mention.reading.status in ("bare", "own") and (mention.kind.bare or mention.reading.status == "own"):
            home = region_for(text, mentions, index, region)
            if home is not None and stands_for_one(text, mentions, index):
                mention.name, mention.region = own_name(text, mention, mentions, home), home.code
    by_region(text, mentions, region)
    by_alias(text, mentions, own)
    by_ending(text, mentions)
    zones(text, mentions)


def name_it(text: str, mention: Mention) -> None:
    """The official name of a named mention. A part keeps its words, but for the zones of a free trade area."""
    region = regions().get(mention.reading.region)
    stem = text[mention.start : mention.end - (0 if mention.elided else len(mention.form))]
    mention.region = mention.reading.region
    if mention.part and mention.whole is not None and mention.kind.part_of:
        name_it(text, mention.whole)
        mention.name = (mention.whole.name or "") + text[mention.whole.end : mention.end]
        return
    mention.name = (
        stem + mention.form if mention.part else official(stem, mention.reading.place, mention.form, region, text)
    )


def region_for(text: str, mentions: list[Mention], index: int, region: Region | None) -> Region | None:
    """The region whose own park a bare mention means: the document's; in a wider document that of its neighbour."""
    mention = mentions[index]
    if region is not None and region.level in ("prefecture", "county"):
        upper = (
            mention.reading.status == "own"
            and text[mention.start] == "市"
            and region.level == "county"
            and region.name[-1] in "县区"
        )
        return regions().get(region.parent) if upper else region
    before = mentions[index - 1] if index else None
    if before is not None and before.region and joined(text, before, mention):
        found = regions().get(before.region)
        return found if found and found.level != "province" else None
    return None


def stands_for_one(text: str, mentions: list[Mention], index: int) -> bool:
    """Whether a mention without a name means the region's own park."""
    mention = mentions[index]
    if KINDS_LISTED.search(text, max(0, mention.start - 8), mention.start):
        return False
    if mention.reading.status == "own":
        if OF_ALL.match(text, mention.end):
            return False
        county = text[mention.start] in "县区"
        return county or not mention.kind.generic or mention.kind.full == "开发区"
    if meant_as_class(text, mention):
        return False
    listed = LISTED.match(text, mention.end) is not None or text[max(0, mention.start - 1) : mention.start] in (
        "、",
        "和",
    )
    if (listed or mention.form != "开发区") and ORGAN.match(text, mention.end):
        return True
    beside = [other for other in mentions[max(0, index - 1) : index + 2] if other is not mention]
    near = [other for other in beside if joined(text, *sorted((other, mention), key=lambda item: item.start))]
    if any(other.name and not other.planned for other in near):
        return True
    return (
        mention.kind.full != "开发区"
        and BEFORE_LIST.search(text, max(0, mention.start - 24), mention.start) is not None
    )


def meant_as_class(text: str, mention: Mention) -> bool:
    """Whether the words before a mention without a name make it a class: 创建高新区, but not 打造高新区生物医药集群."""
    before = CLASS_BEFORE.search(text, max(0, mention.start - 4), mention.start)
    if before is None:
        return False
    return not (before[0] in ("打造", "建设") and GOES_ON.match(text, mention.end))


def own_name(text: str, mention: Mention, mentions: list[Mention], region: Region) -> str:
    """The name of a region's own park of a kind, preferring what the document says in full."""
    short = regions().short_name(region.code)
    fulls = ["经济技术开发区", "经济开发区", "开发区"] if mention.form == "开发区" else [mention.kind.full]
    said = {other.name for other in mentions if other.name and other.reading.status == "named"}
    for full in fulls:
        name = official(short, len(short), full, region, text)
        if name in said or (name != short + full and full != "开发区"):
            return name
    if mention.form == "开发区":
        return known()[short + fulls[0]].name if short + fulls[0] in known() else short + mention.form
    if not mention.kind.region_name:
        return region.name + mention.kind.full
    return official(short, len(short), mention.form, region, text)


def by_region(text: str, mentions: list[Mention], region: Region | None) -> None:
    """高新区 alone, in a city's document that names the city's own (株洲高新区) in full."""
    if region is None or region.level not in ("prefecture", "county"):
        return
    said = {
        (item.kind.full, item.region): item
        for item in mentions
        if item.name and item.reading.place == item.reading.length and not item.part
    }
    for mention in mentions:
        other = said.get((mention.kind.full, region.code))
        if (
            other is None
            or mention.name
            or mention.reading.status != "bare"
            or not mention.kind.bare
            or mention.form == "开发区"
        ):
            continue
        if not meant_as_class(text, mention) and text[mention.end : mention.end + 1] != ")":
            mention.name, mention.region = other.name, other.region


def by_alias(text: str, mentions: list[Mention], own: Mention | None) -> None:
    """Settle mentions by what the document calls a park for short, and by its own park."""
    short: dict[str, Mention] = {}
    if own is not None and own.name:
        short |= dict.fromkeys((*own.kind.forms, "开发区"), own)
    for mention in mentions:
        if mention.name is None or mention.planned:
            continue
        note = SHORT.match(text, mention.end)
        if note:
            short.setdefault(note[1], mention)
        elif mention.reading.status in ("bare", "own") and mention.form != "开发区":
            short.setdefault(mention.form, mention)
    for mention in mentions:
        meant = short.get(text[mention.start : mention.end]) or (
            short.get(mention.form) if mention.reading.status == "bare" else None
        )
        if mention.name is not None or meant is None or mention.reading.status not in ("bare", "named"):
            continue
        if not meant_as_class(text, mention):
            mention.name, mention.region = meant.name, meant.region


def zones(text: str, mentions: list[Mention]) -> None:
    """Zones named by their place alone (济南片区) in a document that names one free trade area."""
    wholes = {item.name: item for item in mentions if item.name and not item.part and item.kind.level == "national"}
    for mention in mentions:
        kind = mention.kind
        if not kind.part_of or mention.name:
            continue
        areas = [item for item in wholes.values() if item.kind.full == kind.part_of]
        run = run_before(text, max(0, mention.start - 12), mention.start)
        place = placed_end(run) if len(areas) == 1 else None
        if place is not None and ZONE_START.search(run[: -place[0]]):
            mention.start -= place[0]
            mention.name, mention.region, mention.part = (
                f"{areas[0].name}{text[mention.start : mention.end]}",
                place[1],
                True,
            )


def placed_end(run: str) -> tuple[int, str] | None:
    """The region's short name that a run of characters ends with: (its length, the region's code)."""
    for length in range(2, min(5, len(run)) + 1):
        found = regions().find(run[-length:])
        if found and found[0].level != "county" and not run.endswith(found[0].name):
            return length, found[0].code
    return None


def by_ending(text: str, mentions: list[Mention]) -> None:
    """A park named without its place (双岛湾工业区) is the one that is named with it elsewhere (大连双岛湾工业区)."""
    placed = {
        text[item.start + item.reading.place : item.end]: item
        for item in mentions
        if item.name and item.reading.place and not item.part
    }
    for mention in mentions:
        if mention.name and mention.reading.status == "named" and not mention.reading.place and not mention.part:
            other = placed.get(text[mention.start : mention.end])
            if other is not None and other.reading.length > other.reading.place:
                mention.name, mention.region = other.name, other.region
