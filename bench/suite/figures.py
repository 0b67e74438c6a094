"""What a benchmark gives: rows of figures, ratios with what is aimed at, and notes; as JSON of one shape.

The unit is the end of a figure's name: ``_s`` seconds, ``_ms`` milliseconds, ``_mb`` 2**20 bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Ratio:
    """One figure over another of the same run. ``aim`` is the most that it should be; None where nothing is aimed at."""

    what: str
    value: float
    aim: float | None = None

    @property
    def within(self) -> bool | None:
        """Whether it is what is aimed at; None where nothing is."""
        return None if self.aim is None else self.value <= self.aim


@dataclass
class Section:
    """One benchmark. ``shown`` are the rows of its table where these are not ``rows``; ``failures`` could not be measured."""

    name: str
    title: str
    rows: list[Row] = field(default_factory=list)
    ratios: list[Ratio] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    shown: list[Row] | None = None

    def as_json(self) -> Row:
        """The same for every benchmark: ``name``, ``title``, ``rows``, ``ratios``, ``notes``, ``failures``."""
        ratios = [
            {"what": each.what, "value": round(each.value, 4), "aim": each.aim, "within": each.within}
            for each in self.ratios
        ]
        kept = {"name": self.name, "title": self.title, "rows": self.rows, "ratios": ratios}
        return {**kept, "notes": self.notes, "failures": self.failures}


def ratio(what: str, one: float | None, other: float | None, aim: float | None = None) -> list[Ratio]:
    """``one`` over ``other``; none where either was not measured or the second is nothing."""
    return [Ratio(what, one / other, aim)] if one is not None and other else []


def growth(rows: Iterable[Row], figure: str, names: Sequence[str], aim: float | None = None) -> list[Ratio]:
    """``figure`` at the most documents over that at the fewest, for the rows that agree in ``names``.

    Rows without the figure are passed over; none for what was measured at one number of documents only.
    """
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        if row.get(figure) is not None:
            groups.setdefault(tuple(row[name] for name in names), []).append(row)
    found: list[Ratio] = []
    for key, some in groups.items():
        few, many = (pick(some, key=lambda row: row["documents"]) for pick in (min, max))
        if few["documents"] < many["documents"]:
            what = f"{', '.join(map(str, key))}: {figure} at {many['documents']:,} to {few['documents']:,} documents"
            found += ratio(what, many[figure], few[figure], aim)
    return found
