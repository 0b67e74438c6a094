"""Arabic and Chinese numerals as numbers, by cn2an where it holds up."""

from __future__ import annotations

import re
from functools import lru_cache

import cn2an

ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,6})?"
CHINESE = "[零〇一二两三四五六七八九十百千]{1,12}(?:点[零〇一二三四五六七八九]{1,4})?"
_BARE = re.compile("^(?=[百千])")


@lru_cache(maxsize=4096)
def number(written: str) -> float | None:
    """``1,200`` → 1200, ``一百二十`` → 120, ``百`` → 100, ``一点五`` → 1.5; None for what is no numeral (一十百)."""
    if written[0].isdigit():
        return float(written.replace(",", ""))
    try:
        return float(cn2an.cn2an(_BARE.sub("一", written.replace("〇", "零")), "smart"))
    except ValueError:
        return None
