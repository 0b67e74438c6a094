"""Pictures and cells: what a header may declare, and what is made of rows of an answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from api.pages.cells import cells, label, shown
from api.pages.charts.bars import bars
from api.pages.charts.heatmap import heatmap, matrix
from api.pages.charts.ink import short
from api.pages.charts.network import network
from api.pages.charts.timeline import Event, timeline
from api.pages.words import Words
from graph.errors import CatalogueError
from graph.header import Column, Query, parse
from graph.picture import Bars, Heatmap, Matrix, Network, Timeline
from graph.queries import catalogue

ZH, EN = Words("zh"), Words("en")
HEADER = """/*
name: q
title: {{zh: 问, en: q}}
description: {{zh: 问, en: q}}
params: [{{name: who, type: policy, description: {{zh: 谁, en: who}}}}]
columns:
  - {{name: a, type: string, {column}description: {{zh: 甲, en: a}}}}
  - {{name: n, type: integer, description: {{zh: 数, en: n}}}}
{picture}
*/
MATCH (x) WHERE x.id IN $who RETURN x.a AS a, x.n AS n
"""


def read(folder: Path, column: str = "", picture: str = "") -> Query:
    path = folder / "q.cypher"
    path.write_text(HEADER.format(column=column, picture=picture), encoding="utf-8")
    return parse(path)


@pytest.mark.parametrize(
    ("column", "picture"),
    [
        ("node: Agency, ", ""),
        ("node: Policy, id: a, at: n, ", ""),
        ("", "picture: {kind: heatmap, x: a, y: a, value: n, open: {region: a}}"),
        ("", "picture: {kind: matrix, one: a, other: a, value: n}"),
        ("", "picture: {kind: bars, x: a, value: n, unit: a, series: [a], per: [a]}"),
        ("", "picture: {kind: timeline, date: a, label: a, lane: a, around: who}"),
        ("", "picture: {kind: network, source: a, target: a, value: n, directed: true}"),
    ],
)
def test_headers_declare_pictures_and_nodes(tmp_path: Path, column: str, picture: str) -> None:
    query = read(tmp_path, column, picture)
    assert bool(query.picture) == bool(picture)
    assert bool(query.columns[0].node) == bool(column)


@pytest.mark.parametrize(
    ("column", "picture", "said"),
    [
        ("node: Person, ", "", "7: columns.0.node"),
        ("node: Policy, id: b, ", "", "b: named by another column or by the picture and not a column"),
        ("node: Policy, at: b, ", "", "b: named by another column"),
        ("", "picture: {kind: pie, x: a}", "9: picture"),
        ("", "picture: {kind: heatmap, x: b, y: a, value: n}", "b: named by another column or by the picture"),
        ("", "picture: {kind: heatmap, x: a, y: a, value: a}", "a: drawn as a number and none"),
        ("", "picture: {kind: bars, x: a, value: n, value_max: a, unit: a, series: [a]}", "a: drawn as a number"),
        ("", "picture: {kind: bars, x: a, value: n, unit: a, series: []}", "9: picture"),
        ("", "picture: {kind: heatmap, x: a, y: a, value: n, open: {colour: a}}", "9: picture"),
        ("", "picture: {kind: timeline, date: a, label: a, lane: a, around: whom}", "whom: in the picture, no parameter"),
    ],
)  # fmt: skip
def test_headers_that_are_wrong(tmp_path: Path, column: str, picture: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=r"q\.cypher:\d+: ") as raised:
        read(tmp_path, column, picture)
    assert said in str(raised.value)


@pytest.mark.parametrize("query", catalogue().values(), ids=str)
def test_every_quote_leads_to_its_place(query: Query) -> None:
    quotes = [column for column in query.columns if column.name.endswith("quote")]
    assert all(column.node == "Policy" and column.id and column.at for column in quotes)


def columns(**nodes: Any) -> dict[str, Column]:
    words = {"zh": "说明：长的", "en": "what; in full"}
    return {name: Column.model_validate({"name": name, "description": words, **more}) for name, more in nodes.items()}


@pytest.mark.parametrize(
    ("declared", "row", "expected"),
    [
        ({"x": {}}, {"x": "<b>"}, {"x": "<b>"}),
        ({"x": {"type": "boolean"}}, {"x": None}, {"x": "不详"}),
        ({"x": {"type": "boolean"}}, {"x": False}, {"x": "否"}),
        ({"x": {"type": "date"}}, {"x": date(2020, 1, 2)}, {"x": "2020-01-02"}),
        ({"x": {"type": "number"}}, {"x": 1.5}, {"x": 1.5}),
        ({"role": {}}, {"role": "lead"}, {"role": "牵头"}),
        ({"role": {"node": "Agency"}}, {"role": "lead"}, {"role": "lead", "_role": "/agencies/lead"}),
        ({"x": {"node": "Agency", "type": "strings"}}, {"x": ["a", "b#"]},
         {"x": "a、b#", "_x": [("a", "/agencies/a"), ("b#", "/agencies/b%23")]}),
        ({"x": {"node": "Theme", "type": "strings"}}, {"x": ["green"]}, {"x": "绿色", "_x": [("绿色", "/themes/green")]}),
        ({"x": {"node": "Policy", "id": "i"}, "i": {}}, {"x": "t", "i": None}, {"x": "t", "i": None}),
        ({"x": {"node": "Policy", "id": "i", "at": "s"}, "i": {}, "s": {"type": "integer"}}, {"x": "t", "i": "p", "s": 0},
         {"x": "t", "i": "p", "s": 0, "_x": "/policies/p?at=0"}),
    ],
)  # fmt: skip
def test_cells(declared: dict[str, Any], row: dict[str, Any], expected: dict[str, Any]) -> None:
    assert cells(ZH, list(columns(**declared).values()), row, {"green": "绿色"}) == expected


def test_columns_that_are_shown() -> None:
    made = columns(
        x={"node": "Policy", "id": "key", "at": "start"}, key={}, start={}, end={}, document={}, n_id={}, y={}
    )
    assert [column.name for column in shown(list(made.values()))] == ["x", "y"]
    assert (label(ZH, made["y"]), label(EN, made["y"]), label(EN, columns(quote={})["quote"])) == (
        "说明",
        "what",
        "Quote",
    )


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("常德市", 3, "常德市"),
        ("常德经开区", 3, "常德…"),
        ("Changde", 4, "Changde"),
        ("Changde city", 4, "Changde…"),
        ("", 3, ""),
    ],
)
def test_short(text: str, longest: int, expected: str) -> None:
    assert short(text, longest) == expected


def test_heatmap_cells_open_their_tasks() -> None:
    made = columns(theme={"node": "Theme", "id": "key"}, key={}, region={}, code={}, n={"type": "integer"})
    declared = Heatmap(kind="heatmap", x="theme", y="region", value="n", open={"region": "code", "theme": "key"})
    rows = [{"theme": "绿", "key": "green", "region": "常德市", "code": "430700", "n": 3},
            {"theme": None, "key": None, "region": "常德市", "code": "430700", "n": 1}]  # fmt: skip
    [chart] = heatmap(declared, made, rows, {"green": "Green"})
    assert chart.options["xAxis"]["data"] == ["Green"]
    assert chart.options["series"][0]["data"] == [{"value": [0, 0, 3], "href": "/tasks?region=430700&theme=green"}]
    assert heatmap(declared, made, [], {}) == []


def test_a_matrix_is_the_same_both_ways() -> None:
    made = columns(
        one={"node": "Region", "id": "a"}, a={}, other={"node": "Region", "id": "b"}, b={}, n={"type": "integer"}
    )
    [chart] = matrix(Matrix(kind="matrix", one="one", other="other", value="n"), made,
                     [{"one": "甲", "a": "1", "other": "乙", "b": "2", "n": 5}])  # fmt: skip
    cells_ = {(item["value"][0], item["value"][1]): item["value"][2] for item in chart.options["series"][0]["data"]}
    assert cells_ == {(0, 1): 5, (1, 0): 5}
    assert chart.options["xAxis"]["data"] == chart.options["yAxis"]["data"]


def test_bars_keep_units_apart() -> None:
    made = columns(year={"type": "integer"}, value={"type": "number"}, unit={}, region={})
    declared = Bars(kind="bars", x="year", value="value", unit="unit", series=("region",), per=("unit",))
    rows = [
        {"year": 2022, "value": 18.0, "unit": "万元/亩", "region": "常德市"},
        {"year": 2022, "value": 20.0, "unit": "万元/亩", "region": "常德市"},
        {"year": None, "value": 15.0, "unit": "万元/亩", "region": "驻马店市"},
        {"year": 2025, "value": 9.0, "unit": "%", "region": "常德市"},
        {"year": 2025, "value": None, "unit": "家", "region": "常德市"},
    ]
    charts = bars(EN, declared, made, rows)
    assert [(chart.title, chart.options["yAxis"]["name"]) for chart in charts] == [("万元/亩", "万元/亩"), ("%", "%")]
    assert charts[0].options["xAxis"]["data"] == ["2022", "no year"]
    values = {each["name"]: [part and part["value"] for part in each["data"]] for each in charts[0].options["series"]}
    assert values == {"常德市": [18.0, None], "常德市′": [20.0, None], "驻马店市": [None, 15.0]}


def test_lines_keep_years_apart_and_never_lead_to_no_year() -> None:
    made = columns(year={"type": "integer"}, value={"type": "number"}, unit={}, region={})
    declared = Bars(kind="bars", x="year", value="value", unit="unit", series=("region",), per=("unit",))
    years = (2018, 2019, 2022, 2025, None)
    rows = [{"year": year, "value": 1.0, "unit": "%", "region": "常德市"} for year in years]
    [chart] = bars(EN, declared, made, rows)
    assert chart.options["xAxis"]["data"] == [*map(str, range(2018, 2026)), "no year"]
    line, loose = chart.options["series"]
    assert (line["type"], [part is not None for part in line["data"]].count(True), line["data"][-1]) == (
        "line",
        4,
        None,
    )
    assert (loose["type"], loose["name"], loose["data"][0]["value"]) == ("scatter", "常德市", ["no year", 1.0])


def test_networks_keep_the_strongest() -> None:
    made = columns(one={"node": "Agency"}, other={"node": "Agency"}, n={"type": "integer"})
    rows = [{"one": f"a{i:03}", "other": f"b{i:03}", "n": 200 - i} for i in range(100)]
    [chart] = network(Network(kind="network", source="one", target="other", value="n"), made, rows)
    [series] = chart.options["series"]
    assert len(series["data"]) == 36
    assert {"a000", "b000", "a017"} <= {node["id"] for node in series["data"]}
    assert series["data"][0]["href"] == "/agencies/a000"
    assert chart.note == ("chart.ties", {"count": 18, "all": 100})


def test_directed_networks_run_from_left_to_right_even_in_circles() -> None:
    made = columns(one={"node": "Agency"}, other={"node": "Agency"})
    declared = Network(kind="network", source="one", target="other", directed=True)
    [chart] = network(declared, made, [{"one": "a", "other": "b"}, {"one": "b", "other": "c"}])
    assert {node["id"]: node["value"][0] for node in chart.options["series"][0]["data"]} == {"a": 0, "b": 1, "c": 2}
    assert len(network(declared, made, [{"one": "a", "other": "b"}, {"one": "b", "other": "a"}])) == 1


def test_timelines_say_what_has_no_day() -> None:
    made = columns(relation={}, policy={"node": "Policy", "id": "key"}, key={}, date={"type": "date"})
    declared = Timeline(kind="timeline", date="date", label="policy", lane="relation")
    rows = [{"relation": "amends", "policy": "p", "key": "k", "date": date(2020, 1, 1)},
            {"relation": "amends", "policy": "q", "key": "l", "date": None}]  # fmt: skip
    [chart] = timeline(EN, declared, made, rows, Event(date(2021, 1, 1), "self", "/policies/s"))
    assert chart.options["yAxis"]["data"] == ["This policy", "amends"]
    assert [item["value"] for item in chart.options["series"][0]["data"]] == [["2021-01-01", 0], ["2020-01-01", 1]]
    assert chart.note == ("chart.undated", {"count": 1})
    assert timeline(EN, declared, made, rows[1:], None) == []
