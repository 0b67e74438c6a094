"""What reading a sentence needs to know from above, and what it gives: targets, and numbers that are none."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.records import Op


@dataclass(frozen=True, slots=True)
class Context:
    """What holds for a sentence from above: year, scope, whether its section states aims, the year of issue, the kind of text."""

    year: int | None = None
    scope: str | None = None
    aim: bool = False
    issued: int | None = None
    law: bool = False
    reason: str | None = None  # why the section holds no targets


@dataclass(frozen=True, slots=True)
class Found:
    """A target in the view: ``start`` to ``end`` is what shows it."""

    start: int
    end: int
    metric: str
    scope: str | None
    op: Op
    value: float
    value_max: float | None
    unit: str | None
    year: int | None
    per_year: bool
    baseline: str | None


@dataclass(frozen=True, slots=True)
class Lost:
    """A number that is no target, with its extent in the view and the reason."""

    start: int
    end: int
    reason: str
