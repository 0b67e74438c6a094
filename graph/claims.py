"""Shared rows: many documents may assert one, so the store counts who asserts what.

``claims`` is the multiset of asserted properties, as JSON ``{properties: count}``. The row is a function of it, so it
does not depend on the order of loads, and it goes when the last claim goes.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from graph.delta import Props, clean

Claims = Counter[str]
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode  # made once: it is slow


def variant(props: Props) -> str:
    """Properties as canonical JSON."""
    return _canonical(props)


def parse(text: str | None) -> Claims:
    """The claims of a stored row; none for None."""
    return Counter(json.loads(text)) if text else Counter()


def dump(claims: Claims) -> str:
    """Claims as they are stored."""
    return _canonical(claims)


def merged(claims: Claims) -> Props | None:
    """The row that the claims make: the fullest one, and lists as the union of all; None when there is no claim."""
    variants = [loads(text) for text in sorted(claims) if claims[text] > 0]
    if not variants:
        return None
    fullest = max(len(each) for each in variants)
    best: Props = dict(next(each for each in variants if len(each) == fullest))
    for name in {name for each in variants for name, value in each.items() if isinstance(value, list)}:
        values: list[list[Any]] = [each.get(name, []) for each in variants]
        if name != "ancestors":
            best[name] = sorted({item for items in values for item in items})
    return {**clean(best), "claims": dump(claims)}


def changed(claims: Claims, delta: Counter[str]) -> Claims:
    """``claims`` with ``delta`` (which may be negative) added, and what falls to zero left out."""
    total = Counter(claims)
    for key, count in delta.items():
        total[key] += count
    return Counter({key: count for key, count in total.items() if count > 0})


def loads(text: str) -> Props:
    """A variant as properties."""
    props: Props = json.loads(text)
    return props
