"""The text of a policy with the places of all that it mentions, on both engines; values were read in the documents."""

from __future__ import annotations

from datetime import date

import pytest

from graph.detail import policy, policy_text
from graph.detail.marks import find
from graph.detail.texts import TextSpan
from graph.errors import NotFoundError
from graph.load import load
from graph.store import Store
from ingest.records import Record, Responsibility
from tests.graph_records import CHANGDE as CITY
from tests.graph_records import Draft, agency_record
from tests.test_contract_queries import samples
from tests.test_detail import CHANGDE, CHIZHOU, HUNAN, METHOD, PLAN, ZHUMADIAN

TODAY = date(2024, 6, 1)
HAND_MADE = "常德市园区测试方案"
SHORT = "常德市园区测试方案\n印发给你们。\n"


def hand_made() -> list[Record]:
    """Words that cannot be placed: a park that its task does not name, and one name for two agencies in one clause."""
    draft = Draft(HAND_MADE, CITY, HAND_MADE, date(2022, 1, 1))
    draft.task("1.1", "做好园区工作", parks=("常德经济技术开发区",), industries=("装备制造",))
    span = draft.write("(责任单位:执法局)")
    for name in ("常德市城市管理和综合执法局", "常德市交通运输综合行政执法局"):
        draft.add("agencies", agency_record(name, CITY))
        draft.add("responsibilities", Responsibility(
            task="1.1", agency="市执法局", mention="执法局", agency_id=name, canonical=name, role="responsible", position=1,
            basis="stated", evidence=span,
        ))  # fmt: skip
    second = Draft(HAND_MADE, CITY, HAND_MADE, date(2022, 1, 1), text="")
    second.write("印发给你们。")
    return [draft.record(), second.record("b.txt")]


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    load(module_store, [*samples(), *hand_made()])
    return module_store


def said(store: Store, policy_id: str, kind: str, id_: str) -> list[tuple[str, bool]]:
    found = policy_text(store, policy_id)
    return [
        (found.text[each.start : each.end], each.exact) for each in found.spans if (each.kind, each.id) == (kind, id_)
    ]


@pytest.mark.parametrize(
    ("policy_id", "kind", "id_", "expected"),
    [
        (CHANGDE, "agency", "常德市应急管理局", ["市应急局"]),
        (CHANGDE, "park", "津市高新技术产业开发区", ["津市高新区"]),  # it stands inside 津市高新区化工园区
        (CHANGDE, "park", "津市高新区化工园区", ["津市高新区化工园区"]),
        (CHANGDE, "park", "石门高新技术产业开发区", ["石门高新区"]),
        (CHANGDE, "industry", "新材料", ["新材料"]),  # and not in 新能源新材料
        (CHANGDE, "industry", "智能装备制造", ["智能装备制造"] * 2),
        (CHANGDE, "reference", "湘政办发〔2021〕19号",
         ["湖南省人民政府办公厅关于创建“五好”园区推动新发展阶段园区高质量发展的指导意见", "湘政办发〔2021〕19号"]),
        (CHANGDE, "unresolved", f"{CHANGDE}!number/2029/20%", ["20%"]),
        (ZHUMADIAN, "agency", "驻马店市应急管理局", ["应急管理局"] * 2),
        (ZHUMADIAN, "park", "驻马店高新技术产业开发区", ["高新技术产业开发区", "高新区"]),
        (ZHUMADIAN, "park", "驻马店市产业集聚区", ["驻马店市产业集聚区"]),
        (ZHUMADIAN, "target", f"{ZHUMADIAN}#2.3.1/绿色工厂/产业集聚区//3", ["建成3~5绿色工厂"]),
        (ZHUMADIAN, "policy", ZHUMADIAN, ["驻马店市推进产业集聚区高质量快速发展\n\n行 动 方 案"]),
        (ZHUMADIAN, "reference", METHOD, ["河南省产业集聚区企业分类综合评价办法"]),
        (CHIZHOU, "park", "池州经济技术开发区", ["池州经济技术开发区", "市开发区", "市开发区"]),
        (CHIZHOU, "industry", "电子信息", ["电子信息产业"]),
        (PLAN, "agency", "常德市金融办", ["市金融办"] * 2),
        (PLAN, "unresolved", f"{PLAN}!agency/1659/市政务中心", ["市政务中心"]),
    ],
)  # fmt: skip
def test_where_the_words_stand(store: Store, policy_id: str, kind: str, id_: str, expected: list[str]) -> None:
    assert said(store, policy_id, kind, id_) == [(words, True) for words in expected]


def test_what_cannot_be_placed_is_its_sentence(store: Store) -> None:
    for name in ("常德市城市管理和综合执法局", "常德市交通运输综合行政执法局"):
        assert said(store, HAND_MADE, "agency", name) == [("(责任单位:执法局)", False)]
    task = "做好园区工作。按要求做好工作。"
    assert said(store, HAND_MADE, "park", "常德经济技术开发区") == [(task, False)]
    assert said(store, HAND_MADE, "industry", "装备制造") == [(task, False)]


@pytest.mark.parametrize("policy_id", [ZHUMADIAN, CHANGDE, PLAN, HUNAN, CHIZHOU])
def test_everything_that_was_understood_is_marked(store: Store, policy_id: str) -> None:
    found, whole = policy_text(store, policy_id), policy(store, policy_id, today=TODAY)
    marked = {(each.kind, each.id) for each in found.spans}
    tasks = {("task", task.id) for task in whole.tasks}
    agencies = {("agency", duty.agency.id) for task in whole.tasks for duty in task.duties}
    themes = {("theme", theme.theme.key) for task in whole.tasks for theme in task.themes}
    others = {("target", target.id) for target in whole.targets} | {("park", each.park.id) for each in whole.parks}
    others |= {("reference", each.policy.id) for each in whole.references_out} | {("policy", policy_id)}
    others |= {("industry", each.id) for task in whole.tasks for each in task.industries}
    assert tasks | agencies | themes | others <= marked
    assert {text for text, _ in marked} <= {"task", "agency", "target", "park", "industry", "theme", "reference",
                                            "policy", "unresolved"}  # fmt: skip


@pytest.mark.parametrize("policy_id", [ZHUMADIAN, CHANGDE, PLAN, HUNAN, CHIZHOU, HAND_MADE])
def test_spans_lie_in_the_text_in_order(store: Store, policy_id: str) -> None:
    found = policy_text(store, policy_id)
    assert found.characters == len(found.text)
    assert all(0 <= each.start < each.end <= len(found.text) for each in found.spans)
    places = [(each.start, -each.end) for each in found.spans]
    assert places == sorted(places)
    assert len(set(found.spans)) == len(found.spans)


def test_names_and_roles_are_there_to_be_shown(store: Store) -> None:
    found = policy_text(store, ZHUMADIAN).spans
    theme = next(each for each in found if each.id == "green")
    assert (theme.label, theme.name, theme.role) == ("Theme", "绿色低碳", None)
    roles = {each.role for each in found if each.id == "驻马店市工业和信息化局"}
    assert roles == {"lead", "support"}
    cited = next(each for each in found if each.id == METHOD)
    assert (cited.label, cited.name) == ("Policy", "河南省产业集聚区企业分类综合评价办法")
    task = next(each for each in found if each.id == f"{ZHUMADIAN}#2.3.1")
    assert (task.label, task.name) == ("Task", "推进绿色工厂建设")


def test_another_document_of_the_policy(store: Store) -> None:
    first = policy_text(store, HAND_MADE)
    others = [document for document in policy(store, HAND_MADE, today=TODAY).documents if not document.primary]
    assert first.primary
    assert first.text != SHORT
    second = policy_text(store, HAND_MADE, document=others[0].sha256)
    assert (second.primary, second.source, second.text) == (False, "b.txt", SHORT)
    assert second.spans == [
        TextSpan(start=0, end=9, kind="policy", label="Policy", id=HAND_MADE, name=HAND_MADE, exact=True)
    ]


@pytest.mark.parametrize(
    ("id_", "document", "message"),
    [
        ("没有", None, "policy 没有: not in this graph"),
        (METHOD, None, f"policy {METHOD}: its document is not held"),
        (ZHUMADIAN, "ab" * 32, f"policy {ZHUMADIAN}: document {'ab' * 32} is not of it"),
    ],
)
def test_what_is_not_held(store: Store, id_: str, document: str | None, message: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        policy_text(store, id_, document=document)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "forms", "expected"),
    [
        ("常德经开区和高新区", ["高新区", "经开区", "常德经开区"], [(0, 5, "常德经开区"), (6, 9, "高新区")]),
        ("新能源新材料、新材料", ["新材料", "新能源新材料"], [(0, 6, "新能源新材料"), (7, 10, "新材料")]),
        ("推进高新\n 区建设", ["高新区"], [(2, 7, "高新区")]),
        ("A(B)+", ["(B)+"], [(1, 5, "(B)+")]),
        ("高新区", [], []),
        ("高新区", ["", " "], []),
    ],
)
def test_finding_words(text: str, forms: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert find(text, 0, len(text), forms) == expected


def test_finding_words_between_two_places() -> None:
    assert find("高新区高新区高新区", 2, 7, ["高新区"]) == [(3, 6, "高新区")]
