"""Lists whose items share one kind: 长沙、株洲、湘潭高新区 names three parks."""

from __future__ import annotations

import re

from ingest.park_mentions import Mention
from ingest.park_names import Reading, fitting
from ingest.records import Region
from ingest.regions import regions

SHARED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,6}[、])+(?:[\u4e00-\u9fff]{2,6}(?:和|等))?$|[\u4e00-\u9fff]{2,6}和$|(?:[\u4e00-\u9fff]{2,6}[、])+[\u4e00-\u9fff]{2,6}等(?:[一二三四五六七八九十两\d]+[个家])?$"
)
ITEM = re.compile(r"[\u4e00-\u9fff]{2,6}?(?=[、和等]|$)")


def elided(text: str, found: list[Mention], region: Region | None) -> list[Mention]:
    """The mentions with those added that a list leaves without their kind; only short names of regions count."""
    added: list[Mention] = []
    for mention in found:
        if mention.planned or not mention.kind.region_name or mention.part:
            continue
        placed = mention.reading.status == "named" and mention.reading.place == mention.reading.length > 0
        if placed or mention.reading.status in ("bare", "class"):
            added += items_before(text, mention, region, placed)
    return sorted([*found, *added], key=lambda item: (item.start, item.end))


def items_before(text: str, mention: Mention, region: Region | None, placed: bool) -> list[Mention]:
    """Mentions for the region names right before a mention, from the nearest back while they are such names."""
    if mention.start == 0 or text[mention.start - 1] not in "、和等个家\n":  # how a match of SHARED ends
        return []
    shared = SHARED.search(text, max(0, mention.start - 60), mention.start)
    if shared is None or (placed and text[mention.start - 1] not in "、和"):
        return []
    if not placed and not re.search(r"等(?:[一二三四五六七八九十两\d]+[个家])?$", shared[0]):
        return []
    items = []
    for match in reversed(list(ITEM.finditer(text, *shared.span()))):
        place = short_place(match[0], region)
        if place is None:
            break
        length, home = place
        start = match.end() - length
        items.append(
            Mention(start, match.end(), mention.form, Reading("named", length, length, home.code), elided=True)
        )
        if length < len(match[0]):
            break
    return items if len(items) > (0 if placed else 1) else []


def short_place(words: str, region: Region | None) -> tuple[int, Region] | None:
    """The short name of a prefecture or county that ``words`` ends with: (its length, the region)."""
    for length in (len(words), 4, 3, 2):
        name = words[-length:]
        for found in (regions().find(name),):
            if found and length <= len(words) and name[-1] not in "省市县区":
                home = fitting(words, len(words) - length, length, found, region.code if region else None)
                if home is not None and home.level in ("prefecture", "county"):
                    return length, home
    return None
