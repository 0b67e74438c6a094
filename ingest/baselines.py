"""What a figure is today, where the text says it beside the target: (目前:68%), (2020年为45%), 由45%提高到60%."""

from __future__ import annotations

import re

BASELINE = re.compile(
    r"^\s*\(\s*(?:\d{4}年(?:底|末|度)?|目前|现状|现有|现|当前|基期|基数|上年|上年末)(?:值|数|水平)?(?:为|是|达到|达|约|:|,)?\s*(?P<value>[^,;()]{1,24})\)"
)
YEAR = re.compile(r"\s*\((?:到|至)?(20\d\d)年(?:\d{1,2}月)?(?:底|末|中)?(?:前|完成)*\)")
LATER = re.compile("底前|前完成|年底前|末前")


def baseline(text: str, start: int, end: int) -> str | None:
    """The value in a bracket that stands right behind a figure, letter for letter; None for other brackets."""
    match = BASELINE.match(text[start:end])
    if not match or not re.search(r"\d", match["value"]) or LATER.search(match[0]):
        return None
    return match["value"].strip()


def bracketed_year(text: str, start: int, end: int) -> int | None:
    """The deadline in a bracket right behind a figure (2025年底前)."""
    match = YEAR.match(text, start, end)
    return int(match[1]) if match else None
