"""What a load looks at grows with the change, and not with the graph or with the square of what is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph.load import load
from graph.plan import plan
from graph.relink import _candidates
from graph.store import Row, Store, open_store
from ingest.records import Record
from tests.graph_records import ANHUI, CHANGDE, CHIZHOU, Draft


def numbered(number: int, region: Any = CHANGDE, *, status: str = "issued", overrides: bool = False) -> Record:
    """A plan of its own name, which cites the one before it."""
    draft = Draft(f"第{number}号", region, f"{region.name}园区方案{number}", date(2010, 1, 1) + timedelta(days=number))
    draft.policy |= {"doc_number": f"第{number}号", "status": status}
    draft.task("1", "推进园区绿色发展", "绿色")
    draft.duty("1", "生态环境局")
    draft.cite(None, f"第{number - 1}号", "cites")
    if overrides:
        draft.cite(None, None, "supersedes", "inconsistent_parts")
    return draft.record()


class Counting:
    """A store that counts the rows that are read of it."""

    def __init__(self, store: Store) -> None:
        self.store, self.rows = store, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def read(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        rows = self.store.read(cypher, params)
        self.rows += len(rows)
        return rows


@pytest.mark.parametrize(
    ("records", "pairs"),
    [
        ([numbered(n) for n in range(40)], 0),
        ([numbered(n, status="draft") for n in range(40)], 0),
        ([numbered(0, overrides=True), *(numbered(n) for n in range(1, 40))], 40),
        ([numbered(0, CHIZHOU, overrides=True), *(numbered(n) for n in range(1, 40))], 1),
    ],
)
def test_pairs_that_could_replace_one_another(
    records: list[Record], pairs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def counted(*arguments: Any) -> Any:
        seen.extend(_candidates(*arguments))
        return iter(seen)

    monkeypatch.setattr("graph.relink._candidates", counted)
    with open_store(tmp_path / "a.lbug") as store:
        plan(store, records)
    assert len(seen) == pairs


def test_a_load_reads_no_more_of_a_larger_graph(tmp_path: Path) -> None:
    read = []
    for size in (20, 80):
        with open_store(tmp_path / f"{size}.lbug") as store:
            load(store, [numbered(n, ANHUI if n % 2 else CHANGDE) for n in range(size)])
            counting = Counting(store)
            plan(counting, [numbered(size)])
            read.append(counting.rows)
    assert read[0] == read[1]
    assert 0 < read[0] < 20
