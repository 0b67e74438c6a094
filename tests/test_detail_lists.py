"""Rows of lists, on both engines, over the sample documents; values were read in these."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from api.listing import sorted_rows
from graph.detail import lists
from graph.detail.largest import largest
from graph.detail.listing import Listing
from graph.detail.refs import View
from graph.errors import QueryError
from graph.load import load
from graph.store import Store
from tests.test_contract_queries import samples
from tests.test_detail import CHANGDE, CHIZHOU, HUNAN, METHOD, PLAN, ZHUMADIAN

CITED = [METHOD, "title:加快调结构转方式促升级实施方案", "title:推进产业立市三年行动考核办法", "title:污染防治攻坚战三年行动计划",
         "常发〔2017〕12号", "湘政办发〔2021〕19号"]  # fmt: skip


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, samples())
    return module_store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"held": True}, [CHANGDE, HUNAN, ZHUMADIAN, CHIZHOU, PLAN]),  # the latest first, what has no day last
        ({"held": False}, sorted(CITED)),
        ({"region": "湖南"}, [CHANGDE, HUNAN, PLAN]),
        ({"region": "430700"}, [CHANGDE, PLAN]),
        ({"region": "湖南", "within": False}, [HUNAN]),
        ({"year": 2015}, [CHIZHOU]),
        ({"year": 2016}, []),
        ({"status": "draft"}, [CHIZHOU]),
        ({"status": "issued"}, [CHANGDE, HUNAN, ZHUMADIAN, PLAN]),
        ({"theme": "green"}, [CHANGDE, HUNAN, ZHUMADIAN, CHIZHOU]),
        ({"q": "园区"}, [CHANGDE, HUNAN, CHIZHOU, "湘政办发〔2021〕19号"]),
        ({"q": "〔2019〕"}, [ZHUMADIAN]),
        ({"q": "  "}, [CHANGDE, HUNAN, ZHUMADIAN, CHIZHOU, PLAN, *sorted(CITED)]),
        ({"q": "' OR true"}, []),
        ({"as_of": date(2020, 1, 1)}, [ZHUMADIAN]),
        ({"region": "湖南", "year": 2022, "status": "issued", "held": True, "theme": "green", "q": "五好"}, [CHANGDE]),
    ],
)
def test_policies(store: Store, filters: dict[str, Any], expected: list[str]) -> None:
    found = [row.id for row in lists.policies(store, **filters)]
    dated = [id_ for id_ in expected if id_ in (CHANGDE, HUNAN, ZHUMADIAN, CHIZHOU)]
    assert found == dated + sorted(set(expected) - set(dated))


def test_a_row_of_a_policy(store: Store) -> None:
    row = lists.policies(store, q="125号")[0]
    assert (row.region, row.region_code, row.doc_type, row.status, row.superseded) == (
        "河南省驻马店市", "411700", "行动方案", "issued", False,
    )  # fmt: skip
    assert (row.on, row.issued_on, row.published_on, row.in_force_from, row.in_force_to) == (
        date(2019, 11, 15), date(2019, 11, 15), date(2019, 11, 25), date(2019, 11, 15), None,
    )  # fmt: skip
    assert (row.tasks, row.targets) == (24, 18)


@pytest.mark.parametrize(
    ("filters", "count", "first"),
    [
        ({}, 112, f"{CHANGDE}#2.1"),
        ({"policy": HUNAN}, 24, f"{HUNAN}#3.1.1"),
        ({"agency": "驻马店市工业和信息化局"}, 14, f"{ZHUMADIAN}#2.1.1"),
        ({"agency": "驻马店市工业和信息化局", "role": "lead"}, 9, f"{ZHUMADIAN}#2.1.2"),
        ({"role": "responsible"}, 10 + 29, f"{CHANGDE}#2.1"),
        ({"role": "support"}, 24, f"{ZHUMADIAN}#2.1.1"),
        ({"theme": "green", "region": "河南"}, 4, f"{ZHUMADIAN}#2.3.1"),
        ({"q": "绿色园区", "year": 2019}, 1, f"{ZHUMADIAN}#2.3.2"),
        ({"year": 2022}, 19, f"{CHANGDE}#2.1"),
        ({"policy": "没有"}, 0, None),
    ],
)
def test_tasks(store: Store, filters: dict[str, Any], count: int, first: str | None) -> None:
    rows = lists.tasks(store, **filters)
    assert (len(rows), rows[0].id if rows else None) == (count, first)


def test_a_row_of_a_task(store: Store) -> None:
    row = lists.tasks(store, q="绿色工厂")[0]
    assert (row.path, row.policy.id, row.region_code, row.on, row.duties) == (
        "2.3.1", ZHUMADIAN, "411700", date(2019, 11, 15), 3,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"q": "生态环境局"}, ["常德市生态环境局", "驻马店市生态环境局"]),
        ({"function": "生态环境", "region": "河南"}, ["驻马店市环境保护局", "驻马店市生态环境局"]),
        ({"q": "工信局", "region": "411700"}, ["驻马店市工业和信息化局"]),
        ({"q": "工信局", "region": "河南", "within": False}, []),
    ],
)
def test_agencies(store: Store, filters: dict[str, Any], expected: list[str]) -> None:
    assert [row.id for row in lists.agencies(store, **filters)] == sorted(expected)


def test_a_row_of_an_agency(store: Store) -> None:
    rows = {row.id: row for row in lists.agencies(store)}
    row = rows["驻马店市工业和信息化局"]
    assert (row.lead, row.responsible, row.support, row.policies) == (9, 0, 5, 1)
    before = rows["驻马店市环境保护局"]  # nothing names it: it is there for what it became
    assert (before.lead, before.responsible, before.support, before.policies) == (0, 0, 0, 0)
    assert list(rows) == sorted(rows)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"region": "池州"}, ["江南产业集中区", "池州经济技术开发区", "池州高新技术产业开发区"]),
        ({"park_class": "国家级经开区"}, ["常德经济技术开发区", "池州经济技术开发区"]),
        ({"industry": "新材料"}, ["常德高新技术产业开发区", "驻马店高新技术产业开发区"]),
        ({"industry": "新材料", "region": "湖南", "q": "高新"}, ["常德高新技术产业开发区"]),
    ],
)
def test_parks(store: Store, filters: dict[str, Any], expected: list[str]) -> None:
    assert [row.id for row in lists.parks(store, **filters)] == sorted(expected)


def test_a_row_of_a_park(store: Store) -> None:
    row = lists.parks(store, q="常德高新")[0]
    assert (row.aliases, row.region_code, row.policies, row.tasks) == (["常德高新区"], "430700", 2, 6)


def test_industries_themes_and_regions(store: Store) -> None:
    assert [(row.name, row.tasks, row.developments) for row in lists.industries(store, q="新材料")] == [
        ("新材料", 2, 2), ("新能源新材料", 1, 1),
    ]  # fmt: skip
    themes = {row.key: row.tasks for row in lists.themes(store)}
    assert themes["green"] == 10
    assert list(themes) == sorted(themes)
    assert [(row.code, row.policies) for row in lists.regions(store, region="湖南", level="prefecture")] == [
        ("430700", 2)
    ]
    assert [row.code for row in lists.regions(store, q="池州")] == ["341700"]
    row = lists.regions(store, q="驻马店市")[0]
    assert (row.code, row.parent_code, row.policies, row.parks) == ("411700", "410000", 1, 6)


@pytest.mark.parametrize("filters", [{"region": "没有这个地方"}, {"year": 0}, {"year": 10000}])
def test_a_filter_that_is_wrong(store: Store, filters: dict[str, Any]) -> None:
    with pytest.raises(QueryError, match=r"没有这个地方|year"):
        lists.policies(store, **filters)


@pytest.mark.parametrize(
    ("listing", "columns"),
    [
        (lists.policy_list, "title region on tasks targets"),
        (lists.task_list, "title on duties"),
        (lists.agency_list, "name function lead support policies"),
        (lists.park_list, "park_class policies targets"),
        (lists.industry_list, "tasks developments"),
        (lists.theme_list, "tasks"),
        (lists.region_list, "level policies"),
    ],
)
def test_parts_put_in_order_by_the_store_are_the_whole_list(
    store: Store, listing: Callable[[], Listing[View]], columns: str
) -> None:
    every = [row.model_dump() for row in listing().all(store)]
    assert listing().count(store) == len(every) > 2
    size = len(every) // 2 + 1
    for sort in (None, *columns.split(), *(f"-{name}" for name in columns.split())):
        parts = [listing().part(store, skipped, size, sort) for skipped in (0, size)]
        assert [row.model_dump() for part in parts for row in part] == sorted_rows(every, sort), sort


def test_a_part_that_is_narrowed(store: Store) -> None:
    narrowed = lists.task_list(region="湖南", theme="green")
    assert narrowed.count(store) == len(narrowed.all(store)) > 1
    assert narrowed.part(store, 1, 1) == narrowed.all(store)[1:2]


@pytest.mark.parametrize("sort", ["number", "-", "id` DESC //"])
def test_a_column_that_there_is_not(store: Store, sort: str) -> None:
    with pytest.raises(QueryError, match="no such column"):
        lists.policy_list().part(store, 0, 1, sort)


@pytest.mark.parametrize("label", ["Agency", "Park", "Industry", "Policy"])
def test_the_largest(store: Store, label: str) -> None:
    sizes = {
        "Agency": {row.id: row.lead + row.responsible + row.support for row in lists.agencies(store)},
        "Park": {row.id: row.policies for row in lists.parks(store)},
        "Industry": {row.id: row.tasks + row.developments for row in lists.industries(store)},
        "Policy": {row.id: row.tasks for row in lists.policies(store, held=True)},
    }[label]
    assert [id_ for id_, _ in largest(store, label, 3)] == sorted(sizes, key=lambda id_: (-sizes[id_], id_))[:3]
