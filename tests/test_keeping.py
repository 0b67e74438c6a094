"""Keeping a graph in step with a folder: what is read again, what goes, what is said of it, and interruptions."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from api.failures import Failure
from api.keeping import run
from api.keeping.kept import Kept, place_for
from api.keeping.report import Report
from api.keeping.run import Order, bring, foresee_all
from api.keeping.voice import Once, Voice
from graph.errors import RecordError, StoreError
from graph.export import export_lines
from graph.load import load
from graph.store import open_store
from ingest.files import Outcome, find
from ingest.pipeline import extract_file
from ingest.stamp import Stamp, edition, stamp_of
from tests.documents import BODY, TITLE
from tests.formats_made import to_zip

TEXT = TITLE + BODY.replace("建设绿色工厂。", "建设绿色工厂。（牵头单位：市工业和信息化局）")
OTHER = TEXT.replace("常德市", "驻马店市")
THIRD = TEXT.replace("常德市", "池州市")
NOT_CHINESE = "a note about the weather"


class Pool:
    """Reads in this process, and remembers what."""

    read: ClassVar[list[str]] = []
    fails_after: ClassVar[int | None] = None
    extract: ClassVar[Callable[[tuple[Path, str]], Iterator[Outcome]]] = staticmethod(extract_file)

    def __init__(self, size: int, limits: object) -> None: ...

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None: ...

    def read_each(self, files: Sequence[tuple[Path, str]]) -> Iterator[list[Outcome]]:
        for file in files:
            if Pool.fails_after is not None and len(Pool.read) >= Pool.fails_after:
                raise KeyboardInterrupt
            Pool.read.append(file[1])
            yield list(Pool.extract(file))


@pytest.fixture(autouse=True)
def pool(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "Pool", Pool)
    Pool.read, Pool.fails_after = [], None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    for name, text in (("a.txt", TEXT), ("b.txt", OTHER), ("note.txt", NOT_CHINESE)):
        (made / name).write_text(text, "utf-8")
    (made / "c.zip").write_bytes(to_zip({"in/x.txt": THIRD.encode(), "in/y.txt": (OTHER + "\n").encode()}))
    return made


Ingest = Callable[..., Report]


@pytest.fixture
def ingest(folder: Path, tmp_path: Path) -> Ingest:
    def ingested(*paths: Path, prune: bool = False) -> Report:
        Pool.read = []
        order = Order(paths or (folder,), str(tmp_path / "s.lbug"), prune=prune)
        return bring(order, find(order.paths), Voice())

    return ingested


def told(report: Report) -> list[tuple[str, str]]:
    return [(line.path.partition("/docs/")[2], line.outcome) for line in report.lines]


def graph(tmp_path: Path) -> str:
    with open_store(tmp_path / "s.lbug") as store:
        return "".join(export_lines(store))


def rebuilt(folder: Path, tmp_path: Path) -> str:
    """The graph of what the folder holds now, made in one go."""
    outcomes = [outcome for file in find([folder]).files for outcome in extract_file(file)]
    with open_store(tmp_path / "rebuilt.lbug") as store:
        load(store, [outcome.record for outcome in outcomes if outcome.record])
        text = "".join(export_lines(store))
    (tmp_path / "rebuilt.lbug").unlink()
    return text


FIRST = [
    ("a.txt", "loaded"), ("b.txt", "loaded"), ("c.zip/in/x.txt", "loaded"), ("c.zip/in/y.txt", "loaded"), ("note.txt", "skipped"),
]  # fmt: skip
AGAIN = [("a.txt", "unchanged"), ("b.txt", "unchanged"), ("c.zip", "unchanged"), ("note.txt", "skipped")]


def test_nothing_is_read_again_that_did_not_change(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    first = ingest()
    assert (told(first), first.revision, first.changed) == (FIRST, 1, True)
    before = graph(tmp_path)
    assert before == rebuilt(folder, tmp_path)
    second = ingest()
    assert (told(second), second.revision, second.changed) == (AGAIN, 1, False)
    assert (Pool.read, graph(tmp_path)) == ([], before)
    assert second.lines[-1].reason == "not a Chinese document"
    assert ingest(folder / "b.txt").revision == 1


def test_a_file_that_was_only_touched_is_not_read(ingest: Ingest, folder: Path) -> None:
    ingest()
    for name in ("a.txt", "c.zip", "note.txt"):
        os.utime(folder / name, (1, 1))
    again = ingest()
    assert (told(again), again.revision, Pool.read) == (AGAIN, 1, [])


def test_a_changed_file_of_the_same_size_and_name_replaces_its_part(
    ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    ingest()
    (folder / "a.txt").write_text(TEXT.replace("绿色园区", "智慧园区"), "utf-8")
    again = ingest()
    assert told(again) == [("a.txt", "loaded"), *AGAIN[1:]]
    assert (Pool.read, again.revision) == (["a.txt"], 2)
    assert graph(tmp_path) == rebuilt(folder, tmp_path)


def test_a_change_within_a_tick_of_the_clock_is_noticed(ingest: Ingest, folder: Path) -> None:
    ingest()
    before = (folder / "a.txt").stat()
    (folder / "a.txt").write_text(TEXT.replace("绿色园区", "智慧园区"), "utf-8")
    os.utime(folder / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert told(ingest()) == [("a.txt", "loaded"), *AGAIN[1:]]


def test_an_old_file_that_looks_the_same_is_not_even_opened(
    ingest: Ingest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.iterdir():
        os.utime(path, (1, 1))
    ingest()
    monkeypatch.setattr("api.keeping.survey.stamp_of", None)
    assert told(ingest()) == AGAIN


def test_another_edition_of_the_readers_reads_all_again(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest()
    for module in ("api.keeping.survey", "ingest.stamp"):
        monkeypatch.setattr(f"{module}.edition", lambda: "another")
    assert told(ingest()) == FIRST
    assert sorted(Pool.read) == ["a.txt", "b.txt", "c.zip", "note.txt"]
    assert told(ingest()) == AGAIN


def test_what_is_gone_is_named_and_goes_when_asked_for(
    ingest: Ingest, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest()
    (folder / "a.txt").unlink()
    (folder / "c.zip").unlink()
    before, gone = graph(tmp_path), ["a.txt", "c.zip/in/x.txt", "c.zip/in/y.txt"]
    capsys.readouterr()
    for _ in range(2):
        report = ingest()
        assert [name for name, outcome in told(report) if outcome == "gone"] == gone
        assert (report.changed, graph(tmp_path)) == (False, before)
    assert [line.partition("/docs/")[2] for line in capsys.readouterr().out.splitlines()] == [
        f"{name}: its file is gone" for name in gone * 2
    ]
    report = ingest(prune=True)
    assert [name for name, outcome in told(report) if outcome == "removed"] == gone
    assert (report.revision, Pool.read) == (2, [])
    assert graph(tmp_path) == rebuilt(folder, tmp_path)
    assert "gone" not in dict(map(reversed, told(ingest())))  # type: ignore[arg-type]


def test_pruning_keeps_what_lies_elsewhere_or_is_only_passed_over(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "docs2"
    elsewhere.mkdir()
    (elsewhere / "z.txt").write_text(THIRD + "\n\n", "utf-8")
    (folder / "plan").write_text(THIRD + "\n", "utf-8")  # no suffix: read only when it is named
    ingest(folder, elsewhere, folder / "plan")
    (elsewhere / "z.txt").unlink()
    assert told(ingest(prune=True)) == AGAIN
    (elsewhere / "y.txt").write_text(NOT_CHINESE)
    assert [line.outcome for line in ingest(elsewhere, prune=True).lines] == ["skipped", "removed"]


def test_what_cannot_be_looked_at_is_not_gone(ingest: Ingest, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "deep").mkdir()
    (folder / "a.txt").rename(folder / "deep" / "a.txt")
    ingest()
    shutil.rmtree(folder / "deep")
    (folder / "deep").symlink_to(folder.parent)
    report = ingest(prune=True)
    assert told(report) == [*AGAIN[1:3], ("deep", "skipped"), AGAIN[3]]
    assert report.lines[2].reason == "a symbolic link out of the folder: not followed"


def test_an_empty_folder_takes_nothing_out(folder: Path, tmp_path: Path, ingest: Ingest) -> None:
    from api import documents

    ingest()
    shutil.rmtree(folder)
    folder.mkdir()
    with pytest.raises(Failure, match="no documents found"):
        documents.found_in([folder])


def test_a_moved_file_keeps_its_document_and_loses_its_old_place(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    ingest()
    (folder / "2024").mkdir()
    (folder / "a.txt").rename(folder / "2024" / "新.txt")
    report = ingest()
    assert told(report) == [("2024/新.txt", "moved"), *AGAIN[1:]]
    assert report.lines[0].was == str(folder / "a.txt")
    assert graph(tmp_path) == rebuilt(folder, tmp_path)
    assert told(ingest()) == [("2024/新.txt", "unchanged"), *AGAIN[1:]]


def test_a_copy_is_not_moved(ingest: Ingest, folder: Path) -> None:
    ingest()
    shutil.copy(folder / "a.txt", folder / "a2.txt")
    assert ("a2.txt", "loaded") in told(ingest())
    (folder / "a.txt").unlink()
    assert told(ingest(prune=True))[:2] == [("a.txt", "removed"), ("a2.txt", "unchanged")]


def test_a_member_that_vanished_goes_with_its_file(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    ingest()
    (folder / "c.zip").write_bytes(to_zip({"in/x.txt": THIRD.encode(), "in/z.txt": (TEXT + "\n\n").encode()}))
    report = ingest()
    assert told(report)[2:5] == [
        ("c.zip/in/x.txt", "loaded"),
        ("c.zip/in/y.txt", "removed"),
        ("c.zip/in/z.txt", "loaded"),
    ]
    assert report.lines[3].reason == "no longer in its file"
    assert graph(tmp_path) == rebuilt(folder, tmp_path)


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"PK\x03\x04 cut off", "c.zip", "a damaged zip archive; what was loaded from it before stays"),
        (to_zip({"in/x.txt": NOT_CHINESE.encode(), "in/y.txt": (OTHER + "\n").encode()}), "c.zip/in/x.txt",
         "not a Chinese document; what was loaded from it before stays"),
    ],
    ids=["cut off", "a member"],
)  # fmt: skip
def test_a_file_that_can_no_longer_be_read_takes_nothing_out(
    data: bytes, name: str, reason: str, ingest: Ingest, folder: Path, tmp_path: Path
) -> None:
    ingest()
    before = graph(tmp_path)
    (folder / "c.zip").write_bytes(data)
    for _ in range(2):
        report = ingest(prune=True)
        skipped = {line.path.partition("/docs/")[2]: line.reason for line in report.lines if line.outcome == "skipped"}
        assert (skipped.get(name), graph(tmp_path)) == (reason, before)


def test_an_interrupted_run_goes_on_where_it_was(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    Pool.fails_after = 2
    with pytest.raises(KeyboardInterrupt):
        ingest()
    assert Pool.read == ["a.txt", "b.txt"]
    with open_store(tmp_path / "s.lbug") as store:
        assert store.revision() == 0
    Pool.fails_after = None
    report = ingest()
    assert (told(report), report.revision, Pool.read) == (FIRST, 1, ["c.zip", "note.txt"])
    assert graph(tmp_path) == rebuilt(folder, tmp_path)


def test_what_was_read_and_not_loaded_is_not_read_again(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(run, "load", full)
        with pytest.raises(StoreError):
            ingest()
    report = ingest()
    assert (told(report), Pool.read) == (FIRST, [])


def test_one_record_that_contradicts_itself_does_not_spoil_the_others(
    ingest: Ingest, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def odd(file: tuple[Path, str]) -> Iterator[Outcome]:
        for outcome in extract_file(file):
            if outcome.source == "a.txt" and outcome.record:
                duties = tuple(each.model_copy(update={"task": "9.9"}) for each in outcome.record.responsibilities)
                assert duties
                outcome = outcome._replace(record=outcome.record.model_copy(update={"responsibilities": duties}))
            yield outcome

    monkeypatch.setattr(Pool, "extract", odd)
    report = ingest()
    assert told(report) == [("a.txt", "skipped"), *FIRST[1:]]
    assert "names task 9.9: no such task" in (report.lines[0].reason or "")
    assert "names task 9.9" in capsys.readouterr().err
    (folder / "a.txt").unlink()
    assert graph(tmp_path) == rebuilt(folder, tmp_path)


def test_a_fault_that_is_no_records_is_raised(ingest: Ingest, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RecordError("something else")

    monkeypatch.setattr(run, "load", refuse)
    with pytest.raises(RecordError):
        ingest()


def test_a_file_that_changes_while_it_is_read_is_read_again(
    ingest: Ingest, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touching(file: tuple[Path, str]) -> Iterator[Outcome]:
        outcomes = list(extract_file(file))
        if file[1] == "a.txt":
            file[0].write_text(OTHER + "\n\n\n", "utf-8")
        yield from outcomes

    with monkeypatch.context() as patch:
        patch.setattr(Pool, "extract", touching)
        ingest()
    ingest()
    assert Pool.read == ["a.txt"]
    assert graph(tmp_path) == rebuilt(folder, tmp_path)


def test_what_is_foreseen_is_what_happens(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    order = Order((folder,), str(tmp_path / "s.lbug"), prune=True)
    report, revision = foresee_all(order, find(order.paths), Voice())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs"]
    assert revision
    assert (told(report), revision.nodes["added"]["Document"]) == (FIRST, 4)
    ingest()
    assert foresee_all(order, find(order.paths), Voice())[1] is None
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text(OTHER.replace("绿色园区", "智慧园区"), "utf-8")
    before = graph(tmp_path)
    report, revision = foresee_all(order, find(order.paths), Voice())
    assert (told(report)[:2], report.revision) == ([("a.txt", "removed"), ("b.txt", "loaded")], 1)
    assert graph(tmp_path) == before
    ingest(prune=True)
    with open_store(tmp_path / "s.lbug") as store:
        from graph.recent import recent

        (happened,) = recent(store, 1)
    assert revision
    assert (revision.nodes, revision.edges, revision.policies) == (happened.nodes, happened.edges, happened.policies)
    assert {change.op for change in revision.policies} >= {"removed"}


def test_what_is_kept_comes_back_as_it_was_or_not_at_all(folder: Path, tmp_path: Path) -> None:
    outcomes = list(extract_file((folder / "c.zip", "c.zip"))) + list(extract_file((folder / "note.txt", "note.txt")))
    stamp = stamp_of(folder / "c.zip")
    assert stamp
    assert Stamp.of(str(stamp)) == stamp
    with Kept(tmp_path / "k", "60 s") as kept:
        kept.put(str(folder / "c.zip"), "c.zip", stamp, outcomes)
        assert (kept.stamp(str(folder / "c.zip"), "c.zip"), kept.get(str(folder / "c.zip"), "c.zip")) == (
            stamp,
            outcomes,
        )
        assert kept.get(str(folder / "c.zip"), "docs/c.zip") is None
    with Kept(tmp_path / "k", "5 s") as other:
        assert other.get(str(folder / "c.zip"), "c.zip") is None
    (tmp_path / "k").write_bytes(b"damaged" * 999)
    with Kept(tmp_path / "k", "60 s") as kept:
        assert kept.get(str(folder / "c.zip"), "c.zip") is None
        kept.put(str(folder / "c.zip"), "c.zip", stamp, outcomes)
        assert (kept.stamp(str(folder / "c.zip"), "c.zip"), kept.get(str(folder / "c.zip"), "c.zip")) == (
            stamp,
            outcomes,
        )
        kept.drop([str(folder / "c.zip")])
    assert not (tmp_path / "k").exists()
    with Kept(tmp_path / "absent" / "k", "60 s") as none:
        none.put("a", "a", stamp, outcomes)
        assert none.get("a", "a") is None


def test_only_what_is_not_in_the_graph_stays_kept(ingest: Ingest, folder: Path, tmp_path: Path) -> None:
    ingest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "s.lbug", "s.lbug.reading"]  # of note.txt
    assert TITLE.split("\n", maxsplit=1)[0].encode() not in (tmp_path / "s.lbug.reading").read_bytes()
    assert (tmp_path / "s.lbug.reading").stat().st_size <= 4 * 4096
    (folder / "note.txt").unlink()
    ingest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["docs", "s.lbug"]


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("a/b.lbug", "a/b.lbug.reading"),
        ("ladybug:/x/b.lbug", "/x/b.lbug.reading"),
        ("neo4j://host", "{cache}/parkgraph/"),
    ],
)
def test_where_what_was_read_is_kept(
    store: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert str(place_for(store)).startswith(expected.format(cache=tmp_path))
    assert place_for("neo4j://host") != place_for("neo4j://other")


def test_the_edition_follows_the_readers_and_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    before = edition()
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: read(self) + b" " * (self.name == "header.yml"))
    edition.cache_clear()
    assert edition() != before
    monkeypatch.undo()
    edition.cache_clear()
    assert edition() == before


def test_a_report_as_json(ingest: Ingest, tmp_path: Path) -> None:
    ingest().write(tmp_path / "deep" / "r.json")
    data: Any = json.loads((tmp_path / "deep" / "r.json").read_text("utf-8"))
    assert (data["revision"], data["changed"], data["counts"]) == (1, True, {"loaded": 4, "skipped": 1})
    assert data["files"][-1] == {
        "path": str(tmp_path / "docs" / "note.txt"),
        "outcome": "skipped",
        "reason": "not a Chinese document",
    }
    assert set(data["files"][0]) == {"path", "outcome", "document", "policy"}


def test_the_same_is_said_once_while_it_lasts(capsys: pytest.CaptureFixture[str]) -> None:
    voice = Once()
    for lines in (["a", "b"], ["a", "b"], ["a"], ["a", "b"]):
        voice.next_round()
        for line in lines:
            voice.line(line)
            voice.problem(Path(line), "is bad")
    shown = capsys.readouterr()
    assert (shown.out.split(), shown.err.count("a: is bad"), shown.err.count("b: is bad")) == (["a", "b", "b"], 1, 2)
