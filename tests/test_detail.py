"""Views of policies, tasks and targets, on both engines, over the sample documents; values were read in these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

import graph.detail as detail
from graph.detail import listed
from graph.detail.refs import View
from graph.detail.tasks import depth
from graph.errors import NotFoundError
from graph.load import load
from graph.neighbourhood import Neighbourhood
from graph.store import Row, Store
from graph.suggest import Suggestion
from graph.unresolved import unresolved
from tests.test_contract_queries import samples

TODAY = date(2024, 6, 1)
ZHUMADIAN = "驻政办〔2019〕125号"
CHANGDE = "常德市人民政府办公室 常德市“五好”园区攻坚专项行动实施方案(2022—2025年) 2022-02-07"
PLAN = "湖南省常德市 常德市推进产业立市三年行动计划"
HUNAN = "湖南省产业园区建设领导小组 2020年湖南省产业园区工作要点 2020-03-05"
CHIZHOU = "池州市发展和改革委员会 园区转型升级工程实施方案 2015-11-06"
METHOD = "title:河南省产业集聚区企业分类综合评价办法"


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, samples())
    return module_store


class Counting:
    """A reader that counts its queries."""

    def __init__(self, store: Store) -> None:
        self.store, self.url, self.search_index, self.reads = store, store.url, store.search_index, 0

    def read(self, cypher: str, params: Mapping[str, Any] | None = None, **budget: Any) -> list[Row]:
        self.reads += 1
        return self.store.read(cypher, params, **budget)

    def revision(self) -> int:
        return self.store.revision()


def test_the_facts_of_a_policy(store: Store) -> None:
    found = detail.policy(store, ZHUMADIAN, today=TODAY)
    assert (found.title, found.doc_number, found.doc_type, found.status, found.held) == (
        "驻马店市推进产业集聚区高质量快速发展行动方案", "驻政办〔2019〕125号", "行动方案", "issued", True,
    )  # fmt: skip
    assert (found.issued_on, found.published_on) == (date(2019, 11, 15), date(2019, 11, 25))
    assert found.region is not None
    assert (found.region.code, found.region.full_name, found.region.level) == ("411700", "河南省驻马店市", "prefecture")
    assert [agency.id for agency in found.issued_by] == ["驻马店市人民政府办公室"]
    assert found.issuers == ["驻马店市人民政府办公室"]
    assert [(document.source, document.primary) for document in found.documents] == [("002_80fd549443c268c3.txt", True)]
    assert found.covered_share == found.documents[0].covered_share
    assert 0.8 < found.documents[0].covered_share < 0.9
    assert found.evidence is not None
    assert found.evidence.quote == "驻马店市推进产业集聚区高质量快速发展\n\n行 动 方 案"


@pytest.mark.parametrize(
    ("policy", "tasks", "owned"),
    [
        (
            ZHUMADIAN,
            3 + 3 + 4 + 5 + 4 + 5,
            24,
        ),  # the items of 二(一) to (五) and of 三; a table gives all of them owners
        (CHANGDE, 1 + 6 + 9 + 3, 10),  # 二(一) and its six, (二) to (十), 三; those of 二 have owners
        (HUNAN, 2 + 3 + 5 + 4 + 3 + 3 + 4, 0),  # 三(一) to (七)
        (CHIZHOU, 7 + 4, 0),  # 四 and 六
        (METHOD, 0, 0),
    ],
)
def test_the_outline_of_a_policy(store: Store, policy: str, tasks: int, owned: int) -> None:
    found = detail.policy(store, policy, today=TODAY)
    assert (len(found.tasks), found.counts.tasks, found.counts.owned_tasks) == (tasks, tasks, owned)
    places = [task.evidence.start for task in found.tasks]
    assert places == sorted(places)


def test_the_tasks_of_an_outline_say_who_and_what(store: Store) -> None:
    tasks = {task.path: task for task in detail.policy(store, ZHUMADIAN, today=TODAY).tasks}
    assert list(tasks)[:4] == ["2.1.1", "2.1.2", "2.1.3", "2.2.1"]
    green = tasks["2.3.1"]
    assert (green.title, green.depth) == ("推进绿色工厂建设", 3)
    assert [(duty.agency.id, duty.role, duty.position, duty.mention) for duty in green.duties] == [
        ("驻马店市工业和信息化局", "lead", 1, "市工信局"),
        ("驻马店市生态环境局", "support", 2, "市生态环境局"),
        ("驻马店市各县区人民政府", "support", 3, "各县区人民政府"),
    ]
    assert {duty.evidence.quote for duty in green.duties} == {
        "推广绿色工厂建设\n\n市工信局\n\n市生态环境局,各县区人民政府"
    }
    assert [duty.agency.collective for duty in green.duties] == [False, False, True]
    assert [(theme.theme.key, theme.theme.name_zh) for theme in green.themes] == [("green", "绿色低碳")]
    assert green.target_ids == [f"{ZHUMADIAN}#2.3.1/绿色工厂/产业集聚区//3"]
    assert [park.id for park in tasks["2.4.4"].parks] == [
        "正阳县产业集聚区",
        "西平县产业集聚区",
        "驻马店市装备产业集聚区",
    ]
    assert [industry.name for industry in tasks["2.4.2"].industries] == ["化工", "生物医药", "装备制造", "食品加工"]


def test_references_both_ways(store: Store) -> None:
    out = detail.policy(store, ZHUMADIAN, today=TODAY).references_out
    assert [(each.relation, each.policy.title, each.policy.held, each.basis, each.extent) for each in out] == [
        ("cites", "河南省产业集聚区企业分类综合评价办法", False, "stated", None),
        ("cites", "污染防治攻坚战三年行动计划", False, "stated", None),
    ]
    based = detail.policy(store, CHANGDE, today=TODAY).references_out
    assert [(each.relation, each.policy.id, each.cited_number) for each in based] == [
        ("based_on", "湘政办发〔2021〕19号", "湘政办发〔2021〕19号")
    ]
    cited = detail.policy(store, METHOD, today=TODAY)
    assert (cited.held, cited.status, cited.documents, cited.evidence) == (False, None, [], None)
    assert cited.covered_share is None
    assert [(each.relation, each.policy.id, each.evidence.policy) for each in cited.references_in] == [
        ("cites", ZHUMADIAN, ZHUMADIAN)
    ]
    assert cited.references_in[0].evidence.quote.startswith("贯彻落实《河南省产业集聚区企业分类综合评价办法》")


def test_parks_and_targets_in_the_order_of_the_document(store: Store) -> None:
    found = detail.policy(store, ZHUMADIAN, today=TODAY)
    assert [(each.park.id, each.mentions) for each in found.parks] == [
        ("驻马店经济开发区", ["经济开发区"]),
        ("驻马店高新技术产业开发区", ["高新区", "高新技术产业开发区"]),
        ("中国国际农加工产业园", ["中国国际农加工产业园"]),
        ("驻马店市产业集聚区", ["驻马店市产业集聚区"]),
        ("驻马店市产业集聚区化工园区", ["驻马店市产业集聚区化工园区"]),
        ("驻马店市装备产业集聚区", ["驻马店市装备产业集聚区"]),
        ("西平县产业集聚区", ["西平县产业集聚区"]),
        ("正阳县产业集聚区", ["正阳县产业集聚区"]),
    ]
    assert [(each.metric, each.op, each.value, each.value_max, each.unit) for each in found.targets[:5]] == [
        ("工业用地亩均税收", ">=", 15, None, "万元/亩"),
        ("单位工业增加值能耗下降", ">=", 2.5, None, "%"),
        ("规模以上工业企业智能化改造普及率", ">=", 60, None, "%"),
        ("千亿级产业集群", "range", 1, 2, "个"),
        ("百亿级特色产业集群", "~", 10, None, "个"),
    ]


def test_what_was_not_understood_is_what_the_list_of_all_says(store: Store) -> None:
    rows = unresolved(store)
    for policy in (ZHUMADIAN, CHANGDE, PLAN, HUNAN, CHIZHOU, METHOD):
        found = detail.policy(store, policy, today=TODAY)
        said = [(item.category, item.text, item.reason, item.evidence.start) for item in found.unresolved]
        expected = [
            (row["category"], row["text"], row["reason"], row["start"]) for row in rows if row["policy"] == policy
        ]
        assert sorted(said) == sorted(expected)
        assert found.counts.unresolved == len(expected)
    assert ("number", "20%", "tolerance") in {
        (item.category, item.text, item.reason) for item in detail.policy(store, CHANGDE, today=TODAY).unresolved
    }


def test_a_task(store: Store) -> None:
    found = detail.task(store, f"{CHANGDE}#2.9", today=TODAY)
    assert (found.title, found.policy.id, found.validity.state) == ("打造绿色安全园区", CHANGDE, "in_force")
    assert found.text.startswith("(九)打造绿色安全园区。坚持底线思维")
    assert [(duty.mention, duty.role, duty.position, duty.basis) for duty in found.duties] == [
        ("市生态环境局", "responsible", 1, "first_named"),
        ("市应急局", "responsible", 2, "stated"),
        ("市发展改革委", "responsible", 3, "stated"),
        ("市工信局", "responsible", 4, "stated"),
        ("市公安局", "responsible", 5, "stated"),
        ("各区县市人民政府", "responsible", 6, "stated"),
        ("各园区", "responsible", 7, "stated"),
    ]
    assert [park.id for park in found.parks] == [
        "常德经济技术开发区", "桃源高新技术产业开发区", "津市高新区化工园区", "津市高新技术产业开发区",
    ]  # fmt: skip
    assert [(each.metric, each.value, each.year) for each in found.targets] == [
        ("污水管网覆盖", 100, None), ("污水收集", 100, None), ("固体废弃物处置率", 100, None), ("污水集中处理率", 100, None),
        ("空气质量优良率", 85, None), ("新增国家级绿色制造示范单位", 1, 2025), ("新增省级绿色制造示范单位", 5, 2025),
    ]  # fmt: skip
    assert [each.id for each in found.targets] == found.target_ids  # those of one clause by id


def test_a_target(store: Store) -> None:
    found = detail.target(store, f"{CHANGDE}#2.1.1/技工贸总收入/常德经开区/2025/2000", today=TODAY)
    assert (found.value, found.unit, found.year, found.scope, found.parks) == (
        2000, "亿元", 2025, "常德经开区", ["常德经济技术开发区"],
    )  # fmt: skip
    assert found.evidence.quote == "常德经开区突破2000亿元"
    assert (found.policy.id, found.validity.in_force) == (CHANGDE, True)
    assert [task.path for task in found.tasks] == ["2.1.1"]
    assert [(park.id, park.park_class) for park in found.bound_parks] == [("常德经济技术开发区", "国家级经开区")]
    assert found.bound_region is None
    whole = detail.target(store, f"{HUNAN}#2/千亿园区/全省园区/2020/14", today=TODAY)
    assert whole.bound_region is not None
    assert (whole.bound_region.code, whole.region_code, whole.tasks) == ("430000", "430000", [])


@pytest.mark.parametrize(
    ("work", "id_"),
    [
        (detail.policy, "驻政办〔2019〕126号"),
        (detail.task, f"{ZHUMADIAN}#9.9"),
        (detail.agency, "驻马店市工信局"),
        (detail.park, "高新区"),
        (detail.industry, "' OR 1=1 //"),
        (detail.theme, "Green"),
        (detail.region, "430799"),
        (detail.target, ""),
    ],
)
def test_an_id_that_is_not_there(store: Store, work: Any, id_: str) -> None:
    with pytest.raises(NotFoundError, match="not in this graph"):
        work(store, id_, today=TODAY)


def test_the_number_of_queries_does_not_depend_on_the_size(store: Store) -> None:
    counts = []
    for policy in (ZHUMADIAN, CHIZHOU, METHOD):
        reader = Counting(store)
        detail.policy(reader, policy, today=TODAY)
        counts.append(reader.reads)
    assert len(set(counts)) == 1
    assert counts[0] <= 13


@pytest.mark.parametrize(("path", "expected"), [("2", 1), ("2.3.1", 3), ("3.2.2#1", 4), ("3.3.12#3", 4)])
def test_the_depth_of_an_item(path: str, expected: int) -> None:
    assert depth(path) == expected


def views(base: type[View]) -> Iterator[type[View]]:
    for each in base.__subclasses__():
        yield each
        yield from views(each)


def test_every_field_of_every_view_is_described() -> None:
    found = set(views(View))
    assert {detail.PolicyText, detail.RegionDetail, listed.TaskRow, Suggestion, Neighbourhood} <= found
    missing = [
        f"{view.__name__}.{name}" for view in found for name, f in view.model_fields.items() if not f.description
    ]
    assert missing == []
