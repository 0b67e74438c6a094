"""``make bench``: ratios, what could not be measured, the JSON, and what a process took."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentTypeError
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bench.suite import asking, changes, memory, questions, records, spark, unchanged
from bench.suite.__main__ import main
from bench.suite.child import call
from bench.suite.figures import Ratio, Section, growth, ratio
from bench.suite.options import SIZES, parsed, parts, sized, sizes
from bench.suite.tables import cell, show
from bench.suite.watched import CommandError, watch
from graph.errors import StoreError
from graph.export import export_hash
from graph.load import load
from graph.queries import catalogue
from graph.store import open_store
from tests.graph_records import five


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(3.0, 2.0, [1.5]), (None, 2.0, []), (3.0, None, []), (3.0, 0.0, []), (0.0, 2.0, [0.0])],
)
def test_a_ratio_is_the_first_over_the_second(one: float | None, other: float | None, expected: list[float]) -> None:
    assert [each.value for each in ratio("what", one, other)] == expected


@pytest.mark.parametrize(("value", "aim", "within"), [(1.5, 1.5, True), (1.51, 1.5, False), (9.0, None, None)])
def test_an_aim_is_met_or_missed(value: float, aim: float | None, within: bool | None) -> None:
    assert Ratio("what", value, aim).within is within


def test_growth_is_the_largest_graph_over_the_smallest_of_one_kind() -> None:
    sized = [("a", 100, 2.0), ("a", 900, 3.0), ("a", 500, 50.0), ("b", 100, 8.0), ("b", 900, None), ("c", 100, 1.0)]
    rows = [{"engine": engine, "documents": documents, "ms": ms} for engine, documents, ms in sized]
    assert growth(rows, "ms", ["engine"], 1.3) == [Ratio("a: ms at 900 to 100 documents", 1.5, 1.3)]


def test_every_section_has_the_same_form_as_json() -> None:
    rows = [{"way": "a", "cpu_ms": 1.0}]
    made = Section("x", "An X", rows, [Ratio("a to b", 1.23456, 1.5)], ["a note"], ["a failure"], shown=[{"other": 1}])
    assert json.loads(json.dumps(made.as_json())) == {
        "name": "x",
        "title": "An X",
        "rows": rows,
        "ratios": [{"what": "a to b", "value": 1.2346, "aim": 1.5, "within": True}],
        "notes": ["a note"],
        "failures": ["a failure"],
    }


def test_the_table_tells_figures_aims_and_failures_as_they_are() -> None:
    out = StringIO()
    made = Section("x", "An X", [{"way": "[a]", "cpu_ms": 1234.5}], [Ratio("a to b", 2.0, 1.5)], failures=["[b] fell"])
    show(made, Console(file=out, width=100))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert ["way", "cpu", "ms"] in lines
    assert ["[a]", "1,234"] in lines
    assert ["a", "to", "b", "2.00", "1.5", "missed"] in lines
    assert ["failed:", "[b]", "fell"] in lines


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (3, "3"), (12345, "12,345"), (0.01234, "0.0123"), (99.94, "99.9"), (True, "True")]
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize(
    ("arguments", "documents"),
    [
        ((), SIZES),
        (("--documents", "50,7,50"), (7, 50)),
        (("--store", "50=a", "--neo4j", "7=bolt://host:1", "--neo4j", "50=bolt://host:2"), (7, 50)),
        (("--documents", "7,50,90", "--store", "50=a"), (7, 50, 90)),
    ],
)
def test_the_sizes_that_are_measured(arguments: tuple[str, ...], documents: tuple[int, ...]) -> None:
    assert parsed(arguments).documents == documents


def test_a_store_of_a_size_that_is_not_measured_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        parsed(["--documents", "7", "--store", "50=a"])
    assert "a store of 50 documents is given, and --documents does not name that size" in capsys.readouterr().err


def test_parts_are_measured_in_their_order() -> None:
    assert parts("memory,changes") == ("changes", "memory")


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (sizes, "10,0", "not a number above zero: 0"),
        (sized, "here", "not N=PLACE: here"),
        (sized, "5=", "not N=PLACE: 5="),
        (parts, "changes,weather", "no weather; there is extraction"),
    ],
)
def test_options_that_make_no_sense(read: Any, text: str, said: str) -> None:
    with pytest.raises(ArgumentTypeError, match=said):
        read(text)


def test_what_a_command_and_its_processes_took() -> None:
    child = "import time; held = bytearray(80_000_000); end = time.time() + 1\nwhile time.time() < end: pass"
    parent = f"import subprocess, sys; held = bytearray(150_000_000); subprocess.run([sys.executable, '-c', {child!r}])"
    done = watch([sys.executable, "-c", parent])
    assert 143 < done.peak_mb < 220
    assert done.together_mb > done.peak_mb + 76
    assert done.cpu_s > 0.1
    assert done.wall_s >= 1


def test_a_command_that_fails_is_told_with_its_last_line() -> None:
    command = [sys.executable, "-c", "raise SystemExit('there is\\nno paper')"]
    with pytest.raises(CommandError, match="exit code 1: no paper"):
        watch(command)
    assert watch(command, fine=(0, 1)).code == 1


@pytest.mark.parametrize("counts", [{"unchanged": 3, "loaded": 1}, {"skipped": 2}, {"unchanged": 3, "gone": 1}, {}])
def test_a_folder_that_is_another_one_is_not_measured_as_unchanged(counts: dict[str, int]) -> None:
    with pytest.raises(CommandError):
        unchanged.check(counts)


def test_a_folder_that_is_unchanged() -> None:
    unchanged.check({"unchanged": 3, "skipped": 1})


def answered(query: str, engine: str, documents: int, ms: float, rows: int = 1) -> dict[str, Any]:
    about = {"query": query, "given": "example", "engine": engine, "documents": documents}
    return {**about, "cold_ms": ms, "warm_ms": ms / 10, "rows": rows}


def failed(query: str, engine: str, documents: int) -> dict[str, Any]:
    return {"query": query, "given": "example", "engine": engine, "documents": documents, "problem": "fell"}


def test_questions_side_by_side() -> None:
    rows = [answered("a", "ladybug", 5, 120), answered("b", "ladybug", 5, 30, 7), failed("a", "neo4j", 5)]
    assert questions.side_by_side(rows) == [
        {"query": "a", "given": "example", "ladybug 5": "120 / 12", "neo4j 5": "failed", "rows": 1},
        {"query": "b", "given": "example", "ladybug 5": "30 / 3", "rows": 7},
    ]
    assert questions.failures(rows) == ["a (example), neo4j, 5 documents: fell"]


def test_a_question_that_failed_in_one_graph_is_in_no_sum() -> None:
    rows = [answered(query, "ladybug", size, ms) for query, size, ms in [("a", 5, 10), ("a", 9, 30), ("b", 5, 1000)]]
    growths = questions.sums([*rows, failed("b", "ladybug", 9)], "cold_ms")
    assert [each.value for each in growths] == [3.0]


def test_engines_that_answer_differently_are_told() -> None:
    rows = [answered("a", "ladybug", 5, 1, 7), answered("a", "neo4j", 5, 1, 8), answered("a", "neo4j", 9, 1, 9)]
    assert questions.disagreements(rows) == ["a (example), 5 documents: rows differ: 7 ladybug, 8 neo4j"]


def test_each_question_is_asked_as_in_its_example_and_without_what_is_optional() -> None:
    both = dict(asking.ways(catalogue()["region_diff"]))
    needed = {each.name for each in catalogue()["region_diff"].params if each.required}
    assert both[asking.EXAMPLE] == catalogue()["region_diff"].example
    assert set(both[asking.REQUIRED]) == needed < set(both[asking.EXAMPLE])
    assert dict(asking.ways(catalogue()["policy_tasks"])).keys() == {asking.EXAMPLE}
    somewhere = dict(asking.ways(catalogue()["lead_agencies"]))
    assert somewhere[asking.REGION] == {**somewhere[asking.REQUIRED], "region": "430700"}
    assert asking.REGION not in both  # it needs a region in any case


def test_peak_memory_is_the_most_of_each_work_and_its_growth() -> None:
    def row(what: str, documents: int, peak: float, **more: float) -> dict[str, Any]:
        return {"what": what, "engine": "ladybug", "documents": documents, "peak_mb": peak, **more}

    made = memory.measure(
        [
            Section("questions", "", [row("a", 5, 300.0), row("b", 5, 100.0), row("a", 50, 420.0), {"engine": "x", "documents": 5}]),
            Section("unchanged", "", [row("again", 5, 80.0, together_mb=90.0), row("again", 50, 80.0, together_mb=180.0)]),
            Section("spark", "", [{"way": "plain", "documents": 5, "peak_mb": 9.0}]),
        ]
    )  # fmt: skip
    assert [(each.what.split(" at ")[0], each.value, each.within) for each in made.ratios] == [
        ("ingest, again, ladybug: peak_mb", 1.0, True),
        ("questions, ladybug: peak_mb", 1.4, False),
        ("ingest, again, ladybug: together_mb", 2.0, False),
    ]


def test_without_spark_a_line_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    made = spark.measure([], 5)
    assert (made.rows, made.failures) == ([], [])
    assert made.notes == ["Spark is left out: no pyspark and no pandas (make setup EXTRAS=dev,spark)"]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("held") / "five.lbug"
    with open_store(path) as store:
        load(store, five())
    return path


@pytest.mark.slow
def test_asking_in_a_process_of_its_own(held: Path) -> None:
    given = {"store": str(held), "server": None}
    told, _ = call("asking", "ask", **given, seconds=60, name="theme_matrix", params={})
    assert told["rows"] > 0
    assert told["cold_ms"] > 0
    assert told["warm_ms"] > 0
    assert told["peak_mb"] > 20
    told, _ = call("asking", "ask", **given, seconds=60, name="policy_tasks", params={"policy": "没有这份文件"})
    assert told.keys() == {"problem"}
    assert "没有这份文件" in told["problem"]
    told, _ = call("asking", "ask", **given, seconds=0, name="theme_matrix", params={})
    assert told == {"problem": "took longer than 0 s"}


@pytest.mark.slow
def test_after_the_changes_the_graph_is_as_before(held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "HOW_MANY", 2)
    with open_store(held) as store:
        before, revision = export_hash(store), store.revision()
    rows = changes.change(str(held), None, str(records.kept(tmp_path / "records.json")))
    assert [row["what"] for row in rows] == ["add one", "add it again", "replace one", "remove one"]
    assert all(row["wall_ms"] > 0 for row in rows)
    with open_store(held) as store:
        assert (export_hash(store), store.revision()) == (before, revision + 12)


def test_documents_that_a_graph_holds_are_not_taken_for_a_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "HOW_MANY", 1)
    path = records.kept(tmp_path / "records.json")
    with open_store(tmp_path / "a.lbug") as store:
        load(store, records.read(path)[1])
    with pytest.raises(StoreError, match="holds documents"):
        changes.change(str(tmp_path / "a.lbug"), None, str(path))
    with open_store(tmp_path / "a.lbug") as store:
        assert store.revision() == 1


@pytest.mark.slow
def test_a_run_keeps_what_it_measured_and_tells_what_it_could_not(tmp_path: Path) -> None:
    out = tmp_path / "bench.json"
    arguments = ["--documents", "6,7", "--store", f"7={tmp_path}/nowhere.lbug", "--engines", "ladybug"]
    code = main([*arguments, "--only", "unchanged,memory", "--work", str(tmp_path / "work"), "--out", str(out)])
    told = json.loads(out.read_text("utf-8"))
    assert code == 1
    assert ["7 documents" in line and "nowhere" in line for line in told["failures"]] == [True]
    assert [section["name"] for section in told["sections"]] == ["unchanged", "memory"]
    assert [(row["documents"], row["what"]) for row in told["sections"][0]["rows"]] == [(6, "first time"), (6, "again")]
    assert told["machine"]["load_average"]
    assert not (tmp_path / "work" / "scratch").exists()
