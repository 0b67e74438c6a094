"""The command line as its users have it: real processes, real stores, real documents."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from rich.cells import cell_len

from api.cli import main
from graph.queries import Query, catalogue
from graph.store import open_store

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "data" / "documents"
SAMPLE = sorted(SAMPLES.glob("*.txt"))[0]
LEAD = ["query", "lead_agencies", "--theme", "green"]
Done: TypeAlias = subprocess.CompletedProcess[str]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "PARKGRAPH_STORE")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def parkgraph(*arguments: object, cwd: Path, **more: str) -> Done:
    """Run the command; whatever comes of it, there is no traceback."""
    command = [sys.executable, "-m", "api.cli", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=cwd, env=environment(**more), capture_output=True, encoding="utf-8", timeout=120, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def failed(done: Done, code: int, *words: str) -> None:
    """Assert that it ended with ``code``, nothing on standard output, and one line that has ``words``."""
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert done.stderr.startswith("parkgraph: ")
    assert done.stderr.count("\n") == 1
    assert [word for word in words if word not in done.stderr] == []


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default store, the samples loaded."""
    folder = tmp_path_factory.mktemp("loaded")
    done = parkgraph("ingest", SAMPLES, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "5 documents loaded into parkgraph.lbug: revision 1\n"
    return folder


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder of one good document among others."""
    folder = tmp_path / "mixed"
    (folder / "deeper").mkdir(parents=True)
    shutil.copy(SAMPLE, folder / "deeper" / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (folder / "english.txt").write_text("This is a note about the weather.\n", encoding="utf-8")
    (folder / "chat.txt").write_text("今天天气很好，我们一起去公园里散步，大家都很开心。\n", encoding="utf-8")
    return folder


# extract


def test_extract_writes_one_record_a_document(tmp_path: Path) -> None:
    done = parkgraph("extract", SAMPLES, "--out", "records", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "5 records written to records\n", "")
    written = sorted(path.name for path in (tmp_path / "records").iterdir())
    assert written == sorted(path.with_suffix(".json").name for path in SAMPLES.glob("*.txt"))
    record = json.loads((tmp_path / "records" / written[0]).read_text(encoding="utf-8"))
    assert {"policy", "tasks", "responsibilities", "targets", "parks", "park_industries", "references"} <= set(record)


def test_extract_gives_the_same_with_several_workers(tmp_path: Path) -> None:
    for workers in (1, 2):
        assert parkgraph("extract", SAMPLES, "--out", f"w{workers}", "--workers", workers, cwd=tmp_path).returncode == 0
    for path in (tmp_path / "w1").iterdir():
        assert path.read_bytes() == (tmp_path / "w2" / path.name).read_bytes()


def test_extract_skips_what_is_no_policy_and_goes_on(mixed: Path, tmp_path: Path) -> None:
    done = parkgraph("extract", mixed, "--out", "records", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "1 record written to records; 4 skipped\n")
    named = [line.removeprefix(f"parkgraph: {mixed}/").partition(": ") for line in done.stderr.splitlines()]
    assert [name for name, _, cause in named if cause] == ["binary.txt", "chat.txt", "empty.txt", "english.txt"]
    assert [path.relative_to(tmp_path) for path in (tmp_path / "records").rglob("*.json")] == [
        Path("records/deeper/good.json")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_extract_skips_what_may_not_be_read(mixed: Path, tmp_path: Path) -> None:
    (mixed / "empty.txt").chmod(0)
    done = parkgraph("extract", mixed, "--out", "records", cwd=tmp_path)
    assert (done.returncode, "empty.txt: " in done.stderr) == (1, True)


def test_extract_reports_each_file_as_json(mixed: Path, tmp_path: Path) -> None:
    (mixed / "link.txt").symlink_to(SAMPLE)
    done = parkgraph("extract", mixed, "--out", "records", "--report", "report.json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "1 record written to records; 5 skipped\n")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert (list(told), told["counts"]) == (["counts", "files"], {"skipped": 5, "written": 1})
    by_name = {Path(line["path"]).name: line for line in told["files"]}
    assert by_name["link.txt"]["reason"] == "a symbolic link out of the folder: not followed"
    assert (by_name["good.txt"]["to"], by_name["empty.txt"]["reason"]) == (
        "records/deeper/good.json",
        "the file is empty",
    )


def test_limits_are_those_that_are_asked_for(tmp_path: Path) -> None:
    endless = "<html><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">园区"
    (tmp_path / "a.html").write_text(endless, encoding="utf-8")
    done = parkgraph("extract", "a.html", "--out", "out", cwd=tmp_path, PARKGRAPH_READ_SECONDS="1.5")
    assert (done.returncode, done.stderr) == (1, "parkgraph: a.html: took longer than 1.5 s\n")


def test_readers_that_cannot_be_started(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("ingest.pool.COMMAND", (sys.executable, "-c", "raise SystemExit"))
    code = main(["extract", str(SAMPLE), "--out", "records"])
    shown = capsys.readouterr()
    failed(Done([], code, shown.out, shown.err), 5, "could not be started")


def test_extract_refuses_two_inputs_with_one_output(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        shutil.copy(SAMPLE, tmp_path / folder / "same.txt")
    done = parkgraph("extract", "a/same.txt", "b/same.txt", "--out", "records", cwd=tmp_path)
    failed(done, 2, "b/same.txt", "a/same.txt", "same.json")
    assert not (tmp_path / "records").exists()


def test_extract_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file, no folder")
    failed(parkgraph("extract", SAMPLE, "--out", "records", cwd=tmp_path), 4, "records", ".json")
    assert [path.name for path in tmp_path.iterdir()] == ["records"]


# ingest, remove


def test_ingest_twice_changes_nothing(loaded: Path) -> None:
    done = parkgraph("ingest", SAMPLES, "--workers", 2, cwd=loaded)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 documents loaded into parkgraph.lbug: nothing new, still revision 1; 5 unchanged\n"


def test_ingest_skips_and_loads_the_others(mixed: Path, tmp_path: Path) -> None:
    done = parkgraph("ingest", mixed, "--store", "s.lbug", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "1 document loaded into s.lbug: revision 1; 4 skipped\n")
    assert done.stderr.count("\n") == 4


def test_ingest_of_nothing(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    failed(parkgraph("ingest", "none", cwd=tmp_path), 2, "none: no documents found")
    failed(parkgraph("ingest", "absent.txt", cwd=tmp_path), 2, "absent.txt: no such file")
    assert not (tmp_path / "parkgraph.lbug").exists()


def test_remove_leaves_nothing_behind(tmp_path: Path) -> None:
    parkgraph("ingest", SAMPLE, cwd=tmp_path)
    with open_store(tmp_path / "parkgraph.lbug") as store:
        sha = str(store.read("MATCH (d:Document) RETURN d.id AS id")[0]["id"])
    failed(parkgraph("remove", sha[:7], cwd=tmp_path), 2, "no such document")
    failed(parkgraph("remove", sha[:10], "f" * 64, cwd=tmp_path), 2, "f" * 64)
    assert parkgraph("remove", sha[:10], cwd=tmp_path).stdout == "1 document removed from parkgraph.lbug: revision 2\n"
    assert parkgraph("export", "--out", "-", cwd=tmp_path).stdout == ""


# query


def option(name: str) -> str:
    return f"--{name.replace('_', '-')}"


ASKED = {"agency": "驻马店市工信局", "policy": "驻政办〔2019〕125号", "path": "2.3.1"}
ANSWERED = [
    "lead_agencies",
    "agency_duties",
    "policy_tasks",
    "theme_matrix",
    "unowned_tasks",
    "co_responsible",
    "evidence",
]


@pytest.mark.parametrize("name", ANSWERED)
@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_every_query_about_tasks(name: str, form: str, loaded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    query = catalogue()[name]
    columns = [column.name for column in query.columns]
    asked = [text for param in query.params if param.name in ASKED for text in (option(param.name), ASKED[param.name])]
    code = main(["query", name, *asked, "--store", str(loaded / "parkgraph.lbug"), "--format", form])
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    if form == "json":
        rows = json.loads(shown.out)
        assert rows
        assert {tuple(row) for row in rows} == {tuple(columns)}
    elif form == "csv":
        assert shown.out.splitlines()[0] == ",".join(columns)
    else:
        assert set(shown.out.splitlines()[0].split()) <= set(columns) - {"document", "start", "end"}


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: query.name)
def test_every_query_has_its_options_in_its_help(query: Query, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", query.name, "--help"]) == 0
    shown = capsys.readouterr().out
    for word in [*(option(param.name) for param in query.params), *(f"{column.name}:" for column in query.columns)]:
        assert word in shown
    assert not {param.name for param in query.params} & {"store", "format", "help"}


def test_json_is_rows_in_plain_unicode(loaded: Path) -> None:
    done = parkgraph(*LEAD, "--region", "驻马店", "--format", "json", cwd=loaded)
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    assert {row["agency"] for row in rows} >= {"驻马店市工业和信息化局", "驻马店市生态环境局"}
    assert {row["date"] for row in rows} == {"2019-11-15"}
    assert "驻马店市工业和信息化局" in done.stdout


def test_csv_has_a_header_and_the_same_rows(loaded: Path) -> None:
    done = parkgraph(*LEAD, "--format", "csv", cwd=loaded)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    columns = [column.name for column in catalogue()["lead_agencies"].columns]
    assert list(rows[0]) == columns
    as_json = json.loads(parkgraph(*LEAD, "--format", "json", cwd=loaded).stdout)
    assert [row["quote"] for row in rows] == [row["quote"] for row in as_json]


def test_table_away_from_a_terminal_is_plain_and_whole(loaded: Path) -> None:
    done = parkgraph(*LEAD, cwd=loaded, FORCE_COLOR="1")
    assert "\x1b" not in done.stdout
    rows = json.loads(parkgraph(*LEAD, "--format", "json", cwd=loaded).stdout)
    for row in rows:
        for name in ("region", "agency", "task", "policy", "quote"):
            assert " ".join(row[name].splitlines()) in done.stdout


@pytest.mark.parametrize("width", [40, 80, 120])
def test_table_fits_the_width_that_is_asked_for(width: int, loaded: Path) -> None:
    shown = parkgraph(*LEAD, cwd=loaded, COLUMNS=str(width)).stdout
    assert max(cell_len(line) for line in shown.splitlines()) <= width
    whole = "".join(shown.split())
    for row in json.loads(parkgraph(*LEAD, "--format", "json", cwd=loaded).stdout):
        assert "".join(row["quote"].split()) in whole


def test_no_rows(loaded: Path) -> None:
    nothing = [*LEAD, "--region", "北京市"]
    assert parkgraph(*nothing, cwd=loaded).stdout == "No rows.\n"
    assert parkgraph(*nothing, "--format", "json", cwd=loaded).stdout == "[]\n"
    assert parkgraph(*nothing, "--format", "csv", cwd=loaded).stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*LEAD, "--colour", "red"], ["--colour", "--theme", "--region", "--role", "--format"]),
        (["query", "lead_agency"], ["lead_agency", "lead_agencies"]),
        (["query"], ["lead_agencies"]),
        ([*LEAD, "--role", "boss"], ["boss", "lead", "support", "responsible"]),
        ([*LEAD, "--region", "无此地"], ["无此地"]),
        (["query", "lead_agencies", "--theme", "purple"], ["purple"]),
        ([*LEAD, "--as-of", "yesterday"], ["as_of", "yesterday"]),
        (["query", "agency_duties"], ["--agency"]),
        (["queries", "--format", "xml"], ["xml", "table", "json", "csv"]),
        (["frobnicate"], ["frobnicate", "extract", "ingest", "query"]),
        (["extract", "x.txt"], ["--out"]),
        (["ingest"], ["PATH"]),
        (["ingest", "x.txt", "--workers", "0"], ["--workers"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage(
    arguments: list[str],
    words: list[str],
    loaded: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PARKGRAPH_STORE", str(loaded / "parkgraph.lbug"))
    code = main(arguments)
    shown = capsys.readouterr()
    failed(Done(arguments, code, shown.out, shown.err), 2, *words)


# the store


@pytest.mark.parametrize("command", [LEAD, ["stats"], ["check"], ["unresolved"], ["export", "--out", "x"]], ids=str)
def test_no_store(command: list[str], tmp_path: Path) -> None:
    failed(parkgraph(*command, cwd=tmp_path), 3, "parkgraph.lbug: no store there")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "notes.lbug").write_text("not a store")
    failed(parkgraph("stats", "--store", "notes.lbug", cwd=tmp_path), 3, "notes.lbug")
    failed(parkgraph("ingest", SAMPLE, "--store", tmp_path, cwd=tmp_path), 3, str(tmp_path))
    assert (tmp_path / "notes.lbug").read_text() == "not a store"


def test_store_from_the_environment_and_option(loaded: Path, tmp_path: Path) -> None:
    store = str(loaded / "parkgraph.lbug")
    assert parkgraph("stats", cwd=tmp_path, PARKGRAPH_STORE=store).returncode == 0
    assert parkgraph("stats", "--store", store, cwd=tmp_path, PARKGRAPH_STORE="absent.lbug").returncode == 0


# the other commands


def test_queries_lists_all(loaded: Path) -> None:
    listed = json.loads(parkgraph("queries", "--format", "json", cwd=loaded).stdout)
    assert [row["name"] for row in listed] == sorted(catalogue())


def test_stats(loaded: Path) -> None:
    rows = json.loads(parkgraph("stats", "--format", "json", cwd=loaded).stdout)
    counts = {(row["of"], row["name"]): row["count"] for row in rows}
    assert counts["node", "Document"] == counts["policy", "held"] == 5
    assert counts["region", "河南省驻马店市"] == 1


def test_check_of_a_sound_store(loaded: Path) -> None:
    done = parkgraph("check", cwd=loaded)
    assert (done.returncode, "no problems" in done.stdout) == (0, True)
    assert parkgraph("check", "--format", "json", cwd=loaded).stdout == "[]\n"


def test_check_finds_a_quote_that_does_not_stand_there(loaded: Path, tmp_path: Path) -> None:
    shutil.copy(loaded / "parkgraph.lbug", tmp_path)
    import ladybug

    database = ladybug.Database(str(tmp_path / "parkgraph.lbug"))
    ladybug.Connection(database).execute("MATCH (t:Task) WITH t ORDER BY t.id LIMIT 1 SET t.quote = t.quote + '？'")
    database.close()
    done = parkgraph("check", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert "evidence" in done.stdout


def test_unresolved(loaded: Path) -> None:
    rows = json.loads(parkgraph("unresolved", "--format", "json", cwd=loaded).stdout)
    assert {"category", "text", "reason", "quote"} <= set(rows[0])
    covered = json.loads(parkgraph("unresolved", "--coverage", "--format", "json", cwd=loaded).stdout)
    assert len(covered) == 5
    assert all(0 < row["share"] <= 1 for row in covered)


def test_export_is_canonical(loaded: Path, tmp_path: Path) -> None:
    backwards = sorted(SAMPLES.glob("*.txt"), reverse=True)
    parkgraph("ingest", *backwards, cwd=tmp_path)
    assert parkgraph("export", "--out", "graph.jsonl", cwd=tmp_path).returncode == 0
    other = parkgraph("export", "--out", "-", cwd=loaded).stdout
    assert (tmp_path / "graph.jsonl").read_text(encoding="utf-8") == other
    assert all(json.loads(line)["kind" if "kind" in line else "type"] for line in other.splitlines())
    failed(parkgraph("export", "--out", "absent/../parkgraph.lbug/x", cwd=tmp_path), 4, "parkgraph.lbug")


@pytest.mark.parametrize(
    "arguments", [["--help"], [], ["extract", "--help"], ["query", "--help"], ["--version"]], ids=str
)
def test_help(arguments: list[str], tmp_path: Path) -> None:
    done = parkgraph(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "parkgraph" in done.stdout


# a terminal, a pipe, Ctrl-C


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_has_a_progress_bar_and_wraps(loaded: Path, tmp_path: Path) -> None:
    assert "extracting" in in_terminal("extract", SAMPLES, "--out", "records", cwd=tmp_path)
    shown = in_terminal(*LEAD, cwd=loaded)
    assert "驻马店市工业和信息化局" in shown
    assert "\x1b[1m" in shown


def in_terminal(*arguments: object, cwd: Path) -> str:
    import pty

    outer, inner = pty.openpty()
    command = [sys.executable, "-m", "api.cli", *map(str, arguments)]
    with subprocess.Popen(
        command, cwd=cwd, env=environment(TERM="xterm"), stdin=inner, stdout=inner, stderr=inner
    ) as process:
        os.close(inner)
        parts = []
        try:
            while part := os.read(outer, 65536):
                parts.append(part)
        except OSError:  # what Linux says when the other end is closed
            pass
        process.wait(timeout=60)
    os.close(outer)
    return b"".join(parts).decode()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_reader_that_goes_away(loaded: Path) -> None:
    command = f'"{sys.executable}" -m api.cli export --out - | head -c 10'
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=loaded, env=environment(), capture_output=True, timeout=60, check=False
    )
    assert (len(done.stdout), done.stderr) == (10, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")
@pytest.mark.parametrize("workers", [1, 2])
def test_interrupted(workers: int, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8-sig")
    (tmp_path / "many").mkdir()
    for number in range(3000):
        (tmp_path / "many" / f"{number}.txt").write_text(f"{text}\n{number}", encoding="utf-8")
    command = [sys.executable, "-m", "api.cli", "ingest", "many", "--workers", str(workers)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(), stdout=-1, stderr=-1, text=True, start_new_session=True
    ) as process:
        while not (tmp_path / "parkgraph.lbug").exists():
            assert process.poll() is None
            time.sleep(0.05)
        time.sleep(1)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, out, errors) == (130, "", "parkgraph: interrupted\n")
