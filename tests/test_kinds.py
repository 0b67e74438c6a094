"""What a document is: a policy, an article that explains one, a notice that passes one on, a draft."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.given import Given
from ingest.formats.kinds import read
from ingest.kinds import article_form, explained, explains, page_title, passed_on, passes_on, patterns
from ingest.layout import joined
from ingest.pipeline import extract
from ingest.read import ReadError
from ingest.records import Document, Record
from ingest.tables import load_yaml
from ingest.view import view_of

TABLE = load_yaml("kinds.yml")
FORMS = TABLE["article_forms"]
ARTICLE, NOTICE, POLICY = "interpretation", "forwarding", "policy"

# (title, kind, what it explains or passes on)
TITLES = [
    ("《常德市园区高质量发展实施方案》政策解读", ARTICLE, "常德市园区高质量发展实施方案"),
    ("《关于印发〈常德市招商办法〉的通知》解读", ARTICLE, "关于印发<常德市招商办法>的通知"),
    ("《常德市招商办法（试行）》的解读", ARTICLE, "常德市招商办法(试行)"),
    ("《常德市招商办法》政策解读（一）", ARTICLE, "常德市招商办法"),
    ("《常德市招商办法》图解", ARTICLE, "常德市招商办法"),
    ("《常德市招商办法》热点问答", ARTICLE, "常德市招商办法"),
    ("《常德市招商办法》起草说明", ARTICLE, "常德市招商办法"),
    ("关于《常德市招商办法（征求意见稿）》的起草说明", ARTICLE, "常德市招商办法(征求意见稿)"),
    ("关于《常德市招商办法》的政策解读", ARTICLE, "常德市招商办法"),
    ("解读《关于做好聚集性疫情防控工作的紧急通知》", ARTICLE, "关于做好聚集性疫情防控工作的紧急通知"),
    ("解读：常德市园区高质量发展实施方案", ARTICLE, "常德市园区高质量发展实施方案"),
    ("解读｜常德市园区高质量发展实施方案", ARTICLE, "常德市园区高质量发展实施方案"),
    ("【政策解读】常德市园区高质量发展实施方案", ARTICLE, "常德市园区高质量发展实施方案"),
    ("一图读懂《常德市招商办法》", ARTICLE, "常德市招商办法"),
    ("一图读懂｜常德市招商办法", ARTICLE, "常德市招商办法"),
    ("【一图读懂】常德市招商办法", ARTICLE, "常德市招商办法"),
    ("一张图看懂常德市招商办法", ARTICLE, "常德市招商办法"),
    ("图解：《常德市招商办法》", ARTICLE, "常德市招商办法"),
    ("图解|常德市招商办法", ARTICLE, "常德市招商办法"),
    ("视频解读：常德市招商办法", ARTICLE, "常德市招商办法"),
    ("国家卫生健康委办公厅关于进一步加强感染防控工作的通知的解读", ARTICLE, "国家卫生健康委办公厅关于进一步加强感染防控工作的通知"),
    ("常德市数字经济发展规划政策解读", ARTICLE, "常德市数字经济发展规划"),
    ("市发展改革委负责人就《常德市招商办法》答记者问", ARTICLE, "常德市招商办法"),
    ("财政部有关负责人就强化资金支持答记者问", ARTICLE, None),
    ("农业农村部有关负责人解读非洲猪瘟疫情应急实施方案", ARTICLE, None),
    ("《常德市园区条例》新闻发布会", ARTICLE, "常德市园区条例"),
    ("常德市举行园区高质量发展新闻发布会", ARTICLE, None),
    ("坚决打赢阻击战——解读五部委《关于航班从指定第一入境点入境的公告》", ARTICLE, "关于航班从指定第一入境点入境的公告"),
    # traps: policies that speak of explaining, of questions and of conferences
    ("关于做好政策解读工作的通知", POLICY, None),
    ("政策解读工作办法", POLICY, None),
    ("常德市行政规范性文件解读工作办法", POLICY, None),
    ("《政策解读工作办法》实施细则", POLICY, None),
    ("关于印发《常德市政策解读工作办法》的通知", POLICY, None),
    ("关于加强政策解读和回应关切工作的意见", POLICY, None),
    ("关于召开《常德市园区条例》新闻发布会的通知", POLICY, None),
    ("常德市新闻发布会制度", POLICY, None),
    ("关于组织专家解读招商办法的通知", POLICY, None),
    ("图解某某三年行动计划", POLICY, None),
    ("常德市科普图解创作扶持办法", POLICY, None),
    ("政策解读", POLICY, None),
    ("一图读懂", POLICY, None),
    ("常德市项目申报说明", POLICY, None),
    ("关于印发《常德市招商办法》的通知", POLICY, None),
    # notices
    ("常德市人民政府办公室关于转发市发展改革委〈常德市招商办法〉的通知", NOTICE, "常德市招商办法"),
    ("常德市人民政府办公室转发市发展改革委关于常德市招商办法的通知", NOTICE, "市发展改革委关于常德市招商办法"),
    ("关于转发《湖南省招商办法》的通知", NOTICE, "湖南省招商办法"),
    ("国务院批转国家计委关于经济体制改革意见的通知", NOTICE, "国家计委关于经济体制改革意见"),
    ("常德市财政局转发财政部《关于做好预算工作的通知》的通知", NOTICE, "关于做好预算工作的通知"),
    ("转发省政府办公厅关于做好招商工作的通知的通知", NOTICE, "省政府办公厅关于做好招商工作的通知"),
    ("关于印发《常德市信息转发管理办法》的通知", POLICY, None),
    ("关于做好转发工作的通知", POLICY, None),
    ("关于发布《常德市招商办法》并转发有关材料的通知", POLICY, None),
]  # fmt: skip


def folded(title: str) -> str:
    return joined(view_of(title).text)


@pytest.mark.parametrize(("title", "kind", "of"), TITLES, ids=[row[0] for row in TITLES])
def test_titles(title: str, kind: str, of: str | None) -> None:
    text = folded(title)
    assert (explains(text), passes_on(text)) == (kind == ARTICLE, kind == NOTICE)
    if kind == NOTICE:
        assert passed_on(text) == of
    elif kind == ARTICLE and of:
        assert explained(text) == of


@pytest.mark.parametrize("kind", ["interpretation", "forwarding"])
def test_each_pattern_matches_its_examples_and_none_matches_what_is_none(kind: str) -> None:
    whole = patterns()["article" if kind == "interpretation" else "forwarding"]
    import re

    for row in TABLE[kind]:
        for example in row["examples"]:
            assert re.fullmatch(row["pattern"], folded(example)), (row["pattern"][:40], example)
        for example in row["not_examples"]:
            assert not whole.fullmatch(folded(example)), example


def test_forms_match_their_examples() -> None:
    import re

    for row in FORMS["once"]:
        for example in row["examples"]:
            assert re.search(row["pattern"], view_of(example).text, re.MULTILINE), example
        for example in row["not_examples"]:
            assert not patterns()["once"].search(view_of(example).text), example
    for example in FORMS["dialogue_examples"]:
        assert patterns()["dialogue"].match(view_of(example).text)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("《某市招商办法》政策解读_某市人民政府", "《某市招商办法》政策解读"),
        ("一图读懂《某市招商办法》 - 某市政府网", "一图读懂《某市招商办法》"),
        ("一图读懂|某市招商办法", "一图读懂|某市招商办法"),
        ("《某市招商办法》政策解读|某市发展改革委", "《某市招商办法》政策解读"),
        ("某市招商办法", "某市招商办法"),
    ],
)
def test_the_title_of_a_page(title: str, expected: str) -> None:
    assert page_title(title) == expected


@settings(deadline=None)
@given(st.text(alphabet="《》〈关于转发批印通知解读图政策的答记者问:一()懂", max_size=220))
def test_any_title_is_read_at_once(title: str) -> None:
    assert not (explains(title) and passes_on(title)) or "转发" in title or "批转" in title


BODY = "\n一、总体要求\n坚持高质量发展，推动园区转型升级。到2025年，产值达到100亿元。\n二、重点任务\n（一）推进绿色工厂建设。落实行动计划。（责任单位：市工信局）\n"


def record(text: str, **metadata: str) -> Record:
    given = tuple(sorted(metadata.items()))
    return extract(Document(sha256="0" * 64, source="a.txt", media_type="text/plain", text=text, metadata=given))


def relations(found: Record) -> list[tuple[str, str | None, str | None]]:
    return [(each.relation, each.title, each.doc_number) for each in found.references]


ARTICLE_TEXT = (
    "首页 > 政务公开 > 政策解读\n《常德市园区高质量发展实施方案》政策解读\n2022-02-08 来源：市发改委\n"
    "近日，常德市人民政府办公室印发了《常德市园区高质量发展实施方案》（常政办发〔2022〕3号，以下简称《方案》），"
    "原《常德市园区旧方案》（常政办发〔2017〕3号）同时废止。现解读如下。" + BODY
)


def test_an_article_claims_nothing_of_the_policy() -> None:
    found = record(ARTICLE_TEXT)
    assert found.policy.genre == "interpretation"
    assert found.policy.title == "《常德市园区高质量发展实施方案》政策解读"
    assert (found.tasks, found.responsibilities, found.targets, found.park_industries) == ((), (), (), ())
    assert (found.policy.doc_number, found.policy.issuers, found.policy.in_force_from) == (None, (), None)
    assert found.policy.region_code == "430700"
    assert relations(found) == [
        ("interprets", "常德市园区高质量发展实施方案", "常政办发〔2022〕3号"),
        ("cites", "常德市园区旧方案", "常政办发〔2017〕3号"),
    ]
    assert found.references[0].evidence.quote == found.policy.title


def test_a_policy_with_a_link_to_its_explanation_is_a_policy() -> None:
    text = (
        "常德市园区高质量发展实施方案\n相关解读：《常德市园区高质量发展实施方案》政策解读\n为推动发展，制定本方案。"
        + BODY
    )
    found = record(text)
    assert (found.policy.genre, found.policy.title) == ("policy", "常德市园区高质量发展实施方案")
    assert len(found.tasks) == 1


def test_explaining_as_a_task() -> None:
    text = "常德市政务公开工作要点\n为推动发展，制定本要点。\n一、重点任务\n（一）加强政策解读。运用一图读懂、答记者问等形式解读政策。\n"
    found = record(text)
    assert (found.policy.genre, len(found.tasks)) == ("policy", 1)


def test_the_title_outside_the_text_counts() -> None:
    text = "图片说明：发展目标、重点任务、保障措施都在一张图里。" + BODY
    found = record(text, ArticleTitle="一图读懂《常德市招商办法》_常德市人民政府")
    assert (found.policy.genre, found.policy.title) == ("interpretation", "一图读懂《常德市招商办法》")
    assert relations(found)[0] == ("interprets", "常德市招商办法", None)


def test_a_letter_is_a_policy_whatever_its_page_is_called() -> None:
    text = "常德市园区办法\n常政办发〔2022〕3号\n各区县市人民政府：\n现将办法印发给你们。" + BODY
    assert record(text, ArticleTitle="《常德市园区办法》政策解读").policy.genre == "policy"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("近日，市政府印发《常德市招商办法》，市商务局负责人就此回答了记者提问。\n问：为什么要制定？\n答：为招商。\n问：何时施行？\n答：今天。\n", "常德市招商办法"),
        ("市政府发布了《常德市招商办法》（以下简称《办法》）。《办法》从四个方面提出要求。一是加强招商。二是优化服务。", "常德市招商办法"),
        ("一、出台《常德市招商办法》的背景\n为落实部署。\n二、主要内容\n（一）加强招商。\n", "常德市招商办法"),
    ],
)  # fmt: skip
def test_articles_without_a_title(text: str, of: str | None) -> None:
    found = record(text)
    assert (found.policy.genre, found.policy.title) == ("interpretation", None)
    assert relations(found)[0][:2] == ("interprets", of)
    assert found.tasks == ()


@pytest.mark.parametrize(
    "text",
    [
        "各县区人民政府：\n问：何时施行？\n答：今天。\n问：谁负责？\n答：市工信局。\n",
        "市政府办公室负责政策解读，及时回答群众提问。",
        "问：何时施行？\n答：今天。\n",
    ],
)
def test_what_is_not_written_as_an_article(text: str) -> None:
    assert not article_form(view_of(text).text)


def test_what_is_neither_is_refused_as_before() -> None:
    with pytest.raises(ReadError, match="no policy document"):
        record("某市召开会议，研究部署园区工作，强调要抓好落实，推动高质量发展。")


LETTER = """常德市人民政府办公室关于转发市发展改革委《常德市招商办法》的通知
常政办发〔2022〕5号
各区县市人民政府：
根据《湖南省招商条例》，市发展改革委《常德市招商办法》已经市人民政府同意，现转发给你们，请认真贯彻执行。
常德市人民政府办公室
2022年3月1日
"""


def test_a_notice_is_its_own_policy_and_the_plan_in_it_keeps_its_tasks() -> None:
    found = record(LETTER + "常德市招商办法\n为推动发展，制定本办法。" + BODY)
    assert found.policy.genre == "forwarding"
    assert found.policy.title == "常德市人民政府办公室关于转发市发展改革委《常德市招商办法》的通知"
    assert (found.policy.doc_number, found.policy.doc_type) == ("常政办发〔2022〕5号", "通知")
    assert found.policy.issuers == ("常德市人民政府办公室",)
    assert relations(found)[:2] == [("forwards", "常德市招商办法", None), ("cites", "湖南省招商条例", None)]
    assert found.references[0].evidence.quote.endswith("现转发给你们，请认真贯彻执行")
    assert [task.title for task in found.tasks] == ["推进绿色工厂建设"]
    assert found.policy.evidence.quote == found.policy.title


def test_a_notice_alone() -> None:
    text = (
        "关于转发《湖南省招商办法》（湘政办发〔2021〕7号）的通知\n各县区：\n请认真执行。\n常德市商务局\n2021年5月1日\n"
    )
    found = record(text)
    assert (found.policy.genre, relations(found)[0][:2]) == ("forwarding", ("forwards", "湖南省招商办法"))
    assert found.policy.title is not None
    assert found.policy.title.startswith("关于转发")


def test_what_an_office_issues_itself_stays_one_policy() -> None:
    found = record(
        LETTER.replace("转发市发展改革委", "印发").replace("转发", "印发") + "常德市招商办法\n制定本办法。" + BODY
    )
    assert (found.policy.genre, found.policy.title) == ("policy", "常德市招商办法")
    assert "forwards" not in {each.relation for each in found.references}


@pytest.mark.parametrize(
    "title",
    [
        "常德市招商办法（征求意见稿）",
        "常德市招商办法（公开征求意见稿）",
        "常德市招商办法（送审稿）",
        "常德市招商办法（草案）",
        "常德市招商办法（草案征求意见稿）",
        "常德市招商办法（讨论稿）",
    ],
)
def test_drafts(title: str) -> None:
    found = record(f"{title}\n为推动发展，制定本办法。" + BODY)
    assert (found.policy.status, found.policy.title) == ("draft", "常德市招商办法")
    assert found.policy.id.endswith("(征求意见稿)")


def test_a_draft_never_has_the_id_of_its_final_version() -> None:
    body = "\n为推动发展，制定本办法。" + BODY
    draft, final = record("常德市招商办法（草案）" + body), record("常德市招商办法" + body)
    assert draft.policy.id != final.policy.id


def test_an_article_of_a_crawler() -> None:
    line = json.dumps(
        {"title": "一图读懂《常德市招商办法》", "text": "发展目标、重点任务都在一张图里。" + BODY}, ensure_ascii=False
    )
    (document,) = read(Given(line.encode(), "a.jsonl"))
    assert isinstance(document, Document)
    assert extract(document).policy.genre == "interpretation"
