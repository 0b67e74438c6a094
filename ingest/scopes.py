"""Whom a target binds, in the document's words: a region (全市), a class of parks (国家级园区), one park (甲经开区)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.regions import regions

PARK = (
    "(?:产业园区|工业园区|高新技术产业开发区|经济技术开发区|经济开发区|开发区|高新区|经开区|产业集聚区|产业集中区|集聚区|集中区|"
    "边境经济合作区|综合保税区|保税区|自贸试验区|自贸区|自由贸易试验区|示范区|先导区|功能区|工业园|产业园|科技园|园区|新区|产业基地|工业区)"
)
_LEVELS = "(?:(?:国家|省|市)级(?:及?以上|\\(含?及?以上\\))|国家级|省级|市级|县级|区级|国家级和省级|国家级、省级)"
_LEAD = re.compile("支持|推动|鼓励|引导|指导|在|以|使|要求|实现|促进|确保|力争|争取|由|对|每年|到|底|末|前|年|期间|内")
_LEAD_HEADS = frozenset("支推鼓引指在以使要实促确力争由对每到底末前年期内")
_NAME = rf"[^,;:。、()“”《》\d达到超过突破实现建设打造培育形成引进新增推进加快提高完成投资进入]{{0,14}}?{PARK}"
SCOPE = re.compile(
    rf"(?P<scope>[省市县区镇乡、]{{2,8}}(?:\(县级市\)|\(市\)|\(市、区\))?[两三四]级"
    rf"|(?:全[省市县区州国旗盟域]|我[省市县区州])(?:各|所有|的)?(?:各类|{_LEVELS})?(?:(?!新[增建]|净增|建成|打造|培育|创建)\w{{0,4}}?{PARK})?"
    rf"|(?:各|每个|其他|其余|每家)(?:{_LEVELS})?(?:\w{{0,4}}?{PARK})(?:\w{{0,3}}?[、和及]\w{{0,8}}?{PARK})*"
    rf"|(?:各|每个?|所有)(?:县市区|区县市|区县|市州|市县|县区|设区市|地市|县|市|区|乡镇|镇|街道)(?:\([市、区州县乡镇街道]+\))?"
    rf"|各?(?:县域|农村|城镇(?!登记|化|新增)|城区|中心城区|主城区|市区|城乡|各[县市区]+(?:\([市、区]+\))?)(?=实现|达到|基本|全面|\w{{2,12}}(?:率|覆盖))"
    rf"|{_LEVELS}(?:各类)?\w{{0,4}}?{PARK}|{_NAME})"
    rf"(?P<more>(?:内)?(?:新入园|新入驻|新引进|新建|新增|入园|入驻|拟入园)(?:工业)?(?:项目|企业))?"
)
REGION_PARK = re.compile(rf"\w{{0,4}}?{PARK}")  # behind a region's name, which may hold any character (新余, 成都)
FACING = re.compile(
    r"面向(?P<scope>全[省市县区国]\w{2,24}?(?:[、和及]\w{2,12}?){0,3})(?=择优|设立|遴选|选拔|征集|公开|招募|评选)"
)
VERBAL = re.compile(
    "对(?!外)|为|每年|安排|与|给|开展|配合|加快|推进|申报|提升|加强|优化|促进|支持|推动|完善|整合|做[大强优]|利用|通过|围绕|聚焦|依托|纳入|经过|成为|按照|结合|紧盯|坚持|统筹|落实|增强|组织|争取|强化|深化|选择|确定|用于"
)
NO_SCOPE = re.compile(
    r"^(?:地区|特色|绿色|千亿|百亿|新型|重点|一批|智慧|示范|创新|生态|循环|标准|产业(?!集聚区|园区|集中区)|工业(?!园区|集中区)|\w{0,4}级特色|进入|入驻|高质量)"
)
ONE_PARK = re.compile(_NAME + "$")
BARE_PARK = re.compile(PARK)
WHOLE = re.compile("[全我][省市县区州国旗盟](?=.)")  # of a class of parks: 全市千亿级开发区
PARK_END = re.compile(PARK + "$")
REGION_END = re.compile("[省市县区州旗盟]")


@dataclass(frozen=True, slots=True)
class Scope:
    """Extent in the view and words; ``lent``: behind 支持, 推动 …, so that it binds its own clause only."""

    start: int
    end: int
    text: str
    lent: bool
    general: bool  # a class or a region, no single park


def scope_at(text: str, start: int, end: int) -> Scope | None:
    """The scope that ``text[start:end]`` begins with, behind words like 支持, 在, 力争; None where it begins otherwise."""
    at, lent = start, False
    while at < end and text[at] in _LEAD_HEADS and (lead := _LEAD.match(text, at, end)):
        at = lead.end()
        lent = lent or lead[0] in ("支持", "推动", "鼓励", "引导", "指导", "促进", "对")
    if text.startswith("面向", at) and (facing := FACING.match(text, at, end)):
        return Scope(*facing.span("scope"), facing["scope"], False, True)
    match = SCOPE.match(text, at, end)
    if (
        match
        and not VERBAL.search(match["scope"])
        and not NO_SCOPE.match(match["scope"] if len(match["scope"]) > 3 else "")
        and match["scope"] not in ("产业园", "工业园")
    ):
        general = (
            not ONE_PARK.match(match["scope"])
            or BARE_PARK.fullmatch(match["scope"]) is not None
            or match["scope"].startswith(("全", "我", "各", "每", "国家级", "省级", "市级", "园区", "其他"))
        )
        return Scope(match.start(), match.end(), text[match.start() : match.end()], lent, general)
    return park_at(text, at, end, lent) or region_at(text, at, end, lent)


def park_at(text: str, start: int, end: int, lent: bool) -> Scope | None:
    """A park that bears a region's name at the head (新余高新区)."""
    for length, _ in regions().prefixes(text[start : min(end, start + 14)]):
        park = REGION_PARK.match(text, start + length, end) if length > 1 else None
        if park and not VERBAL.search(park[0]):
            return Scope(start, park.end(), text[start : park.end()], lent, False)
    return None


def region_at(text: str, start: int, end: int, lent: bool) -> Scope | None:
    """A region's own name at the head (甲市地区生产总值)."""
    head = text[start : min(end, start + 14)]
    if not REGION_END.search(head[2:]):
        return None
    for length, _ in regions().prefixes(head):
        if length > 2 and REGION_END.match(head[length - 1]) and not head[length:].startswith(("级", "直", "属")):
            return Scope(start, start + length, head[:length], lent, True)
    return None


def ends_as_park(text: str) -> bool:
    """Whether a scope ends with a kind of park."""
    return PARK_END.search(text) is not None


def narrower(new: str, current: str | None) -> bool:
    """Whether ``new`` only repeats the end of the scope that already holds (园区 after 全市园区)."""
    return current is not None and current.endswith(new)
