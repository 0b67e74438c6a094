"""The same document in every format says the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytest

from ingest.formats.given import Given
from ingest.formats.kinds import read
from ingest.guideline import to_guideline
from ingest.pipeline import extract
from ingest.records import Document, cell_of, page_of
from tests.formats_made import paragraphs, to_docx, to_eml, to_html, to_jsonl, to_ofd, to_pdf, to_zip

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))
Maker = Callable[[Sequence[str]], bytes]
MAKERS: dict[str, Maker] = {
    "html": to_html,
    "gbk.html": lambda lines: to_html(lines, charset="gb18030"),
    "pdf": to_pdf,
    "docx": to_docx,
    "ofd": to_ofd,
    "zip": lambda lines: to_zip({"通知/正文.docx": to_docx(lines)}),
    "eml": lambda lines: to_eml("", {"正文.docx": to_docx(lines)}),
    "mail.eml": lambda lines: to_eml("\n\n".join(lines), {}),
    "jsonl": lambda lines: to_jsonl([{"url": "https://example.org/1", "text": "\n\n".join(lines)}]),
    "html.jsonl": lambda lines: to_jsonl([{"url": "https://example.org/1", "html": to_html(lines).decode()}]),
}


def bare(value: object) -> object:
    """A record's fields without offsets; quotes without the line ends and tabs that a format sets its own way."""
    if isinstance(value, dict):
        return {key: bare(each) for key, each in value.items() if key not in ("start", "end", "document", "covered")}
    if isinstance(value, list):
        return [bare(each) for each in value]
    return "".join(value.split()) if isinstance(value, str) else value


@cache
def of_text(path: Path) -> object:
    text = path.read_text("utf-8-sig")
    document = Document(sha256="0" * 64, source="a.txt", media_type="text/plain", text=text)
    return bare(to_guideline(extract(document)))


def only(data: bytes, name: str) -> Document:
    """The one document in some bytes."""
    parts = list(read(Given(data, name)))
    assert [type(part) for part in parts] == [Document], parts
    assert isinstance(parts[0], Document)
    return parts[0]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem[:3])
@pytest.mark.parametrize("form", MAKERS)
def test_the_same_document_gives_the_same_record(form: str, path: Path) -> None:
    data = MAKERS[form](paragraphs(path.read_text("utf-8-sig")))
    document = only(data, f"a.{form}")
    assert bare(to_guideline(extract(document))) == of_text(path)
    if form in ("html", "pdf", "docx", "ofd"):
        assert (document.source, document.sha256) == (f"a.{form}", hashlib.sha256(data).hexdigest())


def test_quotes_stand_in_the_text_that_was_read() -> None:
    record = extract(only(to_pdf(paragraphs(SAMPLES[0].read_text("utf-8-sig"))), "a.pdf"))
    text = record.document.text
    for row in (*record.tasks, *record.responsibilities, *record.targets, *record.references):
        assert text[row.evidence.start : row.evidence.end] == row.evidence.quote


PLAN = [
    "某市园区提质行动方案",
    "为推动园区高质量发展，制定本方案。",
    "一、总体要求",
    "坚持新发展理念，推动园区高质量发展。",
    "二、重点任务",
    "（一）推进绿色工厂建设。开展企业能效提升，建设绿色工厂。",
    "（二）开展绿色园区创建。完善基础设施，创建绿色园区。",
    "附件：任务分工表",
]
DIVISION = [
    ["序号", "工作任务", "牵头单位", "配合单位"],
    ["1", "推进绿色工厂建设", "市工信局", "市生态环境局、市科技局"],
    ["2", "开展绿色园区创建", "市生态环境局", "各县区人民政府"],
]
TITLE = "常德市园区提质行动方案"
EXPECTED = [
    ("2.1", "市工信局", "lead", (2, 3)),
    ("2.1", "市生态环境局", "support", (2, 4)),
    ("2.1", "市科技局", "support", (2, 4)),
    ("2.2", "市生态环境局", "lead", (3, 3)),
    ("2.2", "各县区人民政府", "support", (3, 4)),
]


def html_table(rows: Sequence[Sequence[str]]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def docx_with_table(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    import docx

    from tests.formats_made import saved

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    return saved(document)


LINES = [TITLE, *PLAN[1:]]
TABLES: dict[str, Callable[[], bytes]] = {
    "html": lambda: (
        f"<html><body>{''.join(f'<p>{line}</p>' for line in LINES)}{html_table(DIVISION)}</body></html>".encode()
    ),
    "docx": lambda: docx_with_table(LINES, DIVISION),
    "pdf": lambda: to_pdf(LINES, table=DIVISION),
}


@pytest.mark.parametrize("form", TABLES)
def test_a_table_is_read_as_one_and_evidence_keeps_its_cell(form: str) -> None:
    document = only(TABLES[form](), f"a.{form}")
    record = extract(document)
    found = []
    for row in record.responsibilities:
        at = document.text.index(row.mention, row.evidence.start)
        cell = cell_of(document, at)
        assert cell is not None
        assert (cell.table, row.mention in document.text[cell.start : cell.end]) == (1, True)
        found.append((row.task, row.agency, row.role, (cell.row, cell.column)))
    assert sorted(found) == sorted(EXPECTED)
    assert cell_of(document, 0) is None
    assert page_of(document, document.text.index("市科技局")) == (1 if form == "pdf" else None)
