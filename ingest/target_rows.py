"""A target of one clause before the sentence adds year and baseline, and what its op means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.metrics import counted
from ingest.quantities import Quantity
from ingest.records import Op
from ingest.scopes import PARK
from ingest.wording import wording

STEP = re.compile(r"(?:分别|各自|各|依次)")


HEADS = re.compile(r"(?:、|以及|和|及|与)(?![^“]*”)(?![^(]*\))")


PLACE = re.compile(rf"(?:\w|[“”]){{0,14}}?{PARK}(?:等(?:园区|开发区|\d个园区)?)?|\w{{1,6}}[市县区州]")


LETTERS = re.compile(r"[^\W\d_]")


NO_METRIC = re.compile(
    r"^(?:不(?!良|动产)|以(?!上|内)|未(?!来)|应(?!用|急)|为|由|因|若|如|按|把|被|于|是|凡|经(?!济|营|开|费|贸|纬)|免费?|提供)|(?:中|时|后|由|为|按|于|在|把|被|的|以|从)$|^(?:增加|提供|达到|减少|提高|下降|增长|提升|新增|分配|安排)$"
)


ALL_PARK = re.compile(rf"(?:\w|[“”]){{0,14}}?{PARK}(?:等(?:园区|开发区|\d个园区)?)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """A target of a clause without what the sentence adds. ``verb`` is what a following number may take over."""

    quantity: Quantity
    start: int
    end: int
    left: int
    metric: str
    scope: str | None
    op: Op
    yearly: bool = False
    verb: str | None = None
    unit: str | None = None
    base: str | None = None


def operator(quantity: Quantity, before: Op | None) -> Op:
    """What a number means: a range, the words behind it, then those before it; 100% is exact."""
    if quantity.value_max is not None:
        return "range"
    if quantity.op is not None and (quantity.op != ">=" or quantity.value != 100 or quantity.unit != "%"):
        return "~" if before == "~" and quantity.op == ">=" and quantity.end == quantity.bare_end else quantity.op
    if quantity.value == 100 and quantity.unit == "%" and before != "<=":
        return "="
    return before or ">="


def comparator(text: str, start: int, end: int) -> Op | None:
    """The op of a word right before a number (不少于)."""
    match = wording().reach.search(text[start:end])
    return wording().ops[match["reach"]] if match else None


def kin(first: Quantity, second: Quantity) -> bool:
    """Whether two quantities measure alike."""
    return (
        first.kind == second.kind
        or (counted(first) and counted(second))
        or first.kind in ("fraction", "share")
        or second.kind in ("double",)
    )


def says_something(metric: str) -> bool:
    """Whether a metric names anything."""
    return len(LETTERS.findall(metric)) >= 2 and not (wording().adverbs.fullmatch(metric) or NO_METRIC.search(metric))
