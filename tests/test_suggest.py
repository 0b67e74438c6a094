"""Suggestions while typing, on both engines."""

from __future__ import annotations

import time
from typing import Any

import pytest

from graph.load import load
from graph.store import Row, Store
from graph.suggest import Suggester, suggest
from tests.graph_records import CHANGDE, Draft, changde, hunan, zhumadian

CODE = {"常德市": "430700"}


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, [changde(), hunan(), zhumadian()])
    return module_store


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("常德市", [("Region", "常德市", "常德市"), ("Agency", "常德市应急管理局", "常德市应急管理局"),
                    ("Policy", "常德市“五好”园区攻坚专项行动实施方案(2022—2025年)", "常德市“五好”园区攻坚专项行动实施方案(2022—2025年)")]),
        ("常德经开", [("Park", "常德经济技术开发区", "常德经开区")]),
        ("西平县", [("Park", "西平县产业集聚区", "西平县产业集聚区")]),
        ("智能装备", [("Industry", "装备制造", "智能装备制造")]),
        ("GREEN", [("Theme", "绿色低碳", "green")]),
        ("绿色", [("Theme", "绿色低碳", "绿色低碳"), ("Task", "推进绿色园区", "推进绿色园区"),
                  ("Task", "打造绿色安全园区", "打造绿色安全园区")]),
        ("green and", [("Theme", "绿色低碳", "Green and low-carbon")]),
        ("125", [("Policy", "驻马店市推进产业集聚区高质量快速发展行动方案", "驻政办〔2019〕125号")]),
        (" 411700 ", [("Region", "驻马店市", "411700")]),
        ("推进绿色工厂建设", [("Task", "推进绿色工厂建设", "推进绿色工厂建设")]),
        ("", []),
        ("  ", []),
        ("没有这样的", []),
        (".*", []),
        ("\U0010ffff", []),
    ],
)  # fmt: skip
def test_the_first_suggestions(store: Store, text: str, expected: list[tuple[str, str, str]]) -> None:
    found = suggest(store, text, 3)
    assert [(each.kind, each.name, each.match) for each in found] == expected


def test_ids_are_those_of_the_graph(store: Store) -> None:
    assert [(each.kind, each.id) for each in suggest(store, "常德市", 1)] == [("Region", "430700")]
    assert [(each.kind, each.id) for each in suggest(store, "推进绿色工厂建设")] == [
        ("Task", "驻政办〔2019〕125号#2.3.1")
    ]


def test_what_begins_so_comes_before_what_holds_it(store: Store) -> None:
    begins = [each.match.startswith("发展") for each in suggest(store, "发展", 20)]
    assert begins == sorted(begins, reverse=True)
    assert begins[0]
    assert not begins[-1]


def test_each_thing_is_suggested_once_and_at_most_the_limit(store: Store) -> None:
    found = suggest(store, "市", 50)
    assert len({(each.kind, each.id) for each in found}) == len(found)
    assert [len(suggest(store, "市", limit)) for limit in (0, 1, 4)] == [0, 1, 4]
    assert suggest(store, "市", 4) == found[:4]
    assert {each.kind for each in found[:3]} == {"Region", "Agency", "Policy"}  # the kinds take turns


def test_names_are_read_once_a_revision(url: str) -> None:
    from graph.store import open_store

    with open_store(url) as opened:
        load(opened, [changde()])
        reader, kept = Reading(opened), Suggester()
        assert kept.suggest(reader, "新的任务") == []
        first = reader.reads
        kept.suggest(reader, "常德")
        assert reader.reads == first
        draft = Draft("甲", CHANGDE, "甲方案")
        draft.task("1", "新的任务")
        load(opened, [draft.record()])
        assert [each.name for each in kept.suggest(reader, "新的任务")] == ["新的任务"]
        assert reader.reads == 2 * first


class Reading:
    """A reader that counts its queries."""

    def __init__(self, store: Store) -> None:
        self.store, self.url, self.search_index, self.reads = store, store.url, store.search_index, 0

    def read(self, cypher: str, params: Any = None, **budget: Any) -> list[Row]:
        self.reads += 1
        return self.store.read(cypher, params, **budget)

    def revision(self) -> int:
        return self.store.revision()


class Large:
    """A reader of 100,000 names."""

    url, search_index = "large", None

    def read(self, cypher: str, params: Any = None, **budget: Any) -> list[Row]:
        if ":Task)" not in cypher:
            return []
        return [{"node": f"p#{n}", "form0": f"推进第{n}项园区工作"} for n in range(100_000)]

    def revision(self) -> int:
        return 1


@pytest.mark.parametrize("text", ["推进", "园区", "第99999项", "没有这样的名称"])
def test_a_hundred_thousand_names_are_looked_through_at_once(text: str) -> None:
    kept, large = Suggester(), Large()
    kept.suggest(large, "x")
    took = []
    for _ in range(3):
        started = time.perf_counter()
        kept.suggest(large, text)
        took.append(time.perf_counter() - started)
    assert min(took) < 0.25  # a fifth of that on an idle machine
