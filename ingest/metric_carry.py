"""Metrics that lean on other words: on the metric before, or on the clause before."""

from __future__ import annotations

import re

from ingest.metrics import without_lead
from ingest.quantities import quantities
from ingest.wording import wording

CHANGED_ONLY = re.compile("(?:年均)?(?:增长|增速|增幅|增长率|下降|降低|降幅|提高|增加|提升|上升|减少|翻倍)")


LEANING = re.compile(
    r"(?:\s|、|力争|争取|确保|预计|并且?|且|均|分别|保持|实现|同比|比上年|较上年)*(?:占(?!地|用)|[高快低]于|(?:年均|每年|年平均)?(?:增长|增速|增幅|下降|降低|降幅|提高|增加|提升|上升|减少)(?:率|速度)?(?:达到?|为|约|超过?|保持在|不低于|高于|\s)*$)"
)
SHARE = re.compile(r"占.*$")


GENERIC = re.compile("总量|总数|总额|数量|规模|总规模|总投资|占比|比重|面积|总面积|总产值|投资额|总部|占")


RISING = re.compile(
    r"^(?P<what>.{2,}?)(?:持续|稳步|不断|进一步|大幅|显著|明显|逐步|快速)+(?:提升|提高|增长|扩大|增加|优化|改善|下降|降低|壮大|增强|加快)$"
)


CLASSED = re.compile(r"(?:\d+|[百千十])?[亿万]元?(?:以上)?")


LEVEL = re.compile(
    r"(?:世界级|国际|国家级?|部级|省部级|省级?|市级?|州级|区级|县级|地市级|国内|省内|市内|其他|其它|省外|境外|本土)(?:以上)?"
)


def leans(before: str) -> bool:
    """Whether the words before a number only say how the measure before them moves, or compare it with another."""
    return LEANING.match(before) is not None


def grown(metric: str) -> str | None:
    """What a metric of growth says to grow (亩均税收 of 亩均税收增长); None for any other metric."""
    change = wording().change.search(metric)
    return metric[: change.start()] if change else None


def unmoved(metric: str) -> str:
    """A metric without the words that say how it moves."""
    what = grown(metric)
    return metric if what is None else what


def object_before(text: str, start: int) -> str:
    """What the verb of the clause before ``start`` acts on: 引进紧缺工种技师, 累计培养引进1000人 → 紧缺工种技师; empty for a number."""
    end = start - 1
    first = max(text.rfind(mark, 0, end) for mark in ",;。:\n") + 1
    found = [match.end() for match in wording().any_verb.finditer(text, first, end) if end - match.end() > 1]
    what = text[found[-1] : end].strip() if found and text[end : end + 1] == "," else ""
    return "" if next(quantities(what), None) else what


def rising(text: str, start: int) -> str:
    """What the clause before ``start`` says to rise (比重稳步提升,达到38%左右); empty where it says otherwise."""
    if text[start - 1 : start] != ",":
        return ""
    first = max(text.rfind(mark, 0, start - 1) for mark in ",;。:\n") + 1
    match = RISING.match(text[without_lead(text, first, start - 1) : start - 1])
    return match["what"] if match and not next(quantities(match[0]), None) else ""


def carried(metric: str, last: str | None) -> str:
    """A metric that leans on the one before: 占全省比重, 省级 (after 国家级平台), 50亿元以上企业 (after 产值100亿元以上企业)."""
    if not last:
        return metric
    if not metric or CHANGED_ONLY.fullmatch(metric):
        return unmoved(last) + metric.replace("年均", "")
    if metric.startswith(("占", "其中占")):
        return unmoved(SHARE.sub("", last)) + metric
    if metric.startswith(("高于", "快于", "低于")):
        return last + metric
    level = LEVEL.fullmatch(metric)
    if level:
        other = LEVEL.search(last)
        return last[: other.start()] + metric + last[other.end() :] if other else metric + last
    if GENERIC.fullmatch(metric):
        if last.endswith(("数量", "总数", "总量", "总额", metric)):
            return last
        change = wording().change.search(last)
        return (last[: change.start()] if change else last) + metric
    first = next(quantities(metric), None)
    if first and first.start == 0 and first.end == len(metric) and CLASSED.search(last):
        return CLASSED.sub(metric, last, count=1)
    before = next(quantities(last), None)
    if first and first.start == 0 and before and before.start > 0:
        return last[: before.start] + metric
    return metric


def leading_verb(metric: str) -> str:
    """The verb that a metric begins with (引进, 新增); empty without one."""
    match = wording().head_verb.match(metric)
    return match["verb"] if match and len(match["verb"]) > 1 and match.end() < len(metric) else ""


def class_of(metric: str, last: str) -> str:
    """A class with the measure of the metric before it: 其中大中型工业企业 (after 规上工业企业研发机构覆盖率)."""
    for length in range(len(metric), 1, -1):
        at = last.find(metric[-length:])
        if at >= 0 and at + length < len(last):
            return metric + last[at + length :]
    return metric
