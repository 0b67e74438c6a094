"""Alternatives of a pattern, gathered by their first character, so that most places of a text fail at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def longest_first(terms: Iterable[str], guards: Mapping[str, str] | None = None) -> str:
    """Alternatives of which a longer one wins; ``guards`` are what must follow a term (a lookahead), by term."""
    guards = guards or {}
    groups: dict[str, list[str]] = {}
    for term in sorted(set(terms), key=lambda term: (-len(term), term)):
        groups.setdefault(term[0], []).append(re.escape(term[1:]) + guards.get(term, ""))
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in groups.items())
