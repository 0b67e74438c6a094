"""The nodes around a node, on both engines, over the sample documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.errors import NotFoundError, QueryError
from graph.load import load
from graph.neighbourhood import neighbourhood, types_of
from graph.schema import EDGES, NODES
from graph.store import Store
from tests.test_contract_queries import samples
from tests.test_detail import CHANGDE, ZHUMADIAN

TASK = f"{ZHUMADIAN}#2.3.1"


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, samples())
    return module_store


def test_around_a_task(store: Store) -> None:
    found = neighbourhood(store, "Task", TASK)
    assert (found.centre.kind, found.centre.id, found.centre.name) == ("Task", TASK, "推进绿色工厂建设")
    assert found.centre.properties == {"path": "2.3.1", "policy": ZHUMADIAN}
    assert [(node.kind, node.name) for node in found.nodes] == [
        ("Agency", "驻马店市各县区人民政府"), ("Agency", "驻马店市工业和信息化局"), ("Agency", "驻马店市生态环境局"),
        ("Policy", "驻马店市推进产业集聚区高质量快速发展行动方案"), ("Target", "绿色工厂"), ("Theme", "绿色低碳"),
    ]  # fmt: skip
    said = {(edge.source_id, edge.type, edge.target_id, edge.properties.get("role")) for edge in found.edges}
    assert said == {
        ("驻马店市工业和信息化局", "RESPONSIBLE_FOR", TASK, "lead"),
        ("驻马店市生态环境局", "RESPONSIBLE_FOR", TASK, "support"),
        ("驻马店市各县区人民政府", "RESPONSIBLE_FOR", TASK, "support"),
        (ZHUMADIAN, "HAS_TASK", TASK, None),
        (TASK, "TARGETS", f"{ZHUMADIAN}#2.3.1/绿色工厂/产业集聚区//3", None),
        (TASK, "ABOUT", "green", None),
    }
    assert [(each.type, each.direction, each.total, each.shown) for each in found.totals] == [
        ("ABOUT", "out", 1, 1), ("HAS_TASK", "in", 1, 1), ("RESPONSIBLE_FOR", "in", 3, 3), ("TARGETS", "out", 1, 1),
    ]  # fmt: skip
    assert found.more == {}


def test_properties_are_plain_values(store: Store) -> None:
    found = neighbourhood(store, "Target", f"{ZHUMADIAN}#2.3.1/绿色工厂/产业集聚区//3")
    assert found.centre.properties == {"op": "range", "value": 3.0, "value_max": 5.0, "unit": "家", "policy": ZHUMADIAN}
    policy = next(node for node in found.nodes if node.kind == "Policy")
    assert policy.properties["issued_on"] == date(2019, 11, 15)
    assert policy.properties["held"] is True


def test_one_page_after_the_other(store: Store) -> None:
    whole = neighbourhood(store, "Policy", ZHUMADIAN, types=["HAS_TASK"]).edges
    assert len(whole) == 24
    pages, after = [], None
    while True:
        found = neighbourhood(store, "Policy", ZHUMADIAN, types=["HAS_TASK"], limit=10, after=after)
        pages.append(found.edges)
        total = next(each for each in found.totals if each.type == "HAS_TASK")
        assert (total.total, total.shown) == (24, len(found.edges))
        after = found.more.get("HAS_TASK")
        if after is None:
            break
    assert [len(page) for page in pages] == [10, 10, 4]
    assert [edge for page in pages for edge in page] == whole


def test_types_narrow_what_is_shown_and_not_what_is_counted(store: Store) -> None:
    found = neighbourhood(store, "Policy", CHANGDE, types=["BASED_ON", "ISSUED"])
    assert {edge.type for edge in found.edges} == {"BASED_ON", "ISSUED"}
    assert [(node.kind, node.id) for node in found.nodes] == [
        ("Agency", "常德市人民政府办公室"), ("Policy", "湘政办发〔2021〕19号"),
    ]  # fmt: skip
    totals = {each.type: (each.total, each.shown) for each in found.totals}
    assert totals["HAS_TASK"] == (19, 0)
    assert totals["BASED_ON"] == (1, 1)


def test_both_directions_of_one_type(store: Store) -> None:
    found = neighbourhood(store, "Region", "430700", types=["PART_OF"])
    assert [(each.direction, each.total) for each in found.totals if each.type == "PART_OF"] == [("in", 6), ("out", 1)]
    assert {(edge.source_id, edge.target_id) for edge in found.edges} >= {("430700", "430000"), ("430702", "430700")}


def test_every_label_has_neighbours_of_every_type_that_the_schema_gives_it() -> None:
    for node in NODES:
        if not node.internal:
            expected = {
                edge.type for edge in EDGES if not edge.internal and any(node.label in ends for ends in edge.ends)
            }
            assert set(types_of(node.label)) == expected


@pytest.mark.parametrize(
    ("label", "id_", "options", "error", "message"),
    [
        ("Task", "没有", {}, NotFoundError, "Task 没有: not in this graph"),
        ("Park", "驻马店市工业和信息化局", {}, NotFoundError, "not in this graph"),
        ("Meta", "meta", {}, QueryError, "Meta: no such kind of node"),
        ("Policy) DETACH DELETE (n", "x", {}, QueryError, "no such kind of node"),
        ("Task", TASK, {"types": ["SERVES"]}, QueryError, "SERVES: a Task has no such relationship"),
        ("Task", TASK, {"after": "0"}, QueryError, "name one type"),
    ],
)
def test_what_is_refused(
    store: Store, label: str, id_: str, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        neighbourhood(store, label, id_, **options)
    assert message in str(caught.value)
