"""How the words of a question are looked up, and what is done with those that name nothing or are not known."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from api.ask.forms import forms, phrases
from api.ask.span import Meaning
from api.ask.tables import fillers, table
from api.ask.words import Words
from tests.asking import ROOT, Graph, graph, samples  # noqa: F401


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("support", "supporting"),
        ("plan", "planned"),
        ("carry", "carries"),
        ("merge", "merging"),
        ("focus", "focuses"),
        ("take", "took"),
        ("take", "taking"),
        ("city", "cities"),
    ],
)
def test_a_word_is_known_in_its_forms(word: str, form: str) -> None:
    assert form in set(forms(word))


def test_a_phrase_is_known_in_the_forms_of_its_first_and_last_word() -> None:
    assert {"take charge", "taking charge", "took charge", "takes charges"} <= set(phrases("take charge"))


def test_words_are_found_whole_and_across_hyphens() -> None:
    words, meaning = Words(), Meaning("concept", "lead")
    words.add("take the lead", meaning, inflected=True)
    words.add("牵头", meaning)
    assert sorted((each.start, each.end) for each in words.find("who took-the lead? 谁牵头")) == [(4, 17), (20, 22)]
    assert list(words.find("mistake the leads")) == []


def test_every_pattern_of_the_table_can_be_read() -> None:
    rows = table()
    for words in (*rows["concepts"].values(), *rows["refers"].values(), *rows["values"], rows["beyond"]):
        for word in (*words["zh"], *words["en"]):
            re.compile(word)
            assert isinstance(word, str)
    assert all(isinstance(word, str) for each in fillers().values() for word in each)


def test_no_word_stands_twice_in_the_irregular_forms() -> None:
    text = (ROOT / "data/tables/ask/irregular.yml").read_text(encoding="utf-8")
    assert len(yaml.safe_load(text)) == sum(":" in line for line in text.splitlines())


TITLES = [
    # question, policy that it names
    ("驻马店产业集聚区高质量发展行动方案有哪些任务", "驻政办〔2019〕125号"),
    ("驻马店的产业集聚区高质量快速发展行动方案有哪些任务", "驻政办〔2019〕125号"),
    ("湖南省园区工作要点的任务", "湖南省产业园区建设领导小组 2020年湖南省产业园区工作要点 2020-03-05"),
]


@pytest.mark.parametrize(("question", "policy"), TITLES)
def test_a_title_may_lack_words(graph: Graph, question: str, policy: str) -> None:  # noqa: F811
    assert graph.ask(question).params == {"policy": policy}


def test_another_title_is_not_taken_for_one_that_is_held(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("驻马店市推进产业集聚区高质量发展管理办法有哪些任务")
    assert asked.rows == []
    assert "没有“驻马店市推进产业集聚区高质量发展管理办法”" in asked.answer


def test_a_year_and_a_place_are_no_title(graph: Graph) -> None:  # noqa: F811
    assert graph.ask("2020年湖南省园区技工贸总收入要达到多少").params == {
        "indicator": "技工贸总收入",
        "region": "430000",
        "year": 2020,
    }


READ: list[tuple[str, dict[str, Any] | None]] = [
    # question, parameters; None where it is not answered
    ("Who leads talent tasks in Springfield?", None),  # what is not known is where
    ("各市亩均税收目标的方差是多少", None),  # … or what is asked of it
    ("tasks of the action plan", None),  # which one?
    ("该方案的任务有哪些", None),
    ("审计核对:常德市2022年应完成的目标", {"year": 2022, "region": "430700"}),  # only a heading
    ("养老:各部门牵头的任务", None),  # a heading may be the theme
    ("2022年底有效的政策中绿色任务由谁牵头", {"theme": "green", "as_of": "2022-12-31"}),  # valid, of a day: no question
    ("常德市工信局由常德市经信委改名而来吗", {"agency": "常德市工业和信息化局"}),  # the other end of what is asked
    ("拿常德和驻马店比,驻马店少了什么", {"region": "430700", "other": "411700"}),
    ("经开区有哪些目标", {"park": "常德经济技术开发区"}),
]


@pytest.mark.parametrize(("question", "params"), READ)
def test_what_is_taken(graph: Graph, question: str, params: dict[str, Any] | None) -> None:  # noqa: F811
    asked = graph.ask(question)
    assert (asked.query is None) == (params is None)
    assert asked.params == (params or {})


def test_a_kind_of_park_without_a_place_offers_each(graph: Graph) -> None:  # noqa: F811
    offered = [each.params.get("park", "") for each in graph.ask("高新区有哪些目标").readings]
    assert "常德高新技术产业开发区" in offered
    assert all("高新" in park for park in offered if park)


def test_the_plan_that_is_not_named_offers_those_that_are_held(graph: Graph) -> None:  # noqa: F811
    asked = graph.ask("tasks of the action plan")
    assert "which policy" in asked.answer
    assert {"policy": "驻政办〔2019〕125号"} in [each.params for each in asked.readings]
