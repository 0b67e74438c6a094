"""The embedded store after kill -9 at any moment of a load, on a full disk, on one that is read only."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.check import check
from graph.errors import StoreError
from graph.export import export_hash
from graph.load import load
from graph.store import open_store
from tests.graph_records import changde, zhumadian
from tests.test_cli import failed, parkgraph

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits as POSIX has them")
# argv: path, what to do, a number. The second load of the pair, cut off in one way or another.
LOADER = """
import os, resource, signal, sys
import graph.embedded
from graph.load import load
from graph.store import open_store
from tests.graph_records import changde, zhumadian
path, how, number = sys.argv[1], sys.argv[2], float(sys.argv[3])
run, left = graph.embedded.EmbeddedStore._run, number
def counted(self, connection, cypher, params, **more):
    global left
    rows = run(self, connection, cypher, params, **more)
    if writing:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
    return rows
writing = False
if how == "statement":
    graph.embedded.EmbeddedStore._run = counted
with open_store(path) as store:
    writing = True
    if how == "commit":
        def timed(self, connection, cypher, params, **more):
            if cypher == "COMMIT" and writing:
                signal.setitimer(signal.ITIMER_REAL, number)  # whose signal ends the process there and then
            return run(self, connection, cypher, params, **more)
        graph.embedded.EmbeddedStore._run = timed
    if how == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
    done = load(store, [changde()], remove=[zhumadian().document.sha256])
    if how == "stay":
        os._exit(9)
if how == "statement":
    print(int(number - left))
"""


def loader(path: Path, how: str, number: float = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LOADER, str(path), how, str(number)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A store before the load, and the export hashes before and after it."""
    folder = tmp_path_factory.mktemp("graphs")
    with open_store(folder / "old.lbug") as store:
        load(store, [zhumadian()])
        old = export_hash(store)
    shutil.copyfile(folder / "old.lbug", folder / "new.lbug")
    with open_store(folder / "new.lbug") as store:
        load(store, [changde()], remove=[zhumadian().document.sha256])
        return folder / "old.lbug", old, export_hash(store)


def fresh(graphs: tuple[Path, str, str], folder: Path) -> Path:
    path = folder / "a.lbug"
    shutil.copyfile(graphs[0], path)
    return path


def revision_and_second_run(path: Path, graphs: tuple[Path, str, str]) -> int:
    """The revision that is found: the export says that it is the old graph or the new one; a second run completes it."""
    _, old, new = graphs
    with open_store(path, create=False) as store:
        revision = store.revision()
        assert (revision, export_hash(store)) in ((1, old), (2, new))
        assert check(store) == []
        assert load(store, [changde()], remove=[zhumadian().document.sha256]).revision == 2
        assert export_hash(store) == new
    with open_store(path, create=False) as store:
        assert (store.revision(), export_hash(store)) == (2, new)
    return revision


def test_killed_after_the_nth_statement(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    whole = loader(fresh(graphs, tmp_path), "statement", 9999)
    statements = int(whole.stdout)
    assert statements > 40
    found = []
    for nth in sorted({0, *range(2, statements, statements // 4), statements - 1}):
        path = fresh(graphs, tmp_path)
        assert loader(path, "statement", nth).returncode == -signal.SIGKILL
        found.append(revision_and_second_run(path, graphs))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (1, 2)


def test_killed_while_it_commits_and_closes(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    """The commit writes the log; closing writes the file from it. Every 6 ms of that once, more or less."""
    ended = []
    for step in range(6):
        path = fresh(graphs, tmp_path)
        ended.append(loader(path, "commit", 0.0002 + 0.006 * step).returncode)
        revision_and_second_run(path, graphs)
    assert -signal.SIGALRM in ended


def test_a_log_that_was_cut_off_anywhere(
    graphs: tuple[Path, str, str], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What the process had written of its log when it was killed, or the disk was full: any part from its beginning."""
    path = fresh(graphs, tmp_path)
    assert loader(path, "stay").returncode == 9
    file, log = path.read_bytes(), (tmp_path / "a.lbug.wal").read_bytes()
    lengths = {1, 4096, 4097, len(log) // 2, len(log) - 1, len(log)}
    for length in sorted(lengths):
        path.write_bytes(file)
        (tmp_path / "a.lbug.wal").write_bytes(log[:length])
        caplog.clear()
        revision = revision_and_second_run(path, graphs)
        assert revision == (2 if length == len(log) else 1)
        assert ("a load was cut off" in caplog.text) == (0 < length < len(log))
    assert (tmp_path / "a.lbug.wal.cut-off").read_bytes() == log[:-1]


def test_a_load_after_one_that_was_cut_off_is_kept(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    """It must not stand in the log behind the half one, where nobody would read it."""
    path = fresh(graphs, tmp_path)
    assert loader(path, "stay").returncode == 9
    with (tmp_path / "a.lbug.wal").open("r+b") as log:
        log.truncate(9000)
    assert loader(path, "stay").returncode == 9
    assert revision_and_second_run(path, graphs) == 2


@pytest.mark.parametrize(("room", "cause"), [(0, "File too large"), (5000, "only a part of it found room")])
def test_no_room_for_the_log(graphs: tuple[Path, str, str], tmp_path: Path, room: int, cause: str) -> None:
    """Files may not grow past a limit: one line and no crash; nothing is lost."""
    path = fresh(graphs, tmp_path)
    done = loader(path, "limit", room)
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith(f"a.lbug: cannot be written: {cause}")
    assert revision_and_second_run(path, graphs) == 1


def test_a_store_that_could_not_be_written_is_used_no_more(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    """A later load would stand behind the half one; whoever holds the store has to open it anew."""
    code = LOADER.replace(
        "    done = load", "    try:\n        load(store, [changde()])\n    except Exception: pass\n    done = load"
    )
    path = fresh(graphs, tmp_path)
    command = [sys.executable, "-c", code, str(path), "limit", "5000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("a.lbug: could not be written, and has to be opened anew")
    assert revision_and_second_run(path, graphs) == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)):
        yield folder


class mounted:
    """Mounts, or skips the test where that is not allowed."""

    def __init__(self, *arguments: str) -> None:
        self.arguments = arguments

    def __enter__(self) -> None:
        try:
            subprocess.run(["mount", *self.arguments], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"may not mount: {error}")

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", self.arguments[-1]], check=True)


@pytest.mark.parametrize("kilobytes", [4, 40])
def test_a_full_disk(graphs: tuple[Path, str, str], small_disk: Path, kilobytes: int) -> None:
    path = fresh(graphs, small_disk)
    free = os.statvfs(small_disk)
    (small_disk / "fill").write_bytes(bytes(free.f_bavail * free.f_frsize - kilobytes * 1024))
    done = parkgraph("ingest", ROOT / "data" / "documents", "--store", path, cwd=ROOT)
    failed(done, 3, "a.lbug: cannot be written: No space left on device")
    (small_disk / "fill").unlink()
    assert revision_and_second_run(path, graphs) == 1


class written_protected:
    """The folder as a disk that may be read only."""

    def __init__(self, folder: Path) -> None:
        self._mounted, self._folder = mounted("--bind", str(folder), str(folder)), folder

    def __enter__(self) -> None:
        self._mounted.__enter__()
        subprocess.run(["mount", "-o", "remount,ro,bind", str(self._folder)], check=True)

    def __exit__(self, *error: object) -> None:
        self._mounted.__exit__(*error)


def test_a_read_only_disk(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    """It is read as ever; what would write says so in one line, and before it has read any document."""
    folder = tmp_path / "disk"
    folder.mkdir()
    path = fresh(graphs, folder)
    documents = ROOT / "data" / "documents"
    with written_protected(folder):
        asked = parkgraph("stats", "--store", path, "--format", "csv", cwd=ROOT)
        assert (asked.returncode, asked.stderr) == (0, "")
        assert "store,revision,1" in asked.stdout
        assert parkgraph("check", "--store", path, cwd=ROOT).returncode == 0
        for command in (("remove", zhumadian().document.sha256), ("ingest", documents)):
            failed(parkgraph(*command, "--store", path, cwd=ROOT), 3, "a.lbug: may not be written, only read")
        failed(parkgraph("ingest", documents, "--store", folder / "b.lbug", cwd=ROOT), 3, "may not be read and")
        with open_store(path, create=False) as store:
            assert export_hash(store) == graphs[1]
            for write in (lambda: load(store, [changde()]), lambda: store.set_revision(9)):
                with pytest.raises(StoreError, match="may not be written, only read"):
                    write()
    assert [each.name for each in folder.iterdir()] == ["a.lbug"]
    assert revision_and_second_run(path, graphs) == 1


@pytest.mark.parametrize(("cut", "revision", "told"), [(0, 2, False), (100, 1, True)])
def test_a_log_on_a_read_only_disk(
    graphs: tuple[Path, str, str], tmp_path: Path, cut: int, revision: int, told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A log that was not yet taken in is read; one that is cut off is read up to there, in a copy."""
    folder = tmp_path / "disk"
    folder.mkdir()
    path = fresh(graphs, folder)
    assert loader(path, "stay").returncode == 9
    log = folder / "a.lbug.wal"
    os.truncate(log, log.stat().st_size - cut)
    with written_protected(folder), open_store(path, create=False) as store:
        assert (store.revision(), export_hash(store)) == (revision, graphs[revision])
        assert ("is read in a copy" in caplog.text) == told
    assert revision_and_second_run(path, graphs) == revision


def test_a_read_only_file(graphs: tuple[Path, str, str], tmp_path: Path) -> None:
    path = fresh(graphs, tmp_path)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write any file")
    with open_store(path) as store, pytest.raises(StoreError, match="may not be written, only read"):
        load(store, [changde()])
    path.chmod(0o644)
    assert revision_and_second_run(path, graphs) == 1
