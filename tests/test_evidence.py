"""Where a quote stands in the file itself: page, row and cell, from the document to the answer and the pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.mcp.words import rows_text, thing_text
from api.output import for_people
from api.pages import address
from api.pages.entity_words import standing
from api.pages.words import Words
from graph.detail.refs import Evidence
from graph.load import load
from graph.store import open_store
from ingest.pipeline import extract
from ingest.records import Cell, Document, PageMark, Place, Span, place_of
from tests.formats_made import to_pdf
from tests.http import client_of
from tests.test_cli import parkgraph
from tests.test_formats import DIVISION, LINES, only

TEXT = "前言。\n\n甲\t乙\t\t丙、乙\n\n甲\t丁\n\n尾声"
CELLS = ((5, 6, 1, 2, 1), (7, 8, 1, 2, 2), (9, 9, 1, 2, 3), (10, 13, 1, 2, 4), (15, 16, 2, 1, 1), (17, 18, 2, 1, 2))
DOCUMENT = Document(
    sha256="0" * 64, source="a.pdf", media_type="application/pdf", text=TEXT,
    pages=(PageMark(0, 1), PageMark(8, 2), PageMark(15, 4)), cells=tuple(Cell(*cell) for cell in CELLS),
)  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "words", "expected"),
    [
        ("前言。", None, Place(1)),
        ("甲", None, Place(1, 1, 2, 1)),
        ("丙、乙", None, Place(2, 1, 2, 4)),
        ("乙\n\n甲", None, Place(2, 1, 2)),  # from the end of one table into the next one
        ("甲\t乙", None, Place(1, 1, 2)),
        ("甲\t乙\t\t丙、乙", None, Place(1, 1, 2)),
        ("甲\t乙\t\t丙、乙", "丙", Place(1, 1, 2, 4)),
        ("甲\t乙\t\t丙、乙", "甲", Place(1, 1, 2, 1)),
        ("甲\t乙\t\t丙、乙", "乙", Place(1, 1, 2)),  # in two cells: nobody can tell
        ("甲\t乙\t\t丙、乙", "戊", Place(1, 1, 2)),
        ("甲\t丁", "丁", Place(4, 2, 1, 2)),
        ("尾声", "声", Place(4)),
        ("言。\n\n甲\t乙", "乙", Place(1)),  # begins before the table
    ],
)
def test_place_of_a_quote(quote: str, words: str | None, expected: Place) -> None:
    start = TEXT.index(quote)
    assert place_of(DOCUMENT, Span(start=start, end=start + len(quote), quote=quote), words) == expected


def test_plain_text_has_no_places() -> None:
    plain = DOCUMENT.model_copy(update={"pages": (), "cells": ()})
    assert place_of(plain, Span(start=5, end=6, quote="甲"), "甲") == Place()


def said(**place: int) -> Evidence:
    return Evidence(policy="p", document="d" * 64, start=5, end=6, quote="甲", **place)


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ({}, None, None),
        ({"page": 3}, "第 3 页", "page 3"),
        ({"table": 1, "row": 2, "column": 4}, "表 1 第 2 行第 4 格", "table 1, row 2, cell 4"),
        ({"page": 3, "table": 1, "row": 2}, "第 3 页 · 表 1 第 2 行", "page 3 · table 1, row 2"),
    ],
)
def test_how_it_is_said(place: dict[str, int], zh: str | None, en: str | None) -> None:
    for lang, expected in (("zh", zh), ("en", en)):
        made = standing(Words(lang), said(**place))
        assert (made and made.striptags()) == expected


def test_how_it_is_said_to_an_assistant() -> None:
    told = said(page=3, table=1, row=2).model_dump()
    assert thing_text({"evidence": told}) == "evidence: “甲” (document dddddddd, 5–6, page 3, table 1, row 2)"
    row = {"name": "甲局", **told, "policy": None}
    assert rows_text([row]) == "1. name: 甲局\n   quote: “甲” (document dddddddd, 5–6, page 3, table 1, row 2)"
    assert thing_text({"evidence": said().model_dump()}) == "evidence: “甲” (document dddddddd, 5–6)"


def test_empty_places_are_no_columns() -> None:
    columns = ["name", "document", "page", "row"]
    assert for_people(columns, [{"name": "x", "page": "", "row": ""}]) == ["name"]
    assert for_people(columns, [{"name": "x", "page": "", "row": ""}, {"name": "x", "page": "3", "row": ""}]) == [
        "name",
        "page",
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a PDF whose table stands on its second page."""
    folder = tmp_path_factory.mktemp("evidence")
    (folder / "a.pdf").write_bytes(to_pdf(LINES, table=DIVISION, size=30))
    with open_store(folder / "a.lbug") as opened:
        load(opened, [extract(only((folder / "a.pdf").read_bytes(), "a.pdf"))])
    return folder / "a.lbug"


POLICY = "湖南省常德市 常德市园区提质行动方案"


def test_the_command_line_tells_it(store: Path, tmp_path: Path) -> None:
    asked = ("query", "evidence", "--policy", POLICY, "--path", "2.2", "--store", store)
    table = parkgraph(*asked, cwd=tmp_path).stdout.splitlines()
    assert table[0].split() == ["what", "name", "source", "page", "table", "row", "column"]
    places = [line.split()[-4:] for line in table if line.startswith(("lead", "support"))]
    assert places == [["2", "1", "3", "3"], ["2", "1", "3", "4"]]
    rows = json.loads(parkgraph(*asked, "--format", "json", cwd=tmp_path).stdout)
    assert [(row["what"], row["page"], row["column"]) for row in rows] == [
        ("Task", 1, None), ("Theme", 1, None), ("lead", 2, 3), ("support", 2, 4),
    ]  # fmt: skip


def test_pages_and_api_tell_it(store: Path) -> None:
    with client_of(str(store), pages=True) as client:
        page = client.get(address.policy(POLICY)).text
        for words in ("第 1 页<", "第 2 页 · 表 1 第 2 行第 3 格<", "第 2 页 · 表 1 第 3 行第 4 格<"):
            assert words in page or words.replace("<", "&lt;") in page or words.replace("<", "\\u003c") in page, words
        agency = client.get(address.node("Agency", "常德市科学技术局") + "?lang=en").text
        assert "page 2 · table 1, row 2, cell 4" in agency
        told = client.get("/api/v1/agencies/常德市科学技术局").json()["duties"][0]["duties"][0]["evidence"]
        assert {name: told[name] for name in Place._fields} == {"page": 2, "table": 1, "row": 2, "column": 4}
        linked = client.get("/api/v1/agencies/常德市科学技术局?format=jsonld").json()
        assert [each["pg:page"] for each in linked["@included"] if "pg:row" in each] == [2]
