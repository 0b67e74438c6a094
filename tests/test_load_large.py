"""A large load into an embedded store: written into a copy that takes its place, with the outcome of a small one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, overload

import pytest

from graph import fill, load, renewal
from graph.check import check
from graph.errors import RecordError, StoreError
from graph.export import export_hash
from graph.store import Store, open_store
from ingest.records import Record
from tests.graph_records import CHANGDE, Draft, changde, five, zhumadian
from tests.test_cli import ROOT

NOW = "2026-01-01T00:00:00+00:00"
LOG = "MATCH (c:Change) RETURN c.id AS id, c.body AS body, c.summary AS summary, c.`first` AS f, c.`count` AS n ORDER BY c.id"


class Lazy(Sequence[Record]):
    """Records that are made when they are asked for, and counted."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._records = records
        self.asked = 0

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        self.asked += 1
        return self._records[place]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Every load is a large one, in pieces of a few rows."""
    with monkeypatch.context() as patch:
        patch.setattr(load, "LARGE_DOCUMENTS", 0)
        patch.setattr(fill, "PIECE_ROWS", 7)
        patch.setattr(fill, "STEP_ROWS", 5)
        yield patch


def lying_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


STEPS: tuple[tuple[list[Record], list[str]], ...] = (
    ([zhumadian()], []),
    ([changde()], [zhumadian().document.sha256]),
    (five(), []),
    ([], [changde().document.sha256]),
    (five()[:2], []),
)


def run(store: Store, records: list[Record], removed: list[str]) -> tuple[Any, ...]:
    result = load.load(store, records, remove=removed, now=NOW)
    assert check(store) == []
    return result, export_hash(store), store.read(LOG)


def test_it_comes_to_the_same_as_a_small_one(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    """The result that is told, the export, and every byte of the log of changes."""
    with open_store(tmp_path / "large.lbug") as one, open_store(tmp_path / "small.lbug") as other:
        for step in STEPS:
            found = run(one, *step)
            with large.context() as patch:
                patch.setattr(load, "LARGE_DOCUMENTS", 9999)
                assert run(other, *step) == found
    with open_store(tmp_path / "large.lbug", create=False) as store:
        assert store.revision() == 5
    assert lying_in(tmp_path) == ["large.lbug", "small.lbug"]


def test_records_are_gone_through_twice_and_not_kept(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    lazy = Lazy(five())
    with open_store(tmp_path / "a.lbug") as store:
        load.load(store, lazy, locations=[f"/{place}" for place in range(5)])
    assert lazy.asked <= 3 * 5 + 3  # once to see how large it is; the end of a sequence is asked for too


@pytest.mark.parametrize(
    ("documents", "characters", "is_large"), [(4, 10**9, True), (5, 10**9, False), (99, 10, True), (99, 10**9, False)]
)
def test_what_is_large(
    documents: int, characters: int, is_large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    original = renewal.Renewal.__enter__
    monkeypatch.setattr(load, "LARGE_DOCUMENTS", documents)
    monkeypatch.setattr(load, "LARGE_CHARACTERS", characters)

    def entered(self: renewal.Renewal) -> renewal.Renewal:
        seen.append("large")
        return original(self)

    monkeypatch.setattr(renewal.Renewal, "__enter__", entered)
    with open_store(tmp_path / "a.lbug") as store:
        load.load(store, five())
    assert seen == ["large"] * is_large


def test_what_cannot_be_loaded_leaves_all_as_it_was(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    broken = Draft("坏", CHANGDE, "园区办法")
    broken.task("1", "推进")
    broken.duty("1", "工业和信息化局")
    record = broken.record().model_copy(update={"tasks": ()})
    with open_store(tmp_path / "a.lbug") as store:
        load.load(store, [zhumadian()])
        before = export_hash(store)
        with pytest.raises(RecordError):
            load.load(store, [changde(), record])
        assert (store.revision(), export_hash(store)) == (1, before)
        assert load.load(store, [zhumadian()]).changed is False
        assert store.revision() == 1
        assert load.load(store, [changde()]).revision == 2
    assert lying_in(tmp_path) == ["a.lbug"]


def test_readers_see_the_old_graph_or_the_new_one(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    """They go on while a load is made ready, and are never refused when the copy takes its place."""
    count = "MATCH (n:Task) RETURN count(n) AS n"
    seen: set[int] = set()
    done = threading.Event()
    with open_store(tmp_path / "a.lbug") as store, open_store(tmp_path / "a.lbug") as reader:
        load.load(store, [zhumadian()])
        first = store.read(count)[0]["n"]

        def look() -> None:
            while not done.is_set():
                seen.add(reader.read(count)[0]["n"])

        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for _ in range(2):
                load.load(store, [changde()])
                load.load(store, [], remove=[changde().document.sha256])
            load.load(store, [changde()])
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert {first} < seen <= {first, reader.read(count)[0]["n"]}
        assert reader.revision() == 6


def test_no_other_process_comes_in_between(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    """The file that took the place of another is as locked as that was, also while it did so."""
    path = tmp_path / "a.lbug"
    code = f"from graph.store import open_store; open_store({str(path)!r})"

    def refused() -> bool:
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
        return "in use by another process" in done.stderr

    tried = []
    original = Path.replace

    def renamed(self: Path, target: Path) -> Path:
        tried.append(refused())
        made = original(self, target)
        tried.append(refused())
        return made

    large.setattr(Path, "replace", renamed)
    with open_store(path) as store:
        for step in STEPS[:3]:
            load.load(store, step[0], remove=step[1])
        tried.append(refused())
    assert tried == [True] * 7
    assert not refused()


# argv: path, number of the operation at which the process is killed. Operations: statements, and what is done to files.
LOADER = """
import os, shutil, signal, sys
from pathlib import Path
import graph.embedded, graph.fill, graph.load, graph.renewal
from graph.store import open_store
from tests.graph_records import changde, zhumadian
graph.load.LARGE_DOCUMENTS, graph.fill.PIECE_ROWS, graph.fill.STEP_ROWS = 0, 40, 30
number = left = int(sys.argv[2])
def spend():
    global left
    left -= 1
    if left < 0 and writing:
        os.kill(os.getpid(), signal.SIGKILL)
def killing(owner, name):
    original = getattr(owner, name)
    def killed(*arguments, **more):
        spend()
        made = original(*arguments, **more)
        spend()
        return made
    setattr(owner, name, killed)
writing = False
with open_store(sys.argv[1]) as store:
    for owner, name in ((graph.embedded.EmbeddedStore, "_run"), (Path, "replace"), (Path, "mkdir"), (shutil, "rmtree"),
                        (graph.renewal, "_copied"), (os, "fsync"), (graph.embedded.EmbeddedStore, "close")):
        killing(owner, name)
    left, writing = number, True
    graph.load.load(store, [changde()], remove=[zhumadian().document.sha256])
    writing = False
    print(number - left)
"""


def loader(path: Path, number: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LOADER, str(path), str(number)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX has them")
def test_killed_at_the_nth_operation(tmp_path: Path) -> None:
    """The old graph or the new one; nothing is left lying about; a second run completes it."""
    old_file, path = tmp_path / "old.lbug", tmp_path / "a.lbug"
    with open_store(old_file) as store:
        load.load(store, [zhumadian()])
        old = export_hash(store)
    shutil.copyfile(old_file, path)
    whole = loader(path, 9999)
    operations = int(whole.stdout)
    assert operations > 60
    with open_store(path) as store:
        new = export_hash(store)
    found = []
    every = 1 if os.environ.get("PARKGRAPH_EVERY_STEP") else operations // 6
    for nth in sorted({*range(0, operations, every), *range(operations - 5, operations)}):
        shutil.copyfile(old_file, path)
        assert loader(path, nth).returncode == -signal.SIGKILL
        with open_store(path, create=False) as store:
            found.append(store.revision())
            assert export_hash(store) == (old, new)[store.revision() - 1]
            assert check(store) == []
            assert load.load(store, [changde()], remove=[zhumadian().document.sha256]).revision == 2
            assert export_hash(store) == new
        assert lying_in(tmp_path) == ["a.lbug", "old.lbug"]
    assert found == sorted(found)
    assert {found[0], found[-1]} == {1, 2}


def test_no_room_for_the_copy(tmp_path: Path, large: pytest.MonkeyPatch) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load.load(store, [zhumadian()])
        before = export_hash(store)
        with large.context() as patch:
            patch.setattr(renewal, "_COPY", "import sys; sys.exit('No space left on device')")
            with pytest.raises(StoreError, match=r"a\.lbug: cannot be written: No space left on device"):
                load.load(store, [changde()])
        assert export_hash(store) == before
        assert load.load(store, [changde()]).revision == 2
    assert lying_in(tmp_path) == ["a.lbug"]
