"""Patterns that are data stand beside examples: each matches its own, and says nothing of the others' purpose."""

import pytest

from ingest.header import type_of
from ingest.layout import patterns
from ingest.tables import load_yaml
from ingest.tasks import closing_item, frame_article, section_patterns
from ingest.view import view_of

FURNITURE = load_yaml("furniture.yml")
SECTIONS = load_yaml("sections.yml")
HEADER = load_yaml("header.yml")


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        (kind, example)
        for kind, rows in (("tail", FURNITURE["tail"]), ("furniture", FURNITURE["line"]))
        for row in rows
        for example in row["examples"]
    ],
)
def test_page_furniture(kind: str, example: str) -> None:
    assert patterns()[kind].match(view_of(example).text)


@pytest.mark.parametrize(
    "line",
    [
        "（一）完善标签管理。建立标签制度。",
        "打印技术产业园",
        "来源于企业的税收增长10%。",
        "关闭落后产能，淘汰高耗能企业。",
        "分享经济加快发展，培育新业态。",
        "评论员文章指出问题。",
        "上一年度考核结果作为依据。",
        "主办单位：市商务局",
        "承办单位：市商务局、各县区",
    ],
)
def test_sentences_are_no_furniture(line: str) -> None:
    assert not patterns()["tail"].match(view_of(line).text)


@pytest.mark.parametrize("heading", SECTIONS["without_tasks"]["examples"])
def test_headings_without_tasks(heading: str) -> None:
    assert section_patterns()[0].match(heading)


@pytest.mark.parametrize(
    "heading",
    [
        *SECTIONS["with_tasks"]["examples"],
        *SECTIONS["without_tasks"]["not_examples"],
        "强化园区产业定位",
        "明确整体发展目标",
        "总量目标",
        "提升开发区发展理念的若干举措",
    ],
)
def test_headings_with_tasks(heading: str) -> None:
    assert not section_patterns()[0].match(heading)


@pytest.mark.parametrize("text", SECTIONS["frame_articles"]["examples"])
def test_articles_of_purpose_scope_and_effect(text: str) -> None:
    assert frame_article(view_of(text).text)


@pytest.mark.parametrize("text", SECTIONS["closing_articles"]["examples"])
def test_items_that_only_close(text: str) -> None:
    assert closing_item(view_of(text).text)


@pytest.mark.parametrize("text", ["市人民政府应当制定园区发展规划。", "园区应当完善基础设施。"])
def test_articles_of_substance(text: str) -> None:
    assert not frame_article(text)


@pytest.mark.parametrize("row", HEADER["examples"], ids=lambda row: row["title"])
def test_titles(row: dict[str, str]) -> None:
    assert patterns()["title"].match(view_of(row["title"]).text)
    assert type_of(row["title"]) == row["type"]


@pytest.mark.parametrize("text", ["为推动园区发展，制定本方案。", "各区县市人民政府", "一、总体要求"])
def test_no_titles(text: str) -> None:
    assert not patterns()["title"].match(view_of(text).text)
