"""Where the nodes of the explorer's picture stand."""

from __future__ import annotations

from itertools import combinations

import pytest

from api.pages.explorer_layout import Box, Point, places

STAR = [(0, other) for other in range(1, 60)]
PARTS = [(0, other) for other in range(1, 30)] + [(30, other) for other in range(31, 60)]
RING = [(one, (one + 1) % 60) for one in range(60)]


def boxes(count: int) -> list[Box]:
    """Names of different lengths."""
    return [(60.0 + 12 * (place % 6), 36.0) for place in range(count)]


def on_top(found: list[Point], sizes: list[Box]) -> list[tuple[int, int]]:
    """Pairs that overlap; half a pixel is nothing."""
    return [
        (one, other)
        for one, other in combinations(range(len(found)), 2)
        if abs(found[one][0] - found[other][0]) < (sizes[one][0] + sizes[other][0]) / 2 - 0.5
        and abs(found[one][1] - found[other][1]) < (sizes[one][1] + sizes[other][1]) / 2 - 0.5
    ]


@pytest.mark.parametrize("ties", [STAR, PARTS, RING, []], ids=["star", "parts", "ring", "alone"])
def test_no_name_lies_on_another(ties: list[tuple[int, int]]) -> None:
    sizes = boxes(60)
    found = places(sizes, ties, {})
    assert on_top(found, sizes) == []
    assert found == places(sizes, ties, {})
    wide, high = (max(point[axis] for point in found) - min(point[axis] for point in found) for axis in (0, 1))
    assert max(wide / 1.4, high) < 1200  # a frame of about the size that sixty names need


def test_what_is_fixed_stays() -> None:
    sizes, fixed = boxes(20), {3: (-40.0, 25.0), 7: (300.0, 10.0)}
    found = places(sizes, [(0, other) for other in range(1, 20)], fixed)
    assert {place: found[place] for place in fixed} == fixed
    assert on_top(found, sizes) == []


def test_what_is_tied_is_near() -> None:
    found = places(boxes(60), PARTS, {})
    middle = [tuple(sum(point[axis] for point in part) / 30 for axis in (0, 1)) for part in (found[:30], found[30:])]
    apart = sum((middle[0][axis] - middle[1][axis]) ** 2 for axis in (0, 1)) ** 0.5
    assert apart > 150


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few(count: int) -> None:
    assert len(places(boxes(count), [], {})) == count
