"""Any bytes into any reader give documents or a reason, nothing else; any text gives a record whose quotes stand in it.

PARKGRAPH_FUZZ=100 looks a hundred times as long. What fuzzing with coverage (atheris) has found is kept in data/fuzz.
"""

from __future__ import annotations

import io
import os
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.formats.given import Given, Part, ReadError, Unread
from ingest.formats.kinds import READERS, read, reader_of
from ingest.pipeline import extract
from ingest.records import Document, Record
from tests.formats_made import paragraphs, to_docx, to_eml, to_html, to_jsonl, to_ofd, to_pdf, to_zip

FOUND = sorted((Path(__file__).parent / "data" / "fuzz").iterdir())
SAMPLE = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))[0].read_text("utf-8-sig")
LINES = [
    "某市园区提质行动方案",
    "一、总体要求",
    "（一）推进绿色工厂建设。到2025年，亩均税收达到15万元/亩。（责任单位：市工信局、市生态环境局）",
]
TIMES = int(os.environ.get("PARKGRAPH_FUZZ", "1"))


def examples(number: int) -> settings:
    """So many, or more if asked for; slow machines are not what is looked for."""
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(max_examples=number * TIMES, deadline=None, suppress_health_check=quiet, database=None)


@cache
def seed(kind: str) -> bytes:
    """A small file of a kind; archives are not packed, so that a change of a byte is one of a text."""
    made = {
        "text": lambda: "\n".join(LINES).encode(),
        "html": lambda: to_html(LINES) + b'<table><tr><td rowspan="2" colspan=2>1</td></tr></table>',
        "pdf": lambda: to_pdf(LINES),
        "docx": lambda: unpacked(to_docx(LINES), "word/document.xml", "[Content_Types].xml"),
        "ofd": lambda: unpacked(to_ofd(LINES)),
        "eml": lambda: to_eml("\n".join(LINES), {"a.txt": LINES[2].encode()}, html="<p>x</p>"),
        "zip": lambda: unpacked(to_zip({"a.txt": LINES[2].encode(), "b/c.html": to_html(LINES)})),
        "jsonl": lambda: to_jsonl([{"url": "https://example.org/1", "text": "\n".join(LINES), "published": 20200101}]),
    }
    return made[kind]()


def unpacked(data: bytes, *only: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in only or source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def checked(part: Part) -> None:
    """A document is text that can be written down, and its marks lie in it; a reason is one line."""
    if isinstance(part, Unread):
        assert part.reason
        assert "\n" not in part.reason + part.source
        return
    assert isinstance(part, Document)
    part.text.encode()
    places = [mark.start for mark in part.pages]
    assert places == sorted(places)
    assert all(0 <= place <= len(part.text) for place in places)
    assert all(0 <= cell.start <= cell.end <= len(part.text) for cell in part.cells)


def read_all(data: bytes, name: str) -> None:
    try:
        for part in read(Given(data, name)):
            checked(part)
    except ReadError as error:
        checked(Unread(name, str(error)))


NAMES = st.sampled_from([f"a.{kind}" for kind in ("txt", "html", "pdf", "docx", "ofd", "eml", "zip", "jsonl", "x")])


@examples(200)
@given(st.binary(max_size=600), NAMES)
def test_any_bytes(data: bytes, name: str) -> None:
    read_all(data, name)


MARKS = [b"%PDF-1.4\n", b"PK\x03\x04", b'{"text": "', b"<html>", b"From: a\r\nTo: b\r\n", b"\xff\xfe"]


@examples(100)
@given(st.sampled_from(MARKS), st.binary(max_size=300), NAMES)
def test_any_bytes_behind_a_mark(mark: bytes, data: bytes, name: str) -> None:
    read_all(mark + data, name)


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> bytes:
    """The seed of a kind with a few pieces replaced, put in, taken out or said again."""
    data = bytearray(seed(kind))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 30)))
        piece = draw(st.one_of(st.binary(max_size=12), st.just(bytes(data[start:end]) * 3), st.sampled_from(PIECES)))
        data[start:end] = piece
    return bytes(data)


PIECES = [
    b"",
    b"\x00",
    b"\xff\xff\xff\xff",
    b"-1",
    b"99999999999",
    b"&#1;",
    b"\\ud800",
    b"<",
    b">",
    b'"',
    b"%00",
    b"../",
]


@pytest.mark.parametrize("kind", sorted(kind for kind in READERS if kind not in ("doc", "odf", "rtf")))
def test_files_that_are_nearly_right(kind: str) -> None:
    assert type(next(read(Given(seed(kind), f"a.{kind}")))) is Document

    @examples(60)
    @given(mutated(kind))
    def run(data: bytes) -> None:
        read_all(data, f"a.{kind}")

    run()


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_what_was_found_is_read_past_the_damage(path: Path) -> None:
    """Not only refused: what stands beside the damage comes out. The reader itself says so, not the net around all."""
    kind = path.suffix.lstrip(".")
    parts = list(reader_of(kind)(Given(path.read_bytes(), path.name)))
    assert parts
    for part in parts:
        checked(part)
    if kind != "zip":
        assert isinstance(parts[0], Document)


def quotes(record: Record) -> list[tuple[int, int, str]]:
    rows = (
        record.tasks, record.responsibilities, record.targets, record.parks, record.park_industries,
        record.references, record.unresolved,
    )  # fmt: skip
    return [(row.evidence.start, row.evidence.end, row.evidence.quote) for each in rows for row in each]


def true_of(text: str) -> int:
    """How many quotes a text gives; each stands where its offsets say."""
    try:
        record = extract(Document(sha256="0" * 64, source="a.txt", media_type="text/plain", text=text))
    except ReadError as error:
        checked(Unread("a.txt", str(error)))
        return 0
    found = quotes(record)
    assert [quote for start, end, quote in found if text[start:end] != quote or start < 0] == []
    return len(found)


def test_the_sample_has_quotes() -> None:
    assert true_of(SAMPLE) > 100


WORDS = [
    "一、", "（一）", "1.", "（1）", "第一条", "第一章", "是", "\n", "\n\n", "　　", "。", "；", "，", "、", "：", "（", "）", "《", "》", "〔2022〕5号",
    "市工信局", "市生态环境局", "各县区人民政府", "牵头", "配合", "负责", "责任单位：", "园区", "高新区", "到2025年", "达到", "15万元/亩", "50%",
    "以上", "亩均税收", "增长", "10", "新能源", "产业", "绿色工厂", "根据", "同时废止", "附件：", "方案", "关于印发", "的通知", "常德市", "2022年2月7日",
    "\t", "\r", "\u200b", "\u202e", "\x00", "\U0001f600", "é", "e\u0301", "\ufeff", "\u2028", "\x85", "１", "％",
]  # fmt: skip


@examples(120)
@given(st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=5)), max_size=60))
def test_any_text_gives_true_offsets(words: list[str]) -> None:
    true_of("某市园区提质行动方案\n一、推进园区发展\n" + "".join(words))


@examples(15)
@given(st.data())
def test_a_real_text_with_pieces_moved(data: st.DataObject) -> None:
    lines = paragraphs(SAMPLE)[:60]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][cut:] + data.draw(st.sampled_from(WORDS)) + lines[at][:cut]
    true_of("\n".join(lines))
