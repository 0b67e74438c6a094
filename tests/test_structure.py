"""The numbered tree: every level, running and restarting numbers, inline numbers, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure import Outline, outline_of
from ingest.tables import load_yaml
from ingest.view import view_of


def outline(text: str) -> Outline:
    return outline_of(view_of(text))


def paths(text: str) -> list[str]:
    return [item.path for item in outline(text).items]


MARKS = st.sampled_from(
    [
        "一、",
        "二、",
        "（一）",
        "(二)",
        "1.",
        "2、",
        "（1）",
        "①",
        "第一章 ",
        "第三条 ",
        "1.1 ",
        "附件1",
        "——",
        "\n",
        "。",
        "  ",
        "内容",
        "到2025年",
    ]
)


@given(st.lists(st.one_of(MARKS, st.text(max_size=8)), max_size=40))
def test_the_blocks_joined_are_the_text(parts: list[str]) -> None:
    found = outline("".join(parts))
    text = found.view.text
    assert "".join(text[start:end] for start, end in found.blocks()) == text
    for item in found.items:
        assert 0 <= item.start < item.body <= item.end <= item.tree_end <= len(text)
        start, end = found.heading(item)
        assert item.body <= start <= end <= item.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n（一）乙\n1.丙\n（1）丁\n①戊", ["1", "1.1", "1.1.1", "1.1.1.1", "1.1.1.1.1"]),
        ("一、甲\n1.乙\n2.丙\n二、丁\n3.戊", ["1", "1.1", "1.2", "2", "2.3"]),
        ("一、甲\n1、乙\n1.1 丙\n1.1.1 丁", ["1", "1.1", "1.1", "1.1.1"]),
        ("第一章 总则\n第一条 甲\n第二条 乙\n第二章 措施\n第三条 丙", ["1", "1.1", "1.2", "2", "2.3"]),
        ("第九条 市政府应当：\n（一）甲；\n（二）乙。\n第十条 丙", ["9", "10"]),
        ("二、任务\n5.行动。立足优势。(1)农业:甲。(2)工业:乙。(3)旅游:丙。", ["2", "2.5", "2.5.1", "2.5.2", "2.5.3"]),
        ("二、任务\n5.行动。一方面:(1)甲;(2)乙。另一方面:(1)丙;(2)丁。", ["2", "2.5"]),
        ("十一、甲\n二十三、乙", ["11", "23"]),
        ("一、方向   （一）类别。   1.5G网络安全。甲。   2.车联网。乙。   （二）其他。丙。   二、要求   （一）丁。   （二）戊。",
         ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1", "2.2"]),
        ("1 总则\n1.1 目的\n2 体系\n2.1 机构\n2.2 职责\n2.2.1 甲", ["1", "1.1", "2", "2.1", "2.2", "2.2.1"]),
        ("1 总则\n甲\n2 目标\n乙\n3 任务\n3.1 丙", ["1", "2", "3", "3.1"]),
        ("1 总则\n1.1 目的\n1.2 目标\n1\t产值\t亿元\t30\n2\t税收\t亿元\t3", ["1", "1.1", "1.2"]),
        ("二、目标\n亩均税收\n1.7\n2.35\n三、任务", ["2", "3"]),
        ("1 推进甲 市甲局\n2 推进乙 市乙局", []),
        ("到2025年达到\n1.5亿元，\n2.3%以上", []),
        ("2022年工作\n1990.5", []),
    ],
)  # fmt: skip
def test_paths(text: str, expected: list[str]) -> None:
    assert paths(text) == expected


def test_a_plan_after_its_notice_is_a_zone_of_its_own() -> None:
    found = outline("一、请认真学习\n二、请抓好落实\n附件\n某某方案\n一、目标\n二、任务")
    assert [(item.zone, item.path) for item in found.items] == [(0, "1"), (0, "2"), (1, "1"), (1, "2")]


@pytest.mark.parametrize("level", load_yaml("numbering.yml")["levels"], ids=lambda level: level["name"])
def test_each_level_matches_its_examples(level: dict[str, object]) -> None:
    for example in level["examples"]:  # type: ignore[attr-defined]
        assert [item.level.name for item in outline(example).items][:1] == [level["name"]], example


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("（一）推进绿色工厂建设。落实行动计划。", "推进绿色工厂建设"),
        ("1.推进产品创新，提升产品质量\n大力开展活动。", "推进产品创新,提升产品质量"),
        ("2.农业品牌推介：组织企业", "农业品牌推介"),
    ],
)
def test_heading(text: str, heading: str) -> None:
    found = outline(text)
    start, end = found.heading(found.items[0])
    assert found.view.text[start:end] == heading


def test_a_number_before_a_year_is_a_number() -> None:
    found = paths("一、任务\n1.甲。做甲。\n2.2024年底前，做乙。\n3.2025年做丙。\n4.5亿元以上。\n")
    assert found == ["1", "1.1", "1.2", "1.3"]
