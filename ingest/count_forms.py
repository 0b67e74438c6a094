"""Forms with the number in front: 建成10家绿色工厂, 75%的国家级园区 …, 污水管网全覆盖."""

from __future__ import annotations

import re

from ingest.entries import Entry, verb_before
from ingest.metric_carry import object_before
from ingest.metrics import PREDICATE, noun, shortened, subject, without_lead
from ingest.quantities import Quantity
from ingest.scopes import narrower, scope_at
from ingest.sentences import Clause
from ingest.target_rows import ALL_PARK, HEADS, STEP, Row, comparator, operator
from ingest.wording import wording

PUSHED = re.compile("贡献|推动|实现|引导|促进|支持|确保|带动|力争")


DOES = re.compile("^.*(?:实现|做到)(?=.{2,}$)")  # 各社区应实现自助终端全覆盖
TRAILING = re.compile(r"[、\s]+$")
AROUND_PARKS = re.compile(
    r"^(?:力争|确保|其中|支持|推动)|等(?:园区|开发区)?$|(?:等(?:园区|开发区)?)?(?:每年度?|年均|至少|原则上|各|均|都|要|力争|确保)+$"
)


FIGURE = re.compile("(?:超|突破|达|过)?[\\d百千万亿十.]+元?(?:以上|级)?")


def share_of(text: str, entry: Entry) -> bool:
    """Whether a share is of the noun behind it (75%的国家级园区): nothing but verbs before it."""
    begin = without_lead(text, entry.left, entry.quantity.start)
    before = text[begin : entry.quantity.start].strip()
    return (
        not before
        or re.fullmatch(
            r"(?:着力|加快|积极|大力|推动|推进|实现|引导|支持|促进|力争|确保|带动|鼓励|组织|全[省市县区]|至少|不少于|约|超过|不低于|使|达到|保障|首批|贡献|、)+",
            before,
        )
        is not None
    )


def objects(
    text: str, group: list[Entry], behind: tuple[int, int], scope: str | None, last: Row | None, verb: str | None
) -> list[Row]:
    """Counts before what they count: 建成10家绿色工厂, 200名副职后备人才 (the verb carried over)."""
    entry = group[0]
    quantity = group[-1].quantity
    match = verb_before(text, entry.left, entry.quantity.start)
    begin = without_lead(text, entry.left, entry.quantity.start)
    before = text[begin : match.start() if match else entry.quantity.start]
    rest = wording().adverbs.sub("", TRAILING.sub("", before))
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
    metric = shortened(kept + what.removeprefix("的"), "verb") if len(what) <= 14 else kept + shortened(what, "noun")
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
    pieces = [AROUND_PARKS.sub("", piece.strip()) for piece in HEADS.split(words)]
    if len(pieces) < 2 or not all(ALL_PARK.fullmatch(piece) for piece in pieces):
        return []
    return pieces


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
            later = None if "贡献" in text[part.start : quantity.start] else PREDICATE.search(rest)
            if later is None and not PUSHED.search(text, part.start, quantity.start):
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


def covers(text: str, part: Clause, entry: Entry, scope: str | None) -> list[Row]:
    """Full coverage: 污水管网全覆盖, 集中处理、达标排放、在线监测全覆盖."""
    quantity = entry.quantity
    item = subject(text, entry.left, quantity.start)
    held = item.scope.text if item.scope and not narrower(item.scope.text, scope) else scope
    words = re.sub(r"^(?:基本)?(?:实现|达到|推动|推进|做到|确保)?(?:对)?", "", item.metric)
    words = DOES.sub("", words)
    pieces = [piece.removesuffix("等") for piece in HEADS.split(words) if len(piece) > 1]
    pieces = pieces or list(filter(None, [object_before(text, part.start)]))
    done = text[quantity.start + 1 : quantity.end].replace("面", "")
    start = item.scope.start if item.scope else item.start
    return [
        Row(quantity, start, quantity.end, entry.left, piece + (done if len(pieces) == 1 else ""), held, "=")
        for piece in pieces
    ]
