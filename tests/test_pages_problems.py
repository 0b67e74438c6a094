"""What is said of a bad question or file, in Chinese; in English it is told as it comes."""

from __future__ import annotations

import pytest

from api.pages.problems import told
from api.pages.words import Words

ZH, EN = Words("zh"), Words("en")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("lead_agencies: region Nowhere: not known; use its code or name", "图谱中没有这个地区：“Nowhere”。"),
        ("region 常: not known; did you mean 430700 常德市?", "图谱中没有这个地区：“常”。是不是要找：430700 常德市？"),
        ("policy nothing: not in this graph", "图谱中没有这个政策：“nothing”。"),
        ("targets_due: year is of type integer, not 'soon'", "“年份”的值“soon”形式不对。"),
        ("q: role is one of lead, support, not 'boss'", "“角色”只能是 lead, support 之一，不能是“boss”。"),
        ("targets_due: year is required", "请填写“年份”。"),
        ("status: one of issued, draft", "“状态”只能是 issued, draft 之一。"),
        ("region 朝阳: several have this name: 110105, 211300", "有几个同名的“朝阳”：110105, 211300。请写明是哪一个。"),
        ("the query takes too long; ask for less", "查询用时过长，请缩小范围。"),
        ("the answer has more than 200000 rows; ask for less", "结果超过 200000 行，请缩小范围。"),
        ("not text in UTF-8 or GB18030 (it looks like utf_16)", "不是 UTF-8 或 GB18030 编码的文本"),
        ("needs OCR: its 3 pages are pictures", "页面是图片，需要先做文字识别（OCR）"),
        ("damaged: page 2 cannot be read", "文件已损坏"),
        ("something that nobody has thought of", ""),
    ],
)
def test_told(message: str, expected: str) -> None:
    assert told(ZH, message) == expected
    assert told(EN, message) == message


def test_what_was_given_stays_what_it_is() -> None:
    assert told(ZH, "policy {0.__class__}: not in this graph") == "图谱中没有这个政策：“{0.__class__}”。"
