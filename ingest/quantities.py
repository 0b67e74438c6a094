"""Numbers with their units in a folded text: one pass of one pattern, with the comparators written behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.numerals import ARABIC, CHINESE, number
from ingest.records import Op
from ingest.scanning import scan
from ingest.tables import load_yaml
from ingest.units import scale_pattern, unit_of, unit_pattern

AFTER: dict[str, Op] = {
    "以上": ">=", "之上": ">=", "左右": "~", "上下": "~", "以内": "<=", "以下": "<=", "之内": "<=", "之下": "<=",
}  # fmt: skip
CLASS_NUMERAL = re.compile("[十百千]+")
NUMERALS = r"\d零〇一二两三四五六七八九十百千"
CROSSED = ("突破", "超过", "达到", "迈过", "迈上", "跨越")  # before 万亿元 without a numeral
HEAD = re.compile(  # where a quantity can begin: no place inside a number, and words before numerals alone are none
    rf"[{NUMERALS}前第翻全万]"
    rf"(?:(?<=[{NUMERALS}])(?<![\d.A-Za-z+/第].)|(?<=[前第])(?=\s?[{NUMERALS}])|(?<=翻)|(?<=全)(?=部?[覆收处达])"
    rf"|(?:{'|'.join(f'(?<={word}万)' for word in CROSSED)})(?=亿))"
)
UNITLESS = "容积率|系数|指数|密度"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit in the view. ``end`` includes a comparator written behind (以上), ``bare_end`` does not.

    ``unit`` is as written, with its scale; ``op`` what the words behind say; ``chinese``: in Chinese numerals.
    """

    start: int
    end: int
    bare_end: int
    value: float
    value_max: float | None
    unit: str | None
    kind: str
    op: Op | None
    chinese: bool


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns."""
    numeral = rf"(?:{ARABIC}|{CHINESE})"
    scale, unit = scale_pattern(), unit_pattern()
    after = r"\s?(?:\(含\)|及其?)?(?P<after>" + "|".join(AFTER) + ")"
    plain = (
        rf"(?P<a>{numeral})"
        rf"(?:(?P<s1>{scale})?(?P<u1>{unit})?\s?(?:-{{1,2}}|~|至|到)\s?(?P<b>{numeral}))?"
        rf"(?P<more>[多余])?\s?(?P<scale>{scale})?[多余]?\s?(?P<unit>{unit})"
        rf"|(?:{'|'.join(f'(?<={word})' for word in CROSSED)})(?P<one>万亿元?)(?=[,;。、\s)]|大关|台阶|以上|$)"
        rf"|(?P<money>{ARABIC})(?P<trillion>万亿|亿)(?![元美港日欧人吨立千度斤公平方级件台只头株户家名项条个])"
    )
    rank = (
        rf"(?:(?<![底日月年末之])前|第)\s?(?P<rank>{numeral})(?!\d)(?P<place>[位名强]|%)?"
        r"(?![条章节款项次批期年届季阶代产线医强方级家个类轮步])(?:以内|之内)?"
    )
    share = (
        rf"百分之(?P<cent>{CHINESE})|(?P<under>[二三四五六七八九十两\d]{{1,4}})分之(?P<over>[一二两三四五六七八九十\d]{{1,4}})"
        r"|(?<![\d/.])(?P<up>\d{1,2})/(?P<down>\d{1,2})(?![\d/])"
    )
    double = r"翻(?P<times>[一两二三四\d])?番|(?P<twice>翻倍|翻一倍)"
    cover = (
        r"(?P<full>(?<![安健保完齐])全部?(?:覆盖|收集|处理|达标|处置)"
        r"(?!率|面|范围|度|工程|行动|计划|式|检查|排查|的|体系|网络|格局|要求|工作))"
    )
    return {
        "any": re.compile(rf"(?<![\d.A-Za-z+/第])(?:(?=[前第]){rank}|{share}|{plain})|{double}|{cover}"),
        "after": re.compile(after),
        "uncounted": re.compile(
            rf"[成造育进增设立](?P<a>{ARABIC})(?:\s?(?:-{{1,2}}|~|至|到)\s?(?P<b>{ARABIC}))?"
            rf"(?P<noun>(?:绿色|智能|省级|国家级|市级|示范|星级|数字化|重点|龙头|大型|骨干)\w{{0,8}}?(?P<head>{'|'.join(uncounted())}))"
        ),
        "unitless": re.compile(
            rf"(?:{UNITLESS})(?P<between>[^,;。\d]{{0,8}})(?P<value>{ARABIC})(?![\d%‰个家项年月位.]|、\d)"
        ),
    }


@cache
def uncounted() -> dict[str, str]:
    """Noun → the counter that a text may leave out before it (建成3~5绿色工厂: 家)."""
    return {noun: unit for unit, nouns in load_yaml("targets.yml")["units_for"].items() for noun in nouns.split("|")}


def quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Every quantity of ``text[start:end]`` in order. Numbers without a unit count for ratios that have none (容积率1.5)."""
    end = len(text) if end is None else end
    if HEAD.search(text, start, end) is None:
        return
    taken = start
    unitless = [
        found for match in patterns()["unitless"].finditer(text, start, end) if (found := _unitless(text, match, end))
    ]
    if bare := [
        found
        for match in patterns()["uncounted"].finditer(text, max(start - 1, 0), end)
        if (found := _uncounted(match))
    ]:
        unitless = sorted([*unitless, *bare], key=lambda item: item.start)
    for match in scan(patterns()["any"], HEAD, text, start, end):
        found = _quantity(text, match, end)
        if found is None:
            continue
        while unitless and unitless[0].start < found.start:
            if unitless[0].start >= taken:
                yield unitless[0]
            unitless.pop(0)
        if unitless and unitless[0].start == found.start:
            unitless.pop(0)
        taken = found.end
        yield found
    yield from (found for found in unitless if found.start >= taken)


def _quantity(text: str, match: re.Match[str], end: int) -> Quantity | None:
    if match["rank"]:
        return _rank(match)
    if match["full"]:
        return Quantity(match.start(), match.end(), match.end(), 100.0, None, "%", "cover", "=", False)
    if match["times"] or match["twice"] or match[0] == "翻番":
        power = number(match["times"]) if match["times"] else 1.0
        return _closed(text, match, 2.0 ** (power or 1.0), None, "倍", "double", end)
    if match["cent"]:
        return _closed(text, match, number(match["cent"]), None, "%", "share", end)
    if match["over"] or match["up"]:
        above, below = number(match["over"] or match["up"]), number(match["under"] or match["down"])
        return (
            _closed(text, match, above / below, None, None, "fraction", end)
            if above and below and above < below
            else None
        )
    if match["one"]:
        return _closed(text, match, 1.0, None, match["one"], "money", end)
    if match["money"]:
        return _closed(text, match, number(match["money"]), None, match["trillion"], "money", end)
    return _plain(text, match, end)


def _plain(text: str, match: re.Match[str], end: int) -> Quantity | None:
    first = number(match["a"])
    last = number(match["b"]) if match["b"] else None
    if not match["a"][0].isdigit() and CLASS_NUMERAL.fullmatch(match["a"]) and match["scale"]:
        return None  # 百亿元企业: a class, no figure
    written = (match["scale"] or "") + match["unit"]
    unit = unit_of(written)
    if unit is None or first is None:
        return None
    if match["b"]:
        if last is None or last <= first or (match["u1"] and match["u1"] != match["unit"]):
            return None
        if match["s1"] and match["s1"] != match["scale"]:
            return None
    if unit.word == "年" and "年限" not in text[max(0, match.start() - 12) : match.start()]:
        return None
    chinese = not match["a"][0].isdigit()
    return _closed(text, match, first, last, written, unit.kind, end, chinese, more=bool(match["more"]))


def _closed(
    text: str, match: re.Match[str], value: float | None, last: float | None, unit: str | None, kind: str, end: int,
    chinese: bool = False, more: bool = False,
) -> Quantity | None:  # fmt: skip
    """A quantity with the comparator behind it."""
    if value is None:
        return None
    after = patterns()["after"].match(text, match.end(), end)
    op: Op | None = AFTER[after["after"]] if after else ">=" if more else None
    stop = after.end() if after else match.end()
    return Quantity(match.start(), stop, match.end(), value, last, unit, kind, op, chinese)


def _rank(match: re.Match[str]) -> Quantity | None:
    value = number(match["rank"])
    if value is None or (match[0].startswith("第") and not match["place"]):
        return None
    unit = match["place"] or "位"
    return Quantity(
        match.start(), match.end(), match.end(), value, None, unit, "rank", "<=", not match["rank"][0].isdigit()
    )


def _uncounted(match: re.Match[str]) -> Quantity | None:
    first, last = number(match["a"]), number(match["b"]) if match["b"] else None
    if first is None or (last is None and first < 10) or (last is not None and last <= first):
        return None
    end = match.start("noun")
    return Quantity(match.start("a"), end, end, first, last, uncounted()[match["head"]], "count", None, False)


def _unitless(text: str, match: re.Match[str], end: int) -> Quantity | None:
    value = number(match["value"])
    after = patterns()["after"].match(text, match.end(), end)
    stop = after.end() if after else match.end()
    op: Op | None = AFTER[after["after"]] if after else None
    return (
        None
        if value is None
        else Quantity(match.start("value"), stop, match.end(), value, None, None, "ratio", op, False)
    )
