"""Where the nodes of the explorer's picture stand: tied ones near each other, and no name on top of another.

The same picture every time: nothing is drawn by lot. Lengths are pixels of a picture that is 800 wide.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float]  # width and height of a node with its name below it
Floats: TypeAlias = NDArray[np.float64]
_SPREAD, _APART = 120, 300  # rounds of spreading out, and at most of moving names off each other
_FLAT = 0.6  # pictures are wider than high
_GAP = 6.0
_ROOM = 1.3  # of what all boxes need, that they are given
_GOLDEN = math.pi * (3 - math.sqrt(5))


def places(boxes: Sequence[Box], ties: Sequence[tuple[int, int]], fixed: Mapping[int, Point]) -> list[Point]:
    """A place for the middle of each box. ``ties`` are pairs of boxes; those in ``fixed`` stay where they are."""
    if not boxes:
        return []
    sizes = np.array(boxes, dtype=np.float64) + _GAP
    at = _begin(len(boxes), math.sqrt(float(sizes.prod(axis=1).sum())))
    free = np.ones((len(boxes), 1))
    for place, point in fixed.items():
        at[place], free[place] = point, 0
    near = [*ties, *_bridges(len(boxes), ties)]
    _spread(at, free, np.array(near, dtype=np.intp).reshape(-1, 2), float(np.sqrt(sizes.prod(axis=1)).mean()))
    _frame(at, free, math.sqrt(float(sizes.prod(axis=1).sum()) * _ROOM))
    _part(at, free, sizes)
    return [(float(x), float(y)) for x, y in at.round(1)]


def _begin(count: int, side: float) -> Floats:
    """Points of a spiral, the first one in the middle."""
    steps = np.arange(count, dtype=np.float64)
    radius, turn = side * np.sqrt(steps / count), steps * _GOLDEN
    return np.column_stack((radius * np.cos(turn), radius * np.sin(turn)))


def _bridges(count: int, ties: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """A tie from the first box to each part that is tied to no other, so that it does not drift away."""
    part = list(range(count))
    for one, other in ties:
        kept, gone = sorted((part[one], part[other]))
        part = [kept if each == gone else each for each in part]
    return [(part[0], each) for each in sorted(set(part)) if each != part[0]]


def _spread(at: Floats, free: Floats, ties: NDArray[np.intp], length: float) -> None:
    """Forces of Fruchterman and Reingold: all repel each other, ties draw together, and the middle draws a little."""
    for turn in range(_SPREAD):
        away = at[:, None, :] - at[None, :, :]
        square = np.maximum((away**2).sum(axis=2), 1.0)
        push = (away * (length**2 / square)[:, :, None]).sum(axis=1)
        along = at[ties[:, 0]] - at[ties[:, 1]]
        pull = along * (np.sqrt((along**2).sum(axis=1)) / length)[:, None]
        np.add.at(push, ties[:, 0], -pull)
        np.add.at(push, ties[:, 1], pull)
        push -= 0.25 * at
        size = np.maximum(np.sqrt((push**2).sum(axis=1)), 1e-9)
        most = 2 * length * (1 - turn / _SPREAD)
        at += free * push * (np.minimum(size, most) / size)[:, None]


def _frame(at: Floats, free: Floats, side: float) -> None:
    """Bring all into a frame of about the size that the boxes need, wider than high; beside what is fixed, what is free."""
    alone = bool(free.all())
    if alone and np.ptp(at[:, 1]) > np.ptp(at[:, 0]):
        at[:] = at[:, ::-1].copy()
    for axis, length in ((0, side / math.sqrt(_FLAT)), (1, side * math.sqrt(_FLAT))):
        extent = float(np.ptp(at[:, axis]))
        if extent > length or (alone and extent > 0):
            at[:, axis] = np.where(free[:, 0] > 0, at[:, axis] * length / extent, at[:, axis])


def _part(at: Floats, free: Floats, sizes: Floats) -> None:
    """Move boxes that overlap off each other, each by the shorter way, until none do."""
    wanted = (sizes[:, None, :] + sizes[None, :, :]) / 2
    order = np.arange(len(at))
    sign, other = np.where(order[:, None] < order[None, :], -1.0, 1.0), order[:, None] != order[None, :]
    for _ in range(_APART):
        away = at[:, None, :] - at[None, :, :]
        over = np.maximum(wanted - np.abs(away), 0)
        hit = np.asarray((over > 0).all(axis=2) & other)
        if not hit.any():
            return
        short = over[:, :, 0] < over[:, :, 1]
        ways = np.where(away == 0, sign[:, :, None], np.sign(away)) * over * hit[:, :, None]
        move = np.column_stack(((ways[:, :, 0] * short).sum(axis=1), (ways[:, :, 1] * ~short).sum(axis=1)))
        at += free * (0.35 * move + np.sign(move))
