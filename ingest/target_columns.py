"""Header cells of indicator tables and what their columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.layout import Line, joined
from ingest.tables import load_yaml
from ingest.years import years

AHEAD = 4  # lines before a header that may give its year


@dataclass(frozen=True, slots=True)
class Column:
    """A header cell: what its cells hold, and the year they are for."""

    kind: str
    year: int | None


@cache
def headers() -> list[tuple[str, re.Pattern[str]]]:
    """Kinds of header cells with their patterns, in order of trial."""
    return [(row["kind"], re.compile(row["pattern"])) for row in load_yaml("indicator_tables.yml")["columns"]]


def column_of(cell: str) -> Column | None:
    """What a header cell announces; None for one that no header has."""
    bare = joined(cell)
    if len(bare) > 18:
        return None
    for kind, pattern in headers():
        if pattern.fullmatch(bare):
            stated = [item.year for item in years(bare, 0, len(bare))]
            return Column(kind, stated[-1] if stated else None)
    return None


def is_header(columns: list[Column | None]) -> bool:
    """A name and a value at least; where there is one value, a unit or a number column as well."""
    kinds = [column.kind for column in columns if column]
    values = sum(kind in ("value", "base", "year") for kind in kinds)
    return "name" in kinds and values > 0 and len(kinds) >= 2 and (values > 1 or len(kinds) > 2 or "value" in kinds)


def settled(header: list[Column], issued: int | None, text: str, lines: list[Line], index: int) -> list[Column]:
    """Columns that are a bare year settled: a present state where it is past or stands before a goal, else a goal."""
    goals = [column.year for column in header if column.kind == "value" and column.year]
    stated = [column.year for column in header if column.kind == "year" and column.year]
    first = lines[max(0, index - AHEAD)].start
    titles = [item.year for item in years(text, first, lines[index].start) if item.deadline] if index else []
    title = titles[-1] if titles and lines[index].start - first < 300 else None
    result = []
    for column in header:
        if column.kind == "year" and column.year is not None:
            past = column.year < issued if issued is not None else len(stated) > 1 and column.year == min(stated)
            past = (
                past
                or any(column.year < goal for goal in goals)
                or (len(stated) > 1 and column.year == min(stated) and column.year == issued)
            )
            column = Column("base" if past else "value", column.year)
        elif column.kind in ("value", "growth") and column.year is None:
            column = Column(column.kind, max(goals + stated, default=title))
        result.append(column)
    return result
