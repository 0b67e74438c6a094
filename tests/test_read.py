"""Files as users have them: what kind they are, which are found in folders, and readers that do not come back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.formats.given import Given
from ingest.formats.office import read as read_office
from ingest.formats.sniff import OLE, kind_of
from ingest.pipeline import extract_many, find_files
from ingest.read import ReadError, Unread, read_document, read_documents
from ingest.records import Cell, Document, PageMark, cell_of, page_of
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
        found = list(extract_many(find_files([tmp_path]), workers))
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


def test_a_reader_that_does_not_come_back_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "<html><p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">园区"
    (tmp_path / "a.html").write_text(endless, "utf-8")
    (tmp_path / "b.html").write_bytes(to_html(["推进园区绿色发展，完善基础设施，优化营商环境。"]))
    monkeypatch.setenv("PARKGRAPH_READ_SECONDS", "3")
    began = time.monotonic()
    with pytest.raises(ReadError, match="takes longer than 3 seconds"):
        read_document(tmp_path / "a.html", "a.html")
    assert time.monotonic() - began < 8
    assert read_document(tmp_path / "b.html", "b.html").text.startswith("推进园区绿色发展")  # the next file is read


def test_a_reader_that_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.formats import apart

    (tmp_path / "a.html").write_bytes(to_html(["推进园区发展"]))
    assert read_document(tmp_path / "a.html", "a.html").source == "a.html"
    send = apart.Servant.ask

    def killed(self: apart.Servant, *arguments: object) -> object:
        self.process.kill()
        return send(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(apart.Servant, "ask", killed)
    with pytest.raises(ReadError, match="crashes its reader"):
        read_document(tmp_path / "a.html", "a.html")
    monkeypatch.undo()
    assert read_document(tmp_path / "a.html", "a.html").source == "a.html"


def test_half_of_what_a_file_holds_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(to_zip({f"{number}.txt": b"\xe5\x9b\xad" * 9 for number in range(9)}))
    for _ in range(2):  # a second reading does not get answers of the first
        parts = read_documents(tmp_path / "a.zip", "a.zip")
        assert next(parts).source == "a.zip/0.txt"
        parts.close()  # type: ignore[attr-defined]
    assert len([part for part in read_documents(tmp_path / "a.zip", "a.zip") if not isinstance(part, Unread)]) == 9


def test_a_file_of_several_documents_is_not_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(to_zip({"1.txt": "园".encode(), "2.txt": "区".encode()}))
    with pytest.raises(ReadError, match="holds 2 documents"):
        read_document(tmp_path / "a.zip", "a.zip")


def test_text_needs_none_of_the_readers() -> None:
    code = "import sys, ingest.pipeline; print([m for m in ('lxml', 'pypdfium2', 'ingest.formats.apart') if m in sys.modules])"
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
