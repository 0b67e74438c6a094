"""Questions in plain words: the table of questions, what is said of them, and what is not answered."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from api.ask.held import Held
from api.ask.read import read
from api.ask.shapes import own_shapes
from graph.errors import QueryError
from graph.queries import catalogue, run
from tests.asking import PARTS, QUESTIONS, TODAY, Graph, graph, samples  # noqa: F401

UNANSWERABLE = [row for row in QUESTIONS if row.get("query", "") is None]


def right(graph: Graph, row: dict[str, Any]) -> bool:  # noqa: F811
    """Whether a question is read as its row says."""
    data = graph.ask(row["ask"], row.get("before", ())).data()
    if "offered" in row:
        return set(row["offered"]) <= {data["query"], *(each["query"] for each in data["readings"])}
    return bool(data["query"] == row["query"] and (row["query"] is None or data["params"] == row["params"]))


@pytest.mark.parametrize("part", PARTS)
def test_nineteen_of_twenty_questions_are_read_right(graph: Graph, part: str) -> None:  # noqa: F811
    wrong = [row["ask"] for row in PARTS[part] if not right(graph, row)]
    assert len(wrong) <= len(PARTS[part]) / 20, wrong


@pytest.mark.parametrize("row", UNANSWERABLE, ids=lambda row: row["ask"])
def test_what_cannot_be_answered_is_not(graph: Graph, row: dict[str, Any]) -> None:  # noqa: F811
    asked = graph.ask(row["ask"])
    assert asked.query is None
    assert asked.rows == []
    assert asked.params == {}
    assert asked.answer


def test_the_table_is_large_and_in_both_languages() -> None:
    chinese = sum(
        bool(re.search("[\u4e00-\u9fff]{4}", re.sub("《.*?》|[\u4e00-\u9fff]+〔.*?号", "", row["ask"])))
        for row in QUESTIONS
    )
    assert len(QUESTIONS) >= 200
    assert 0.4 < chinese / len(QUESTIONS) < 0.6
    assert len(UNANSWERABLE) >= 25
    assert {row["query"] for row in QUESTIONS if row.get("query")} >= set(own_shapes().of) - {"policy_differences"}


@pytest.mark.parametrize("name", [name for name, query in catalogue().items() if query.questions.zh])
def test_a_query_is_what_its_own_examples_ask(graph: Graph, name: str) -> None:  # noqa: F811
    query = catalogue()[name]
    assert len(query.questions.zh) >= 5
    assert len(query.questions.en) >= 5
    for example in (*query.questions.zh, *query.questions.en):
        data = graph.ask(example).data()
        assert name in {data["query"], *(each["query"] for each in data["readings"])}, example


def test_the_answer_is_that_of_the_query(graph: Graph) -> None:  # noqa: F811
    data = graph.ask("哪些部门牵头各市的绿色园区任务?").data()
    assert list(data) == ["query", "params", "answer", "rows", "readings"]
    assert data["rows"] == run(graph.store, "lead_agencies", {"theme": "green"}, today=TODAY).rows
    assert data["readings"] == []
    assert all(row["quote"] and row["document"] for row in data["rows"])


SENTENCES = [
    # question, what the answer says
    ("哪些部门牵头各市的绿色园区任务?", ["8 条", "5 个部门", "2 份政策", "驻马店市工业和信息化局", "绿色低碳"]),
    ("Which agencies lead green-park tasks across cities?", ["8 rows", "5 agencies", "2 policies", "Who leads"]),
    ("长沙市的绿色任务由谁牵头", ["没有查到", "没有收录长沙市的政策"]),
    ("Which agencies lead green tasks in Changsha?", ["nothing is found", "no policies of Changsha"]),
    ("池州市的人才任务由谁牵头", ["没有查到", "池州市的 1 份政策"]),
    ("长沙市发改委负责什么", ["图谱中没有“长沙市发展和改革委员会”"]),
    ("2020年1月1日国发〔2019〕99号的任务", ["图谱中没有“国发〔2019〕99号”"]),
    ("常德市亩均税收目标", ["不是实际数值"]),
    ("今天常德的天气怎么样?", ["不能回答", "天气"]),
    ("哪些部门牵头养老任务", ["没有读懂", "养老"]),
    ("Which agencies lead fisheries tasks?", ["fisheries", "not understood"]),
    ("部门的历史沿革", ["还缺", "部门"]),
    ("常德经开区的GDP是多少", ["没有", "实际数值"]),
    ("Which agencies lead biomedicine tasks?", ["no question here takes", "biomedicine"]),
    ("常德和驻马店亩均税收谁高", ["只列出与常德、驻马店有关的"]),
    ("", ["请输入"]),
]


@pytest.mark.parametrize(("question", "said"), SENTENCES)
def test_what_the_answer_says(graph: Graph, question: str, said: list[str]) -> None:  # noqa: F811
    answer = graph.ask(question).answer
    assert [each for each in said if each not in answer] == []


MEANT = [
    # misspelt question, the first reading offered
    ("常得市的绿色任务由谁牵头", {"theme": "green", "region": "430700"}),
    ("Which agencies lead green tasks in Zhumadan?", {"theme": "green", "region": "411700"}),
    ("住马店市的绿色任务由谁牵头", {"theme": "green", "region": "411700"}),
    ("常德市生态坏境局负责什么", {"agency": "常德市生态环境局"}),
    ("What does the Changde Ecolgy and Environment Bureau do?", {"agency": "常德市生态环境局"}),
    ("常德工新局都管啥任务", {"agency": "常德市工业和信息化局"}),
    ("What targets must Chizou reach by the end of 2017?", {"year": 2017, "region": "341700"}),
]


@pytest.mark.parametrize(("question", "params"), MEANT)
def test_misspelt_names_are_suggested_and_never_taken(graph: Graph, question: str, params: dict[str, Any]) -> None:  # noqa: F811
    asked = graph.ask(question)
    assert asked.query is None
    assert params in [each.params for each in asked.readings]


def test_an_agency_that_is_not_held_brings_those_that_are(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("长沙市发改委负责什么")
    assert asked.rows == []
    assert {"agency": "常德市发展和改革委员会"} in [each.params for each in asked.readings]


PREDICATES = [
    # question whose predicate decides, the query that it is for; None where none can be filled
    ("常德市有哪些没有责任单位的任务", "unowned_tasks"),
    ("谁配合常德市工信局", "co_responsible"),
    ("what did Changde's plan replace?", None),
    ("哪个城市的GDP最高", None),
    ("不牵头绿色任务的部门", None),
    ("哪些政策没有目标", None),
    ("常德哪些政策已经失效", None),
    ("Are Changde's agencies in conflict with the province?", None),
    ("When will the talent tasks be done?", None),
    ("常德高新区是哪年成立的", None),
    ("常德要建设哪些园区", None),
]


@pytest.mark.parametrize(("question", "name"), PREDICATES)
def test_no_predicate_is_passed_over(graph: Graph, question: str, name: str | None) -> None:  # noqa: F811
    assert graph.ask(question).data()["query"] == name


INDICATORS = [
    # question, indicator that is taken
    ("驻马店2025年要建几个绿色工厂", "绿色工厂"),
    ("池州的园区产值目标是多少", "产值"),
    ("Compare targets for industrial output across cities", "工业总产值"),
    ("常德计划新增几家上市公司", "新增上市公司"),
    ("驻马店打算创建多少个绿色园区", "绿色园区"),
    ("常德要引进多少博士研究生", "博士研究生"),
]


@pytest.mark.parametrize(("question", "indicator"), INDICATORS)
def test_indicators_are_found_by_their_words(graph: Graph, question: str, indicator: str) -> None:  # noqa: F811
    assert graph.ask(question).params["indicator"] == indicator


def test_a_policy_that_is_missing_is_offered_by_its_place(graph: Graph) -> None:  # noqa: F811
    offered = graph.ask("what did Changde's plan replace?").readings
    assert {each.params["policy"][:3] for each in offered if each.query == "policy_lineage"} == {"常德市", "湖南省"}


def test_an_industry_has_the_parks_of_its_kinds(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("哪些园区发展装备制造业")
    assert asked.params == {"industry": "装备制造"}
    assert {row["industry"] for row in asked.rows} == {"智能装备制造"}


def test_an_industry_without_rows_brings_its_kinds(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("Which cities both develop chemical industry?")
    assert asked.params == {"industry": "化工"}
    assert {"industry": "建材化工"} in [each.params for each in asked.readings]


def test_a_name_of_several_things_offers_each(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("发改委负责哪些任务")
    assert {row["agency"] for row in asked.rows} >= {"常德市发展和改革委员会", "驻马店市发展和改革委员会"}
    offered = [each.params["agency"] for each in asked.readings]
    assert offered == ["常德市发展和改革委员会", "池州市发展和改革委员会", "驻马店市发展和改革委员会"]


def test_each_word_is_told(graph: Graph) -> None:  # noqa: F811
    words = {each.said: (each.kind, each.value) for each in graph.ask("常德市配合绿色任务的部门").words}
    assert words["常德市"] == ("region", "430700")
    assert words["绿色"] == ("theme", "green")
    assert words["配合"] == ("role", "support")


def test_every_reading_can_be_asked_of_its_query(graph: Graph) -> None:  # noqa: F811
    for row in QUESTIONS[::4]:
        for each in graph.ask(row["ask"], row.get("before", ())).readings:
            try:
                run(graph.store, each.query, each.params, today=TODAY)
            except QueryError as error:
                assert "not in this graph" in str(error), (row["ask"], each)  # noqa: PT017


def test_the_same_question_gets_the_same_answer(graph: Graph) -> None:  # noqa: F811
    for row in QUESTIONS[::7]:
        assert graph.ask(row["ask"]) == graph.ask(row["ask"])


def test_a_question_is_read_in_milliseconds(graph: Graph) -> None:  # noqa: F811
    learnt = own_shapes().learnt
    start = time.process_time()
    for row in QUESTIONS:
        read(row["ask"], graph.held, TODAY, learnt)
    assert (time.process_time() - start) / len(QUESTIONS) < 0.03


@pytest.mark.parametrize(
    "question",
    [
        "?",
        "《",
        "〔2019〕",
        "'" * 400,
        "哪" * 5000,
        "a" * 5000,
        "<script>alert(1)</script>",
        "\x00\ud800",
        "$x",
        "2019",
        "常德",
        "🙂",
    ],
)
def test_odd_texts_are_not_understood(graph: Graph, question: str) -> None:  # noqa: F811
    assert graph.ask(question).query is None


def test_reading_needs_no_graph() -> None:
    assert read("常德市的绿色任务由谁牵头", Held(), TODAY).unknown == ()


def test_a_site_may_put_a_reader_behind(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("哪些部门牵头养老任务", fallback=lambda _, queries: ("lead_agencies", {"theme": "talent"}))
    assert asked.query is catalogue()["lead_agencies"]
    assert asked.params == {"theme": "talent"}
    assert "本站" in asked.answer
    for wrong in (("no_such", {}), ("lead_agencies", {"theme": "nonsense"}), ("lead_agencies", {"x": 1}), None):
        assert graph.ask("哪些部门牵头养老任务", fallback=lambda *_, wrong=wrong: wrong).query is None


def test_what_is_understood_does_not_go_to_it(graph: Graph) -> None:  # noqa: F811
    def fallback(*_: object) -> None:
        raise AssertionError("it was asked")

    assert graph.ask("哪些部门牵头绿色任务", fallback=fallback).query is not None
