"""The embedded store: opening, errors, one database a path, all or nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph import writes
from graph.delta import Changes, Delta, Edge, Node, Ref, edge
from graph.errors import StoreError
from graph.export import export_hash
from graph.load import load
from graph.schema import EDGES, NODES
from graph.store import Store, open_store
from tests.conftest import change
from tests.graph_records import changde, five, zhumadian

ROOT = Path(__file__).parent.parent


def open_elsewhere(path: Path) -> str:
    """What another process says that opens the same path."""
    code = f"from graph.store import open_store; open_store({str(path)!r}); print('opened')"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr.strip().rsplit("\n", 1)[-1]


def test_a_new_store_is_empty_and_at_revision_0(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        assert store.revision() == 0
        assert store.read("MATCH (n) WHERE n.kind <> 'Meta' RETURN n.id") == []


def test_the_whole_schema_is_there_from_the_start(tmp_path: Path) -> None:
    with open_store(f"ladybug:{tmp_path / 'a.lbug'}") as store:
        tables = {row["name"] for row in store.read("CALL show_tables() RETURN name")}
    assert tables == {node.label for node in NODES} | {each.type for each in EDGES}


def test_what_was_loaded_is_there_after_closing(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, five())
        before = export_hash(store)
    with open_store(tmp_path / "a.lbug") as store:
        assert (store.revision(), export_hash(store)) == (1, before)


def test_two_stores_of_one_process_share_a_database(tmp_path: Path) -> None:
    first, second = open_store(tmp_path / "a.lbug"), open_store(tmp_path / "a.lbug")
    load(first, [changde()])
    first.close()
    first.close()
    load(second, [zhumadian()])
    assert second.revision() == 2
    second.close()
    with pytest.raises(StoreError, match="closed"):
        second.revision()


def test_a_second_process_is_refused_and_let_in_afterwards(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug"):
        assert open_elsewhere(tmp_path / "a.lbug").endswith("a.lbug: in use by another process")
    assert open_elsewhere(tmp_path / "a.lbug") == "opened\n"


@pytest.mark.parametrize(
    ("url", "cause"),
    [
        ("{tmp}", "is a folder"),
        ("{tmp}/none/a.lbug", "is not there"),
        ("{tmp}/text.lbug", "cannot be opened as a store"),
        ("ftp://localhost", "no such kind of store"),
        ("ladybug:", "has no path"),
        ("", "has no path"),
    ],
)
def test_what_is_no_store_is_refused_in_one_line(tmp_path: Path, url: str, cause: str) -> None:
    (tmp_path / "text.lbug").write_text("驻马店" * 5000, encoding="utf-8")
    with pytest.raises(StoreError, match=cause) as error:
        open_store(url.format(tmp=tmp_path))
    assert "\n" not in str(error.value)


def test_a_missing_store_is_not_made_when_only_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store there"):
        open_store(tmp_path / "a.lbug", create=False)
    assert not (tmp_path / "a.lbug").exists()


def test_a_store_of_another_version_is_refused(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        change(store, "MATCH (m:Meta) SET m.schema_version = 0")
    with pytest.raises(StoreError, match="schema version 0"):
        open_store(tmp_path / "a.lbug")


@pytest.mark.parametrize("nth", range(0, 41, 4))
def test_a_load_is_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    """The nth write fails: the graph and its revision are what they were, and the load can be done again."""
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [zhumadian()])
        before = export_hash(store)
        original, calls = writes.write, 0

        def failing(run: writes.Run, delta: Delta) -> None:
            def counted(query: str, params: dict[str, object]) -> list[dict[str, object]]:
                nonlocal calls
                calls += 1
                if calls > nth:
                    raise OSError("no space left")
                return run(query, params)

            original(counted, delta)

        monkeypatch.setattr("graph.embedded.write", failing)
        with pytest.raises(OSError, match="no space"):
            load(store, [changde()], remove=[zhumadian().document.sha256])
        monkeypatch.undo()
        assert (store.revision(), export_hash(store)) == (1, before)
        assert load(store, [changde()]).revision == 2


def test_a_failed_statement_leaves_nothing(tmp_path: Path) -> None:
    node = Node(Ref("Theme", "green"), {"name": "green"})
    broken = edge("SERVES", Ref("Agency", "nobody"), Ref("Region", "000000"))
    with open_store(tmp_path / "a.lbug") as store:
        with pytest.raises(StoreError):
            store.apply(Delta(Changes(added=[node]), Changes[Edge](added=[broken])))
        assert store.read("MATCH (n:Theme) RETURN n.id") == []
        with pytest.raises(StoreError, match="does not hold what it should"):
            store.apply(Delta(Changes(changed=[node])))
        assert store.revision() == 0


def test_threads_write_in_turn(tmp_path: Path) -> None:
    failed: list[Exception] = []

    def add(store: Store, number: int) -> None:
        try:
            store.apply(Delta(Changes(added=[Node(Ref("Theme", f"t{number}"), {"name": "x"})])))
        except Exception as error:
            failed.append(error)

    with open_store(tmp_path / "a.lbug") as store:
        threads = [threading.Thread(target=add, args=(store, number)) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert store.revision() == 12
        assert len(store.read("MATCH (n:Theme) RETURN n.id")) == 12
