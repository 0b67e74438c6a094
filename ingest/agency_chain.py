"""Predecessors and successors of agencies: the reforms of ``agencies/reforms.csv`` applied to one region.

A reform is always followed forward, from an agency that some document names. It is followed back only where the
predecessor is known to have existed at that level everywhere the row holds (column ``certain``): not every city that
has an 农业农村局 had an 农业委员会.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol

from ingest.agency_names import level_letters
from ingest.records import Agency, Succession
from ingest.regions import COUNTRY, RegionTable
from ingest.tables import names, read_csv


class Namer(Protocol):
    """What tells the agency that a usual name means in a region on a day, None where it is not certain."""

    def named(self, form: str, code: str, on: date | None) -> Agency | None:
        """See ``AgencyResolver.named``."""


@dataclass(frozen=True, slots=True)
class Reform:
    """One row: the agencies called ``predecessor`` became those called ``successor`` in year ``since``."""

    predecessor: str
    successor: str
    levels: str
    certain: str
    since: int
    basis: str
    only: frozenset[str]  # codes of regions; empty: everywhere
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Step:
    before: Agency
    after: Agency
    row: Succession
    certain: bool


@cache
def reforms(places: RegionTable) -> tuple[Reform, ...]:
    """Every reform of the table. Raises ValueError for a region that is not there."""
    return tuple(
        Reform(
            row["predecessor"],
            row["successor"],
            row["levels"],
            row["certain"],
            int(row["since"]),
            row["basis"],
            _codes(places, row["regions"]),
            _codes(places, row["except"]),
        )
        for row in read_csv("agencies/reforms.csv")
    )


def _codes(places: RegionTable, cell: str) -> frozenset[str]:
    found = {name: places.find(name) for name in names(cell)}
    missing = [name for name, hits in found.items() if not hits]
    if missing:
        raise ValueError(f"agencies/reforms.csv: no region {missing[0]}")
    return frozenset(hits[0].code for hits in found.values())


@dataclass(frozen=True, slots=True)
class _Steps:
    """The steps of a region in the order of the table, and their places by the agency that they lead from."""

    rows: tuple[_Step, ...]
    forward: dict[str, list[int]]
    back: dict[str, list[int]]


class AgencyChains:
    """Walks the reforms of a region; each region's steps are worked out once."""

    def __init__(self, namer: Namer, places: RegionTable) -> None:
        self._namer = namer
        self._places = places
        self._steps: dict[str, _Steps] = {}

    def chain(self, agency: Agency) -> tuple[tuple[Agency, ...], tuple[Succession, ...]]:
        """See ``AgencyResolver.chain``."""
        if not agency.resolved or agency.collective:
            return (), ()
        steps = self._steps_of(agency.region or COUNTRY)
        taken = {*self._walk(agency.id, steps, forward=True), *self._walk(agency.id, steps, forward=False)}
        if not taken:
            return (), ()
        rows = [steps.rows[i] for i in sorted(taken)]
        others = {a.id: a for step in rows for a in (step.before, step.after) if a.id != agency.id}
        found = {(s.row.predecessor, s.row.successor): s.row for s in rows}
        return tuple(others[key] for key in sorted(others)), tuple(found[key] for key in sorted(found))

    def _walk(self, start: str, steps: _Steps, *, forward: bool) -> Iterator[int]:
        leading = steps.forward if forward else steps.back
        seen = {start}
        todo = [start]
        while todo:
            at = todo.pop()
            for number in leading.get(at, ()):
                yield number
                there = steps.rows[number].after if forward else steps.rows[number].before
                if there.id not in seen:
                    seen.add(there.id)
                    todo.append(there.id)

    def _steps_of(self, code: str) -> _Steps:
        if code not in self._steps:
            rows = tuple(self._make_steps(code))
            steps = self._steps[code] = _Steps(rows, {}, {})
            for number, step in enumerate(rows):
                steps.forward.setdefault(step.before.id, []).append(number)
                if step.certain:
                    steps.back.setdefault(step.after.id, []).append(number)
        return self._steps[code]

    def _make_steps(self, code: str) -> Iterator[_Step]:
        letter = level_letters(code)[0]
        line = {code, *(region.code for region in self._places.ancestors(code))}
        for reform in reforms(self._places):
            if letter not in reform.levels or reform.never & line or (reform.only and not reform.only & line):
                continue
            before = self._namer.named(reform.predecessor, code, date(reform.since - 1, 1, 1))
            after = self._namer.named(reform.successor, code, date(reform.since + 1, 1, 1))
            if before and after and before.id != after.id:
                row = Succession(predecessor=before.id, successor=after.id, since=reform.since, basis=reform.basis)
                yield _Step(before, after, row, letter in reform.certain)
