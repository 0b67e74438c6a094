"""Files as users have them: what kind they are, which are found in folders, and readers that do not come back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.files import find, find_files
from ingest.formats.given import Given
from ingest.formats.office import read as read_office
from ingest.formats.sniff import OLE, kind_of
from ingest.pipeline import extract
from ingest.pool import Pool
from ingest.read import ReadError, Unread, read_document, read_documents
from ingest.records import Cell, Document, PageMark, cell_of, page_of
from ingest.worker import Limits
from tests.formats_made import paragraphs, to_docx, to_html, to_ofd, to_pdf, to_zip
from tests.test_cli import parkgraph

SAMPLE = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))[0]
LINES = paragraphs(SAMPLE.read_text("utf-8-sig"))


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        ("推进园区".encode(), "a.txt", "text"),
        ("推进园区".encode("gbk"), "a", "text"),
        ("1 < 2，<园区>".encode(), "a.txt", "text"),
        (b"  <!DOCTYPE HTML><html>", "a.txt", "html"),
        (b"\xef\xbb\xbf<!-- x -->\n<html>", "a.doc", "html"),
        ("<html><p>园区".encode("utf-16"), "a.txt", "html"),
        ("推进园区".encode(), "a.html", "text"),
        (b"<p>x</p>", "a.html", "html"),
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"junk\n%PDF-1.4", "a.doc", "pdf"),
        (b"PK\x03\x04", "a.pdf", None),
        (OLE, "a.docx", "doc"),
        (OLE, "a.txt", "doc"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (b"\xff\xd8\xff\xe0", "a.pdf", "picture"),
        (b"Rar!\x1a\x07\x00", "a.zip", "packed"),
        (b"From: a@b\r\nSubject: x\r\n\r\n", "a.txt", "eml"),
        (b"From: me\nto you", "a.txt", "text"),
        (b'{"text": "x"}', "a.jsonl", "jsonl"),
        (b'{"text": "x"}', "a.txt", "text"),
        (b"\x00\x01\x02\x03", "a.pdf", "broken"),
        (b"BMW " * 9, "a.txt", "text"),
    ],
)
def test_what_bytes_say_counts_before_the_name(data: bytes, name: str, kind: str | None) -> None:
    if kind is None:
        with pytest.raises(ReadError, match="damaged zip"):
            kind_of(data, name)
    else:
        assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("word/document.xml", "docx"),
        ("OFD.xml", "ofd"),
        ("xl/workbook.xml", "sheet"),
        ("ppt/presentation.xml", "slides"),
        ("方案.txt", "zip"),
    ],
)
def test_which_zip_it_is(inside: str, kind: str) -> None:
    assert kind_of(to_zip({inside: b"x"}), "a.doc") == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "scan.pdf", "needs OCR: it is a picture"),
        (b"Rar!\x1a\x07\x00", "a.zip", "unpack it first"),
        (to_zip({"xl/workbook.xml": b"x"}), "a.docx", "a spreadsheet"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (OLE + b"x" * 100, "a.doc", "no text document"),
        (bytes(200), "a.docx", "damaged, or not of the format that its name says"),
        (b"", "a.pdf", "the file is empty"),
    ],
    ids=lambda value: "data" if isinstance(value, bytes) else None,  # the bytes of a zip hold the time
)
def test_reasons(data: bytes, name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=words):
        read_document(tmp_path / name, name)


def test_legacy_files_name_the_way_out_where_no_reader_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for name, kind in (("a.doc", "legacy DOC"), ("a.wps", "WPS")):
        with pytest.raises(ReadError, match=f"a {kind} file: save it as DOCX"):
            list(read_office(Given(OLE + "WordDocument".encode("utf-16-le"), name)))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice (soffice) on the PATH")
def test_legacy_files_are_converted_by_libreoffice_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(to_docx(LINES))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.copy(tmp_path / "a.doc", tmp_path / "b.wps")
    found = read_document(tmp_path / "b.wps", "b.wps")
    assert paragraphs(found.text) == LINES


def test_which_files_of_a_folder_are_documents(tmp_path: Path) -> None:
    wanted = ["a.txt", "b/c.PDF", "b/d.docx", "e.html", "f.ofd", "g.zip", "h.eml", "i.jsonl", "j.doc", "k.wps"]
    for name in [
        *wanted,
        "~$d.docx",
        ".DS_Store",
        ".hidden.txt",
        ".git/x.txt",
        "x.exe",
        "y.jpg",
        "noending",
        "z.txt/inner.md",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert [name for _, name in find_files([tmp_path])] == sorted(wanted)
    assert [name for _, name in find_files([tmp_path / "noending"])] == ["noending"]  # what is named is read


def test_outcomes_of_one_file_are_one_for_each_document_in_it(tmp_path: Path) -> None:
    archive = to_zip(
        {
            "甲.docx": to_docx(LINES),
            "乙.txt": "今天天气很好，我们一起去公园里散步，大家都很开心。".encode(),
            "丙.pdf": b"%PDF-x",
        }
    )
    (tmp_path / "a.zip").write_bytes(archive)
    (tmp_path / "b.html").write_bytes(to_html(LINES))
    for workers in (1, 2):
        with Pool(workers) as several:
            found = list(several.read_all(find_files([tmp_path])))
        assert [(each.path, each.source, each.record is None) for each in found] == [
            (tmp_path / "a.zip/丙.pdf", "a.zip/丙.pdf", True),
            (tmp_path / "a.zip/乙.txt", "a.zip/乙.txt", True),
            (tmp_path / "a.zip/甲.docx", "a.zip/甲.docx", False),
            (tmp_path / "b.html", "b.html", False),
        ]
        assert "no policy document" in (found[1].problem or "")


def test_a_name_on_disk_stays_one_line(tmp_path: Path) -> None:
    (tmp_path / "甲\n乙\x1b[2J.pdf").write_bytes(b"%PDF-")
    done = parkgraph("extract", tmp_path, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.stderr == f"parkgraph: {tmp_path}/甲?乙?[2J.pdf: a damaged PDF file\n"


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes")
def test_names_that_cannot_be_shown_are_written_otherwise_and_stay_different(tmp_path: Path) -> None:
    for name in (
        b"a\nb.txt",
        b"a\tb.txt",
        b"\xb7\xbd.txt",
        b"\xb7\xbe.txt",
        "\u202eb.txt".encode(),
        "方案.txt".encode(),
    ):
        Path(os.fsdecode(bytes(tmp_path) + b"/" + name)).write_bytes(SAMPLE.read_bytes())
    names = [name for _, name in find_files([tmp_path])]
    assert sorted(names) == sorted(
        ["a\\u000ab.txt", "a\\u0009b.txt", "\\xb7\\xbd.txt", "\\xb7\\xbe.txt", "\\u202eb.txt", "方案.txt"]
    )
    done = parkgraph("ingest", tmp_path, "--store", tmp_path / "s.lbug", "--report", tmp_path / "r.json", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert [Path(line["path"]).name for line in told["files"]] == sorted(names)


def test_links_out_of_a_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for each in (folder / "in", outside):
        each.mkdir(parents=True)
        (each / "a.txt").write_text("园区", "utf-8")
    (folder / "b.txt").symlink_to(outside / "a.txt")
    (folder / "c").symlink_to(outside)
    (folder / "d.txt").symlink_to(folder / "in" / "a.txt")
    (folder / "e").symlink_to(folder)
    (folder / "f.txt").symlink_to(folder / "nothing.txt")
    found = find([folder])
    assert [name for _, name in found.files] == ["d.txt", "in/a.txt"]
    reason = "a symbolic link out of the folder: not followed"
    assert [(left.source, left.problem) for left in found.left] == [("b.txt", reason), ("c", reason)]
    assert [name for _, name in find_files([folder / "b.txt", folder / "c"])] == ["b.txt", "a.txt"]  # named by the user


@pytest.mark.skipif(os.geteuid() == 0, reason="root may list everything")
def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.txt").write_text("园区", "utf-8")
    (tmp_path / "shut").chmod(0)
    found = find([tmp_path])
    assert ([name for _, name in found.files], [left.source for left in found.left]) == (["a.txt"], ["shut"])


def test_a_file_that_is_given_twice_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "a.txt").write_text("园区", "utf-8")
    assert len(find_files([Path("b"), Path("b/a.txt"), tmp_path / "b/../b/a.txt"])) == 1


def test_the_commands_take_every_format(tmp_path: Path) -> None:
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "plan.docx").write_bytes(to_docx(LINES))
    (folder / "plan.pdf").write_bytes(to_pdf(LINES))
    (folder / "page.html").write_bytes(to_html(LINES))
    (folder / "a.zip").write_bytes(to_zip({"x/plan.ofd": to_ofd(LINES), "bad.pdf": b"%PDF-"}))
    done = parkgraph("extract", folder, "--out", "records", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "4 records written to records; 1 skipped\n")
    assert done.stderr == f"parkgraph: {folder}/a.zip/bad.pdf: a damaged PDF file\n"
    written = sorted(
        path.relative_to(tmp_path / "records").as_posix() for path in (tmp_path / "records").rglob("*.json")
    )
    assert written == ["a.zip/x/plan.ofd.json", "page.json", "plan.docx.json", "plan.pdf.json"]
    records = [json.loads((tmp_path / "records" / name).read_text("utf-8")) for name in written]
    assert len({json.dumps(record["policy"]["title"]) for record in records}) == 1
    done = parkgraph("ingest", folder, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "4 documents loaded into parkgraph.lbug: revision 1; 1 skipped\n")
    again = parkgraph("ingest", folder, cwd=tmp_path)
    assert "nothing new, still revision 1" in again.stdout
    assert "no problems" in parkgraph("check", cwd=tmp_path).stdout


ENDLESS = ("<html><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">园区").encode()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(1, Limits(seconds=3)) as opened:
        yield opened


def test_a_reader_that_does_not_come_back_is_ended(pool: Pool) -> None:
    good = to_html(LINES)
    began = time.monotonic()
    found = list(pool.read_all([(good, "a.html"), (ENDLESS, "b.html"), (good, "c.html")]))
    assert [(each.source, each.problem, each.cut) for each in found] == [
        ("a.html", None, False),
        ("b.html", "took longer than 3 s", True),
        ("c.html", None, False),
    ]
    assert time.monotonic() - began < 30


def test_what_came_before_a_member_that_does_not_come_back_is_kept(pool: Pool) -> None:
    given = to_zip({"a.docx": to_docx(LINES), "b.html": ENDLESS, "c.docx": to_docx(LINES)})
    assert [(each.source, each.problem, each.cut) for each in pool.read((given, "x.zip"))] == [
        ("x.zip/a.docx", None, False),
        ("x.zip", "took longer than 3 s", True),
    ]


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx", "a.ofd", "a.zip"])
def test_every_format_is_read_within_a_third_of_the_memory_of_a_worker(name: str) -> None:
    made = {"a.html": to_html, "a.pdf": to_pdf, "a.docx": to_docx, "a.ofd": to_ofd}
    data = made[name](LINES) if name in made else to_zip({"x.docx": to_docx(LINES), "y.pdf": to_pdf(LINES)})
    with Pool(1, Limits(megabytes=Limits.megabytes // 3)) as small:
        assert {(each.problem, each.record is None) for each in small.read((data, name))} == {(None, False)}


def test_a_reader_without_memory_ends_its_worker(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html><p>" + "园区".encode() * 8_000_000)
    with Pool(1, Limits(megabytes=350)) as small:
        (found,) = small.read((tmp_path / "a.html", "a.html"))
        (after,) = small.read((to_html(LINES), "b.html"))
    assert (found.problem, after.problem) == ("needed more than 350 MB", None)


def test_a_fault_in_one_member_does_not_spoil_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(document: Document) -> object:
        if document.source.endswith("b.html"):
            raise RecursionError
        return extract(document)

    monkeypatch.setattr(pipeline, "extract", faulty)
    given = to_zip({name: to_html(LINES) for name in ("a.html", "b.html", "c.html")})
    assert [(each.source, each.problem, each.cut) for each in pipeline.extract_file((given, "x.zip"))] == [
        ("x.zip/a.html", None, False),
        ("x.zip/b.html", "crashed the reader (RecursionError)", False),
        ("x.zip/c.html", None, False),
    ]


def test_half_of_what_a_file_holds_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(to_zip({f"{number}.txt": b"\xe5\x9b\xad" * 9 for number in range(9)}))
    parts = read_documents(tmp_path / "a.zip", "a.zip")
    assert next(parts).source == "a.zip/0.txt"
    parts.close()  # type: ignore[attr-defined]
    assert len([part for part in read_documents(tmp_path / "a.zip", "a.zip") if not isinstance(part, Unread)]) == 9


def test_a_file_of_several_documents_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(to_zip({"1.txt": "园".encode(), "2.txt": "区".encode()}))
    with pytest.raises(ReadError, match="holds 2 documents"):
        read_document(tmp_path / "a.zip", "a.zip")


def test_text_needs_none_of_the_readers() -> None:
    code = "import sys, ingest.pipeline; print([m for m in ('lxml', 'pypdfium2') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert done.stdout.strip() == "[]"


def test_marks() -> None:
    document = Document(
        sha256="0", source="a", media_type="x", text="0123456789",
        pages=(PageMark(0, 1), PageMark(4, 2), PageMark(4, 3)), cells=(Cell(2, 4, 1, 1, 1), Cell(5, 5, 1, 1, 2), Cell(6, 8, 1, 1, 3)),
    )  # fmt: skip
    assert [page_of(document, at) for at in (0, 3, 4, 9)] == [1, 1, 3, 3]
    assert [cell and cell.column for cell in (cell_of(document, at) for at in range(9))] == [
        None,
        None,
        1,
        1,
        None,
        None,
        3,
        3,
        None,
    ]
    assert Document.model_validate_json(document.model_dump_json()) == document
