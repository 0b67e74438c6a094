"""The forms in which sentences state targets: metric before number, count before noun, shares of a class, lists in step."""

from __future__ import annotations

import re

from ingest.count_forms import covers, objects, share_of, shares
from ingest.entries import Entry
from ingest.metric_carry import CHANGED_ONLY, GENERIC, carried, class_of, leading_verb, object_before, rising
from ingest.metrics import counted, noun, ranked, shortened, subject
from ingest.quantities import Quantity
from ingest.scopes import WHOLE, Scope, ends_as_park, narrower
from ingest.sentences import Clause
from ingest.step_forms import MEASURE, in_step, measures, parks_before
from ingest.target_rows import Row, kin, operator, says_something
from ingest.wording import wording

RANKED_ONLY = re.compile("(?:力争|争取|确保|成功)*(?:进入|跻身|位居|位列|稳居|迈入|挺进|升至|居|列|进)(?:到|至)?")
CLASSED_PARK = re.compile("[的级类亿]|以上")
LEVELLED = re.compile("(?:国家|省|市|县|区)级")
SHARE_OF = re.compile("(?:占比|比重|比例|率)$")
CARRIED_OUT = re.compile(r"\s*(?:每年)?(?:力争)?(?:实现|完成|争取|达成|带动|拉动)")


def rows_of(
    text: str, part: Clause, group: list[Entry], scope: str | None, last: Row | None, verb: str | None, committed: bool
) -> list[Row]:
    """The rows of one group of numbers; empty where no word says that, or what, is committed."""
    entry = group[-1]
    quantity = entry.quantity
    behind = noun(text, quantity.end, min(entry.right, part.end))
    if quantity.kind in ("share", "fraction") and behind and share_of(text, group[0]):
        return shares(text, part, group, scope)
    if behind and quantity.kind not in ("share", "fraction", "cover", "double", "points", "rank", "ratio"):
        rows = objects(text, group, behind, scope, last, verb)
        if rows:
            return rows
    if quantity.kind == "cover":
        return covers(text, part, entry, scope)
    return subjects(text, part, group, scope, last, committed, behind is not None)


def subjects(
    text: str, part: Clause, group: list[Entry], scope: str | None, last: Row | None, committed: bool, behind: bool
) -> list[Row]:
    """Metric before number: 技工贸总收入达到4000亿元以上, 地均收入500万元/亩, and lists of them in step."""
    entry = group[0]
    quantity = entry.quantity
    stepped = in_step(text, part, group, scope, last)
    if stepped:
        return stepped
    item = subject(text, entry.left, base_start(text, entry))
    metric = ranked(text, item) if quantity.kind == "rank" else item.metric
    if quantity.kind == "rank" and RANKED_ONLY.fullmatch(metric):
        metric = last.metric if last and last.quantity.kind == "rank" else "排名"
    held = item.scope.text if item.scope else scope
    if item.scope and narrower(item.scope.text, scope):
        held = scope
    start = item.scope.start if item.scope else item.start
    if item.scope and (not metric or metric in ("数量", "总数")) and counted(quantity):
        if last and shares_metric(item.scope, quantity, last):
            metric, held = last.metric, item.scope.text
        else:
            metric, held = item.scope.text, scope if scope != item.scope.text else None
            if (whole := WHOLE.match(metric)) and len(metric) > whole.end() + 1:
                metric, held = metric[whole.end() :], whole[0]
    verb = leading_verb(metric)
    before = text[entry.left : quantity.start]
    if counted(quantity) and before.endswith("的"):
        return []
    if behind and not item.reached and quantity.kind in ("count", "people", "money", "mass", "area", "floor"):
        return []
    listed = last is not None and kin(quantity, last.quantity)
    said = (committed, listed, item.reached, item.changed, verb, quantity.op, quantity.kind in ("double", "rank"))
    if not any(said) and not CARRIED_OUT.match(text, entry.left, quantity.start):
        return []
    metric = metric or (rising(text, part.start) if entry.left == part.start else "")
    leaned = carried(metric, last.metric) if last else metric
    if not metric or leaned != metric:
        free = not metric or CHANGED_ONLY.fullmatch(metric) or GENERIC.fullmatch(metric) or metric[1:2] == "于"
        if last is None or not (free or kin(quantity, last.quantity)):
            return []
        metric = leaned
    own = verb or leading_verb(metric)
    within = entry.left > part.start or text.startswith("其中", part.start)
    if last and quantity.kind == "share" == last.quantity.kind and within and not MEASURE.search(metric):
        metric = class_of(metric, last.metric)
    if last and within and done_again(metric, quantity, last):
        metric += last.metric.removeprefix(last.verb or "")
        own = leading_verb(metric)
    if not own and last and kin(quantity, last.quantity) and within and not SHARE_OF.search(metric):
        own = leading_verb(last.metric)
        metric = own + metric
    if metric and (alone := wording().verbs.fullmatch(metric)) and len(alone["verb"]) > 1 and counted(quantity):
        before = object_before(text, part.start)
        again = last is not None and last.quantity.unit == quantity.unit and last.metric.startswith(metric)
        metric = last.metric if last and again and not before else metric + before
    metric = shortened(metric, "subject")
    if not says_something(metric):
        return []
    op = operator(quantity, item.op)
    base = None if entry.base is None else text[entry.base.start : entry.base.end]
    parks = [] if quantity.kind == "rank" else parks_before(text, entry.left, item)
    if parks and not counted(quantity):
        name = last.metric if last else None
        return (
            [
                Row(quantity, start, quantity.end, entry.left, name, park, op, item.yearly, own or None, base=base)
                for park in parks
            ]
            if name
            else []
        )
    heads = measures(metric) if not counted(quantity) else [metric]
    return [
        Row(
            one.quantity, start, one.quantity.end, entry.left, head, held, operator(one.quantity, item.op), item.yearly,
            own or None, base=base,
        )
        for head in heads
        for one in group
    ]  # fmt: skip


def shares_metric(scope: Scope, quantity: Quantity, last: Row) -> bool:
    """Whether a count behind a park (甲经开区15个), or a class of parks after another, is of what was counted before."""
    if quantity.unit != last.quantity.unit:
        return False
    if scope.text != last.scope and LEVELLED.match(scope.text) and LEVELLED.match(last.scope or ""):
        return ends_as_park(scope.text) and ends_as_park(last.scope or "")
    return (not scope.general and ends_as_park(scope.text) and not CLASSED_PARK.search(scope.text)) or (
        last.scope or ""
    ).startswith("每")


def done_again(metric: str, quantity: Quantity, last: Row) -> bool:
    """Whether a verb alone is of what the verb before it counted (新签约项目300个、开工200个)."""
    return bool(
        counted(quantity)
        and quantity.unit == last.quantity.unit
        and last.verb
        and last.metric.startswith(last.verb)
        and not metric.startswith(last.verb)
        and wording().verbs.fullmatch(metric)
    )


def base_start(text: str, entry: Entry) -> int:
    """Where the words before a number end; before 由45% where the number is raised from another."""
    if entry.base is None:
        return entry.quantity.start
    match = re.search(
        r"(?:由|从)(?:20\d\d年|目前|现在|当前|上年)?(?:底|末)?的?约?$", text[entry.left : entry.base.start]
    )
    return entry.left + match.start() if match else entry.base.start
