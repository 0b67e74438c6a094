"""Workers that read files: limits, crashes, order, and that none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ingest.guideline import to_guideline
from ingest.pipeline import extract_file
from ingest.pool import Pool, PoolClosedError, WorkerError
from ingest.read import MAX_BYTES
from ingest.worker import Limits, extraction
from tests.readers import broken, obedient

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "data" / "documents").glob("*.txt"))
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")


@pytest.fixture
def pool() -> Iterator[Pool]:
    with Pool(1, Limits(seconds=2, megabytes=600), obedient) as opened:
        yield opened


def names(*names: str) -> list[tuple[bytes, str]]:
    return [(b"", name) for name in names]


def told(pool: Pool, *given: str) -> list[tuple[str, str | None]]:
    return [(outcome.source, outcome.problem) for outcome in pool.read_all(names(*given))]


def wait_for(what: Callable[[], Any], seconds: float = 20) -> Any:
    end = time.monotonic() + seconds
    while not (found := what()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.02)
    return found


def running(pid: int) -> bool:
    """Whether there is such a process, and not only its remains."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> set[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("sleep:30", "took longer than 2 s"),
        ("spin:30", "took longer than 2 s"),
        ("eat:900", "needed more than 600 MB"),
        ("exit:3", "crashed the reader (exit code 3)"),
        ("exit:0", "crashed the reader (exit code 0)"),
        ("segfault", "crashed the reader (signal 11)"),
        ("raise", "crashed the reader (RecursionError)"),
    ],
)
def test_a_file_over_its_limits_is_named_and_the_others_go_on(pool: Pool, name: str, problem: str) -> None:
    begun = time.monotonic()
    assert told(pool, "before", name, "after") == [("before", None), (name, problem), ("after", None)]
    assert time.monotonic() - begun < 15


def test_what_a_file_gave_before_it_failed_is_kept(pool: Pool) -> None:
    assert told(pool, "twice:30", "next") == [
        ("twice:30", None),
        ("twice:30", "took longer than 2 s"),
        ("next", None),
    ]


@pytest.mark.parametrize(
    ("limits", "problem"),
    [
        (Limits(seconds=2, whole=60), None),
        (Limits(seconds=2, whole=3), "took longer than 3 s"),
        (Limits(seconds=2), "took longer than 2 s"),
        (Limits(seconds=0.4, whole=60), "took longer than 0.4 s"),
    ],
    ids=str,
)
def test_limits_for_each_document_and_for_the_whole_file(limits: Limits, problem: str | None) -> None:
    with Pool(1, limits, obedient) as dripping:
        assert dripping.read((b"", "a"))[-1].problem is None
        assert dripping.read((b"", "drip:5"))[-1].problem == problem


def test_limits_are_for_one_file_and_not_for_all(pool: Pool) -> None:
    slow = [f"sleep:0.{digit}" for digit in "9999"]
    assert told(pool, *slow, "eat:200", "eat:201", "eat:202") == [
        *((name, None) for name in slow),
        *((str(size * 1_000_000), None) for size in (200, 201, 202)),
    ]


def test_a_worker_lives_on_after_a_good_file_and_is_replaced_after_a_bad_one(pool: Pool) -> None:
    values = [vars(outcome) for outcome in (pool.read((b"", name))[-1] for name in ("a", "b"))]
    assert values[0]["value"] == values[1]["value"]
    pool.read((b"", "exit:1"))
    after: Any = pool.read((b"", "c"))[0]
    assert after.value != values[0]["value"]


def test_a_worker_that_died_while_idle_is_no_files_fault(pool: Pool) -> None:
    first: Any = pool.read((b"", "a"))[0]
    os.kill(int(first.value), signal.SIGKILL)
    wait_for(lambda: not running(int(first.value)))
    assert told(pool, "b") == [("b", None)]


def test_order_is_that_of_the_files() -> None:
    given = ["sleep:0.5", "a", "sleep:0.3", "exit:1", "b", "c", "sleep:0.2", "d", "e", "f"]
    with Pool(3, Limits(seconds=5), obedient) as pool:
        assert [name for name, _ in told(pool, *given)] == given


def test_files_are_not_taken_much_sooner_than_they_are_read() -> None:
    taken: list[int] = []
    with Pool(2, Limits(), obedient) as pool:
        found = pool.read_all((b"", str(taken.append(number) or number)) for number in range(100))  # type: ignore[func-returns-value]
        next(found)
        assert len(taken) <= 6


def test_noise_of_a_reader_goes_nowhere(pool: Pool, capfd: pytest.CaptureFixture[str]) -> None:
    assert told(pool, "print", "next") == [("print", None), ("next", None)]
    assert capfd.readouterr() == ("", "")


def test_a_worker_is_told_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret")
    monkeypatch.setenv("PARKGRAPH_KEYS", "secret")
    with Pool(1, Limits(), obedient) as pool:
        (outcome,) = pool.read((b"", "environment"))
    assert "PATH" in outcome.source.split(",")
    assert not {"NEO4J_PASSWORD", "PARKGRAPH_KEYS"} & set(outcome.source.split(","))


@pytest.mark.parametrize(
    ("size", "source", "problem"),
    [(MAX_BYTES, str(MAX_BYTES), None), (MAX_BYTES + 1, "size", "larger than 50 MB")],
)
def test_bytes_have_a_largest_size(pool: Pool, size: int, source: str, problem: str | None) -> None:
    (outcome,) = pool.read((bytes(size), "size"))
    assert (outcome.source, outcome.problem) == (source, problem)


def test_workers_that_cannot_start_are_an_error_and_no_hang(capfd: pytest.CaptureFixture[str]) -> None:
    with Pool(1, Limits(), broken) as pool:
        for _ in range(2):
            with pytest.raises(WorkerError, match="could not be started"):
                pool.read((b"", "a"))
    assert "no such library" in capfd.readouterr().err  # says what is wrong with the installation


@pytest.mark.parametrize("started", [True, False])
def test_closing_ends_what_is_being_read_and_takes_no_more(started: bool) -> None:
    pool = Pool(1, Limits(), obedient if started else extraction)
    if started:
        pool.read((b"", "a"))
    raised: list[BaseException] = []

    def read() -> None:
        try:
            pool.read((b"", "sleep:50"))
        except PoolClosedError as error:
            raised.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    pool.close()
    for thread in threads:
        thread.join(10)
    assert len(raised) == 3
    assert not children(os.getpid()) & {worker._process.pid for worker in pool._workers}


def test_what_a_reader_has_started_ends_with_it(pool: Pool) -> None:
    outcomes = pool.read((b"", "child:50"))
    assert [outcome.problem for outcome in outcomes] == [None, "took longer than 2 s"]
    wait_for(lambda: not running(int(outcomes[0].source)))


PARENT = """
import sys
from ingest.pool import Pool
from ingest.worker import Limits
from tests.readers import obedient
with Pool(2, Limits(), obedient) as pool:
    print("begun", flush=True)
    for outcome in pool.read_all([(b"", name) for name in sys.argv[1:]]):
        print(outcome.source, flush=True)
"""


@pytest.fixture
def parent() -> Iterator[subprocess.Popen[str]]:
    """A process whose two workers are busy: one outside Python's sight, one asleep."""
    command = [sys.executable, "-c", PARENT, "a", "spin:50", "sleep:50", "b"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["begun\n", "a\n"]
        yield process
        process.kill()


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_parent(parent: subprocess.Popen[str], by: signal.Signals) -> None:
    workers = wait_for(lambda: len(found := children(parent.pid)) == 2 and found)
    time.sleep(0.3)
    os.killpg(parent.pid, by)
    out, errors = parent.communicate(timeout=10)
    assert (out, parent.returncode != 0, errors.count("Traceback")) == ("", True, int(by == signal.SIGINT))
    wait_for(lambda: not any(map(running, workers)))


def test_ctrl_c_while_workers_start_is_quiet() -> None:
    command = [sys.executable, "-c", PARENT.replace(", obedient)", ")"), "a"]  # real workers, which take a second
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True, start_new_session=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "begun\n"
        workers = children(process.pid)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert errors.count("Traceback") == 1
    wait_for(lambda: not any(map(running, workers)))


def test_records_are_those_of_reading_in_process() -> None:
    files = [(path, path.name) for path in SAMPLES]
    expected = [outcome for file in files for outcome in extract_file(file)]
    with Pool(1) as one, Pool(2) as two:
        assert list(one.read_all(files)) == expected
        assert list(two.read_all(files)) == expected
        uploaded = [outcome for path, name in files for outcome in one.read((path.read_bytes(), name))]
        empty = one.read((b" \n", "a.txt"))
    assert [to_guideline(outcome.record) for outcome in uploaded if outcome.record] == [
        to_guideline(outcome.record) for outcome in expected if outcome.record
    ]
    assert [(outcome.record, outcome.problem) for outcome in empty] == [(None, "the file is empty")]
