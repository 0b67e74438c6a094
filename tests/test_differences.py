"""Where the pages of one policy differ: passages of texts, and facts, tasks, duties and targets of records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.detail.differences import compared, differences, policies_with_copies
from graph.errors import NotFoundError
from graph.load import load
from graph.passages import differing, gaps, plain
from graph.store import Store, open_store
from ingest.pipeline import extract
from ingest.read import read_document
from ingest.records import Record
from tests.conftest import GROUP
from tests.graph_records import CHANGDE, Draft

pytestmark = GROUP
SAMPLES = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))
TEXT = "某市园区方案\n为推动发展，制定本方案。\n一、总体目标\n到2025年，产值达到100亿元（含税）。\n二、重点任务\n加快建设。市工信局牵头。\n"


def told(one: str, other: str) -> list[tuple[str, str]]:
    return [(one[a.start : a.end], other[b.start : b.end]) for a, b in differing(one, other, (len(one), len(other)))]


@pytest.mark.parametrize(
    "other",
    [
        TEXT,
        TEXT.replace("，", ",").replace("（", "(").replace("）", ")"),
        TEXT.replace("\n", "\n\n"),
        TEXT.replace("\n", "\n　　"),
        TEXT.replace("2025年", "２０２５年"),
        TEXT.replace("制定本", "制定\n本"),
        "首页 > 政务公开\n" + TEXT,
        "您现在所在的位置: 网站首页 > 信息公开\n" + TEXT + "[打印本页] [关闭窗口]\n",
        "索引号：001\n发布日期：2022年1月1日\n" + TEXT,
        TEXT + "分享到：微信 微博\n",
    ],
)
def test_layout_and_the_page_do_not_count(other: str) -> None:
    assert told(TEXT, other) == []


def test_what_follows_the_document_on_its_page_does_not_count() -> None:
    other = TEXT + "版权所有:某市人民政府\n相关阅读:\n某市举行大会。\n"
    assert differing(TEXT, other, (0, other.index("市工信局"))) == []
    assert differing(TEXT, other, (0, len(other))) != []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            TEXT,
            TEXT.replace("100亿元", "120亿元"),
            [("到2025年，产值达到100亿元（含税）。", "到2025年，产值达到120亿元（含税）。")],
        ),
        (
            TEXT,
            TEXT.replace("加快建设。", ""),
            [("二、重点任务\n加快建设。市工信局牵头。", "二、重点任务\n市工信局牵头。")],
        ),
        ("甲一。乙二。丙三。", "甲一。丙三。", [("乙二。", "")]),
        ("甲一。丙三。", "甲一。乙二。丙三。", [("", "乙二。")]),
        ("甲一。乙二。", "丙三。丁四。", [("甲一。乙二。", "丙三。丁四。")]),
        ("", "甲一。", [("", "甲一。")]),
        ("甲。甲。乙。", "甲。乙。", [("甲。", "")]),
    ],
)
def test_passages(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert told(one, other) == expected


words = st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12)


@settings(deadline=None)
@given(words, words)
def test_what_is_left_out_is_the_same_in_both(one: list[str], other: list[str]) -> None:
    found = list(gaps(one, other))
    for side, first in ((one, 0), (other, 2)):
        assert all(0 <= gap[first] <= gap[first + 1] <= len(side) for gap in found)
    left, right = list(one), list(other)
    for a, b, c, d in reversed(found):
        del left[a:b]
        del right[c:d]
    assert left == right
    assert (found == []) == (one == other)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts(one: str, other: str) -> None:
    assert differing(one, one) == []
    for a, b in differing(one, other):
        assert 0 <= a.start <= a.end <= len(one)
        assert 0 <= b.start <= b.end <= len(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("".join(f"第{n % 7}句。" for n in range(50_000)), "".join(f"第{n % 5}句。" for n in range(50_000))),
        ("".join(f"第{n}句。" for n in range(50_000)), "".join(f"第{n * 7919 % 50_000}句。" for n in range(50_000))),
        ("无句号" * 200_000, "无句号" * 200_000 + "。"),
        ("\n" * 200_000, "\n \n" * 100_000 + "甲"),
    ],
    ids=["repeated", "shuffled", "one sentence", "empty lines"],
)
def test_long_texts_take_no_longer_than_their_length_is_worth(one: str, other: str) -> None:
    start = process_time()
    differing(one, other)
    assert process_time() - start < 5


def test_plain() -> None:
    assert plain("　某 市〔２０２２〕１号\n（试行）—“甲”") == '某市[2022]1号(试行)-"甲"'


def pages() -> tuple[Record, Record]:
    one = Draft("某政发〔2022〕1号", CHANGDE, "常德市园区高质量发展方案", date(2022, 2, 7))
    one.policy |= {"doc_number": "某政发〔2022〕1号"}
    one.task("1", "建设园区。")
    one.duty("1", "工信局")
    one.task("2", "推进招商。")
    one.target("1", "产值", 100, "亿元", 2025)
    one.write("本方案由市政府办公室负责解释，自印发之日起施行。")
    two = Draft("某政发〔2022〕1号", CHANGDE, "常德市园区高质量发展方案", date(2022, 2, 7))
    two.task("1", "建设园区。")
    two.duty("1", "发改委")
    two.task("3", "加强保障。")
    two.target("1", "产值", 120, "亿元", 2025)
    return one.record("甲.txt"), two.record("乙.txt")


def test_records() -> None:
    one, two = pages()
    found = compared(one, two)
    assert [(each.name, each.here, each.there) for each in found.facts] == [("doc_number", "某政发〔2022〕1号", None)]
    assert [(each.of, each.change, each.path, each.name) for each in found.items] == [
        ("task", "missing", "2", "推进招商。"),
        ("task", "added", "3", "加强保障。"),
        ("duty", "missing", "1", "市工信局"),
        ("duty", "added", "1", "市发改委"),
        ("target", "changed", "1", "产值"),
    ]
    for each in (*found.items, *found.texts):
        for side, record in ((each.here, one), (each.there, two)):
            assert side is None or record.document.text[side.start : side.end] == side.quote
    assert found.text_count == len(found.texts) > 0
    assert not found.same


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:20])
def test_a_copy_in_another_layout_is_the_same(path: Path) -> None:
    document = read_document(path, path.name)
    text = document.text.replace("，", ",").replace("；", ";").replace("\n", "\n\n")
    other = document.model_copy(update={"text": text, "sha256": "0" * 64, "source": "b.txt"})
    assert [each.model_dump() for each in compared(extract(document), extract(other)).texts] == []


def test_from_the_store(store: Store) -> None:
    one, two = pages()
    load(store, [one, two, Draft("别的", CHANGDE, "常德市别的办法", date(2020, 1, 1)).record()])
    assert policies_with_copies(store) == ["某政发〔2022〕1号"]
    assert policies_with_copies(store, ["别的"]) == []
    found = differences(store, "某政发〔2022〕1号")
    assert (found.source, [each.source for each in found.copies]) == ("甲.txt", ["乙.txt"])
    assert found.copies == [compared(one, two)]
    assert differences(store, "别的").copies == []


def test_unknown(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as opened, pytest.raises(NotFoundError, match="not in this graph"):
        differences(opened, "没有")
