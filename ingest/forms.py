"""The forms in which sentences state targets: metric before number, count before noun, shares of a class, lists in step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.entries import Entry, verb_before
from ingest.metrics import (
    CHANGED_ONLY,
    PREDICATE,
    Subject,
    carried,
    counted,
    leading_verb,
    noun,
    object_before,
    ranked,
    shortened,
    subject,
    without_lead,
)
from ingest.quantities import Quantity
from ingest.records import Op
from ingest.scopes import PARK, VERBAL, narrower, scope_at
from ingest.sentences import Clause
from ingest.wording import wording

STEP = re.compile(r"(?:分别|各自|各|依次)")
HEADS = re.compile(r"(?:、|以及|和|及|与)(?![^“]*”)(?![^(]*\))")
CARRIED_OUT = re.compile(r"\s*(?:每年)?(?:力争)?(?:实现|完成|争取|达成|带动|拉动)")
PLACE = re.compile(rf"(?:\w|[“”]){{0,14}}?{PARK}(?:等(?:园区|开发区|\d个园区)?)?|\w{{1,6}}[市县区州]")
PARK_METRIC = re.compile(rf"(?P<park>\w{{0,12}}?{PARK}|\w{{2,4}}[市县区])(?P<metric>\w{{2,}})$")
PUSHED = re.compile("推动|实现|引导|促进|支持|确保|带动|力争")
FIGURE = re.compile("(?:超|突破|达|过)?[\\d百千万亿十.]+元?(?:以上|级)?")
NO_METRIC = re.compile(
    r"^(?:不(?!良|动产)|未|应|为|由|因|若|如|按|把|被|于|是|凡|经|免费?|提供)|(?:中|时|后|由|为|按|于|在|把|被|的|以|从)$|^(?:增加|提供|达到|减少|提高|下降|增长|提升|新增|分配|安排)$"
)
MEASURE = re.compile(
    r"(?:率|值|额|量|数|比|比重|比例|收入|强度|水平|占比|能耗|排放|投入|产出|税收|贡献度|覆盖面|面积|规模|效益|投资|利润|指数|度|贸易|出口|进口)$"
)
SHARE_NOUN = re.compile(r"^的?[\w“”+(]{2,}")
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
        return covers(text, entry, scope)
    return subjects(text, part, group, scope, last, committed, behind is not None)


def share_of(text: str, entry: Entry) -> bool:
    """Whether a share is of the noun behind it (75%的国家级园区): nothing but verbs before it."""
    begin = without_lead(text, entry.left, entry.quantity.start)
    before = text[begin : entry.quantity.start].strip()
    return (
        not before
        or re.fullmatch(
            r"(?:着力|加快|积极|大力|推动|推进|实现|引导|支持|促进|力争|确保|带动|鼓励|组织|全[省市县区]|至少|不少于|约|超过|不低于|使|达到|保障|首批|、)+",
            before,
        )
        is not None
    )


def operator(quantity: Quantity, before: Op | None) -> Op:
    """What a number means: a range, the words behind it, then those before it; 100% is exact."""
    if quantity.value_max is not None:
        return "range"
    if quantity.op is not None and (quantity.op != ">=" or quantity.value != 100 or quantity.unit != "%"):
        return "~" if before == "~" and quantity.op == ">=" and quantity.end == quantity.bare_end else quantity.op
    if quantity.value == 100 and quantity.unit == "%" and before != "<=":
        return "="
    return before or ">="


def objects(
    text: str, group: list[Entry], behind: tuple[int, int], scope: str | None, last: Row | None, verb: str | None
) -> list[Row]:
    """Counts before what they count: 建成10家绿色工厂, 200名副职后备人才 (the verb carried over)."""
    entry = group[0]
    quantity = group[-1].quantity
    match = verb_before(text, entry.left, entry.quantity.start)
    begin = without_lead(text, entry.left, entry.quantity.start)
    before = text[begin : match.start() if match else entry.quantity.start]
    rest = wording().adverbs.sub("", re.sub(r"[、\s]+$", "", before))
    own = scope_at(text, begin, begin + len(before)) if before else None
    if (
        match is None
        and not (verb is not None and not rest)
        and not (own and not before[own.end - begin :].strip("、要应需至少不低于有达到 "))
    ):
        return []
    said = match["verb"] if match else verb or ""
    what = text[slice(*behind)]
    if FIGURE.fullmatch(what) and (
        head := re.search(r"的(?P<noun>\w{2,})$", text[behind[1] : group[-1].right + 60].split(",")[0])
    ):
        what += head["noun"]
    if not acceptable(quantity, said, what):
        return []
    kept = said if said == "完成" else wording().dropped.sub("", said)
    metric = shortened(kept + re.sub(r"^的", "", what), "verb") if len(what) <= 14 else kept + shortened(what, "noun")
    start = match.start() if match else entry.quantity.start
    held = own.text if own else scope
    if own and narrower(own.text, scope):
        held = scope
    op = comparator(text, begin, entry.quantity.start)
    heads = scopes_in_step(text, begin, match.start() if match else entry.quantity.start)
    if len(group) > 1 and len(heads) == len(group):
        return [
            Row(item.quantity, begin, behind[1], entry.left, metric, head, operator(item.quantity, op), verb=said)
            for item, head in zip(group, heads, strict=True)
        ]
    if len(group) == 1 and len(heads) > 1:
        return [
            Row(quantity, begin, behind[1], entry.left, metric, head, operator(quantity, op), verb=said)
            for head in heads
        ]
    if len(group) > 1:
        return []
    return [Row(quantity, start, behind[1], entry.left, metric, held, operator(quantity, op), verb=said, unit=None)]


def comparator(text: str, start: int, end: int) -> Op | None:
    """The op of a word right before a number (不少于)."""
    match = wording().reach.search(text[start:end])
    return wording().ops[match["reach"]] if match else None


def acceptable(quantity: Quantity, verb: str, what: str) -> bool:
    """Whether a verb, a number and a noun make a commitment (and not 明确三个方面)."""
    words = wording()
    if words.not_countable.search(what):
        return False
    if verb in words.weak and not words.countable.search(what) and quantity.kind != "people":
        return False
    if quantity.kind in ("money", "foreign", "money_other"):
        return words.money_nouns.search(what) is not None
    return True


def scopes_in_step(text: str, start: int, end: int) -> list[str]:
    """Parks or classes of parks that each take a number (国家级园区、省级园区各, A、B等园区): two or more, else none."""
    words = text[start:end]
    step = STEP.search(words)
    words = words[: step.start()] if step else words
    pieces = [
        re.sub(r"^(?:力争|确保|其中|支持|推动)|等(?:园区|开发区)?$", "", piece.strip()) for piece in HEADS.split(words)
    ]
    if len(pieces) < 2 or not all(ALL_PARK.fullmatch(piece) for piece in pieces):
        return []
    return pieces


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
    held = item.scope.text if item.scope else scope
    if item.scope and narrower(item.scope.text, scope):
        held = scope
    start = item.scope.start if item.scope else item.start
    if item.scope and not metric and counted(quantity):
        metric, held = item.scope.text, scope if scope != item.scope.text else None
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
    leaning = not metric or needs_last(metric, last)
    if leaning:
        free = not metric or CHANGED_ONLY.fullmatch(metric)
        if last is None or not (free or kin(quantity, last.quantity)):
            return []
        metric = carried(metric, last.metric)
    own = verb or leading_verb(metric)
    within = entry.left > part.start or text.startswith("其中", part.start)
    if not own and last and kin(quantity, last.quantity) and within:
        own = leading_verb(last.metric)
        metric = own + metric
    if metric and (alone := wording().verbs.fullmatch(metric)) and len(alone["verb"]) > 1 and counted(quantity):
        metric += object_before(text, part.start)
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


def base_start(text: str, entry: Entry) -> int:
    """Where the words before a number end; before 由45% where the number is raised from another."""
    if entry.base is None:
        return entry.quantity.start
    match = re.search(
        r"(?:由|从)(?:20\d\d年|目前|现在|当前|上年)?(?:底|末)?的?约?$", text[entry.left : entry.base.start]
    )
    return entry.left + match.start() if match else entry.base.start


def needs_last(metric: str, last: Row | None) -> bool:
    """Whether a metric leans on the one before."""
    return last is not None and carried(metric, last.metric) != metric


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
    return len(re.sub(r"[\W\d_]", "", metric)) >= 2 and not (
        wording().adverbs.fullmatch(metric) or NO_METRIC.search(metric)
    )


def parks_before(text: str, left: int, item: Subject) -> list[str]:
    """Parks that stand alone before the number: A、B等园区突破1000亿元."""
    begin = without_lead(text, left, item.end)
    words = re.sub(r"等(?:园区|开发区|\d+个园区)?$", "", text[begin : item.end].strip())
    pieces = [piece for piece in HEADS.split(words) if piece]
    if any(VERBAL.search(piece) or wording().any_verb.match(piece) for piece in pieces):
        return []
    return pieces if pieces and all(ALL_PARK.fullmatch(piece) for piece in pieces) else []


def measures(metric: str) -> list[str]:
    """The metrics of a list that share one number (污水集中处理率、固体废弃物处置率等达到100%), else the metric alone."""
    pieces = [re.sub(r"等$", "", piece) for piece in HEADS.split(metric)]
    change = wording().change.search(metric)
    bare = [
        piece[: -len(change["change"])] if change and piece.endswith(change["change"]) else piece for piece in pieces
    ]
    if len(pieces) > 1 and all(len(piece) > 2 and MEASURE.search(piece) for piece in bare):
        return [piece + change["change"] for piece in bare] if change else bare
    return [re.sub(r"等$", "", metric)]


def in_step(text: str, part: Clause, group: list[Entry], scope: str | None, last: Row | None) -> list[Row]:
    """Lists in step: n heads and n numbers, or n parks with one number behind 各 or 分别."""
    left = group[0].left
    end = group[0].quantity.start
    step = STEP.search(text, left, end)
    if step is None and len(group) == 1:
        return []
    begin = without_lead(text, left, end)
    head_end = step.start() if step else subject(text, left, end).end
    heads = [piece.strip() for piece in HEADS.split(re.sub(r"等$", "", text[begin:head_end])) if piece.strip()]
    tail = subject(text, step.end(), end) if step else None
    what = tail.metric if tail else ""
    op = (tail.op if tail else None) or subject(text, left, end).op
    numbers = [item.quantity for item in group]
    if len(group) == 1:
        numbers *= len(heads)
    if len(heads) != len(numbers) or len(heads) < 2:
        return []
    final = next((number.op for number in reversed(numbers) if number.op), None)
    last_park = PARK_METRIC.match(heads[-1])
    if last_park and not what and all(PLACE.fullmatch(head) for head in heads[:-1]):
        heads[-1], what = last_park["park"], last_park["metric"]
    heads = [re.sub("年均$", "", head) for head in heads]
    parks = [PLACE.fullmatch(head) for head in heads]
    rows = []
    for head, number in zip(heads, numbers, strict=True):
        metric, held = (what, head) if all(parks) else (completed_head(head, heads[-1]), scope)
        if all(parks) and not what:
            metric = last.metric if last else ""
        elif what and not all(parks):
            metric = what + metric if leading_verb(what + "它") and not wording().change.search(what) else metric + what
        own = scope_at(text, begin, head_end) if not all(parks) else None
        if own and head.startswith(own.text) and len(head) > len(own.text):
            held, metric = own.text, metric.removeprefix(own.text)
        if not says_something(metric):
            return []
        stated = operator(number, op) if number.op else operator(number, final or op)
        rows.append(
            Row(
                number,
                begin,
                group[-1].quantity.end,
                left,
                metric,
                held,
                stated,
                tail.yearly if tail else False,
                leading_verb(metric) or None,
            )
        )
    return rows


def completed_head(head: str, final: str) -> str:
    """A head of a list with what only the last one says: 国家级 (of 国家级、省级专精特新企业) → 国家级专精特新企业."""
    level = re.fullmatch(r"(?:世界级|国家级?|省级?|市级?|区级|县级|部级|省部级)", head)
    other = re.match(r"(?:世界级|国家级?|省级?|市级?|区级|县级|部级|省部级)", final)
    return head + final[other.end() :] if level and other else head


def shares(text: str, part: Clause, group: list[Entry], scope: str | None) -> list[Row]:
    """Shares of a class: 75%的国家级园区和50%的省级园区实现循环化改造, 80%以上的规上企业上云."""
    rows = []
    for entry in group:
        quantity = entry.quantity
        behind = noun(text, quantity.end, min(entry.right, part.end))
        if behind is None:
            continue
        words = text[slice(*behind)]
        predicate = PREDICATE.search(words, 1)
        if predicate is None:
            rest = text[entry.right : part.end]
            later = PREDICATE.search(rest)
            if later is None and not PUSHED.search(text, entry.left, quantity.start):
                continue
            who, does, end = (words, rest[later.start() :], part.end) if later else (words, "", behind[1])
        else:
            who, does, end = words[: predicate.start()], words[predicate.start() :], behind[1]
        park = ALL_PARK.fullmatch(who)
        before = text[max(entry.left, quantity.start - 8) : quantity.start]
        rows.append(
            Row(
                quantity,
                quantity.start,
                end,
                entry.left,
                does if park and does else who + does,
                who if park else scope,
                operator(quantity, comparator(before, 0, len(before))),
            )
        )
    return rows


def covers(text: str, entry: Entry, scope: str | None) -> list[Row]:
    """Full coverage: 污水管网全覆盖, 集中处理、达标排放、在线监测全覆盖."""
    quantity = entry.quantity
    item = subject(text, entry.left, quantity.start)
    held = item.scope.text if item.scope and not narrower(item.scope.text, scope) else scope
    words = re.sub(r"^(?:基本)?(?:实现|达到|推动|推进|做到|确保)?(?:对)?", "", item.metric)
    pieces = [re.sub(r"等$", "", piece) for piece in HEADS.split(words) if len(piece) > 1]
    done = text[quantity.start + 1 : quantity.end].replace("面", "")
    start = item.scope.start if item.scope else item.start
    return [
        Row(quantity, start, quantity.end, entry.left, piece + (done if len(pieces) == 1 else ""), held, "=")
        for piece in pieces
    ]
