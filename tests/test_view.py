"""Folding keeps the way back to the text as read, and joins only what was wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.view import view_of

PARAGRAPH = "推动园区整合升级，在国土空间规划中优先配置城镇建设用地规模，严格监管和执行园区开发边界，制定园区节约集约标准，力争国家级园区新入园项目达到标准。"


def wrapped(text: str, width: int) -> str:
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


@given(st.text())
def test_every_character_of_the_view_stands_in_the_source_in_order(text: str) -> None:
    view = view_of(text)
    offsets = [view.offset(index) for index in range(len(view.text))]
    assert offsets == sorted(set(offsets))
    for index in range(0, len(view.text), 7):
        span = view.span(index, index + 1)
        assert text[span.start : span.end] == span.quote
        assert len(span.quote) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位：市工信局）", "(责任单位:市工信局)"),
        ("１２．５％以上，", "12.5%以上,"),
        ("【2021】３号〔a〕", "[2021]3号[a]"),
        ("３～５家、3—5家", "3~5家、3-5家"),
        ("市工\u200b信局\ufeff", "市工信局"),
        ("市住建局〈市人防办〉", "市住建局<市人防办>"),
        ("责任单位：市工信局、\n市科技局", "责任单位:市工信局、市科技局"),
        ("(责任单位:市工信局、市科\n技局)", "(责任单位:市工信局、市科技局)"),
    ],
)
def test_folding(text: str, expected: str) -> None:
    assert view_of(text).text == expected


@pytest.mark.parametrize("width", [20, 28, 33, 40])
def test_hard_wrapped_paragraphs_are_joined(width: int) -> None:
    text = "\n".join(wrapped(f"{number}．工作重点。{PARAGRAPH * 2}", width) for number in range(1, 5))
    lines = view_of(text).text.split("\n")
    assert [line[:2] for line in lines] == ["1.", "2.", "3.", "4."]


def test_a_title_wider_than_the_wrapped_lines_stays_a_line() -> None:
    title = "某市人民政府办公室关于印发某市推进产业园区高质量发展三年行动计划和任务分工的通知"
    text = "\n".join([title, "某政办发〔2021〕3号", *[wrapped(PARAGRAPH * 2, 30)] * 4])
    assert view_of(text).text.split("\n")[:2] == [title, "某政办发[2021]3号"]


@pytest.mark.parametrize(
    "text",
    [
        "序号\n\n专项工作\n\n牵头部门\n\n1\n\n推进甲\n\n市甲局",
        "市甲局、市乙局\n\n4\n\n下一项",
        "一、总体要求\n二、主要任务\n三、保障措施",
        "某市人民政府\n2022年1月1日\n",
    ],
)
def test_lines_that_stand_alone_stay_apart(text: str) -> None:
    assert view_of(text).text == text


def test_a_quote_over_a_joined_line_is_the_source_letter_for_letter() -> None:
    source = "（责任单位：市工信局、市科\n技局）"
    view = view_of(source)
    start = view.text.index("市科技局")
    assert view.span(start, start + 4).quote == "市科\n技局"
