"""The numbered levels of ``data/tables/numbering.yml`` as one compiled pattern, and the numerals they use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import cn2an

from ingest.tables import load_yaml


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of numbering: ``rank`` orders the levels, a smaller one holds a larger one."""

    name: str
    rank: int
    ordinal: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the head of an item: where it stands in the view, its level and its ordinals."""

    level: Level
    start: int
    end: int
    ordinals: tuple[int, ...]


class Numbering:
    """Finds markers at one place, or everywhere at line starts."""

    def __init__(self, levels: list[Level]) -> None:
        self.levels = levels
        self._by_group: dict[int, Level] = {}
        parts, group = [], 1
        for level in levels:
            self._by_group[group] = level
            parts.append(f"({level.pattern})")
            group += 1 + re.compile(level.pattern).groups
        self._alternatives = "|".join(parts)
        self.at_line = re.compile(rf"^[ \t#*]*(?:{self._alternatives})", re.MULTILINE)
        self.inline_head = re.compile(
            rf"[。;:!,)\] ](?={load_yaml('numbering.yml')['heads']})"
        )  # in front of ``inline``
        self.inline = re.compile(rf"(?<=[。;:!,)\] ])(?:{self._alternatives})")

    def marker(self, match: re.Match[str]) -> Marker:
        """The marker behind a match of ``at_line`` or ``inline``."""
        for group, level in self._by_group.items():
            if match[group] is not None:
                written = next(text for text in match.groups()[group:] if text is not None)
                return Marker(level, match.start(group), match.end(group), ordinals(written, level.ordinal))
        raise ValueError("no level matched")  # pragma: no cover - one alternative always holds


@cache
def numbering() -> Numbering:
    """The table, read once."""
    return Numbering(
        [
            Level(row["name"], row["rank"], row["ordinal"], row["pattern"])
            for row in load_yaml("numbering.yml")["levels"]
        ]
    )


@cache
def ordinals(written: str, kind: str) -> tuple[int, ...]:
    """``十二`` → (12,), ``2.3.1`` → (2, 3, 1), ``③`` → (3,)."""
    if kind == "decimal":
        return tuple(int(part) for part in written.split("."))
    if kind == "circled":
        return (ord(written) - ord("①") + 1,)
    if written.isdigit():
        return (int(written),)
    return (chinese_number(written),)


@cache
def chinese_number(written: str) -> int:
    """A Chinese numeral as an integer; 0 for one that is no numeral (一十百)."""
    try:
        return int(cn2an.cn2an(written.replace("〇", "零"), "smart"))
    except ValueError:
        return 0
