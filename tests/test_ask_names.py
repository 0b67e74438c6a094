"""What a question names: places, agencies, parks, things and days, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from api.ask.link import link
from api.ask.names import letters
from api.ask.read import read
from api.ask.text import normal
from api.ask.when import days
from ingest.regions import regions
from ingest.tables import read_csv
from tests.asking import TODAY, Graph, graph, samples  # noqa: F401

NAMED: list[tuple[str, dict[str, Any]]] = [
    # question, kind → what it may be
    ("常德", {"region": ("430700",)}),
    ("常德市", {"region": ("430700",)}),
    ("湖南省常德市", {"region": ("430700",)}),
    ("湖南的常德", {"region": ("430700",)}),
    ("Changde", {"region": ("430700",)}),
    ("CHANGDE CITY", {"region": ("430700",)}),
    ("Changde, Hunan", {"region": ("430700",)}),
    ("Hunan Province", {"region": ("430000",)}),
    ("zhu ma dian", {"region": ("411700",)}),
    ("Shaanxi", {"region": ("610000",)}),
    ("Inner Mongolia", {"region": ("150000",)}),
    ("Taoyuan County", {"region": ("430725",)}),
    ("Jilin", {"region": ("220000",)}),
    ("Jilin City", {"region": ("220200",)}),
    ("Taizhou", {"region": ("321200", "331000")}),
    ("朝阳区", {"region": ("110105", "220104")}),
    ("常德市发改委", {"agency": ("常德市发展和改革委员会",)}),
    ("常德的发展改革委", {"agency": ("常德市发展和改革委员会",)}),
    ("常德市发展和改革委员会", {"agency": ("常德市发展和改革委员会",)}),
    ("驻马店市工信局", {"agency": ("驻马店市工业和信息化局",)}),
    ("Changde DRC", {"agency": ("常德市发展和改革委员会",)}),
    ("the Development and Reform Commission of Changde", {"agency": ("常德市发展和改革委员会",)}),
    ("Changde Municipal Ecology and Environment Bureau", {"agency": ("常德市生态环境局",)}),
    ("bureau of ecology & environment in Zhumadian", {"agency": ("驻马店市生态环境局",)}),
    ("MIIT", {"agency": ("工业和信息化部",)}),
    ("常德市优化办", {"agency": ("常德市优化办",)}),
    ("常德经开区", {"park": ("常德经济技术开发区",)}),
    ("常德的高新区", {"park": ("常德高新技术产业开发区",)}),
    ("Changde Economic Development Zone", {"park": ("常德经济技术开发区",)}),
    ("Changde ETDZ", {"park": ("常德经济技术开发区",)}),
    ("the high-tech zone of Changde", {"park": ("常德高新技术产业开发区",)}),
    ("Zhumadian Economic Development Zone", {"park": ("驻马店经济开发区",)}),
    ("武陵工业园", {"park": ("武陵工业园",)}),
    ("亩均税收", {"indicator": ("亩均税收",)}),
    ("地均税收", {"indicator": ("亩均税收",)}),
    ("tax revenue per mu", {"indicator": ("亩均税收",)}),
    ("规模以上工业增加值增长", {"indicator": ("规上工业增加值增长",)}),
    ("R&D intensity", {"indicator": ("研发投入强度",)}),
    ("生物医药产业", {"industry": ("生物医药",)}),
    ("biomedicine", {"industry": ("生物医药",)}),
    ("new energy vehicles", {"industry": ("新能源汽车",)}),
    ("low-carbon", {"theme": ("green",)}),
    ("绿色低碳", {"theme": ("green",)}),
    ("招商引资", {"theme": ("investment",)}),
]


@pytest.mark.parametrize(("question", "named"), NAMED, ids=[question for question, _ in NAMED])
def test_what_is_named(graph: Graph, question: str, named: dict[str, Any]) -> None:  # noqa: F811
    found = read(question, graph.held, TODAY)
    assert found.unknown == ()
    entities = link(found, graph.held)
    assert len(entities) == 1
    assert {kind: entities[0].options.get(kind) for kind in named} == named


DAYS = [
    ("2021年6月1日", date(2021, 6, 1)),
    ("2021-06-01", date(2021, 6, 1)),
    ("1 June 2021", date(2021, 6, 1)),
    ("June 1st, 2021", date(2021, 6, 1)),
    ("二〇二一年", date(2021, 12, 31)),
    ("2023年底", date(2023, 12, 31)),
    ("2023年初", date(2023, 1, 1)),
    ("the end of 2023", date(2023, 12, 31)),
    ("the beginning of 2023", date(2023, 1, 1)),
    ("2024年2月", date(2024, 2, 29)),
    ("June 2021", date(2021, 6, 30)),
    ("2022-2025年", date(2025, 12, 31)),
    ("去年", date(2025, 12, 31)),
    ("十四五", date(2025, 12, 31)),
]


@pytest.mark.parametrize(("said", "day"), DAYS)
def test_days(said: str, day: date) -> None:
    found = max(days(normal(said), TODAY), key=lambda each: each.end - each.start)
    assert found.get("day")[0].day == day


@pytest.mark.parametrize("said", ["2021年13月1日", "12345", "20215", "1.2021", "第2021号"])
def test_no_days(said: str) -> None:
    assert not [each for each in days(normal(said), TODAY) if each.end - each.start > 4]


def test_no_two_of_the_larger_places_are_lost_in_english() -> None:
    rows = {row["code"]: row["english"] for row in read_csv("ask/regions_en.csv")}
    current = [code for code in regions().codes() if regions().now(code).code == code]
    larger = [code for code in current if regions()[code].level in ("province", "prefecture")]
    assert [code for code in larger if not rows.get(code)] == []
    assert all(letters(name) for names in rows.values() for name in names.split(";"))
    assert {code: rows[code] for code in ("500000", "350200", "341600", "340300", "411100", "211300")} == {
        "500000": "chongqing", "350200": "xiamen;amoy", "341600": "bozhou", "340300": "bengbu", "411100": "luohe",
        "211300": "chaoyang",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "same"),
    [("Low-Carbon", "low carbon"), ("R&D", "R and D"), ("industries", "industry"), ("vehicles", "vehicle")],
)
def test_english_names_are_compared_by_their_letters(name: str, same: str) -> None:
    assert letters(name) == letters(same)
