"""Evidence keeps the page, and in a table the row and cell, in which it stands: in every row of both engines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import detail
from graph.check import check
from graph.export import export_hash, export_lines
from graph.load import load
from graph.migrate import migrate
from graph.queries import run
from graph.schema import EDGES, NODES
from graph.store import Store, open_store
from graph.unresolved import unresolved
from ingest.pipeline import extract
from ingest.records import Cell, PageMark, Record
from tests.formats_made import to_pdf
from tests.graph_records import CHIZHOU, Draft, five
from tests.test_contract_moves import age
from tests.test_formats import DIVISION, LINES, TABLES, only

PAGE = 40  # characters
PLACE = ("page", "table", "row", "column")
EVIDENCED = [node.label for node in NODES if "quote" in {prop.name for prop in node.props}]
EVIDENCED_EDGES = [(edge.type, *ends) for edge in EDGES if edge.evidenced for ends in edge.ends]


def paged(record: Record) -> Record:
    """The same of a document with short pages, each line of which is a row of one cell."""
    text, cells, start = record.document.text, [], 0
    for row, line in enumerate(text.splitlines(keepends=True), 1):
        cells.append(Cell(start, start + len(line) - 1, 1, row, 1))
        start += len(line)
    pages = tuple(PageMark(at, at // PAGE + 1) for at in range(0, len(text), PAGE))
    document = record.document.model_copy(update={"pages": pages, "cells": tuple(cells)})
    return record.model_copy(update={"document": document})


def records() -> list[Record]:
    """The five, and the final version of the one that is a draft."""
    final = Draft("池州市园区方案2016", CHIZHOU, "园区转型升级工程实施方案", date(2016, 2, 1), text="印发:\n")
    return [paged(record) for record in (*five(), final.record())]


def evidence(store: Store) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything in the store that has a quote, by label or type."""
    said = "{0}.document AS document, {0}.start AS start, " + ", ".join(f"{{0}}.`{name}` AS `{name}`" for name in PLACE)
    for label in EVIDENCED:
        for row in store.read(f"MATCH (n:{label}) WHERE n.quote IS NOT NULL RETURN " + said.format("n")):
            yield label, row
    for kind, source, target in EVIDENCED_EDGES:
        for row in store.read(f"MATCH (:{source})-[r:{kind}]->(:{target}) RETURN " + said.format("r")):
            yield kind, row


def test_every_row_with_a_quote_says_where_in_its_file_that_stands(store: Store) -> None:
    texts = {record.document.sha256: record.document.text for record in records()}
    load(store, records())
    seen = set()
    for kind, row in evidence(store):
        start = row["start"]
        expected = (start // PAGE + 1, 1, texts[row["document"]].count("\n", 0, start) + 1, 1)
        assert tuple(row[name] for name in PLACE) == expected, kind
        seen.add(kind)
    assert seen >= {
        *("Policy", "Task", "Target", "Unresolved", "RESPONSIBLE_FOR", "TARGETS", "APPLIES_TO", "SUPERSEDES", "BASED_ON"),
        *("CITES", "HAS_TASK", "ISSUED", "APPLIES_IN", "ABOUT", "PROMOTES", "MENTIONS", "DEVELOPS"),
    }  # fmt: skip
    assert all(row["page"] == row["start"] // PAGE + 1 for row in unresolved(store))
    assert check(store) == []


def test_links_that_are_worked_out_anew_keep_their_place(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "whole.lbug") as whole:
        load(whole, records())
        for record in reversed(records()):
            load(store, [record])
        assert export_hash(store) == export_hash(whole)


def test_plain_text_has_no_pages_and_nothing_is_kept_of_them(store: Store) -> None:
    load(store, five())
    assert {row[name] for _, row in evidence(store) for name in PLACE} == {None}
    assert not any(json.loads(line).keys() & set(PLACE) for line in export_lines(store))


def test_a_graph_from_before_pages_gets_them(url: str) -> None:
    with open_store(url) as store:
        load(store, records())
        expected = export_hash(store)
    bolt = "://" in url
    gone = [f"MATCH (n) REMOVE n.{name}" for name in PLACE] + [f"MATCH ()-[r]->() REMOVE r.{name}" for name in PLACE]
    tables = dict.fromkeys([*EVIDENCED, *(kind for kind, _, _ in EVIDENCED_EDGES)])
    dropped = [f"ALTER TABLE {table} DROP `{name}`" for table in tables for name in PLACE]
    age(url, *(gone if bolt else dropped), "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = 2")
    assert migrate(url).before == 2
    with open_store(url, create=False) as store:
        assert export_hash(store) == expected


@pytest.mark.parametrize("form", TABLES)
def test_a_duty_in_a_table_leads_to_its_page_row_and_cell(store: Store, form: str) -> None:
    data = to_pdf(LINES, table=DIVISION, size=30) if form == "pdf" else TABLES[form]()
    record = extract(only(data, f"a.{form}"))
    load(store, [record])
    first, last = (1, 2) if form == "pdf" else (None, None)
    rows = run(store, "evidence", {"policy": record.policy.id, "path": "2.1"}).rows
    found = [(row["what"], row["name"], *(row[name] for name in PLACE)) for row in rows]
    assert found == [
        ("Task", "推进绿色工厂建设", first, None, None, None),
        ("Theme", "green", first, None, None, None),
        ("lead", "常德市工业和信息化局", last, 1, 2, 3),
        ("support", "常德市生态环境局", last, 1, 2, 4),
        ("support", "常德市科学技术局", last, 1, 2, 4),
    ]
    told = detail.task(store, f"{record.policy.id}#2.2", today=date(2024, 6, 1))
    said = [tuple(getattr(duty.evidence, name) for name in PLACE) for duty in told.duties]
    assert (said, told.evidence.page, told.evidence.row) == ([(last, 1, 3, 3), (last, 1, 3, 4)], first, None)
    policy = detail.policy(store, record.policy.id, today=date(2024, 6, 1))
    assert policy.evidence is not None
    assert (policy.evidence.page, policy.evidence.table) == (first, None)
