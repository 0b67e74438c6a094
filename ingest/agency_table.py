"""The tables of agencies: which official names a usual name may stand for, by level and period.

Names are templates: ``{}`` is the region's name in full (常德市), ``{short}`` its usual short name (常德), ``{party}``
its party committee, ``{parent}`` the region it is part of; a name without any is preceded by the region's name.
Levels are letters: n central, p province, c prefecture, x county.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from ingest.records import Region
from ingest.regions import regions
from ingest.tables import names, read_csv

_FILES = ("government", "party", "people", "vertical", "central", "central_party")
_PARTY_FILES = frozenset({"party", "central_party"})
_WEAK = "?"
_UNCERTAIN = "-"
_TRUE = "yes"


@dataclass(frozen=True, slots=True)
class Body:
    """One kind of agency: an official name with the levels and the period in which it exists."""

    function: str
    name: str  # template; empty where the official name differs from place to place
    levels: str
    since: str
    until: str
    short: str  # its first usual name
    party: bool

    def at(self, on: date | None) -> bool:
        """Whether it exists on that day; without a day, whether it exists still."""
        return in_period(self.since, self.until, on)

    @property
    def plain(self) -> str | None:
        """The name without its region, for those that simply follow the region's name; else None."""
        return self.name if self.name and "{" not in self.name else None


@dataclass(frozen=True, slots=True)
class Override:
    """What a usual name stands for in one region, or in what lies inside it; ``name`` ``-``: not certain."""

    name: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Park:
    """A usual name of a park and the template of the official one."""

    form: str
    name: str
    listed: bool  # only where the list of national parks has it


def in_period(since: str, until: str, on: date | None) -> bool:
    """Whether a day lies in [since, until), both YYYY or YYYY-MM or empty. No day: whether it has no end."""
    if on is None:
        return not until
    day = on.isoformat()
    return (not since or day >= since) and (not until or day < until)


class AgencyTable:
    """The tables under ``agencies/``, indexed. Build it once through ``agency_table()``."""

    def __init__(self) -> None:
        self.affixes: dict[str, list[str]] = defaultdict(list)
        for row in read_csv("agencies/affixes.csv"):
            self.affixes[row["kind"]].append(row["text"])
        self.rules = {kind: texts[0] for kind, texts in self.affixes.items()}
        self.strong: dict[str, list[Body]] = defaultdict(list)
        self.weak: dict[str, list[Body]] = defaultdict(list)
        for file in _FILES:
            for row in read_csv(f"agencies/{file}.csv"):
                self._add(row, file in _PARTY_FILES)
        self.overrides: dict[tuple[str, str, str], list[Override]] = defaultdict(list)
        for row in read_csv("agencies/overrides.csv"):
            self._override(row)
        self.inner = self._inner()
        self._by_name: dict[str, list[Body]] = defaultdict(list)
        for body in dict.fromkeys(chain.from_iterable((*self.strong.values(), *self.weak.values()))):
            self._by_name[body.name].append(body)
        self.parts = {row["part"]: row["function"] for row in read_csv("agencies/parts.csv")}
        marks = list(read_csv("agencies/marks.csv"))
        self.marks = {row["mark"]: frozenset(names(row["levels"])) for row in marks}
        self.not_marks = {row["mark"]: re.compile(row["unless"]) for row in marks if row["unless"]}
        parks = read_csv("agencies/parks.csv")
        self.parks = [Park(row["form"], row["name"], row["listed"] == _TRUE) for row in parks]
        self.national_parks = frozenset(row["name"] for row in read_csv("national_parks.csv"))

    def _add(self, row: dict[str, str], party: bool) -> None:
        forms = names(row["forms"])
        name = row["name"]
        first = forms[0].removesuffix(_WEAK) if forms else name
        body = Body(row["function"], name, row["levels"], row["since"], row["until"], first, party)
        weak = {form.removesuffix(_WEAK) for form in forms if form.endswith(_WEAK)}
        strong = {form for form in forms if not form.endswith(_WEAK)}
        if name and name not in weak and not any(slot in name for slot in ("{short}", "{party}", "{parent}")):
            strong.add(name)
        for form in sorted(strong):
            self.strong[form].append(body)
        for form in sorted(weak - strong):
            self.weak[form].append(body)

    def _inner(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for form in (*self.strong, *self.weak):
            before, mark, after = form.partition("{}")
            if mark:
                found[before].append((after, form))
        return dict(found)

    def _override(self, row: dict[str, str]) -> None:
        region = regions().find(row["region"])
        if not region:
            raise ValueError(f"agencies/overrides.csv: no region {row['region']}")
        for form in names(row["forms"]):
            key = (region[0].code, row["level"], form)
            self.overrides[key].append(Override(row["name"], row["since"], row["until"]))
        form, name = names(row["forms"])[0], row["name"]
        whole = "{" in name or name.startswith(tuple(self.affixes["whole_name"]))
        if not whole and name != _UNCERTAIN and name not in self.strong:
            like = next(iter(self.strong.get(form, self.weak.get(form, ()))), None)
            function, party = (like.function, like.party) if like else ("", False)
            self.strong[name].append(Body(function, name, row["level"], "", "", form, party))

    def has(self, form: str) -> bool:
        """Whether any table knows that usual name, at any level."""
        return form in self.strong or form in self.weak

    def bodies(self, form: str, letter: str, *, weak: bool = False) -> list[Body]:
        """What the usual name may stand for at a level; with ``weak`` also what it only sometimes means."""
        found = [body for body in self.strong.get(form, ()) if letter in body.levels]
        if weak:
            found += [body for body in self.weak.get(form, ()) if letter in body.levels]
        return found

    def body_of(self, template: str, letter: str) -> Body | None:
        """The first row that has the official name at that level, else at any: one record for one name."""
        rows = self._by_name.get(template, ())
        return next((body for body in rows if letter in body.levels), rows[0] if rows else None)

    def override(self, form: str, region: Region, letter: str, on: date | None) -> str | None:
        """The recorded name for that region, nearest first: a template, ``-`` for not certain, None for no record."""
        for code in (region.code, *(above.code for above in regions().ancestors(region.code))):
            for row in self.overrides.get((code, letter, form), ()):
                if in_period(row.since, row.until, on):
                    return row.name
        return None


@cache
def agency_table() -> AgencyTable:
    """The tables, read once."""
    return AgencyTable()


def choose(bodies: list[Body], form: str, on: date | None) -> Body | None:
    """The one body that a usual name means on a day: the only one, else the only one that exists then."""
    if len(bodies) > 1:
        bodies = [body for body in bodies if body.at(on)] or bodies
    if len(bodies) > 1:
        bodies = [body for body in bodies if body.plain == form] or bodies
    return bodies[0] if len({body.name for body in bodies}) == 1 else None
