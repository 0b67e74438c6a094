"""Which year a number is for, and that finding it costs the same in a sentence without end."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.target_years import deadline
from ingest.years import Year


def year(start: int, number: int, *, is_deadline: bool = True) -> Year:
    return Year(start, start + 4, number, is_deadline, False)


DATES = [year(5, 2020, is_deadline=False), year(10, 2021), year(20, 2023), year(30, 2022, is_deadline=False)]


@pytest.mark.parametrize(("at", "expected"), [(0, None), (7, None), (10, None), (11, 2021), (25, 2023), (99, 2023)])
def test_the_last_deadline_before_it(at: int, expected: int | None) -> None:
    assert deadline(at, DATES) == expected
    assert deadline(at, []) is None


class Looked(list[Year]):
    """Counts how many are looked at."""

    looks = 0

    def __getitem__(self, place: Any) -> Any:
        self.looks += 1
        return super().__getitem__(place)

    def __iter__(self) -> Any:
        raise AssertionError("goes through all of them")


def test_not_all_dates_are_looked_at() -> None:
    dates = Looked(year(10 * place, 2000 + place % 30) for place in range(100_000))
    assert deadline(500_001, dates) == dates[50_000].year
    assert dates.looks < 40
