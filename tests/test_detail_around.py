"""Views of agencies, parks, industries, themes and regions, on both engines; values were read in the documents."""

from __future__ import annotations

from datetime import date

import pytest

import graph.detail as detail
from graph.load import load
from graph.store import Store
from tests.test_contract_queries import samples
from tests.test_detail import CHANGDE, CHIZHOU, HUNAN, PLAN, ZHUMADIAN

TODAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, samples())
    return module_store


def test_an_agency_before_and_after_a_reform(store: Store) -> None:
    new = detail.agency(store, "常德市工业和信息化局", today=TODAY)
    old = detail.agency(store, "常德市经济和信息化委员会", today=TODAY)
    assert [(each.agency.id, each.since, each.basis) for each in new.predecessors] == [
        ("常德市经济和信息化委员会", 2019, "2018年地方机构改革")
    ]
    assert [(each.agency.id, each.since) for each in old.successors] == [("常德市工业和信息化局", 2019)]
    assert (new.successors, old.predecessors) == ([], [])
    assert new.region is not None
    assert (new.region.code, new.function, new.mentions, old.mentions) == (
        "430700",
        "工业和信息化",
        ["市工信局"],
        ["市经信委"],
    )


def test_several_agencies_that_became_one(store: Store) -> None:
    found = detail.agency(store, "驻马店市市场监督管理局", today=TODAY)
    assert [each.agency.id for each in found.predecessors] == [
        "驻马店市工商行政管理局", "驻马店市质量技术监督局", "驻马店市食品药品监督管理局",
    ]  # fmt: skip


def test_duties_by_role(store: Store) -> None:
    """Those of the annex of 驻政办〔2019〕125号 that name 工信局 in the column of those who lead, and of those who support."""
    found = detail.agency(store, "驻马店市工业和信息化局", today=TODAY)
    assert [(group.role, group.total, group.policies) for group in found.duties] == [("lead", 9, 1), ("support", 5, 1)]
    lead, support = ([duty.task.path for duty in group.duties] for group in found.duties)
    assert lead == ["2.1.2", "2.2.2", "2.3.1", "2.3.2", "2.3.3", "2.4.1", "2.4.2", "2.4.3", "2.5.2"]
    assert support == ["2.1.1", "2.2.1", "2.2.3", "2.4.4", "3.3"]
    assert {duty.evidence.quote.count("工信局") for group in found.duties for duty in group.duties} == {1}
    first = found.duties[0].duties[0]
    assert (first.policy.id, first.on, first.year, first.in_force, first.mention, first.position) == (
        ZHUMADIAN, date(2019, 11, 15), 2019, True, "工信局", 3,
    )  # fmt: skip
    assert [(year.year, year.lead, year.responsible, year.support) for year in found.years] == [(2019, 9, 0, 5)]


def test_a_limit_leaves_the_totals(store: Store) -> None:
    whole = detail.agency(store, "驻马店市工业和信息化局", today=TODAY)
    found = detail.agency(store, "驻马店市工业和信息化局", today=TODAY, limit=2, others=1)
    assert [(group.total, len(group.duties)) for group in found.duties] == [(9, 2), (5, 2)]
    assert [group.duties for group in found.duties] == [group.duties[:2] for group in whole.duties]
    assert (found.co_agencies, found.co_agencies_total) == (whole.co_agencies[:1], 21)
    assert len(whole.co_agencies) == 20
    assert (whole.co_agencies[0].agency.id, whole.co_agencies[0].tasks) == ("驻马店市各县区人民政府", 14)
    assert found.years == whole.years


@pytest.mark.parametrize(
    ("as_of", "total"),
    [("2019-11-14", 0), ("2019-11-15", 14), ("2024-06-01", 14)],
)
def test_duties_on_a_day(store: Store, as_of: str, total: int) -> None:
    found = detail.agency(store, "驻马店市工业和信息化局", today=TODAY, as_of=date.fromisoformat(as_of))
    assert sum(group.total for group in found.duties) == total


def test_what_an_agency_issued(store: Store) -> None:
    found = detail.agency(store, "常德市人民政府办公室", today=TODAY)
    assert [(each.policy.id, each.on) for each in found.issued] == [(CHANGDE, date(2022, 2, 7))]
    assert found.issued_total == 1
    assert [(year.year, year.responsible) for year in found.years] == [(None, 3)]  # of a plan whose day is not known


def test_a_park(store: Store) -> None:
    found = detail.park(store, "常德高新技术产业开发区", today=TODAY)
    assert (found.aliases, found.park_class, found.level) == (["常德高新区"], "国家级高新区", "national")
    assert found.region is not None
    assert found.region.full_name == "湖南省常德市"
    assert [(each.industry.id, each.policy.id, each.in_force) for each in found.industries] == [
        ("光电信息", CHANGDE, True), ("新材料", CHANGDE, True), ("智能装备制造", CHANGDE, True),
    ]  # fmt: skip
    assert [(each.policy.id, each.mentions) for each in found.policies] == [
        (CHANGDE, ["常德高新区", "常德高新技术产业开发区"]), (PLAN, ["常德高新区"]),
    ]  # fmt: skip
    assert (found.policies_total, [task.path for task in found.tasks]) == (
        2,
        ["2.1", "2.1.1", "2.1.2", "2.2", "2.3", "2.8"],
    )
    assert found.tasks_total == 6


def test_the_targets_of_a_park(store: Store) -> None:
    found = detail.park(store, "常德经济技术开发区", today=TODAY)
    assert [(each.metric, each.value, each.unit, each.year, each.policy.id) for each in found.targets[:1]] == [
        ("技工贸总收入", 2000, "亿元", 2025, CHANGDE)
    ]
    few = detail.park(store, "常德经济技术开发区", today=TODAY, limit=1)
    assert (few.targets, few.targets_total) == (found.targets[:1], found.targets_total)
    assert (len(few.tasks), few.tasks_total, len(few.policies), few.policies_total) == (1, found.tasks_total, 1, 2)
    before = detail.park(store, "常德经济技术开发区", today=TODAY, as_of=date(2021, 1, 1))
    assert (before.targets_total, before.tasks_total) == (0, 0)  # all of them are of the plan of 2022


def test_an_industry(store: Store) -> None:
    found = detail.industry(store, "新材料", today=TODAY)
    assert [(each.park.id, each.policy.id) for each in found.parks] == [
        ("常德高新技术产业开发区", CHANGDE), ("驻马店高新技术产业开发区", ZHUMADIAN),
    ]  # fmt: skip
    assert [(task.policy.id, task.path, task.on, task.in_force) for task in found.tasks] == [
        (CHANGDE, "2.2", date(2022, 2, 7), True), (PLAN, "3.3.8#1", None, None),
    ]  # fmt: skip
    assert [(each.region.code, each.policies, each.tasks) for each in found.regions] == [("430700", 2, 2)]


def test_a_theme(store: Store) -> None:
    found = detail.theme(store, "green", today=TODAY, limit=3)
    assert (found.name_zh, found.name_en, found.tasks_total) == ("绿色低碳", "Green and low-carbon", 10)
    assert [(task.policy.id, task.path) for task in found.tasks] == [
        (CHANGDE, "2.9"), (HUNAN, "3.4.1"), (HUNAN, "3.4.2"),
    ]  # fmt: skip
    assert [(each.region.code, each.tasks) for each in found.regions] == [
        ("411700", 4), ("430000", 4), ("341700", 1), ("430700", 1),
    ]  # fmt: skip
    assert [(each.agency.id, each.lead) for each in found.agencies] == [
        ("驻马店市工业和信息化局", 3), ("驻马店市生态环境局", 2), ("驻马店市发展和改革委员会", 1),
    ]  # fmt: skip


def test_a_draft_is_left_out_on_a_day(store: Store) -> None:
    found = detail.theme(store, "green", today=TODAY, as_of=TODAY)
    assert found.tasks_total == 9
    assert CHIZHOU not in {task.policy.id for task in found.tasks}


def test_a_region(store: Store) -> None:
    found = detail.region(store, "430700", today=TODAY)
    assert (found.name, found.full_name, found.level) == ("常德市", "湖南省常德市", "prefecture")
    assert [parent.code for parent in found.parents] == ["430000", "100000"]
    assert [(child.name, child.policies) for child in found.children] == [
        ("武陵区", 0), ("安乡县", 0), ("汉寿县", 0), ("桃源县", 0), ("石门县", 0), ("津市市", 0),
    ]  # fmt: skip
    assert [(row.id, row.tasks) for row in found.policies] == [(CHANGDE, 19), (PLAN, 34)]
    assert found.agencies_total == len(found.agencies)
    assert {agency.region_code for agency in found.agencies} == {"430700"}
    assert [park.id for park in found.parks] == ["常德经济技术开发区", "常德高新技术产业开发区", "西洞庭产业开发区"]
    income = next(each for each in found.targets if each.indicator == "技工贸总收入")
    assert (income.unit, [(target.year, target.value, target.scope) for target in income.targets][:2]) == (
        "亿元", [(2022, 4000, "园区"), (2025, 8000, "园区")],
    )  # fmt: skip
    years = [target.year for target in income.targets]
    assert years == sorted(years, key=lambda year: (year is None, year or 0))


def test_a_region_with_policies_in_its_parts(store: Store) -> None:
    found = detail.region(store, "430000", today=TODAY)
    assert [(child.code, child.policies) for child in found.children] == [("430700", 2)]
    assert ([row.id for row in found.policies], found.policies_total, found.policies_within) == ([HUNAN], 1, 3)
    assert {target.policy.id for each in found.targets for target in each.targets} == {HUNAN}
    country = detail.region(store, "100000", today=TODAY)
    assert (country.parents, country.policies, country.policies_within) == ([], [], 5)
    assert [target.scope for each in country.targets for target in each.targets] == ["全国"]  # of the plan of a city


def test_targets_of_a_region_on_a_day(store: Store) -> None:
    assert detail.region(store, "430000", today=TODAY, as_of=date(2020, 3, 4)).targets_total == 0
    assert detail.region(store, "430000", today=TODAY, as_of=date(2020, 3, 5)).targets_total == 12
    few = detail.region(store, "430000", today=TODAY, limit=2)
    assert (sum(len(each.targets) for each in few.targets), few.targets_total) == (2, 12)
