"""Numbers with their units, deadlines, comparable units and canonical indicators: tables of (text, expected)."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.indicators import indicator
from ingest.numerals import number
from ingest.quantities import quantities
from ingest.tables import load_yaml
from ingest.target_columns import column_of
from ingest.units import completed, to_base
from ingest.years import years

QUANTITIES = [
    ("达到4000亿元以上", [(4000, None, "亿元", ">=")]),
    ("达5.3万亿,", [(5.3, None, "万亿", None)]),
    ("前90位", [(90, None, "位", "<=")]),
    ("进入全国前30", [(30, None, "位", "<=")]),
    ("全国经开区前100强", [(100, None, "强", "<=")]),
    ("3~5家", [(3, 5, "家", None)]),
    ("3-5个", [(3, 5, "个", None)]),
    ("1到2个", [(1, 2, "个", None)]),
    ("一至两家", [(1, 2, "家", None)]),
    ("5亿元至8亿元", [(5, 8, "亿元", None)]),
    ("10%-15%", [(10, 15, "%", None)]),
    ("2.5%以上", [(2.5, None, "%", ">=")]),
    ("比重达到1/10", [(0.1, None, None, None)]),
    ("三分之一以上", [(1 / 3, None, None, ">=")]),
    ("百分之八十", [(80, None, "%", None)]),
    ("八成左右", [(8, None, "成", "~")]),
    ("翻倍", [(2, None, "倍", None)]),
    ("翻一番", [(2, None, "倍", None)]),
    ("翻两番", [(4, None, "倍", None)]),
    ("全覆盖", [(100, None, "%", "=")]),
    ("3.5万人次", [(3.5, None, "万人次", None)]),
    ("15万元/亩", [(15, None, "万元/亩", None)]),
    ("100万平方米", [(100, None, "万平方米", None)]),
    ("0.5吨标准煤/万元", [(0.5, None, "吨标准煤/万元", None)]),
    ("容积率不低于1.5的标准", [(1.5, None, None, None)]),
    ("建成3~5绿色工厂", [(3, 5, "家", None)]),
    ("1,200家", [(1200, None, "家", None)]),
    ("100余家", [(100, None, "家", ">=")]),
    ("一百二十家", [(120, None, "家", None)]),
    ("5个百分点", [(5, None, "个百分点", None)]),
    # none at all
    ("2025年6月30日", []),
    ("2个月内", []),
    ("百亿元企业", []),
    ("四大千亿产业", []),
    ("世界500强", []),
    ("第12条", []),
    ("用地按1:1:1的比例", []),
    ("“十四五”规划", []),
    ("全覆盖工程", []),
    ("做好安全收集", []),
    ("2022年6月底前75%", [(75, None, "%", None)]),
]


@pytest.mark.parametrize(("text", "expected"), QUANTITIES)
def test_quantities(text: str, expected: list[tuple[float, float | None, str | None, str | None]]) -> None:
    found = [(item.value, item.value_max, item.unit, item.op) for item in quantities(text)]
    assert found == [(pytest.approx(value), top, unit, op) for value, top, unit, op in expected]


def test_extents_are_those_of_the_text() -> None:
    text = "园区达到30家以上,产值5.3万亿。"
    assert [text[item.start : item.end] for item in quantities(text)] == ["30家以上", "5.3万亿"]
    assert text[next(quantities(text)).start : next(quantities(text)).bare_end] == "30家"


@given(st.text(alphabet="0123456789.,一二三十百千万亿前第翻番全覆盖个家%元/亩至到-~以上年月分之", max_size=40))
def test_any_text_gives_quantities_in_order(text: str) -> None:
    found = list(quantities(text))
    assert all(0 <= item.start < item.bare_end <= item.end <= len(text) for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,200", 1200), ("一百二十", 120), ("百", 100), ("一点五", 1.5), ("两", 2), ("一十百", None), ("二十", 20)],
)
def test_numerals(written: str, value: float | None) -> None:
    assert number(written) == value


@pytest.mark.parametrize("row", load_yaml("units.yml")["examples"], ids=lambda row: row["text"])
def test_unit_examples(row: dict[str, object]) -> None:
    found = next(quantities(str(row["text"])))
    unit = completed(found.unit, "")
    assert (found.value, unit) == (row["value"], row["unit"])
    assert to_base(found.value, unit) == (pytest.approx(row["base_value"]), row["base_unit"])


@pytest.mark.parametrize(
    ("unit", "metric", "expected"),
    [
        ("万元", "亩均税收", "万元/亩"),
        ("万元", "单位土地税收", "万元/亩"),
        ("万元", "人均可支配收入", "万元"),
        ("万元/亩", "亩均税收", "万元/亩"),
        ("吨标准煤", "万元GDP能耗", "吨标准煤/万元"),
        ("万亿", "技工贸总收入", "万亿元"),
        (None, "容积率", None),
    ],
)
def test_units_that_are_left_out(unit: str | None, metric: str, expected: str | None) -> None:
    assert completed(unit, metric) == expected


YEARS = [
    ("到2025年,", [(2025, True)]),
    ("2020年底前", [(2020, True)]),
    ("“十四五”末", [(2025, True)]),
    ("“十三五”期间", [(2020, True)]),
    ("2022年6月30日前", [(2022, True)]),
    ("2012年起5年内", [(2016, True)]),
    ("2022-2025年", [(2025, True)]),
    ("从2021年到2025年", [(2025, True)]),
    ("二〇二五年", [(2025, True)]),
    ("2023年、2025年", [(2023, True), (2025, True)]),
    ("比2020年", [(2020, False)]),
    ("自2022年起", [(2022, False)]),
    ("截至2020年底", [(2020, False)]),
    ("“十三五”以来", [(2020, False)]),
    ("以2020年为基数", [(2020, False)]),
    ("“十四五”规划", []),
    ("5年内", []),
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_years(text: str, expected: list[tuple[int, bool]]) -> None:
    assert [(item.year, item.deadline) for item in years(text, 0, len(text))] == expected


@pytest.mark.parametrize("row", load_yaml("indicators.yml")["examples"], ids=lambda row: row["metric"])
def test_indicator_examples(row: dict[str, str | None]) -> None:
    assert indicator(str(row["metric"])) == row["indicator"]


def test_every_word_for_an_indicator_leads_to_it() -> None:
    rows = load_yaml("indicators.yml")["indicators"]
    assert len(rows) >= 30
    for row in rows:
        for word in (row["name"], *row.get("words", ())):
            assert indicator(word) == row["name"], word


@pytest.mark.parametrize("row", load_yaml("indicator_tables.yml")["columns"], ids=lambda row: row["kind"])
def test_column_examples(row: dict[str, object]) -> None:
    for example in row["examples"]:  # type: ignore[attr-defined]
        assert re.fullmatch(str(row["pattern"]), example), example
        column = column_of(example)
        assert column is not None, example
        assert column.kind == row["kind"], example
