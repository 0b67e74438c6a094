"""Lists of agencies as documents write them: split, notes in brackets taken apart, elided levels restored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from ingest.agency_groups import takes_level
from ingest.regions import regions
from ingest.tables import load_yaml

SEPARATORS = "、,;。 \t\n/|·"
LEVEL = re.compile(r"(?:自治区|自治州|自治县|兵团|[省市县区州盟旗])")
LEAGUE = re.compile(r"团([省市县区州盟旗])委")
TAIL = re.compile(
    r"(?:(?:等|及|和|以及)(?:\d+|[一二三四五六七八九十两]+)?(?:个)?(?:市级|省级|区级|县级|市直|省直|有关|相关|其他|各|各地)*(?:有关|相关|地区)*(?:部门|单位|地区|市直部门|部门和单位|部门单位)?(?:和单位)?|等)$"
)
HEAD = re.compile(r"^(?:由|并由|以及|及|和|与|会同|其中|原则上由|具体由|主要由|分别由|-+|:)+")
EXTENDS = re.compile("包括|包含|不?含|(?:以下|下同)")  # a note that says whom the name takes in

ZONE_COMMITTEE = re.compile("(.{2,}[区园城])(?:党工委|工委)")
PLACE = re.compile("[^各有相所]{1,6}[市县区旗]")
PLACE_GOVERNMENT = re.compile("[^各有相所]{1,6}[市县区旗](人民政府|政府)")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency in a list: ``name`` with its level restored, ``start``/``end`` of what stands in the view.

    ``role`` is set where a note in brackets gives it: 市甲局(牵头).
    """

    name: str
    start: int
    end: int
    role: str | None = None


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``duties.yml`` that concern names."""
    table = load_yaml("duties.yml")
    return {
        "organ": re.compile(f"{table['organs']}$"),
        "park": re.compile(f"{table['parks']}$"),
        "not_level": re.compile(table["not_level"]),
        "collective": re.compile(table["collective"]),
        "and": re.compile(r"(?<=[局委厅办部院会府室心司区市县位门等])(?:以及|和|与|及)(?=.)"),
        "name": re.compile(
            r"[^、,;。\s/()<>\[\]·|]+(?:\([^()]{0,40}\)(?=[^、,;。\s()<>\[\]/]))*[^、,;。\s/()<>\[\]·|]*"
        ),
        "note": re.compile(r"\(([^()]{0,60})\)|<([^<>]{0,60})>|\[([^\[\]]{0,30})\]"),
    }


@cache
def party_offices() -> frozenset[str]:
    """Offices of a Party committee that lists name without it (编办)."""
    return frozenset(load_yaml("duties.yml")["party_offices"])


def agency_like(name: str) -> bool:
    """Whether a name ends as agencies' names do, or is a collective one (各平台)."""
    if name.startswith("各") and 2 < len(name) < 16 and not set(name) & set("要按将应对把在以为“”"):
        return True
    return 2 <= len(name) <= 40 and patterns()["organ"].search(name) is not None


def split_names(text: str, start: int, end: int) -> list[Mention]:
    """The agencies of ``text[start:end]`` in order. Offsets are in the view."""
    return restore_levels(tokens(text, start, end))


def tokens(text: str, start: int, end: int) -> list[Mention]:
    """Names between separators, notes apart; nothing is restored yet."""
    found: list[Mention] = []
    position = start
    known = patterns()
    while position < end:
        if text[position] in SEPARATORS:
            position += 1
            continue
        match = known["collective"].match(text, position, end) or known["name"].match(text, position, end)
        if match is None or match.end() == position:
            position += 1
            continue
        notes, position = following_notes(text, match.end(), end)
        found += with_notes(match[0], match.start(), notes)
    return shared_endings(found)


def shared_endings(found: list[Mention]) -> list[Mention]:
    """市、区政务服务局: the level alone takes the rest of the next name; 各县党委、政府 is one name, 甲高新区党工委、管委会 two."""
    result: list[Mention] = []
    for index, mention in enumerate(found):
        following = found[index + 1].name if index + 1 < len(found) else ""
        if len(mention.name) == 1:
            own = level_of(following)
            if own and LEVEL.fullmatch(mention.name):
                rest = re.sub(r"^\([^()]*\)", "", following[len(own) :])
                result.append(replace(mention, name=mention.name + rest))
        elif mention.name == "管委会" and result and (zone := ZONE_COMMITTEE.fullmatch(result[-1].name)):
            result.append(replace(mention, name=zone[1] + mention.name))
        elif not (mention.name in ("政府", "管委会", "人民政府") and result and result[-1].name.startswith("各")):
            result.append(mention)
    return result


def following_notes(text: str, position: int, end: int) -> tuple[list[tuple[str, int]], int]:
    """Bracketed notes right behind a name: their texts and offsets."""
    notes = []
    while (match := patterns()["note"].match(text, position, end)) is not None:
        group = match.lastindex or 1
        notes.append((match[group], match.start(group)))
        position = match.end()
    return notes, position


def with_notes(raw: str, start: int, notes: list[tuple[str, int]]) -> list[Mention]:
    """The names in one token, its notes read: a role, or agencies of the same house."""
    names = split_and(raw, start)
    if not names:
        return []
    roles = load_yaml("duties.yml")["notes"]
    collective = names[-1].name.startswith(("各", "有关", "相关"))
    for note, at in notes:
        role = next((role for role, words in roles.items() if note in words), None)
        if role:
            names[-1] = replace(names[-1], role=role)
        elif not collective and not EXTENDS.match(note):
            inside = [item for item in tokens(note, 0, len(note)) if agency_like(item.name)]
            names += [replace(item, start=item.start + at, end=item.end + at) for item in inside]
    return names


def split_and(raw: str, start: int) -> list[Mention]:
    """Split at 和, 与, 及 where both sides are whole names (发展和改革委员会 stays one)."""
    parts, position = [], 0
    for match in patterns()["and"].finditer(raw):
        left = TAIL.sub("", raw[position : match.start()])
        right = patterns()["and"].split(raw[match.end() :])[0]
        if agency_like(left) and (agency_like(TAIL.sub("", right)) or right.startswith("各")):
            parts.append((left, position))
            position = match.end()
    parts.append((raw[position:], position))
    return [mention for part, at in parts if (mention := trimmed(part, start + at))]


def trimmed(part: str, start: int) -> Mention | None:
    """A name without 由 before and 等部门 behind it."""
    head = HEAD.match(part)
    if head:
        part, start = part[head.end() :], start + head.end()
    part = TAIL.sub("", part)
    alone = len(part) == 1 and LEVEL.fullmatch(part)
    return Mention(part, start, start + len(part)) if len(part) > 1 or alone else None


def restore_levels(mentions: list[Mention]) -> list[Mention]:
    """Give each name the level that the list said once: 市发改委、工信局 → 市发改委, 市工信局."""
    found: list[Mention] = []
    level, party = "", False
    for index, mention in enumerate(mentions):
        name = mention.name
        own = level_of(name)
        if own:
            level, party = own, name.startswith(f"{own}委")
        elif level and name in party_offices():
            name = f"{level}委{name}" if party else f"{level}{name}"
        elif level and takes_level(name):
            name = level + name
        name = suffixed(name, mentions[index + 1 :])
        found.append(mention if name == mention.name else replace(mention, name=name))
    return found


def level_of(name: str) -> str:
    """The level or the place that a name begins with: 市, 省, 自治区, 常德市; empty where it has none."""
    league = LEAGUE.match(name)
    if league:
        return league[1]
    if patterns()["not_level"].match(name):
        return ""
    match = LEVEL.match(name)
    if match:
        return match[0] if len(name) > len(match[0]) + 1 else ""
    for length, places in regions().prefixes(name):
        if length > 2 and places[0].level != "country" and agency_like(name[length:]) and name[length] not in "人经高":
            return name[:length]
    return ""


def suffixed(name: str, following: list[Mention]) -> str:
    """What the first names of a list share with the last: 经济开发区、高新区管委会; 甲市、乙市人民政府."""
    if PLACE.fullmatch(name) and not patterns()["park"].search(name):
        for mention in following:
            if (ending := PLACE_GOVERNMENT.fullmatch(mention.name)) is not None:
                return name + ending[1]
            if not PLACE.fullmatch(mention.name):
                return name
    if not following or name.startswith("各") or not patterns()["park"].search(name):
        return name
    for mention in following:
        if not mention.name.endswith(("区", "园", "管委会")):
            return name
        if re.search(r"[区园]管委会$", mention.name):
            return name + "管委会"
    return name
