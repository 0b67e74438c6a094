"""Lists in step: 国家级、省级企业分别达到30家、180家, and lists that share one number."""

from __future__ import annotations

import re

from ingest.entries import Entry
from ingest.metric_carry import leading_verb
from ingest.metrics import Subject, subject, without_lead
from ingest.scopes import PARK, VERBAL, park_at, scope_at
from ingest.sentences import Clause
from ingest.target_rows import ALL_PARK, HEADS, PLACE, STEP, Row, operator, says_something
from ingest.wording import wording

PARK_METRIC = re.compile(rf"(?P<park>\w{{0,12}}?{PARK}|\w{{2,4}}[市县区])(?P<metric>\w{{2,}})$")


SHARED_TAIL = re.compile(
    "(?:产业|行业)?(?:链)?(?:集群)?(?:实现)?(?:工业)?(?:总产值|产值|营业收入|主营业务收入|增加值|销售收入|规模|投资)$"
)
RANKING = re.compile("^(?:力争|争取|确保)*(?:进入|跻身|位居|位列)")
EACH = re.compile(r"[均都](?=达|超|突破|实现|力争|不低于|不少于|保持|进入|完成)")
LIST_END = re.compile(r"等(?:园区|开发区|\d+个园区)?$")
INDUSTRY = re.compile("^(?!.*(?:企业|园区|项目|平台|中心|人才)$)")
MEASURE = re.compile(
    r"(?:率|值|额|量|数|比|比重|比例|收入|强度|水平|占比|能耗|排放|投入|产出|税收|贡献度|覆盖面|面积|规模|效益|投资|利润|指数|度|贸易|出口|进口)$"
)


def parks_before(text: str, left: int, item: Subject) -> list[str]:
    """Parks that stand alone before the number: A、B等园区突破1000亿元."""
    begin = without_lead(text, left, item.end)
    words = LIST_END.sub("", text[begin : item.end].strip())
    pieces = [piece for piece in HEADS.split(words) if piece]
    verbal = [piece for piece in pieces if VERBAL.search(piece) or wording().any_verb.match(piece)]
    if not all(map(bears_region, verbal)):
        return []
    return pieces if pieces and all(ALL_PARK.fullmatch(piece) for piece in pieces) else []


def bears_region(park: str) -> bool:
    """Whether a park's name begins with that of a region (建瓯经开区, whose first character is a verb elsewhere)."""
    return park_at(park, 0, len(park), False) is not None


def measures(metric: str) -> list[str]:
    """The metrics of a list that share one number (污水集中处理率、固体废弃物处置率等达到100%), else the metric alone."""
    pieces = [piece.removesuffix("等") for piece in HEADS.split(metric)]
    change = wording().change.search(metric)
    bare = [
        piece[: -len(change["change"])] if change and piece.endswith(change["change"]) else piece for piece in pieces
    ]
    if len(pieces) > 1 and all(len(piece) > 2 and MEASURE.search(piece) for piece in bare):
        return [piece + change["change"] for piece in bare] if change else bare
    return [metric.removesuffix("等")]


def in_step(text: str, part: Clause, group: list[Entry], scope: str | None, last: Row | None) -> list[Row]:
    """Lists in step: n heads and n numbers, or n parks with one number behind 各 or 分别."""
    left = group[0].left
    end = group[0].quantity.start
    step = STEP.search(text, left, end) or each_of_parks(text, left, end)
    if step is None and len(group) == 1:
        return []
    begin = without_lead(text, left, end)
    head_end = step.start() if step else subject(text, left, end).end
    heads = [piece.strip() for piece in HEADS.split(text[begin:head_end].removesuffix("等")) if piece.strip()]
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
        heads[-1], what = last_park["park"], RANKING.sub("", last_park["metric"])
    heads = [head.removesuffix("年均") for head in heads]
    tail_words = SHARED_TAIL.search(heads[-1])
    if (
        tail_words
        and not what
        and not any(MEASURE.search(head) for head in heads[:-1])
        and all(map(INDUSTRY.search, heads[:-1]))
    ):
        heads[:-1] = [head + tail_words[0] for head in heads[:-1]]
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


def each_of_parks(text: str, start: int, end: int) -> re.Match[str] | None:
    """均 or 都 behind a list of places that share one metric and one number (甲县、乙县开发区营业收入均突破300亿元)."""
    step = EACH.search(text, start, end)
    if step is None:
        return None
    *heads, last = [piece.strip() for piece in HEADS.split(text[start : step.start()]) if piece.strip()] or [""]
    return step if heads and all(map(PLACE.fullmatch, heads)) and PARK_METRIC.match(last) else None


def completed_head(head: str, final: str) -> str:
    """A head of a list with what only the last one says: 国家级 (of 国家级、省级专精特新企业) → 国家级专精特新企业."""
    level = re.fullmatch(r"(?:世界级|国家级?|省级?|市级?|区级|县级|部级|省部级)", head)
    other = re.match(r"(?:世界级|国家级?|省级?|市级?|区级|县级|部级|省部级)", final)
    return head + final[other.end() :] if level and other else head
