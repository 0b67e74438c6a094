"""Backups of a whole store, restored into either engine; and that a check finds a damaged file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph.backup import MANIFEST, ROWS, backup, restore, verify
from graph.changes import changes
from graph.check import check
from graph.errors import StoreError
from graph.export import export_hash
from graph.guarded import check_guarded
from graph.load import load, remove
from graph.store import Store, open_store
from tests.conftest import change
from tests.graph_records import changde, five, zhumadian
from tests.test_cli import SAMPLES, failed, parkgraph


def test_a_backup_goes_from_either_engine_to_the_other(store: Store, tmp_path: Path) -> None:
    load(store, five())
    remove(store, [changde().document.sha256])
    load(store, [changde()])
    path, made = backup(store, tmp_path)
    assert path.name == f"parkgraph-000003-{export_hash(store)[:8]}.zip"
    with open_store(tmp_path / "b.lbug") as other:
        assert restore(path, other) == made
        assert (other.revision(), export_hash(other), check(other)) == (3, export_hash(store), [])
        assert [row["seq"] for row in changes(other, 2, 9).rows] == [row["seq"] for row in changes(store, 2, 9).rows]
        assert backup(other, tmp_path / "again.zip")[1] == made
        assert (tmp_path / "again.zip").read_bytes() == path.read_bytes()
        later = load(other, [zhumadian()], locations=["elsewhere"])
        assert later.revision == 4
        assert check(other) == []


def test_a_backup_is_restored_into_either_engine(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "b.lbug") as other:
        load(other, five())
        load(other, [], remove=[zhumadian().document.sha256])
        path, made = backup(other, tmp_path / "b.zip")
        rows = changes(other, 0, 9999).rows
    assert restore(path, store) == made
    assert (store.revision(), export_hash(store), check(store)) == (2, made.export_hash, [])
    assert changes(store, 0, 9999).rows == rows
    with pytest.raises(StoreError, match="holds a graph already"):
        restore(path, store)
    assert load(store, [zhumadian()]).revision == 3
    assert check(store) == []


def test_a_store_with_nothing_in_it(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store, open_store(tmp_path / "b.lbug") as other:
        path, made = backup(store, tmp_path / "a.zip")
        assert (made.revision, made.nodes, made.edges) == (0, 0, 0)
        restore(path, other)
        assert load(other, [changde()]).revision == 1
        with pytest.raises(StoreError, match="holds a graph already"):
            restore(path, other)


def test_a_store_whose_documents_are_gone_keeps_its_log(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store, open_store(tmp_path / "b.lbug") as other:
        load(store, [changde()])
        remove(store, [changde().document.sha256])
        restore(backup(store, tmp_path / "a.zip")[0], other)
        assert other.revision() == 2
        assert changes(other, 0, 9999).rows == changes(store, 0, 9999).rows


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and a backup of it."""
    folder = tmp_path_factory.mktemp("sound")
    with open_store(folder / "a.lbug") as store:
        load(store, five())
        backup(store, folder / "a.zip")
    return folder


def rewritten(edit: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            rows, manifest = archive.read(ROWS), json.loads(archive.read(MANIFEST))
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(ROWS, rows)
            archive.writestr(MANIFEST, json.dumps(edit(manifest)))

    return rewrite


def flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def of_zip(members: dict[str, str]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in members.items():
                archive.writestr(name, text)

    return write


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (flipped, "a damaged backup"),
        (lambda path: path.write_bytes(path.read_bytes()[:-100]), "a damaged backup"),
        (lambda path: path.write_bytes(b""), "a damaged backup"),
        (of_zip({"a.txt": "x"}), "no parkgraph backup"),
        (of_zip({MANIFEST: "{}", ROWS: ""}), "no parkgraph backup"),
        (rewritten(lambda manifest: {**manifest, "sha256": "0" * 64}), "its rows are not those that it was made of"),
        (rewritten(lambda manifest: {**manifest, "schema_version": 1}), "schema version 1; this program restores"),
        (rewritten(lambda manifest: {**manifest, "format": 9}), "format 9, schema version"),
        (lambda path: path.unlink(), "No such file"),
        (lambda path: (path.unlink(), path.mkdir()), "Is a directory"),
    ],
)
def test_a_backup_that_cannot_be_trusted_writes_nothing(
    sound: Path, tmp_path: Path, damage: Callable[[Path], object], cause: str
) -> None:
    path = tmp_path / "a.zip"
    shutil.copyfile(sound / "a.zip", path)
    verify(path)
    damage(path)
    failed(parkgraph("restore", path, "--store", tmp_path / "b.lbug", cwd=tmp_path), 3, "a.zip: ", cause)
    assert not (tmp_path / "b.lbug").exists()


def test_what_the_graph_becomes_is_compared_with_what_it_was(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    shutil.copyfile(sound / "a.zip", path)
    rewritten(lambda manifest: {**manifest, "export_hash": "0" * 64})(path)
    with open_store(tmp_path / "b.lbug") as store, pytest.raises(StoreError, match="is not what the backup holds"):
        restore(path, store)


def test_the_commands(tmp_path: Path) -> None:
    assert parkgraph("ingest", SAMPLES, cwd=tmp_path).returncode == 0
    done = parkgraph("backup", "b.zip", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("b.zip: revision 1, ")
    back = parkgraph("restore", "b.zip", "--store", "c.lbug", cwd=tmp_path)
    assert (back.returncode, back.stderr) == (0, "")
    assert back.stdout.split(": ")[1] == done.stdout.split(": ")[1]
    exports = [parkgraph("export", "-", "--store", name, cwd=tmp_path).stdout for name in ("parkgraph.lbug", "c.lbug")]
    assert exports[0] == exports[1] != ""
    sound = parkgraph("check", "--store", "c.lbug", cwd=tmp_path)
    assert sound.stdout == "c.lbug, revision 1: every quote stands in its document; no problems\n"
    failed(parkgraph("backup", "b.zip", "--store", "none.lbug", cwd=tmp_path), 3, "no store there")
    failed(parkgraph("backup", "no/b.zip", cwd=tmp_path), 4, "No such file or directory")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "c.lbug", "parkgraph.lbug"]


def damaged(path: Path, edit: Callable[[bytearray], None]) -> None:
    data = bytearray(path.read_bytes())
    edit(data)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (lambda data: data.__delitem__(slice(len(data) // 2, None)), "cannot be opened as a store"),
        (lambda data: data.__delitem__(slice(4096, None)), "cannot be opened as a store"),
        (lambda data: data.__setitem__(slice(0, 4096), bytes(4096)), "a.lbug: "),
    ],
)
def test_a_damaged_file_is_told(sound: Path, tmp_path: Path, edit: Callable[[bytearray], None], words: str) -> None:
    path = tmp_path / "a.lbug"
    shutil.copyfile(sound / "a.lbug", path)
    damaged(path, edit)
    failed(parkgraph("check", "--store", path, cwd=tmp_path), 3, words)


def test_what_ends_the_reader_is_told(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine crashes on some damage; the line comes from the process that has started the reader."""
    crash = "import os; os.kill(os.getpid(), 11)"
    monkeypatch.setattr("graph.guarded._COMMAND", (sys.executable, "-c", crash))
    with pytest.raises(StoreError, match=r"damaged: reading it crashes the database engine \(signal 11\)"):
        check_guarded(str(sound / "a.lbug"))
    assert subprocess.run([sys.executable, "-c", crash], check=False).returncode == -11


def test_any_damage_gives_problems_or_one_line(sound: Path, tmp_path: Path) -> None:
    """Bits flipped where the file holds something, evenly: never a hang, a traceback or a death without a word."""
    original = (sound / "a.lbug").read_bytes()
    used = [at for at, byte in enumerate(original) if byte not in (0, 255)]
    path = tmp_path / "a.lbug"
    told = lines = 0
    for step in range(8):
        data = bytearray(original)
        data[used[(2 * step + 1) * len(used) // 16]] ^= 1 << step
        path.write_bytes(data)
        try:
            told += bool(check_guarded(str(path))[0])
        except StoreError as error:
            told += "\n" not in str(error)
            lines += 1
    assert (told >= lines, told > 0) == (True, True)


@pytest.mark.parametrize(
    ("damage", "kind", "row", "cause"),
    [
        ("MATCH (t:Task {path: '2.9'}) SET t.title = '别的'", "damage", "Task 常德市五好园区方案2022#2.9", "is not what the"),
        ("MATCH (:Task)-[r:ABOUT]->(:Theme) SET r.terms = ['别的']", "damage", "ABOUT ", "is not what the log"),
        ("MATCH (t:Target) DETACH DELETE t", "damage", "Target ", "is in the log of changes and not in the graph"),
        ("CREATE (:Theme {id: 'x', kind: 'Theme', claims: 'x'})", "damage", "Theme x", "is not in the log of changes"),
        ("MATCH (c:Change {revision: 1}) SET c.body = 'eA=='", "damage", "Change 000000000001/000001", "cannot be read"),
        ("MATCH (c:Change {revision: 2}) DELETE c", "log", "Change 000000000003/000001", "does not follow"),
    ],
)  # fmt: skip
def test_what_has_changed_by_itself_is_found(store: Store, damage: str, kind: str, row: str, cause: str) -> None:
    load(store, five()[:3])
    load(store, five()[3:])
    load(store, [], remove=[five()[4].document.sha256])
    assert check(store) == []
    change(store, damage)
    found = [each for each in check(store) if each.kind == kind and each.row.startswith(row)]
    assert found
    assert all(each.cause.startswith(cause) for each in found)
