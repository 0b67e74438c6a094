"""Themes, industries and indicators in a question, by the tables of documents, their English names and the graph's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from api.ask.held import Held
from api.ask.names import Names
from api.ask.span import Span, span
from api.ask.tables import names_table, table
from ingest import indicators as indicator_table
from ingest.indicators import indicator
from ingest.park_table import kinds
from ingest.tables import load_yaml

_SHORTEST = 3  # characters of a word of industries.yml that is an industry's name by itself
_INDUSTRY_END = re.compile("(?:制造)?(?:产业|行业|业)(?!园|集聚|集群|链)|产业链|产业集群")
_MEASURE = re.compile(
    "(?:率|占比|比重|密度|强度|总量|总额|面积|产值|收入|数量|增幅|指数|系数)$"
)  # 污水集中处理率 is no theme
_PARK_END = 2  # characters of a kind of park behind a theme
_HOW_MANY = re.compile("(?:多少|几)[家个户项座]?$")
_GROWTH = re.compile(r"^ ?(?:growth(?: rate)?|increase)")


def thing_spans(text: str, held: Held) -> Iterator[Span]:
    """Every stretch that may name a theme, an industry or an indicator."""
    themes = [each for each in _themes().find(text) if not _of_parks(text, each[0], each[1])]
    for start, end, keys in themes:
        for key in keys:
            yield span(start, end, "theme", key)
    for names in (_industries(), held.industry_names):
        for start, end, found in names.find(text):
            more = _INDUSTRY_END.match(text, end)
            stops = {end, more.end() if more else end}
            yield from (span(start, stop, "industry", name) for stop in stops for name in found)
    for start, end, found in _indicators().find(text):
        yield from _wider(text, start, end, found[0], held)
    for start, end, found in held.metrics.find(text):
        yield span(start, end, "indicator", found[0])
        for first, last, keys in themes:  # 循环化改造 is a metric of some policy, and green everywhere
            if start <= first and last <= end and not _MEASURE.search(text, start, end):
                yield span(start, end, "theme", keys[0])


def _of_parks(text: str, start: int, end: int) -> bool:
    """Whether a theme is a part of a kind of park: 产业集聚 of 产业集聚区."""
    return any(
        text[start : end + more] in kinds() and text[end : end + more].strip() for more in range(1, _PARK_END + 1)
    )


def _wider(text: str, start: int, end: int, name: str, held: Held) -> Iterator[Span]:
    """An indicator, and the one that it is with the words before and behind it (新增…, …增长)."""
    yield span(start, end, "indicator", name)
    known = indicator_table.names()
    growth = _GROWTH.match(text, end)
    if growth:
        yield span(start, growth.end(), "indicator", f"{name}增长")
    ahead = text[:start]
    asked = _HOW_MANY.search(ahead)  # 新增几家上市公司
    head = ahead[: asked.start()] if asked else ahead
    befores = ["", *(word for word in load_yaml("indicators.yml")["before"] if head.endswith(word))]
    behinds = {0} | {len(word) for word, _ in known.qualifiers if text.startswith(word, end)}
    for before in befores:
        for behind in behinds:
            wide = indicator(before + text[start : end + behind]) if before or behind else None
            if wide and (not asked or wide in held.indicators):  # 创建几个绿色园区 is no indicator of its own
                yield span(len(head) - len(before) if before else start, end + behind, "indicator", wide)


def measure(name: str) -> bool:
    """Whether an indicator is by its last word a rate, a sum or the like."""
    return _MEASURE.search(name) is not None


def measured(name: str) -> bool:
    """Whether an indicator has a value everywhere, which is no target: what is counted, GDP, output …, and its increase."""
    before = next((word for word in load_yaml("indicators.yml")["before"] if name.startswith(word)), "")
    return name.removeprefix(before) in _measured()


@cache
def _measured() -> frozenset[str]:
    counted = (row["name"] for row in load_yaml("indicators.yml")["indicators"] if row["kind"] == "count")
    return frozenset((*counted, *table()["measured"], *(row["zh"] for row in names_table()["metrics"])))


@cache
def _themes() -> Names:
    found = Names()
    other = frozenset(table()["not_themes"])
    for row in load_yaml("themes.yml")["themes"]:
        for name in (row["zh"], row["en"], row["key"], *row["title"]):
            if name not in other:
                found.add(name, row["key"])
    for row in names_table()["themes"]:
        for name in (*row["zh"], *row["en"]):
            found.add(name, row["theme"])
    return found


@cache
def _industries() -> Names:
    found = Names()
    rows = load_yaml("industries.yml")
    for row in rows["names"]:
        for name in (row["name"], *row["synonyms"]):
            found.add(name, row["name"])
    for name in (*rows["whole"], *(word for word in rows["words"] if len(word) >= _SHORTEST)):
        found.add(name, name)
    for row in names_table()["industries"]:
        for name in (row["zh"], *row.get("also", ()), *row["en"]):
            found.add(name, row["zh"])
    return found


@cache
def _indicators() -> Names:
    found = Names()
    for word, name in indicator_table.names().words.items():
        found.add(word, name)
    for row in (*names_table()["indicators"], *names_table()["metrics"]):
        for name in (row["zh"], *row["en"]):
            found.add(name, row["zh"])
    return found
