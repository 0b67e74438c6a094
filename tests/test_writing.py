"""The writer of a server: jobs from uploads to revisions, in order, and what becomes of them when things go wrong."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from api import writing
from api.uploads import NAME_CHARACTERS, Upload, UploadError, label
from api.writing import Bounds, BusyError, ClosedError, Job, Writer
from graph.check import check
from graph.errors import ConflictError, RecordError, StoreError
from graph.export import export_lines
from graph.store import Store, open_store
from ingest.guideline import to_guideline
from ingest.pool import Pool
from ingest.worker import Limits
from tests.documents import BODY, TITLE, record

TEXT = TITLE + BODY
OTHER = TEXT.replace("常德市", "驻马店市")
LONGER = TEXT + "（三）加强宣传引导。开展政策宣传，营造良好氛围。\n"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1) as opened:
        yield opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.lbug") as opened:
        yield opened


@pytest.fixture
def writer(store: Store, pool: Pool) -> Iterator[Writer]:
    writer = Writer(store, Shared(pool))
    yield writer
    writer.close(20)


class Shared:
    """A pool that outlives its writer."""

    def __init__(self, pool: Pool) -> None:
        self.read = pool.read

    def close(self) -> None: ...


class Gate:
    """A pool whose reading waits until it may go on."""

    def __init__(self, pool: Pool) -> None:
        self.pool, self.open, self.begun = pool, threading.Event(), threading.Event()

    def read(self, given: Any) -> Any:
        self.begun.set()
        assert self.open.wait(20)
        return self.pool.read(given)

    def close(self) -> None: ...


def text(content: str, name: str = "a.txt") -> Upload:
    return Upload.of_text(content, name)


def sha(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def done(writer: Writer, uploads: Sequence[Upload] = (), remove: Sequence[str] = ()) -> Job:
    return writer.wait(writer.submit(uploads, remove), 60)


def graph(store: Store) -> str:
    return "".join(export_lines(store))


def outcomes(job: Job) -> list[tuple[str, str, str | None]]:
    return [(file.name, file.outcome, file.problem) for file in job.files]


def test_a_job_loads_what_is_a_policy_and_names_what_is_not(writer: Writer, store: Store) -> None:
    job = done(writer, [text(TEXT), text("no policy", "b.txt"), text(OTHER, "c.txt")])
    assert (job.state, job.problem, store.revision()) == ("done", None, 1)
    assert outcomes(job) == [
        ("a.txt", "loaded", None),
        ("b.txt", "skipped", "not a Chinese document"),
        ("c.txt", "loaded", None),
    ]
    assert [file.sha256 for file in job.files] == [sha(TEXT), sha("no policy"), sha(OTHER)]
    first, expected = job.files[0], record(TEXT)
    assert (first.policy, first.record) == (expected.policy.id, to_guideline(expected))
    assert (first.counts["tasks"], first.counts["characters"]) == (len(expected.tasks), len(TEXT))
    assert job.result
    assert (job.result.revision, job.result.changed, job.result.nodes_removed) == (1, True, 0)
    assert job.created <= job.started <= job.ended  # type: ignore[operator]
    assert check(store) == []


def test_the_same_document_again_changes_nothing(writer: Writer, store: Store) -> None:
    done(writer, [text(TEXT)])
    before = graph(store)
    job = done(writer, [text(TEXT)])
    assert job.result
    assert (job.state, job.result.revision, job.result.changed, graph(store)) == ("done", 1, False, before)


def test_a_name_replaces_nothing(writer: Writer, store: Store) -> None:
    """Another document of the same name comes beside what is there, not in its place."""
    done(writer, [text(TEXT)])
    done(writer, [text(OTHER)])
    done(writer, [text(LONGER)])
    held = {row["id"] for row in store.read("MATCH (d:Document) RETURN d.id AS id")}
    assert held == {sha(TEXT), sha(OTHER), sha(LONGER)}


def test_two_names_of_a_document_come_to_the_same_in_any_order(tmp_path: Path, pool: Pool) -> None:
    exports = []
    for order in (["a.txt", "b.txt"], ["b.txt", "a.txt"]):
        with open_store(tmp_path / f"{order[0]}.lbug") as store:
            writer = Writer(store, Shared(pool))  # type: ignore[arg-type]
            for name in order:
                assert done(writer, [text(TEXT, name)]).state == "done"
            exports.append(graph(store))
            assert writer.close(20)
    assert exports[0] == exports[1]


def test_removing_and_replacing_are_one_revision(writer: Writer, store: Store) -> None:
    done(writer, [text(LONGER)])
    job = done(writer, [text(TEXT)], [sha(LONGER), "f" * 64])
    assert outcomes(job) == [
        ("a.txt", "loaded", None),
        ("a.txt", "removed", None),
        ("f" * 64, "missing", "no such document"),
    ]
    assert store.revision() == 2
    assert done(writer, remove=[sha(TEXT)]).result.nodes_removed > 0  # type: ignore[union-attr]
    assert store.read("MATCH (n:Policy) RETURN n.id AS id") == []


def test_nothing_to_load_is_done_and_changes_nothing(writer: Writer, store: Store) -> None:
    job = done(writer, [text("no policy")], ["f" * 64])
    assert (job.state, store.revision()) == ("done", 0)
    assert [outcome for _, outcome, _ in outcomes(job)] == ["skipped", "missing"]


def test_a_preview_loads_nothing(writer: Writer, store: Store) -> None:
    previewed = writer.preview([text(TEXT), text("", "b.txt")])
    assert [(file.outcome, file.problem) for file in previewed] == [
        ("extracted", None),
        ("skipped", "the file is empty"),
    ]
    assert store.revision() == 0
    assert [replace(file, outcome="extracted") for file in done(writer, [text(TEXT)]).files] == [previewed[0]]


def test_limits_hold_for_previews_and_jobs(store: Store) -> None:
    from tests.readers import obedient

    writer = Writer(store, Pool(1, Limits(seconds=0.5), obedient))
    expected = [("sleep:9", "skipped", "took longer than 0.5 s")]
    assert [(file.name, file.outcome, file.problem) for file in writer.preview([Upload("sleep:9", b"")])] == expected
    assert outcomes(done(writer, [Upload("sleep:9", b"")])) == expected
    assert writer.close(20)


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (StoreError("/srv/secret.lbug: disk full"), "the store could not be read or written; nothing was loaded"),
        (ConflictError("bolt://host: changed"), "others were changing the graph at the same time; nothing was loaded, try again"),
        (RecordError("a.txt: holds half a surrogate pair"), "a.txt: holds half a surrogate pair; nothing was loaded"),
        (ZeroDivisionError("/srv/x.py"), "an error of this program (ZeroDivisionError); nothing was loaded"),
    ],
)  # fmt: skip
def test_a_failed_load_is_told_and_the_next_job_done(
    writer: Writer, store: Store, error: Exception, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(writer, [text(TEXT)])
    before = graph(store)
    apply = store.apply

    def fail(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(store, "apply", fail)
    job = done(writer, [text(OTHER)])
    assert (job.state, job.problem, job.result) == ("failed", problem, None)
    assert outcomes(job) == [("a.txt", "extracted", None)]
    assert (store.revision(), graph(store)) == (1, before)
    monkeypatch.setattr(store, "apply", apply)
    assert done(writer, [text(OTHER)]).state == "done"
    assert store.revision() == 2


def test_a_full_queue_is_busy_and_order_is_kept(store: Store, pool: Pool) -> None:
    gate = Gate(pool)
    writer = Writer(store, gate, Bounds(queue=2))  # type: ignore[arg-type]
    running = writer.submit([text(TEXT)])
    assert gate.begun.wait(20)
    queued = [writer.submit([text(OTHER)]), writer.submit([text(LONGER)])]
    with pytest.raises(BusyError) as caught:
        writer.submit([text(TEXT)])
    assert caught.value.retry_after == 2  # two jobs of a second each
    assert [writer.job(job.id).state for job in (running, *queued)] == ["running", "queued", "queued"]  # type: ignore[union-attr]
    assert writer.wait(queued[0], 0.05).state == "queued"
    gate.open.set()
    ended = [writer.wait(job, 60) for job in (running, *queued)]
    assert [(job.state, job.result and job.result.revision) for job in ended] == [("done", 1), ("done", 2), ("done", 3)]
    assert writer.close(20)


def test_what_waits_is_bounded_in_bytes_but_one_job_always_may(store: Store, pool: Pool) -> None:
    gate = Gate(pool)
    writer = Writer(store, gate, Bounds(queue_bytes=10))  # type: ignore[arg-type]
    writer.submit([text(TEXT)])
    assert gate.begun.wait(20)
    writer.submit([text(OTHER)])
    with pytest.raises(BusyError):
        writer.submit([text("x")])
    gate.open.set()
    assert writer.close(20)


def test_previews_at_once_are_bounded(store: Store, pool: Pool) -> None:
    gate = Gate(pool)
    writer = Writer(store, gate, Bounds(previews=1))  # type: ignore[arg-type]
    thread = threading.Thread(target=writer.preview, args=([text(TEXT)],))
    thread.start()
    assert gate.begun.wait(20)
    with pytest.raises(BusyError):
        writer.preview([text(TEXT)])
    gate.open.set()
    thread.join(20)
    assert writer.preview([text(TEXT)])[0].outcome == "extracted"
    assert writer.close(20)


def test_closing_finishes_what_runs_and_refuses_what_waits(store: Store, pool: Pool) -> None:
    gate = Gate(pool)
    writer = Writer(store, gate)  # type: ignore[arg-type]
    running = writer.submit([text(TEXT)])
    assert gate.begun.wait(20)
    queued = writer.submit([text(OTHER)])
    threading.Timer(0.3, gate.open.set).start()
    assert writer.close(20)
    assert (writer.wait(running, 0).state, store.revision()) == ("done", 1)
    refused = writer.wait(queued, 0)
    assert (refused.state, refused.problem) == ("refused", "the server is stopping; nothing was loaded")
    with pytest.raises(ClosedError):
        writer.submit([text(OTHER)])


def test_closing_does_not_wait_for_a_slow_file(store: Store) -> None:
    from tests.readers import obedient

    writer = Writer(store, Pool(1, Limits(), obedient))
    job = writer.submit([Upload("sleep:50", b"")])
    while writer.job(job.id).state != "running":  # type: ignore[union-attr]
        time.sleep(0.01)
    begun = time.monotonic()
    assert writer.close(0.3)
    assert time.monotonic() - begun < 5
    stopped = writer.wait(job, 0)
    assert (stopped.state, stopped.problem) == ("failed", "the server is stopping; nothing was loaded")


def test_jobs_are_forgotten_oldest_first(store: Store, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer(store, Shared(pool), Bounds(kept=2, kept_seconds=60))  # type: ignore[arg-type]
    jobs = [done(writer, [text(TEXT, f"{number}.txt")]) for number in range(3)]
    assert [writer.job(job.id) for job in jobs] == [None, *jobs[1:]]

    class Later(writing.datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return jobs[1].ended + timedelta(seconds=60, microseconds=1)  # type: ignore[operator]

    monkeypatch.setattr(writing, "datetime", Later)
    assert [writer.job(job.id) for job in jobs] == [None, None, jobs[2]]
    assert writer.close(20)


def test_records_kept_are_bounded_in_bytes(store: Store, pool: Pool) -> None:
    writer = Writer(store, Shared(pool), Bounds(kept_bytes=1))  # type: ignore[arg-type]
    jobs = [done(writer, [text(TEXT, f"{number}.txt")]) for number in range(2)]
    assert [writer.job(job.id) for job in jobs] == [None, jobs[1]]
    assert writer.close(20)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("通知.txt", "通知.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\通知.docx", "通知.docx"),
        ("a\x00b\r\nc\u202e.txt", "abc.txt"),
        ("half\ud800.txt", "half.txt"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("folder/", "unnamed"),
        ("长" * 300 + ".pdf", "长" * (NAME_CHARACTERS - 4) + ".pdf"),
    ],
)
def test_names_from_outside(given: str, shown: str) -> None:
    assert label(given) == shown
    assert Upload.of(given, b"").name == shown


def test_text_that_is_none() -> None:
    with pytest.raises(UploadError, match="half a surrogate pair"):
        Upload.of_text("一\ud800")
    assert Upload.of_text("一").name == "text.txt"
