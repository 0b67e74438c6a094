"""``parkgraph watch`` as a process: batches, trouble on the way, and its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from api.keeping import watch as module
from api.keeping.run import Order
from api.keeping.watch import Watcher
from graph.errors import StoreError
from graph.store import open_store
from tests.documents import BODY, TITLE
from tests.test_cli import environment, parkgraph

TEXT = TITLE + BODY
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs signals")


class Watching:
    """A process that watches ``docs``, its lines as they come, and where it keeps what."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.docs, self.out, self.err = folder / "docs", list[str](), list[str]()
        command = [sys.executable, "-m", "api.cli", "watch", "docs", *options]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment(PYTHONUNBUFFERED="1"), stdout=-1, stderr=-1, encoding="utf-8"
        )
        self._threads = [
            Thread(target=self._collect, args=pair) for pair in ((self.process.stdout, self.out), (self.process.stderr, self.err))
        ]  # fmt: skip
        for thread in self._threads:
            thread.start()

    def _collect(self, stream: Iterator[str], lines: list[str]) -> None:
        lines.extend(iter(stream.readline, ""))  # type: ignore[attr-defined]

    def wait_for(self, what: str, lines: list[str] | None = None) -> None:
        end = time.monotonic() + 40
        while not any(what in line for line in (self.out if lines is None else lines)):
            assert time.monotonic() < end, (what, self.out, self.err)
            assert self.process.poll() is None, (self.out, self.err)
            time.sleep(0.05)

    def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        code = self.process.wait(30)
        for thread in self._threads:
            thread.join(10)
        return code


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Watching]]:
    (tmp_path / "docs").mkdir()
    started: list[Watching] = []

    def begin(*options: str) -> Watching:
        started.append(Watching(tmp_path, *options))
        return started[-1]

    yield begin
    for each in started:
        each.process.kill()
        each.process.wait()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_changes_that_come_together_are_one_revision(
    by: signal.Signals, start: Callable[..., Watching], tmp_path: Path
) -> None:
    (tmp_path / "docs" / "a.txt").write_text(TEXT, "utf-8")
    watching = start("--prune", "--interval", "600", "--store", "docs/s.lbug")
    watching.wait_for("watching docs")
    assert watching.out[0] == "1 document loaded into docs/s.lbug: revision 1\n"
    for name in ("b", "c"):
        (watching.docs / f"{name}.txt").write_text(TEXT + name, "utf-8")
    (watching.docs / "bad.pdf").write_bytes(b"%PDF-")
    watching.wait_for("2 documents loaded into docs/s.lbug: revision 2; 1 unchanged; 1 skipped")
    assert watching.err == ["parkgraph: docs/bad.pdf: a damaged PDF file\n"]
    (watching.docs / "a.txt").unlink()
    watching.wait_for("revision 3; 2 unchanged; 1 removed; 1 skipped")
    assert watching.end(by) == 0
    assert "1 policy was found on pages that differ: parkgraph differences shows where\n" in watching.out
    assert (watching.out[-1], len(watching.out), len(watching.err)) == ("stopped\n", 7, 1)
    assert "no problems" in parkgraph("check", "--store", "docs/s.lbug", cwd=tmp_path).stdout


def test_an_end_in_the_middle_of_reading_leaves_the_graph_as_it_was(
    start: Callable[..., Watching], tmp_path: Path
) -> None:
    for number in range(2000):
        (tmp_path / "docs" / f"{number}.txt").write_text(f"{TEXT}{number}", "utf-8")
    watching = start("--store", "s.lbug")
    end = time.monotonic() + 60
    while not (tmp_path / "s.lbug.reading").exists() or (tmp_path / "s.lbug.reading").stat().st_size < 100_000:
        assert time.monotonic() < end
        assert watching.process.poll() is None
        time.sleep(0.05)
    assert watching.end(signal.SIGTERM) == 0
    assert (watching.out, watching.err) == (["stopped\n"], [])
    with open_store(tmp_path / "s.lbug") as store:
        assert store.revision() == 0


def test_wrong_usage_of_watch(tmp_path: Path) -> None:
    done = parkgraph("watch", "absent", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "parkgraph: absent: no such file or folder\n")


def test_trouble_is_said_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    calls: list[str] = []

    def bring(order: Order, *_: object) -> object:
        calls.append(order.store)
        if len(calls) < 3:
            raise StoreError("it is in use")
        return module.Report([], order.store, 1, changed=True)

    monkeypatch.setattr(module, "bring", bring)
    told: list[object] = []
    watcher = Watcher(Order((tmp_path,), "s"), told.append)
    with pytest.raises(StoreError):
        watcher.look()
    for _ in range(4):
        watcher.look_again()
    assert (len(calls), len(told)) == (3, 1)  # once it has come about, nothing is done until something changes
    assert capsys.readouterr().err == "parkgraph: it is in use\n"
    os.utime(tmp_path / "a.txt", (1, 1))
    watcher.look_again()
    assert len(calls) == 4
