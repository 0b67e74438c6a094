"""Files and texts made to hang a reader, fill the memory or reach outside: each has a clear outcome, and soon."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.formats.given import Given, Part, ReadError, Unread
from ingest.formats.kinds import read
from ingest.pipeline import extract
from ingest.pool import Pool
from ingest.records import Document
from ingest.worker import Limits
from tests.formats_made import to_docx, to_eml, to_html, to_ofd, to_zip
from tests.test_fuzz_readers import LINES, true_of, unpacked

TEXT = "\n".join(LINES)
SECRET = "不该读到的文字"


def outcome(data: bytes, name: str) -> str:
    """The texts of all documents, and the reasons for what is none."""

    def said(part: Part) -> str:
        return part.text if isinstance(part, Document) else part.reason

    try:
        return "\n".join(map(said, read(Given(data, name))))
    except ReadError as error:
        return str(error)


def pdf(*objects: str) -> bytes:
    """A PDF of objects numbered from 1, the first of which is the catalogue; its table of offsets is true."""
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + f"{end}startxref\n{len(out)}\n%%EOF".encode()


PAGE = (
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
)
FORM = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> /Length 5 >>\nstream\n/F Do\nendstream"
ENDLESS = {
    "pages that hold themselves": pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"),
    "a form that draws itself": pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE,
        "<< /Length 5 >>\nstream\n/F Do\nendstream", FORM,
    ),
    "an older version that is itself": pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"
    ),
    "a length that is itself": pdf(
        "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE,
        "<< /Length 4 0 R >>\nstream\n/F Do\nendstream", FORM,
    ),
    "a billion pages": pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", PAGE),
}  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Pool:
    with Pool(1, Limits(seconds=30, megabytes=2000)) as opened:
        yield opened


@pytest.mark.parametrize("name", ENDLESS)
def test_pdfs_without_end(name: str, pool: Pool) -> None:
    (found,) = pool.read((ENDLESS[name], "a.pdf"))
    assert found.record is None
    assert found.problem
    assert not found.problem.startswith(("took longer", "needed more", "crashed"))


DOCTYPE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{path}"><!ENTITY l "{laugh}">]>'


@pytest.mark.parametrize("kind", ["docx", "ofd", "html", "eml"])
def test_nothing_is_fetched_and_no_entity_grows(kind: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    declared = DOCTYPE.format(path=secret, laugh="&e;" * 50)
    body = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"{declared}<html><body>{body}<p>&e;&l;</p><iframe src='file://{secret}'></iframe></body></html>"
    made: dict[str, Callable[[], bytes]] = {
        "html": page.encode,
        "eml": lambda: to_eml("", {}, html=page),
        "docx": lambda: to_zip(with_entity(to_docx(LINES), "word/document.xml", declared)),
        "ofd": lambda: to_zip(with_entity(to_ofd(LINES), "Doc_0/Pages/Page_0/Content.xml", declared)),
    }
    said = outcome(made[kind](), f"a.{kind}")
    assert SECRET not in said
    assert (LINES[0] in said) if kind in ("html", "eml") else ("declares a document type or entities" in said)


def with_entity(data: bytes, name: str, declared: str) -> dict[str, bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    text = members[name].decode()
    head, _, rest = text.partition("?>")
    members[name] = f"{head}?>{declared}{rest.replace('园区', '&e;', 1)}".encode()
    return members


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<div>" * 100_000 + TEXT, "nested too deep"),
        ("<table><tr><td>" * 30_000 + TEXT, "nested too deep"),
        ("<p>" + "<b>" * 100_000 + TEXT, "nested too deep"),
        ("<p>" * 100_000 + TEXT, LINES[0]),
        ("<table>" + "<tr><td colspan=1000000 rowspan=1000000>x</td></tr>" * 50 + "</table>" + TEXT, LINES[0]),
        ("<!--" * 100_000 + TEXT, "no text"),
        ("<" * 1_000_000 + TEXT, LINES[0]),
        ("&" * 1_000_000 + TEXT, LINES[0]),
        ("<a b=" * 200_000 + TEXT, "no text"),
    ],
)
def test_pages_that_are_hard_to_parse(markup: str, said: str) -> None:
    begun = time.monotonic()
    found = outcome(f"<html><body>{markup}</body></html>".encode(), "a.html")
    assert said in found or "no text" in found
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "\\ud800某市园区方案\\udfff"}',
        '{"text": "某市\\u0000园区\\u0001方案"}',
        '{"title": "\\ud83d", "html": "<p>\\udc00某市园区方案</p>"}',
    ],
)
def test_halves_of_surrogate_pairs_and_control_characters_of_json(line: str) -> None:
    found = outcome(line.encode(), "a.jsonl")
    found.encode()
    assert "某市园区方案" in found
    assert "\x00" not in found


@pytest.mark.parametrize(
    "line", ["[" * 100_000, '{"a":' * 100_000, "1" * 100_000, '{"text": 1e999}', "{}", '{"text": ["x"]}', "\\"]
)
def test_a_line_that_is_no_document_does_not_end_the_others(line: str) -> None:
    parts = list(read(Given(f'{{"text": "{LINES[0]}"}}\n{line}\n{{"text": "{LINES[1]}"}}\n'.encode(), "a.jsonl")))
    assert [type(part) for part in parts] == [Document, Unread, Document]


ODD = [
    "\x00",
    "\x1b[31m",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u200b",
    "\u2028",
    "\x85",
    "\ufeff",
    "\ufffe",
    "\U000e0001",
    "\u0301" * 50,
]


@pytest.mark.parametrize("mark", ODD, ids=lambda mark: f"{ord(mark[0]):x}")
def test_marks_in_a_text_leave_the_offsets_true(mark: str) -> None:
    text = mark.join(
        ["", "常德市园区方案\n", "一、推进", "绿色工厂建设。（责任单位：市工信局、", "市环保局）\n二、其他"]
    )
    assert true_of(text) >= 0
    plain = "常德市园区方案\n一、推进绿色工厂建设。（责任单位：市工信局、市环保局）\n二、到2025年，亩均税收达到15万元/亩。\n"
    assert true_of(plain + mark) >= true_of(plain) > 0


UNITS = [
    "一、", "（一）", "1.", "1.1.", "（", "）", "[", "【】", "《", "《》", "〈《", "〔2022〕", "1", "1,", "50%", "百分之", "一二三四", "亿", "2025年", "2021-",
    "市工信局、", "由市工信局牵头，", "（责任单位：", "责任单位：市工信局、", "各县区人民政府、", "河南省驻马店市西平县", "市发展改革委", "园区", "经济技术开发区", "新能源、",
    "、", "，", "；", "：", " ", "　", "\n", "\n\n", "a\tb\n", "—", "“", "增长10%左右，", "亩均税收达到15万元/亩，", "从10亿元提高到20亿元，", "根据《", "同时废止", "附件：",
    "关于", "关于的通知", "2022年2月7日\n", "第一条", "第一章\n", "园区方案\n", "…", ".", "\u200b", "打印", "关闭\n",
    "序号\t工作任务\t牵头单位\n1\t推进绿色工厂\t市工信局\n",
]  # fmt: skip
HEAD = "常德市人民政府关于印发园区方案的通知\n常政发〔2022〕5号\n各县区人民政府：\n一、发展园区，"


def seconds(text: str) -> float:
    """Of this thread alone, and without what collecting the garbage of other tests takes."""
    gc.disable()
    try:
        begun = time.thread_time()
        true_of(text)
        return time.thread_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: json.dumps(unit))
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    """16 times the text takes at most 48 times as long, where there is anything to measure; the square were 256."""
    few, many = (HEAD + unit * (size // len(unit)) for size in (2_500, 40_000))
    seconds(few)
    spent = seconds(many)
    if spent > 0.5:
        assert spent < 48 * max(seconds(few), 0.01)


def test_fifty_megabytes_on_one_line_are_told(pool: Pool) -> None:
    (found,) = pool.read((b"x" * 49_000_000, "a.txt"))
    assert found.problem == "not a Chinese document"
    (found,) = pool.read((("园区" * 8_000_000).encode(), "a.txt"))
    assert found.problem


def test_a_bomb_in_a_document(pool: Pool) -> None:
    big = {"word/document.xml": b"<x>" + b" " * 60_000_000 + b"</x>", "[Content_Types].xml": b""}
    (found,) = pool.read((to_zip(big), "a.docx"))
    assert found.problem == "larger than 50 MB unpacked"
    assert unpacked(to_zip({"a": b"x"}))


def test_a_page_still_reads() -> None:
    record = extract(next(part for part in read(Given(to_html(LINES), "a.html")) if isinstance(part, Document)))
    assert record.policy.title == LINES[0]
