"""`check` finds what should not be, and a killed process loses nothing that was said to be stored."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.check import check
from graph.export import export_hash
from graph.load import load
from graph.store import Store, open_store
from tests.conftest import change
from tests.graph_records import five

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("damage", "kind", "row"),
    [
        ("MATCH (t:Task {path: '2.9'}) SET t.quote = '别的'", "evidence", "Task 常德市五好园区方案2022#2.9"),
        ("MATCH (t:Target) WHERE t.path = '2.1' SET t.start = t.start + 1", "evidence", "Target "),
        (
            "MATCH ()-[r:RESPONSIBLE_FOR {mention: '应急管理局'}]->() SET r.quote = '别的'",
            "evidence",
            "RESPONSIBLE_FOR ",
        ),
        ("MATCH ()-[r:ABOUT]->(:Theme) SET r.quote = NULL", "evidence", "ABOUT "),
        ("MATCH (:Policy)-[r:MENTIONS]->(:Park) SET r.document = 'gone'", "evidence", "MENTIONS "),
        (
            "MATCH (d:Document {source: '驻政办〔2019〕125号.txt'}) SET d.text = '换过的'",
            "evidence",
            "Policy 驻政办〔2019〕125号",
        ),
        ("MATCH (:Policy)-[r:HAS_TASK]->(:Task {path: '2.9'}) DELETE r", "alone", "Task "),
        ("MATCH (:Policy)-[r:STATED_IN]->(d:Document) DELETE r", "alone", "Document "),
        ("CREATE (:Policy {id: 'x', kind: 'Policy', held: false})", "alone", "Policy x"),
        ("CREATE (:Region {id: 'x', kind: 'Region'})", "alone", "Region x"),
        ("MATCH (g:Region {id: '430700'}) SET g.kind = 'Agency'", "kind", "Region 430700"),
        (
            "MATCH (a:Agency)-[r:SERVES]->(g:Region {id: '411700'}) CREATE (a)-[:SERVES {key: r.key}]->(g)",
            "duplicate",
            "SERVES ",
        ),
    ],
)
def test_damage_is_found(store: Store, damage: str, kind: str, row: str) -> None:
    load(store, five())
    assert check(store) == []
    change(store, damage)
    assert any(each.kind == kind and each.row.startswith(row) for each in check(store))


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    """Each document is loaded by a process that dies right after; the last one finds all of them.

    With COPY the rows would be gone and the revision would stay (Ladybug 0.22.0).
    """
    path = tmp_path / "a.lbug"
    for index in range(5):
        code = (
            "import os; from graph.store import open_store; from graph.load import load; "
            f"from tests.graph_records import five; load(open_store({str(path)!r}), [five()[{index}]]); os._exit(9)"
        )
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 9
    with open_store(path) as store, open_store(tmp_path / "b.lbug") as whole:
        load(whole, five())
        assert store.revision() == 5
        assert export_hash(store) == export_hash(whole)
