"""``ingest --engine spark``: the same graph as without, from whatever it reads, and what is done is not done again."""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from api.documents import found_in
from api.failures import Failure
from api.keeping.command import WHOLE
from api.keeping.run import Order, bring
from api.keeping.voice import Voice
from api.spark import session as starting
from api.spark.run import SparkOrder, bring_all
from graph import bulk
from graph.bulk import export_bulk
from graph.changes import changes
from graph.check import check
from graph.copy import whole
from graph.delta import Edge, Node
from graph.errors import GoneError
from graph.export import export_lines
from graph.load import load
from graph.store import Store, open_store
from ingest.records import Record, Responsibility
from ingest.worker import Limits
from tests.graph_records import CHANGDE, Draft, changde, five, zhumadian
from tests.test_load_properties import Shape, build

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))
pytestmark = pytest.mark.xdist_group("spark")  # one session, in one worker
NOW = "2026-01-01T00:00:00+00:00"
TOP = Path(tempfile.gettempdir()).resolve().parts[1]
MOUNTED = f"spark.hadoop.fs.viewfs.mounttable.made.link./{TOP}=file:///{TOP}"  # a file system with a scheme of its own
QUICK = {  # for little data: compiling queries would take longer than they do
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
TEXT = SAMPLES[0].read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """One session for all. Skips where there is no Spark; fails instead where PARKGRAPH_REQUIRE_SPARK is set."""
    there = find_spec("pyspark") and find_spec("pandas") and (shutil.which("java") or os.environ.get("JAVA_HOME"))
    if not there and not os.environ.get("PARKGRAPH_REQUIRE_SPARK"):
        pytest.skip("there is no PySpark, or no Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PARKGRAPH_SPARK_MASTER", raising=False)
        patch.setenv(
            "PYSPARK_SUBMIT_ARGS", f"--driver-java-options -XX:TieredStopAtLevel=1 --conf {MOUNTED} pyspark-shell"
        )
        with starting.session("local[2]") as session:
            for name, value in QUICK.items():
                session.conf.set(name, value)
            yield session


def rows(store: Store) -> set[str]:
    """Everything that a store holds, bookkeeping included, but for the log and the times of loading."""
    held = whole(store)
    found: list[Node | Edge] = [*held.nodes.added, *held.edges.added]
    return {
        str((row.ref if isinstance(row, Node) else row.key, type(row).__name__, _ends(row), _props(row)))
        for row in found
    }


def _ends(row: Node | Edge) -> object:
    return (row.type, row.source, row.target) if isinstance(row, Edge) else None


def _props(row: Node | Edge) -> str:
    return str(sorted((name, value) for name, value in row.props.items() if name != "ingested_at"))


def same(one: Path, other: Path) -> None:
    """Assert that two stores hold the same, and that their exports are the same bytes."""
    with open_store(one, create=False) as first, open_store(other, create=False) as second:
        assert rows(first) ^ rows(second) == set()
        assert list(export_lines(first)) == list(export_lines(second))


def drawn(number: int) -> list[Record]:
    """Records that meet: few titles, numbers, places and agencies among many."""
    chance = random.Random(number)
    shapes = [
        Shape(
            title=chance.randrange(4), number=chance.randrange(3), region=chance.randrange(6), on=chance.randrange(4),
            draft=chance.random() < 0.2, own_id=chance.random() < 0.7,
            cites=tuple((chance.randrange(-1, 4), chance.randrange(3), chance.randrange(5)) for _ in range(chance.randrange(4))),
            agencies=tuple(chance.sample(range(3), chance.randrange(3))), park=chance.randrange(4),
        )
        for _ in range(number)
    ]  # fmt: skip
    return [build(shape) for shape in dict.fromkeys(shapes)]


def others() -> list[Record]:
    """An older plan on the same subject than one that overrides; a draft and what became of it; bytes at two places."""
    old = Draft("旧方案", CHANGDE, "常德市园区旧方案", date(2010, 1, 1))
    first = Draft("草案", CHANGDE, "常德市园区若干措施(征求意见稿)", date(2021, 1, 1))
    first.policy["status"] = "draft"
    final = Draft("常政发〔2021〕9号", CHANGDE, "常德市园区若干措施", date(2021, 6, 1))
    pages = []
    for number, words in (
        (None, "较长的一页" * 9),
        ("常政办发〔2022〕5号", "短的一页"),
    ):  # the longer one has no number
        page = Draft(number or "无号", CHANGDE, "常德市绿色园区建设实施办法", date(2022, 3, 1))
        page.policy |= {"doc_number": number, "issuers": ("常德市人民政府办公室",)}
        page.write(words)
        page.task("1", "建设", "绿色")
        page.cite("常德市园区旧方案", None, "supersedes")
        pages.append(page.record())
    again = changde()
    named = again.model_copy(update={"document": again.document.model_copy(update={"source": "0.txt"})})
    return [old.record(), first.record(), final.record(), named, *pages]


def built(spark: Any, records: list[tuple[str, Record]], folder: Path) -> tuple[Path, list[str]]:
    """The store that Spark makes of records at locations, and the problems of those that are none."""
    from api.spark.work import Work
    from graph.spark.build import build as build_graph
    from graph.spark.embedding import fill

    given = [(number, at, None, record.model_dump_json()) for number, (at, record) in enumerate(records)]
    frame = spark.createDataFrame(given, "row long, location string, stamp string, record string").repartition(3)
    work = Work(spark, str(folder / "work"), {}, NOW)
    table, said = build_graph(frame, NOW, work.step)
    there = {row["of"] for row in table.select("of").distinct().collect()}
    fill(folder / "work" / "graph", there, folder / "spark.lbug", 1)
    return folder / "spark.lbug", [row["body"] for row in said.where("kind = 'fault'").collect()]


def test_the_graph_of_records_is_that_of_a_load(spark: Any, tmp_path: Path) -> None:
    records = [*five(), *others(), *drawn(150)]
    placed = [(f"/d/{number}.txt", record) for number, record in enumerate(records)]
    placed.append((placed[0][0], zhumadian()))  # another document at the same place: what was read last holds
    lost = changde().responsibilities[0]
    faulty = Responsibility(**{**lost.model_dump(), "task": "99"})
    wrong = hashed(changde().model_copy(update={"responsibilities": (faulty,)}), "9" * 64)
    made, problems = built(spark, [*placed, ("/d/wrong.txt", wrong)], tmp_path)
    with open_store(tmp_path / "plain.lbug") as store:
        load(store, [record for _, record in placed], locations=[at for at, _ in placed], now=NOW)
        problem = {row["reason"] for row in store.read("MATCH (u:Unresolved) RETURN u.reason AS reason")}
        assert any("cycle" in each for each in problem)  # or the records would not show what they are for
        assert any("issued later" in each for each in problem)
        for query in (
            "MATCH ()-[r:SUPERSEDES]->() WHERE r.basis = 'inferred' RETURN r.key",
            "MATCH (:Policy)-[r:STATED_IN]->() WHERE NOT r.`primary` RETURN r.key",
            "MATCH (p:Policy) WHERE p.superseded AND p.ended_on IS NOT NULL RETURN p.id",
            "MATCH (p:Policy) WHERE NOT p.held RETURN p.id",
            "MATCH (:Policy)-[r:DRAFT_OF]->(:Policy) RETURN r.key",
            "MATCH (p:Policy {doc_number: '常政办发〔2022〕5号'})-[:STATED_IN]->(d:Document {name: '无号.txt'}) RETURN d.id",
        ):
            assert store.read(query), query
    same(made, tmp_path / "plain.lbug")
    assert len(problems) == 1
    assert "no such task" in problems[0]
    with open_store(made) as store:
        assert check(store) == []


def hashed(record: Record, sha: str) -> Record:
    """The record of other bytes."""
    return record.model_copy(update={"document": record.document.model_copy(update={"sha256": sha})})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents of several kinds, copies among them, names that are patterns elsewhere, and a file that is none."""
    made = tmp_path_factory.mktemp("documents")
    for number, sample in enumerate(SAMPLES[:3]):
        shutil.copy(sample, made / f"{number}.txt")
    (made / "deeper").mkdir()
    shutil.copy(SAMPLES[0], made / "deeper" / "[0]*{1} 百分之100%.txt")
    (made / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(made / "packed.zip", "w") as archive:
        archive.write(SAMPLES[3], "里面.txt")
        archive.writestr("nothing.txt", "")
    line = json.dumps(
        {"text": TEXT.replace("常德", "长沙").replace("〔", "〔1"), "url": "http://a/1"}, ensure_ascii=False
    )
    (made / "lines.jsonl").write_text(f"{line}\n\n{{broken\n", encoding="utf-8")
    for path in made.rglob("*"):  # of a file that was changed a moment ago the stamp tells less
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return made


@pytest.fixture(scope="module")
def plain(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the same documents without Spark."""
    store = tmp_path_factory.mktemp("plain") / "plain.lbug"
    told = bring(Order([folder], str(store)), found_in([folder]), Voice())
    assert (told.count("loaded"), told.count("skipped")) == (6, 3)
    return store


def parts_made(work: Path) -> dict[str, int]:
    return {path.parent.name: path.stat().st_mtime_ns for path in work.glob("read/part=*/_SUCCESS")}


def test_a_part_that_fails_is_the_only_one_done_again(
    spark: Any, folder: Path, plain: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    from ingest.spark import units

    work, limits = str(tmp_path / "work"), Limits(whole=WHOLE)
    order = SparkOrder([str(folder)], str(tmp_path / "a.lbug"), work=work, part=3, limits=limits, every_line=True)
    given = units.units_of

    def failing(session: Any, part: Any) -> Any:
        frame = given(session, part)
        return frame.where("raise_error('the disk is gone') IS NULL") if part[0].number == 3 else frame

    with monkeypatch.context() as patch:
        patch.setattr(units, "units_of", failing)
        with pytest.raises(Failure, match=r"1 of 3 parts could not be read: .*the disk is gone.*run the same again"):
            bring_all(order, Voice())
    before = parts_made(tmp_path / "work")
    assert sorted(before) == ["part=000000", "part=000002"]
    assert not (tmp_path / "a.lbug").exists()
    told = bring_all(order, Voice())
    after = parts_made(tmp_path / "work")
    assert {name: after[name] for name in before} == before
    assert len(after) == 3
    same(tmp_path / "a.lbug", plain)
    loaded = [Path(line.path).relative_to(folder).as_posix() for line in told.lines if line.outcome == "loaded"]
    assert loaded == [
        "0.txt",
        "1.txt",
        "2.txt",
        "deeper/[0]*{1} 百分之100%.txt",
        "lines.jsonl/1",
        "packed.zip/里面.txt",
    ]
    problems = {Path(line.path).relative_to(folder).as_posix(): line.reason for line in told.lines if line.reason}
    assert problems == {
        "empty.txt": "the file is empty", "lines.jsonl/3": "the line is no JSON",
        "packed.zip/nothing.txt": "the file is empty",
    }  # fmt: skip
    assert f"{folder}/empty.txt: the file is empty" in capsys.readouterr().err
    with open_store(tmp_path / "a.lbug") as store:
        with pytest.raises(GoneError, match="begins at revision 1"):  # there is no log of how it was made
            changes(store, 0, 10)
        assert changes(store, 1, 10).rows == []
        assert check(store) == []
    again = bring(Order([folder], str(tmp_path / "a.lbug")), found_in([folder]), Voice())
    assert (again.count("unchanged"), again.changed) == (6, False)  # of the files that gave anything
    into_files(folder, plain, order, tmp_path)


def into_files(folder: Path, plain: Path, order: SparkOrder, tmp_path: Path) -> None:
    """From the same work, the files for neo4j-admin: they are those of an export, the order of lines aside."""
    files, expected = tmp_path / "files", tmp_path / "expected"
    arguments = ["ingest", folder, "--engine", "spark", "--part", "3", "--work", order.work, "--files", files]
    assert main([str(each) for each in arguments]) == 1  # some were skipped
    with open_store(plain) as store:
        export_bulk(store, expected)
    kinds = {path.name.removesuffix(".header.csv") for path in expected.glob("*.header.csv")} - {"Change"}
    assert {path.name.removesuffix(".header.csv") for path in files.glob("*.header.csv")} == kinds
    for kind in kinds:
        assert (files / f"{kind}.header.csv").read_text() == (expected / f"{kind}.header.csv").read_text()
        made = "".join(path.read_text() for path in files.glob(f"of={kind}/part-*"))
        assert cut(made) == cut((expected / f"{kind}.csv").read_text()), kind
    told, wanted = (
        shlex.split((each / bulk.COMMAND).read_text().replace("\\\n", ""), comments=True) for each in (files, expected)
    )
    named = [re.sub(r"of=([\w-]+)/part-\.\*", r"\1.csv", option) for option in told]
    assert named == [option for option in wanted if "Change.header.csv" not in option]
    assert main([str(each) for each in arguments]) == 2  # files that are there are not written over


def cut(text: str) -> list[str]:
    """The lines of a file for the import, sorted, without the times of loading."""
    return sorted(re.sub(r'"20\d\d-\d\d-\d\dT[^"]*"', '"now"', text).split("\n"))


def test_lines_tables_and_other_file_systems(spark: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.spark import units

    docs, there = tmp_path / "docs", tmp_path / "there"
    docs.mkdir()
    there.mkdir()
    lines = [json.dumps({"content": TEXT.replace("常德", name), "title": name}, ensure_ascii=False, sort_keys=True)
             for name in ("岳阳", "株洲", "湘潭")]  # fmt: skip
    (docs / "many.jsonl").write_text(f"{lines[0]}\n\n{lines[1]}\n", encoding="utf-8")
    (docs / "table.jsonl").write_text(f"{lines[2]}\n", encoding="utf-8")
    shutil.copy(SAMPLES[1], docs / "one.txt")
    plain = tmp_path / "plain.lbug"
    bring(Order([docs], str(plain)), found_in([docs]), Voice())

    spark.createDataFrame([(7, *json.loads(lines[2]).values())], "id long, content string, title string").write.parquet(
        str(there / "table.parquet")
    )
    shutil.copy(SAMPLES[1], there / "one.txt")
    (there / "_two.txt").write_text(TEXT, encoding="utf-8")
    spark.read.format("binaryFile").load(str(there / "one.txt")).write.parquet(str(there / "files.parquet"))
    shutil.copy(docs / "many.jsonl", there / "many.jsonl")
    monkeypatch.setattr(units, "MAX_BYTES", 10_000)  # what is larger is read in pieces
    given = [
        str(there / "table.parquet"),
        str(there / "files.parquet"),
        str(there / "many.jsonl"),
        f"viewfs://made{there}",
    ]
    told = bring_all(SparkOrder(given, str(tmp_path / "a.lbug"), part=2), Voice())
    assert (told.count("loaded"), told.count("skipped")) == (7, 1)
    assert not (tmp_path / "a.lbug.spark").exists()
    with open_store(tmp_path / "a.lbug") as one, open_store(plain) as other:
        places = {row["id"] for row in one.read("MATCH (l:Location) RETURN l.id AS id")}
        assert {place.replace(str(there), "") for place in places} == {
            "/table.parquet/1", "file:/one.txt", "/many.jsonl/1", "/many.jsonl/3",
            "viewfs://made/many.jsonl/1", "viewfs://made/many.jsonl/3", "viewfs://made/one.txt",
        }  # fmt: skip
        found = [line.replace(".parquet/", ".jsonl/") for line in export_lines(one)]
        assert sorted(found) == sorted(export_lines(other))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--prune"], "--prune and --dry-run are not for --engine spark"),
        (["--store", "neo4j://localhost"], "write its files with --files"),
        (["--work", "hdfs://name/work"], "is filled from a folder of this machine"),
        (["--store", "there/a.lbug"], "the folder there is not there"),
    ],
)
def test_what_cannot_be_is_said_before_any_work(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["ingest", str(SAMPLES[0]), "--engine", "spark", *arguments]) in (2, 3)
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_store_that_holds_something_is_left_alone(plain: Path, folder: Path, capsys: Any) -> None:
    assert main(["ingest", str(folder), "--engine", "spark", "--store", str(plain)]) == 2
    assert "holds a graph already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "words"), [("pyspark", "pip install 'parkgraph[spark]'"), ("java", "there is no java on the path")]
)
def test_what_it_needs_is_said_plainly(
    missing: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.setattr(starting, "find_spec", lambda name: None if name == missing else object())
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    arguments = ["ingest", str(SAMPLES[0]), "--engine", "spark", "--store", str(tmp_path / "a.lbug")]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "needs PySpark and Java 17" in said
    assert words in said


def test_a_spark_that_has_gone_is_told(spark: Any) -> None:
    gone = ConnectionRefusedError(111, "Connection refused")
    with pytest.raises(Failure, match=r"Spark has ended on its own; .*Connection refused"), starting.session(None):
        raise gone


def test_the_option_for_spark_alone(tmp_path: Path, capsys: Any) -> None:
    assert main(["ingest", str(SAMPLES[0]), "--files", str(tmp_path / "files")]) == 2
    assert "are for --engine spark" in capsys.readouterr().err
