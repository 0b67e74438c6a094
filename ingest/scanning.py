"""Searching with patterns that no single first character announces, without trying them at every character."""

from __future__ import annotations

import re
from collections.abc import Iterator


def scan(
    pattern: re.Pattern[str], heads: re.Pattern[str], text: str, start: int, end: int, before: int = 0
) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text, start, end)`` gives, with the pattern tried only where ``heads`` matches.

    ``heads`` begins with a set of characters, which the search skips to fast, and matches wherever ``pattern`` can;
    with ``before`` = 1 the character in front of the match (for a pattern that begins with a lookbehind of one
    character). ``pattern`` matches nothing empty.
    """
    at = max(start - before, 0)
    while (head := heads.search(text, at, end)) is not None:
        match = pattern.match(text, head.start() + before, end)
        if match is None:
            at = head.start() + 1
        else:
            yield match
            at = match.end() - before
