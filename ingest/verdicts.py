"""Whether a number is a commitment, or history, a condition, a grant, a name … (``stops`` of ``targets.yml``)."""

from __future__ import annotations

import re

from ingest.quantities import Quantity
from ingest.sentences import Clause
from ingest.units import unit_of
from ingest.wording import Stop, stops_for

FIGURES = re.compile("[,;]|达到|以上|超过|突破")
SHARE = re.compile("占|比重|比例|份额|率|以上")


class Around:
    """The words around numbers; each stop that looks at all of them is looked for once."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.found: dict[str, list[tuple[int, int]]] = {}

    def extents(self, stop: Stop) -> list[tuple[int, int]]:
        """Every stretch of the words that a stop speaks of."""
        key = stop.pattern.pattern
        if key not in self.found:
            self.found[key] = [match.span() for match in stop.pattern.finditer(self.words)]
        return self.found[key]


def stopped(text: str, sentence: tuple[int, int], around: Around, clause: Clause, quantity: Quantity) -> str | None:
    """The reason why a number is no target; None where nothing speaks against it. ``around``: the sentence's words."""
    at = quantity.start - sentence[0]
    own = clause.plain(text, max(clause.start, sentence[0]), min(clause.end, sentence[1]))
    before, after = text[max(clause.start, quantity.start - 30) : quantity.start], text[quantity.bare_end : sentence[1]]
    last = text.find(";", quantity.end, sentence[1])
    own_part = text[sentence[0] : last if last >= 0 else sentence[1]].rstrip(" ⁰¹²³⁴⁵⁶⁷⁸⁹")
    words = {"clause": own, "before": before, "after": after, "part": own_part}
    for stop in stops_for(quantity.kind):
        if stop.where == "sentence":
            said = bool(around.extents(stop))
        elif stop.where == "within":
            said = any(first <= at < last for first, last in around.extents(stop))
        else:
            said = stop.pattern.search(words[stop.where]) is not None
        if said and (stop.unless is None or stop.unless.search(around.words) is None):
            return stop.reason
    return narrow(own, quantity)


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
