"""``search``, ``copy``, ``migrate`` and ``export --format neo4j-admin``, as real processes."""

from __future__ import annotations

import json
from pathlib import Path

import ladybug
import pytest

from graph.schema import SCHEMA_VERSION
from tests.conftest import GROUP
from tests.test_cli import SAMPLES, failed, parkgraph


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the default store, the samples loaded."""
    folder = tmp_path_factory.mktemp("moves")
    assert parkgraph("ingest", SAMPLES, cwd=folder).returncode == 0
    return folder


def test_search_shows_the_place(folder: Path) -> None:
    rows = json.loads(parkgraph("search", "绿色工厂", "--limit", "3", "--format", "json", cwd=folder).stdout)
    assert {row["kind"] for row in rows} <= {"Task", "Target"}
    assert all("绿色工厂" in row["excerpt"] for row in rows)
    table = parkgraph("search", "生态环境局", "--kind", "Agency", cwd=folder).stdout
    assert table.splitlines()[0].split() == ["kind", "name", "excerpt", "policy"]
    assert "驻马店市生态环境局" in table
    assert parkgraph("search", "没有这样的词", cwd=folder).stdout == "No rows.\n"
    failed(parkgraph("search", "绿色", "--kind", "Key", cwd=folder), 2, "no kind Key is searched; there is Policy")
    failed(parkgraph("search", " ", cwd=folder), 2, "one to 8 words")


def test_copy_makes_the_same_graph(folder: Path, tmp_path: Path) -> None:
    done = parkgraph("copy", "parkgraph.lbug", tmp_path / "b.lbug", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f" edges copied to ladybug:{tmp_path}/b.lbug: revision 1\n")
    one = parkgraph("export", "--out", "-", cwd=folder).stdout
    assert parkgraph("export", "-", "--store", tmp_path / "b.lbug", cwd=folder).stdout == one
    failed(parkgraph("copy", "parkgraph.lbug", tmp_path / "b.lbug", cwd=folder), 3, "holds a graph already")
    failed(parkgraph("copy", "absent.lbug", tmp_path / "c.lbug", cwd=folder), 3, "no store there")


def test_files_for_an_import(folder: Path, tmp_path: Path) -> None:
    done = parkgraph("export", "--format", "neo4j-admin", tmp_path / "files", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    told = (tmp_path / "files" / "import.txt").read_text(encoding="utf-8")
    assert "neo4j-admin database import full neo4j" in told
    header = (tmp_path / "files" / "Policy.header.csv").read_text(encoding="utf-8")
    assert header.startswith("id:ID(Policy),kind:string,name:string,")
    assert ",issuers:string[],issued_on:date," in header
    failed(parkgraph("export", "--format", "neo4j-admin", "-", cwd=folder), 2, "a folder of files")
    (tmp_path / "file").touch()
    failed(parkgraph("export", "--format", "neo4j-admin", tmp_path / "file", cwd=folder), 4, "file")
    failed(parkgraph("export", cwd=folder), 2, "say where to")
    failed(parkgraph("export", "a", "--out", "b", cwd=folder), 2, "say where to")


def test_migrate_tells_what_it_did(tmp_path: Path) -> None:
    assert parkgraph("ingest", SAMPLES, cwd=tmp_path).returncode == 0
    before = parkgraph("export", "--out", "-", cwd=tmp_path).stdout
    done = parkgraph("migrate", cwd=tmp_path)
    assert done.stdout == f"parkgraph.lbug: has schema version {SCHEMA_VERSION} already, still revision 1\n"
    database = ladybug.Database(str(tmp_path / "parkgraph.lbug"))
    ladybug.Connection(database).execute("MATCH (m:Meta) SET m.schema_version = 0")
    database.close()
    needed = f"schema version 0, this program needs {SCHEMA_VERSION}: run `parkgraph migrate --store"
    failed(parkgraph("stats", cwd=tmp_path), 3, needed)
    done = parkgraph("migrate", cwd=tmp_path)
    assert done.stdout.startswith(
        f"parkgraph.lbug: schema version 0 to {SCHEMA_VERSION}, revision 2; the former file is "
    )
    assert parkgraph("export", "--out", "-", cwd=tmp_path).stdout == before


@GROUP
def test_every_command_on_neo4j(neo4j_url: str, folder: Path, tmp_path: Path) -> None:
    store = {"PARKGRAPH_STORE": neo4j_url}
    failed(parkgraph("stats", cwd=tmp_path, **store), 3, "no parkgraph graph there")
    done = parkgraph("ingest", SAMPLES, cwd=tmp_path, **store)
    assert (done.stdout, done.stderr) == (f"5 documents loaded into {neo4j_url}: revision 1\n", "")
    for command in (
        ["export", "--out", "-"],
        ["query", "lead_agencies", "--theme", "green", "--format", "json"],
        ["search", "绿色园区", "--format", "json"],
        ["stats", "--format", "csv"],
        ["unresolved", "--format", "csv"],
        ["check", "--format", "csv"],
    ):
        here, there = parkgraph(*command, cwd=tmp_path, **store), parkgraph(*command, cwd=folder)
        assert (here.returncode, here.stdout, here.stderr) == (0, there.stdout, "")
    done = parkgraph("copy", neo4j_url, "back.lbug", cwd=tmp_path)
    assert done.returncode == 0
    assert parkgraph("remove", "--help", cwd=tmp_path, **store).returncode == 0
    failed(parkgraph("stats", cwd=tmp_path, **store, NEO4J_PASSWORD="wrong"), 3, "refuses the password of neo4j")
    failed(parkgraph("stats", "--store", "neo4j://a:b@localhost", cwd=tmp_path), 3, "no user or password in a URL")
