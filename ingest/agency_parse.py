"""From a surface to (region, body): 市发改委 said in 常德市 is that city's and 发改委.

A surface names its region by a place (武陵区财政局), by a level character (省, 市, 县 …: the nearest region above or
equal to the document's whose name ends so), inside the name (团市委, 人行常德市中心支行), or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.agency_names import level_letters
from ingest.agency_table import AgencyTable
from ingest.records import Region
from ingest.regions import RegionTable


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a surface: ``body`` of ``region``; ``region`` None where a mark fits no region there."""

    region: Region | None
    body: str
    said: bool = False  # the surface itself names the region, by place or mark
    near: bool = True  # the region is the document's, above it or inside it, or said by its full name


class Parser:
    """Reads surfaces with the tables of regions and agencies."""

    def __init__(self, places: RegionTable, table: AgencyTable) -> None:
        self._places = places
        self._table = table
        self._marks = sorted(table.marks, key=len, reverse=True)
        self._befores = sorted(filter(None, table.inner), key=len, reverse=True)

    def readings(self, surface: str, region: Region) -> Iterator[Reading]:
        """Every reading, the most trustworthy first, without judging whether the body is known."""
        surface = self._bare(surface)
        yield Reading(region, surface)
        if self.known_above(surface, region):
            yield from (Reading(above, surface) for above in self._places.ancestors(region.code))
        yield from self._marked(surface, region)
        yield from self._inside(surface, region)
        yield from self._placed(surface, region)

    def _bare(self, surface: str) -> str:
        for prefix in self._table.affixes["prefix"]:
            rest = surface.removeprefix(prefix)
            if rest != surface and (self.mark(rest) or self._places.prefixes(rest)):
                return rest
        return surface

    def known_above(self, body: str, region: Region) -> bool:
        """Whether the name exists, but at no level of this region: 工信厅 in a city's document."""
        here = level_letters(region.code)
        return self._table.has(body) and not any(self._table.bodies(body, at, weak=True) for at in here)

    def mark(self, surface: str) -> str | None:
        """The level mark that a surface begins with, if more follows it."""
        for mark in self._marks:
            if surface.startswith(mark) and len(surface) > len(mark):
                unless = self._table.not_marks.get(mark)  # 市容, 区域 …
                if not (unless and unless.match(surface, len(mark))):
                    return mark
        return None

    def climb(self, mark: str, region: Region) -> Region | None:
        """The nearest of a region and those above it that the mark stands for."""
        levels = self._table.marks[mark]
        line = (region, *self._places.ancestors(region.code))
        return next((r for r in line if r.level in levels and r.name.endswith(mark)), None)

    def _marked(self, surface: str, region: Region) -> Iterator[Reading]:
        mark = self.mark(surface)
        if mark:
            above = self.climb(mark, region)
            yield from (Reading(above, body, said=True) for body in self._bodies(surface[len(mark) :]))

    def _bodies(self, rest: str) -> Iterator[str]:
        yield rest
        for inner in self._table.affixes["inner"]:
            if rest.startswith(inner) and self._table.has(rest[len(inner) :]):
                yield rest[len(inner) :]
        for pair in self._table.affixes["same"]:
            said, usual = pair.split("=")
            if rest.startswith(said) and self._table.has(usual + rest[len(said) :]):
                yield usual + rest[len(said) :]

    def _inside(self, surface: str, region: Region) -> Iterator[Reading]:
        for before in self._befores:
            if not surface.startswith(before):
                continue
            rest = surface[len(before) :]
            for after, form in sorted(self._table.inner[before], key=lambda item: -len(item[0])):
                if rest.endswith(after):
                    middle = rest[: len(rest) - len(after)]
                    yield from (Reading(found, form, said=True) for found in self._named(middle, region))

    def _named(self, name: str, region: Region) -> tuple[Region, ...]:
        if name in self._table.marks:
            above = self.climb(name, region)
            return (above,) if above else ()
        chosen = self._choose(self._places.find(name), region) if len(name) > 1 else None
        return (chosen,) if chosen else ()

    def _placed(self, surface: str, region: Region) -> Iterator[Reading]:
        for after, form in self._table.inner.get("", ()):
            if after and surface.endswith(after):
                found = self._named(surface[: len(surface) - len(after)], region)
                yield from (Reading(place, form, said=True) for place in found)
        for length, regions in self._places.prefixes(surface):
            chosen = self._choose(regions, region)
            if chosen:
                near = self._near(chosen, surface[:length], region)
                rest = surface[length:]
                yield from (Reading(chosen, body, said=True, near=near) for body in self._bodies(rest))
                yield from self._inside(rest, chosen)

    def _near(self, place: Region, said: str, region: Region) -> bool:
        related = self._places.within(place.code, region.code) or self._places.within(region.code, place.code)
        return place.name == said or place.full_name == said or related

    def _choose(self, regions: tuple[Region, ...], region: Region) -> Region | None:
        """The one that is meant: within the document's region, above it, then in the smallest region around it."""
        line = (region, *self._places.ancestors(region.code))
        above = {r.code for r in line}
        for outer in line:
            inside = [r for r in regions if r.code in above or self._places.within(r.code, outer.code)]
            if inside:
                best = [r for r in inside if r.level == inside[0].level]
                return best[0] if len(best) == 1 else None
        return None

    def begins_with_place(self, surface: str) -> bool:
        """Whether a surface is, or begins with, the full name of a region or a short one before a known body."""
        for length, places in self._places.prefixes(surface):
            full = any(surface[:length] in (place.name, place.full_name) for place in places)
            if full or self._table.has(surface[length:]):
                return True
        tails = [after for after, _ in self._table.inner.get("", ()) if after and surface.endswith(after)]
        return any(self._places.find(surface[: len(surface) - len(tail)]) for tail in tails)
