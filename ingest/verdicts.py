"""Whether a number is a commitment, or history, a condition, a grant, a name … (``stops`` of ``targets.yml``)."""

from __future__ import annotations

import re

from ingest.quantities import Quantity
from ingest.sentences import Clause
from ingest.units import unit_of
from ingest.wording import Stop, stops_for

FIGURES = re.compile("[,;]|达到|以上|超过|突破")
SHARE = re.compile("占|比重|比例|份额|率|以上")


def stopped(text: str, sentence: tuple[int, int], clause: Clause, quantity: Quantity) -> str | None:
    """The reason why a number is no target; None where nothing speaks against it."""
    whole = text[slice(*sentence)]
    at = quantity.start - sentence[0]
    own = clause.plain(text, max(clause.start, sentence[0]), min(clause.end, sentence[1]))
    before, after = text[max(clause.start, quantity.start - 30) : quantity.start], text[quantity.bare_end : sentence[1]]
    last = text.find(";", quantity.end, sentence[1])
    own_part = text[sentence[0] : last if last >= 0 else sentence[1]].rstrip(" ⁰¹²³⁴⁵⁶⁷⁸⁹")
    words = {"sentence": whole, "clause": own, "before": before, "after": after, "part": own_part, "within": whole}
    for stop in stops_for(quantity.kind):
        if stop.pattern.search(words[stop.where]) is None:
            continue
        if stop.where == "within" and not any(first <= at < last for first, last in extents(stop, whole)):
            continue
        if stop.unless is None or stop.unless.search(whole) is None:
            return stop.reason
    return narrow(own, quantity)


def extents(stop: Stop, words: str) -> list[tuple[int, int]]:
    """Every stretch of the words that a stop speaks of."""
    return [match.span() for match in stop.pattern.finditer(words)]


def narrow(clause: str, quantity: Quantity) -> str | None:
    """Units that count only beside a metric of their own (天 with 优良天数)."""
    if quantity.kind == "fraction" and not SHARE.search(clause):
        return "a part of something"
    unit = unit_of(quantity.unit or "")
    if unit is None or unit.needs is None:
        return None
    return None if unit.needs.search(clause) else "duration or repetition"


def named(text: str, sentence: tuple[int, int], quantity: Quantity) -> bool:
    """Whether a number stands inside a short quotation (“五个100”工程) or a title in 《》."""
    opened = text.rfind("“", sentence[0], quantity.start)
    closed = text.find("”", quantity.end, sentence[1])
    if (
        opened >= 0
        and closed >= 0
        and "”" not in text[opened : quantity.start]
        and "“" not in text[quantity.end : closed]
    ):
        inside = text[opened + 1 : closed]
        return len(inside) < 24 and not FIGURES.search(inside)
    opened = text.rfind("《", sentence[0], quantity.start)
    return opened >= 0 and "》" not in text[opened : quantity.start]
