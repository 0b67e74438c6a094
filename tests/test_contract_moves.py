"""A whole graph moves between engines, through the files of an import, and from an older schema to this one."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path
from typing import Any

import ladybug
import pytest

from graph import bulk
from graph.bulk import export_bulk
from graph.changes import changes
from graph.check import check
from graph.copy import copy
from graph.errors import GoneError, StoreError
from graph.export import export_hash
from graph.load import load, remove
from graph.migrate import STEPS, migrate
from graph.schema import SCHEMA_VERSION
from graph.store import Store, open_store
from ingest.records import Record
from tests.conftest import GROUP, change
from tests.follower import Follower
from tests.graph_records import CHANGDE, Draft, changde_2017, chizhou, five
from tests.neo4j_server import Server, new_server
from tests.test_contract import ODD


def odd_ones() -> list[Record]:
    """Documents whose names and texts are as odd as can be."""
    records = []
    for odd in ODD.values():
        draft = Draft(f"园{odd}区", CHANGDE, f"标题{odd}", date(2020, 1, 1))
        draft.task("1", odd, odd, industries=(odd,), parks=(odd,))
        draft.target("1", odd, 1e-7, odd, 2025, scope="", parks=(odd, "甲园"))
        records.append(draft.record(odd))
    return records


def test_a_copy_is_the_same_graph_both_ways(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "there.lbug") as there, open_store(tmp_path / "back.lbug") as back:
        load(there, [*five(), *odd_ones()])
        nodes, edges = copy(there, store)
        assert nodes > 100
        assert edges > 150
        assert (store.revision(), export_hash(store)) == (1, export_hash(there))
        copy(store, back)
        assert export_hash(back) == export_hash(there)
        assert load(back, five()).changed is False  # the bookkeeping came along
        with pytest.raises(StoreError, match="holds a graph already"):
            copy(back, store)
        assert check(store) == []


@GROUP
def test_an_import_of_the_files_is_the_same_graph(neo4j_server: Server, tmp_path: Path, monkeypatch: Any) -> None:
    if neo4j_server.given:
        pytest.skip("a server that NEO4J_URI names is not stopped for an import")
    long = Draft("long", CHANGDE, "长文", date(2020, 1, 1))
    long.task("1", "任务", "绿色" * 400_000)
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [*five(), *odd_ones(), long.record()])
        rows = export_bulk(store, tmp_path / "files")
        expected, revision = export_hash(store), store.revision()
        feed = Follower().follow(store)
    assert rows > 300
    told = (tmp_path / "files" / bulk.COMMAND).read_text(encoding="utf-8")
    command = shlex.split(told.replace("\\\n", ""), comments=True)
    assert command[:5] == ["neo4j-admin", "database", "import", "full", "neo4j"]
    assert any(option.startswith("--read-buffer-size=") for option in command)
    server = new_server(tmp_path, quick=True, password=neo4j_server.password)
    server.prepare()
    monkeypatch.chdir(tmp_path / "files")
    assert "IMPORT DONE" in server.admin(*command[1:]).stdout
    server.start()
    try:
        with open_store(server.uri, create=False) as store:
            assert (store.revision(), export_hash(store)) == (revision, expected)
            store.check_schema()  # the constraints were made by opening it
            assert Follower().follow(store) == feed  # the log came along, the revision being the same
            assert load(store, five()).changed is False
    finally:
        server.kill()


def age(url: str, *damage: str) -> None:
    """Make a store one of the version before: with another number in it, and some properties less."""
    if "://" in url:
        with open_store(url) as store:
            for statement in damage:
                change(store, statement)
    else:
        database = ladybug.Database(url)
        connection = ladybug.Connection(database)
        for statement in damage:
            connection.execute(statement)
        database.close()


@pytest.mark.parametrize("revision", [1, 3])
def test_an_older_graph_is_carried_forward(url: str, revision: int) -> None:
    records = [*five(), *odd_ones()]
    with open_store(url) as store:
        for number in range(revision):
            load(store, records[number * 4 :] if number == revision - 1 else records[number * 4 : number * 4 + 4],
                 now=f"2026-01-0{number + 1}T00:00:00+00:00")  # fmt: skip
        expected, times = export_hash(store), ingested(store)
    if "://" in url:
        gone = ["MATCH (t:Task) REMOVE t.title, t.text", "MATCH ()-[r:RESPONSIBLE_FOR]->() REMOVE r.mention",
                "MATCH (u:Unresolved)-[n:NOTED_IN]->() DELETE n, u", "MATCH (p:Policy) REMOVE p.subjects"]  # fmt: skip
    else:
        gone = ["ALTER TABLE Task DROP title", "ALTER TABLE RESPONSIBLE_FOR DROP mention", "DROP TABLE NOTED_IN",
                "DROP TABLE Unresolved", "ALTER TABLE Policy DROP subjects"]  # fmt: skip
    age(url, *gone, "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = 0")
    with pytest.raises(StoreError, match=r"schema version 0, this program needs \d+: run `parkgraph migrate"):
        open_store(url)
    done = migrate(url)
    assert (done.before, done.after, done.revision, done.documents) == (0, SCHEMA_VERSION, revision + 1, len(records))
    with open_store(url, create=False) as store:
        assert (store.revision(), export_hash(store), ingested(store)) == (revision + 1, expected, times)
        assert check(store) == []
        assert load(store, records).changed is False
        with pytest.raises(GoneError, match=f"begins at revision {done.revision}:"):
            changes(store, revision, 10)
        assert changes(store, done.revision, 10).rows == []
        remove(store, [record.document.sha256 for record in records])
        assert changes(store, done.revision, 10).rows
        assert check(store) == []
    assert migrate(url).changed is False
    if done.kept:
        with pytest.raises(StoreError, match="schema version 0"):
            open_store(done.kept, create=False)


def ingested(store: Store) -> list[dict[str, Any]]:
    return store.read("MATCH (d:Document) RETURN d.id AS id, d.ingested_at AS at ORDER BY id LIMIT 1000")


def test_a_record_is_carried_forward_step_by_step(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def newer(data: dict[str, Any]) -> dict[str, Any]:
        return {**data, "policy": {**data["policy"], "doc_type": "新的"}}

    with open_store(url) as store:
        load(store, [chizhou(), changde_2017()])
    age(url, "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = 0")
    monkeypatch.setitem(STEPS, 0, newer)  # type: ignore[arg-type]
    migrate(url)
    with open_store(url) as store:
        assert store.read("MATCH (p:Policy) WHERE p.held RETURN DISTINCT p.doc_type AS t") == [{"t": "新的"}]


def test_what_cannot_be_carried_forward_stays_as_it_is(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(url) as store:
        load(store, [chizhou()])
    age(url, "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = 0")
    monkeypatch.setitem(STEPS, 0, lambda data: {**data, "policy": None})  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="cannot be carried forward"):
        migrate(url)
    age_back = "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = " + str(SCHEMA_VERSION)
    with open_store(url, migrating=True) as store:
        change(store, age_back)
    with open_store(url) as store:
        assert (store.revision(), check(store)) == (1, [])


def test_a_store_of_a_newer_version_is_left_alone(url: str) -> None:
    with open_store(url) as store:
        change(store, "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = 99")
    for attempt in (open_store, migrate):
        with pytest.raises(StoreError, match=r"newer parkgraph"):
            attempt(url)
    with open_store(url, migrating=True) as store:
        change(store, f"MATCH (m:Meta {{id: 'meta'}}) SET m.schema_version = {SCHEMA_VERSION}")
