"""A load that is cut off, its process killed or the server killed, leaves the old graph or the new one."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph import staging
from graph.batches import Batch
from graph.check import check
from graph.errors import StoreError
from graph.export import export_hash
from graph.indexes import JOURNAL
from graph.load import load
from graph.store import Store, open_store
from tests.conftest import GROUP, run
from tests.graph_records import changde, five, zhumadian
from tests.neo4j_server import Server, new_server

ROOT = Path(__file__).parent.parent
# The nth batch has been written, and the process is gone before it can be committed.
LOADER = """
import os, signal, sys
from graph import staging, writes
from graph.batches import Batch
from graph.load import load
from graph.store import open_store
from tests.graph_records import changde, zhumadian
url, nth, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
staging.TX_ROWS = rows
left = nth
def spend():
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
batch_write, embedded_write = Batch.write, writes.write
def write(self, run, *, strict=True):
    batch_write(self, run, strict=strict)
    spend()
Batch.write = write
def embedded(run, delta):
    embedded_write(lambda query, params: (run(query, params), spend())[0], delta)
import graph.embedded
graph.embedded.write = embedded
load(open_store(url), [changde()], remove=[zhumadian().document.sha256])
"""


def hashes(tmp_path: Path) -> tuple[str, str]:
    """The export hash before the load that is cut off, and after it, had it not been."""
    with open_store(tmp_path / "expected.lbug") as store:
        load(store, [zhumadian()])
        before = export_hash(store)
        load(store, [changde()], remove=[zhumadian().document.sha256])
        return before, export_hash(store)


def left_over(store: Store) -> list[dict[str, Any]]:
    return store.read(f"MATCH (n:{JOURNAL}) RETURN n.id AS id UNION ALL MATCH (n:Meta) RETURN n.pending AS id")


@pytest.mark.parametrize(("nth", "rows"), [(12, 99_999), (0, 3), (9, 3), (33, 3)])
def test_the_loading_process_is_killed(url: str, tmp_path: Path, nth: int, rows: int) -> None:
    before, after = hashes(tmp_path)
    with open_store(url) as store:
        load(store, [zhumadian()])
    command = [sys.executable, "-c", LOADER, url, str(nth), str(rows)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -9
    with open_store(url, create=False) as store:
        assert (store.revision(), export_hash(store)) == (1, before)
        assert check(store) == []
        if "://" in url:
            assert left_over(store) == [{"id": None}]
        assert load(store, [changde()], remove=[zhumadian().document.sha256]).revision == 2
        assert export_hash(store) == after


@GROUP
def test_readers_wait_and_an_open_store_takes_a_dead_load_back(
    neo4j_server: Server, neo4j_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "PATIENCE", 1.0)
    with open_store(neo4j_url) as store:
        load(store, [zhumadian()])
        before = export_hash(store)
        assert (
            subprocess.run([sys.executable, "-c", LOADER, neo4j_url, "9", "3"], cwd=ROOT, check=False).returncode == -9
        )
        # As if it were another machine's, so that nobody can know that it is dead.
        run(
            neo4j_server,
            "MATCH (m:Meta {id: 'meta'}) MATCH (j:Journal) SET m.pending = 'x@elsewhere:1', j.load = m.pending",
        )
        assert run(neo4j_server, "MATCH (j:Journal) RETURN count(*) AS n") == [{"n": 9}]
        begun = time.monotonic()
        assert export_hash(store) == before
        assert time.monotonic() - begun >= 1
        assert (store.revision(), left_over(store)) == (1, [{"id": None}])


@GROUP
def test_readers_see_the_old_graph_or_the_new_one(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large load goes on in many transactions, slowly; a query that runs all the time never sees a half."""
    monkeypatch.setattr(staging, "TX_ROWS", 3)
    monkeypatch.setattr(staging, "BATCH_ROWS", 3)
    original = Batch.write

    def slow(self: Batch, write: Any, *, strict: bool = True) -> None:
        original(self, write, strict=strict)
        time.sleep(0.02)

    monkeypatch.setattr(Batch, "write", slow)
    count = "MATCH (n) WHERE n.kind <> 'Meta' OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges"
    seen: set[tuple[int, int]] = set()
    done = threading.Event()
    with open_store(neo4j_url) as store, open_store(neo4j_url) as reader:

        def look() -> None:
            while not done.is_set():
                row = reader.read(count)[0]
                seen.add((row["nodes"], row["edges"]))

        thread = threading.Thread(target=look)
        thread.start()
        try:
            load(store, [zhumadian()])
            first = store.read(count)[0]
            time.sleep(0.2)
            load(store, [changde()], remove=[zhumadian().document.sha256])
            second = store.read(count)[0]
            time.sleep(0.2)
        finally:
            done.set()
            thread.join()
    whole = {(0, 0), tuple(first.values()), tuple(second.values())}
    assert seen <= whole  # a busy machine may have looked too late for the first of them
    assert tuple(second.values()) in seen


@GROUP
@pytest.mark.parametrize("steps_back", [1, 3, 99])
def test_a_load_that_was_taken_for_dead_fails_and_leaves_nothing(
    neo4j_server: Server, neo4j_url: str, monkeypatch: pytest.MonkeyPatch, steps_back: int
) -> None:
    """Whoever takes it back may be cut off on the way, when the load goes on after all."""
    monkeypatch.setattr(staging, "TX_ROWS", 3)
    monkeypatch.setattr("graph.load._TRIES", 1)
    original, calls = Batch.write, [0]

    def write(self: Batch, write: Any, *, strict: bool = True) -> None:
        original(self, write, strict=strict)
        calls[0] += strict
        if calls[0] == 9 and strict:
            raise InterruptedError("paused")

    with open_store(neo4j_url) as store, open_store(neo4j_url) as other:
        load(store, [zhumadian()])
        before = export_hash(store)
        transact = store._transact  # type: ignore[attr-defined]
        pending = []

        left = iter(range(steps_back))

        def take_back(work: Any) -> Any:
            next(left)
            return other._transact(work)  # type: ignore[attr-defined]

        def slow(work: Any, **more: Any) -> Any:
            result = transact(work, **more)
            held = run(neo4j_server, "MATCH (m:Meta {id: 'meta'}) RETURN m.pending AS load, m.steps AS steps")[0]
            if held["steps"] == 5 and not pending:
                pending.append(held["load"])
                with contextlib.suppress(StopIteration):
                    staging.roll_back(take_back, str(held["load"]))
            return result

        monkeypatch.setattr(store, "_transact", slow)
        with pytest.raises(StoreError, match="took this load for dead"):
            load(store, [changde()], remove=[zhumadian().document.sha256])
        assert pending
        assert (other.revision(), export_hash(other), left_over(other)) == (1, before, [{"id": None}])


@pytest.fixture(scope="module")
def mortal(neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, to be killed; skipped where only a given one can be used."""
    if neo4j_server.given:
        pytest.skip("a server that NEO4J_URI names is not killed")
    server = new_server(tmp_path_factory.mktemp("mortal"), quick=True, password=neo4j_server.password)
    server.start()
    yield server
    server.kill()


@GROUP
@pytest.mark.parametrize(("nth", "rows"), [(8, 99_999), (20, 3)])
def test_the_server_is_killed(
    mortal: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int, rows: int
) -> None:
    before, after = hashes(tmp_path)
    run(mortal, "MATCH (n) DETACH DELETE n")
    url = f"{mortal.uri}?retry=0.5"
    with open_store(url) as store:
        load(store, [zhumadian()])
    original, calls = Batch.write, [0]

    def write(self: Batch, run_: Any, *, strict: bool = True) -> None:
        original(self, run_, strict=strict)
        if calls[0] == nth:
            mortal.kill()
        calls[0] += 1

    with monkeypatch.context() as patch:
        patch.setattr(staging, "TX_ROWS", rows)
        patch.setattr(Batch, "write", write)
        with open_store(url) as store, pytest.raises(StoreError, match="no Neo4j answers there"):
            load(store, [changde()], remove=[zhumadian().document.sha256])
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        open_store(url)
    mortal.start()
    with open_store(url, create=False) as store:
        assert (store.revision(), export_hash(store), left_over(store)) == (1, before, [{"id": None}])
        assert load(store, [changde()], remove=[zhumadian().document.sha256]).revision == 2
        assert export_hash(store) == after


@GROUP
def test_a_load_outlives_a_restart_of_the_server(mortal: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What fails in passing is tried again, by default for longer than a server takes to come back."""
    monkeypatch.setattr(staging, "TX_ROWS", 3)
    run(mortal, "MATCH (n) DETACH DELETE n")
    original, calls = Batch.write, [0]

    def write(self: Batch, run_: Any, *, strict: bool = True) -> None:
        calls[0] += 1
        if calls[0] == 20:
            mortal.kill()
            mortal.start()
        original(self, run_, strict=strict)

    monkeypatch.setattr(Batch, "write", write)
    with open_store(f"{mortal.uri}?retry=60") as store:
        assert load(store, five()).revision == 1
        assert load(store, five()).changed is False
