"""What all pictures share: colours that know light and dark, and the parts of options that are the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PALETTE = ("#3b7cc9", "#d07b1f", "#3a9c68", "#9d63bd", "#c4566a", "#4f9cb5", "#a08f2b", "#7c8592")
_WIDE = 0x2E80  # from here on signs are as wide as they are high
Options = dict[str, Any]


@dataclass(frozen=True)
class Chart:
    """Options of ECharts, and how much room (in pixels) they need. ``note``: a key of the words, and its values."""

    title: str
    options: Options
    height: int
    width: int = 280
    widest: int | None = None
    note: tuple[str, dict[str, Any]] | None = None
    square: bool = False  # never higher than the window is wide


def ink(name: str) -> str:
    """The value of ``--pg-NAME``, for an option whose name begins with ``:``."""
    return f"getComputedStyle(document.body).getPropertyValue('--pg-{name}').trim()"


def text(size: int = 12, name: str = "text") -> Options:
    """A text style."""
    return {":color": ink(name), "fontSize": size}


def tooltip() -> Options:
    """A hint that is drawn, and never HTML: names come out of documents."""
    return {
        "renderMode": "richText", "confine": True, ":backgroundColor": ink("raised"), ":borderColor": ink("line"),
        "textStyle": text(13),
    }  # fmt: skip


def base() -> Options:
    """What every picture begins with."""
    return {
        "animation": False,
        "color": list(PALETTE),
        "textStyle": text(),
        "tooltip": tooltip(),
        "aria": {"enabled": False},
    }


def axis(kind: str, **more: Any) -> Options:
    """An axis with quiet lines."""
    return {
        "type": kind, "axisLabel": text(12, "quiet") | more.pop("label", {}), "nameTextStyle": text(12, "quiet"),
        "axisLine": {"lineStyle": {":color": ink("line")}}, "axisTick": {"show": False},
        "splitLine": {"show": kind != "category", "lineStyle": {":color": ink("line")}}, **more,
    }  # fmt: skip


def room(label: str) -> int:
    """How wide a label is: a Chinese character counts as two of the others."""
    return sum(2 if ord(sign) > _WIDE else 1 for sign in label)


def short(label: str, longest: int) -> str:
    """A label cut to so many Chinese characters, or twice as many others."""
    if room(label) <= 2 * longest:
        return label
    while room(label) > 2 * longest - 1:
        label = label[:-1]
    return label + "…"
