"""Citations: which documents are cited, by title, number or both, and what this one does with them."""

import pytest

from ingest.citation_names import core, fold, patterns, same
from ingest.citation_relation import Frame, relation_of
from ingest.pipeline import pipeline
from ingest.tables import load_yaml

TABLE = load_yaml("citations.yml")
HEAD = "某市人民政府关于印发《某市园区高质量发展实施方案》的通知\n某政发〔2022〕7号\n某市园区高质量发展实施方案\n"


def rows(text: str) -> list[tuple[str | None, str | None, str]]:
    return [(row.title, row.doc_number, row.relation) for row in pipeline()(text)._.references]


def body(text: str) -> list[tuple[str | None, str | None, str]]:
    """References of a task's text."""
    return rows(
        f"{HEAD}为加快发展,制定本方案。\n一、重点任务\n(一)某任务。{text}\n二、保障措施\n(一)加强领导。抓好落实。"
    )


def preface(text: str) -> list[tuple[str | None, str | None, str]]:
    return rows(f"{HEAD}{text}\n一、重点任务\n(一)某任务。抓好落实。")


@pytest.mark.parametrize("row", TABLE["relation_examples"], ids=lambda row: row["text"][:20])
def test_relation_examples(row: dict[str, str]) -> None:
    text = row["text"]
    start, end = text.index("《"), text.index("》") + 1
    frame = Frame(preface=0, start=0, repeals=False, amends=False, rules=False, lists=())
    assert relation_of(text, start, end, frame) == row["relation"]


@pytest.mark.parametrize("group", ["numbers", "orders", "repeal_lists", "override"])
def test_every_pattern_matches_its_examples_and_not_the_others(group: str) -> None:
    import re

    for row in TABLE[group]:
        for example in row["examples"]:
            assert re.search(row["pattern"], example), example
        for example in row.get("not_examples", []):
            assert not re.search(row["pattern"], example), example


def test_untitled_examples() -> None:
    def plain(text: str) -> bool:
        match = patterns()["untitled"].search(text)
        return match is not None and patterns()["against"].search(match["title"]) is None and len(match["title"]) >= 8

    assert all(plain(text) for text in TABLE["untitled"]["examples"])
    assert not any(plain(text) for text in TABLE["untitled"]["not_examples"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("根据《湖南省人民政府办公厅关于创建园区的指导意见》(湘政办发〔2021〕19号)精神,结合我市实际,制定本实施方案。",
         [("湖南省人民政府办公厅关于创建园区的指导意见", "湘政办发〔2021〕19号", "based_on")]),
        ("为贯彻落实《国务院关于促进国家高新技术产业开发区高质量发展的若干意见》（国发[2020]7号）和《某省开发区条例》,特制定本方案。",
         [("国务院关于促进国家高新技术产业开发区高质量发展的若干意见", "国发〔2020〕7号", "based_on"), ("某省开发区条例", None, "based_on")]),
        ("根据市委七届四次全体(扩大)会议精神和《中共常德市委关于产业立市的若干意见》(常发﹝2017﹞12号)要求,特制定本行动计划。",
         [("中共常德市委关于产业立市的若干意见", "常发〔2017〕12号", "based_on")]),
        ("根据市委、市政府加快调结构转方式促升级实施方案精神,制定本实施方案。", [("加快调结构转方式促升级实施方案", None, "based_on")]),
        ("根据国发〔2016〕28号文件精神,制定本方案。", [(None, "国发〔2016〕28号", "based_on")]),
        ("经市政府同意,现将《某市园区高质量发展实施方案》印发给你们,请认真贯彻执行。", []),
        ("根据《关于印发〈某省“十四五”园区规划〉的通知》(某发改〔2021〕1号),制定本方案。",
         [("关于印发〈某省“十四五”园区规划〉的通知", "某发改〔2021〕1号", "based_on")]),
    ],
)  # fmt: skip
def test_in_the_preface(text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert preface(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("贯彻落实《河南省产业集聚区企业分类综合评价办法》,每年评价一次。", [("河南省产业集聚区企业分类综合评价办法", None, "cites")]),
        ("落实污染防治攻坚战三年行动计划,完成整治。", [("污染防治攻坚战三年行动计划", None, "cites")]),
        ("研究出台《推进产业立市三年行动考核办法》,提高权重。", [("推进产业立市三年行动考核办法", None, "cites")]),
        ("依照《中华人民共和国行政处罚法》的规定处罚。", [("中华人民共和国行政处罚法", None, "cites")]),
        ("《某市招商引资奖励办法》(某政办发〔2015〕3号)、《某市用地办法》同时废止。",
         [("某市招商引资奖励办法", "某政办发〔2015〕3号", "supersedes"), ("某市用地办法", None, "supersedes")]),
        ("原《某市园区高质量发展实施方案》(某政发〔2018〕2号)停止执行。", [("某市园区高质量发展实施方案", "某政发〔2018〕2号", "supersedes")]),
        ("以本方案代替《某市工业园区管理暂行办法》。", [("某市工业园区管理暂行办法", None, "supersedes")]),
        ("将《某市土地使用办法》第三条修改为“出让年限三十年”。", [("某市土地使用办法", None, "amends")]),
        ("自印发之日起施行,市内已有政策与本实施方案不一致的,按照本实施方案执行。", [(None, None, "supersedes")]),
        ("2014年7月30日原国家食品药品监督管理总局令第4号公布的《医疗器械注册管理办法》同时废止。",
         [("医疗器械注册管理办法", "国家食品药品监督管理总局令第4号", "supersedes")]),
        # one document, however it is called
        ("执行《某省园区办法》(以下简称《办法》)。按《办法》第三条办理,落实《某省园区办法》。", [("某省园区办法", None, "cites")]),
        ("落实《某省人民政府关于园区改革的意见》,按照《关于园区改革的意见》办理。", [("某省人民政府关于园区改革的意见", None, "cites")]),
        # no policy documents
        ("填写《入园申请表》,领取《营业执照》,提交《环境影响报告书》,执行《污水综合排放标准》(GB 8978-1996)。", []),
        ("按照有关规定和各自职责落实。对照年度工作方案抓好执行。", []),
    ],
)  # fmt: skip
def test_in_a_task(text: str, expected: list[tuple[str | None, str | None, str]]) -> None:
    assert body(text) == expected


def test_a_list_of_repealed_documents() -> None:
    text = "某市人民政府关于废止部分文件的决定\n经研究,决定废止以下文件:\n1.《某市招商办法》(某政发〔2010〕1号)\n2.某政办发〔2011〕22号\n\n某市人民政府\n2022年1月7日"
    assert rows(text) == [
        ("某市招商办法", "某政发〔2010〕1号", "supersedes"),
        (None, "某政办发〔2011〕22号", "supersedes"),
    ]


def test_a_decision_that_amends() -> None:
    text = "某市人民政府关于修改《某市园区管理办法》的决定\n某市人民政府决定对《某市园区管理办法》作如下修改:\n一、将第三条修改为“三年”。\n二、删去第五条。"
    assert rows(text) == [("某市园区管理办法", None, "amends")]


def test_the_note_of_a_revision_is_no_amendment() -> None:
    text = "某市绿化条例\n(2016年11月25日根据《关于修改部分地方性法规的决定》修正)\n第一条 为了绿化,根据《中华人民共和国森林法》,制定本条例。\n第二条 本市适用本条例。"
    assert rows(text) == [("关于修改部分地方性法规的决定", None, "cites"), ("中华人民共和国森林法", None, "based_on")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("某省人民政府关于园区改革的意见", "关于园区改革的意见", True),
        ("国务院关于园区改革的意见", "某省人民政府关于园区改革的意见", False),
        ("中华人民共和国森林法", "森林法", True),
        ("关于印发〈某省规划〉的通知", "某省规划", True),
        ("某省规划", "某市规划", False),
        ("某市三年行动计划（2018—2020年）", "某市三年行动计划（2021—2023年）", False),
        ("某市三年行动计划（2018—2020年）", "某市三年行动计划", True),
    ],
)
def test_same(one: str, other: str, expected: bool) -> None:
    assert same(fold(one), fold(other)) is expected
    assert (core(fold(one)) == core(fold(other))) or not expected


@pytest.mark.parametrize("words", ["同时废止", "自本计划印发之日起废止", "自本计划施行之日起停止执行"])
def test_the_plan_for_the_years_before_is_replaced(words: str) -> None:
    text = f"某市园区三年行动计划(2021-2023年)\n一、重点任务\n(一)甲。乙。\n二、附则\n《某市园区三年行动计划(2018-2020年)》{words}。"
    assert rows(text) == [("某市园区三年行动计划(2018-2020年)", None, "supersedes")]
