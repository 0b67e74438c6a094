"""Regions of GB/T 2260 down to the county: by code, by full name, by any usual name, by number prefix."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from ingest.records import Region
from ingest.tables import names, read_csv

COUNTRY = "100000"
_ORDER = {"country": 0, "province": 1, "prefecture": 2, "county": 3}
_MUNICIPALITY_END = "市"  # a province-level region with this end is administered directly by the centre


class RegionTable:
    """All rows of ``regions.csv``. Build it once through ``regions()``."""

    def __init__(self) -> None:
        rows = list(read_csv("regions.csv"))
        self._rows: dict[str, dict[str, str]] = {row["code"]: row for row in rows if row["now"] != row["code"]}
        self._now = {row["code"]: row["now"] for row in rows if row["now"] and row["now"] != row["code"]}
        self._regions: dict[str, Region] = {}
        self._by_name: dict[str, list[str]] = defaultdict(list)
        self._former: dict[str, list[str]] = defaultdict(list)
        self._prefixes: dict[str, list[str]] = defaultdict(list)
        self.short_names: dict[str, tuple[str, ...]] = {}
        for row in rows:
            self._index(row)
        self._longest = max(map(len, self._by_name))
        self._lengths = self._lengths_by_head()

    def _index(self, row: dict[str, str]) -> None:
        code = row["now"] if row["now"] == row["code"] else row["code"]
        target = self._former if row["until"] else self._by_name
        short = names(row["aliases"])
        for name in (row["name"], *short):
            target[name].append(code)
        if row["now"] != row["code"]:
            self.short_names[code] = short
        for prefix in names(row["number_prefix"]):
            self._prefixes[prefix].append(code)

    def _lengths_by_head(self) -> dict[str, tuple[int, ...]]:
        """The first two characters of names → the lengths of the names that begin so, the longest first."""
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in (*self._by_name, *self._former):
            if 2 <= len(name) <= self._longest + 1:
                lengths[name[:2]].add(len(name))
        return {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def get(self, code: str | None) -> Region | None:
        """The region of a six-digit code, or None. Abolished regions keep their code; see ``now``."""
        if code is None:
            return None
        found = self._regions.get(code)
        row = self._rows.get(code)
        if found is None and row is not None:
            found = self._regions[code] = Region.model_validate(
                {
                    "code": code,
                    "name": row["name"],
                    "full_name": self._full_name(code),
                    "level": row["level"],
                    "parent": row["parent"] or None,
                }
            )
        return found

    def __getitem__(self, code: str) -> Region:
        found = self.get(code)
        if found is None:
            raise KeyError(code)
        return found

    def codes(self) -> tuple[str, ...]:
        """Every code of the table, in its order (the country, provinces, prefectures, counties, former ones)."""
        return tuple(self._rows)

    def _full_name(self, code: str) -> str:
        parts = []
        at = code
        while at and (at != COUNTRY or at == code):
            row = self._rows[at]
            parts.append(row["name"])
            at = row["parent"]
        return "".join(reversed(parts))

    def full_name(self, code: str) -> str:
        """Province, city, county as one string (湖南省常德市). Raises KeyError for a code that is not there."""
        return self[code].full_name

    def ancestors(self, code: str) -> tuple[Region, ...]:
        """The regions above, nearest first, the country last; empty for the country or an unknown code."""
        found = []
        region = self.get(code)
        while region is not None and region.parent:
            region = self[region.parent]
            found.append(region)
        return tuple(found)

    def now(self, code: str) -> Region:
        """The region that an abolished one has become, or the region itself. Raises KeyError."""
        while code in self._now:
            code = self._now[code]
        return self[code]

    def within(self, code: str, outer: str) -> bool:
        """Whether ``code`` is ``outer`` or lies inside it."""
        return code == outer or any(region.code == outer for region in self.ancestors(code))

    def short_name(self, code: str) -> str:
        """The usual short name (常德, 湖南, 黔东南), else the name itself."""
        short = self.short_names.get(code, ())
        return short[0] if short else self[code].name

    def is_municipality(self, code: str) -> bool:
        """Whether it is one of the cities administered directly by the centre."""
        region = self.get(code)
        return region is not None and region.level == "province" and region.name.endswith(_MUNICIPALITY_END)

    def find(self, name: str, within: str | None = None) -> tuple[Region, ...]:
        """Every region that is called so: own name, full name (湖南省常德市, 常德市武陵区) or usual short name.

        ``within`` keeps that region and what lies inside it. Higher levels come first, then own names before short
        ones, then codes. Regions of today hide former ones of the same name. Empty when there is none.
        """
        return tuple(self[code] for code in self._find(name) if within is None or self.within(code, within))

    @lru_cache(maxsize=4096)  # noqa: B019 - one table lives as long as the process
    def _find(self, name: str) -> tuple[str, ...]:
        found = self._by_name.get(name) or self._former.get(name)
        if found:
            key = {code: (_ORDER[self._rows[code]["level"]], self._rows[code]["name"] != name, code) for code in found}
            return tuple(sorted(key, key=key.__getitem__))
        return tuple(sorted(set(self._find_nested(name))))

    def _find_nested(self, name: str) -> list[str]:
        found = []
        for cut in range(len(name) - 2, 1, -1):
            inner = self._by_name.get(name[cut:]) or self._former.get(name[cut:]) or ()
            outer = self._find(name[:cut]) if inner else ()
            found += [code for code in inner for top in outer if code != top and self.within(code, top)]
        return found

    def prefixes(self, text: str) -> tuple[tuple[int, tuple[Region, ...]], ...]:
        """Every name of a region that ``text`` begins with, longest first: (length, the regions so called).

        Single characters are not tried. 常德市武陵区财政局 gives the district first (length 6), then the city.
        """
        found = []
        for length in self._lengths.get(text[:2], ()):
            if length <= len(text) and (text[:length] in self._by_name or text[:length] in self._former):
                named = self.find(text[:length])
                found.append((length, named))
                found += self._deeper(text, length, named)
        return tuple(sorted(found, key=lambda item: -item[0]))

    def _deeper(self, text: str, start: int, outer: tuple[Region, ...]) -> list[tuple[int, tuple[Region, ...]]]:
        found = []
        for length in self._lengths.get(text[start : start + 2], ()):
            if length > min(len(text) - start, self._longest):
                continue
            codes = self._by_name.get(text[start : start + length]) or ()
            inner = tuple(
                self[code] for code in codes for top in outer if code != top.code and self.within(code, top.code)
            )
            if inner:
                found.append((start + length, inner))
                found += self._deeper(text, start + length, inner)
        return found

    def by_number_prefix(self, number: str, within: str | None = None) -> tuple[Region, ...]:
        """Regions that a document number may belong to, by its first characters (湘政办发…, 驻政办…, 穗府…).

        Recorded prefixes come first, provinces before cities; then cities whose name begins with the first
        character. Callers choose among them with other evidence (the region named in title or signature).
        """
        recorded = [c for n in (3, 2, 1) for c in self._prefixes.get(number[:n], ()) if number]
        recorded.sort(key=lambda c: _ORDER[self._rows[c]["level"]])
        begun = [c for c, row in self._rows.items() if number and row["name"][0] == number[0]]
        begun = [
            c for c in begun if self._rows[c]["level"] == "prefecture" and c not in recorded and c not in self._now
        ]
        codes = dict.fromkeys(recorded + begun)
        return tuple(self[c] for c in codes if within is None or self.within(c, within))


@cache
def regions() -> RegionTable:
    """The table of regions, read once."""
    return RegionTable()
