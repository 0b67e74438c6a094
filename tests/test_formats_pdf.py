"""PDF and OFD pages: reading order, paragraphs, what is no text of the document, tables, and what cannot be read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from ingest.formats.given import Given, ReadError, Unread
from ingest.formats.kinds import read
from ingest.formats.ofd import deltas
from ingest.records import Document, page_of
from tests.formats_made import to_ofd, to_pdf, to_zip

LONG = "推动园区高质量发展，完善基础设施，提升产业能级，优化营商环境，强化要素保障，促进绿色转型，加快数字赋能。" * 3


LOOP = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</A 5 0 R>>>>>>endobj
4 0 obj<</Length 5>>stream
/A Do
endstream endobj
5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>/Length 5>>stream
/A Do
endstream endobj
trailer<</Root 1 0 R>>
"""  # a page tree and a form that hold themselves


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **options)
    canvas.setFont("STSong-Light", 12)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def document(data: bytes, name: str = "a.pdf") -> Document:
    (found,) = read(Given(data, name))
    assert isinstance(found, Document)
    return found


def lines(data: bytes, name: str = "a.pdf") -> list[str]:
    return [line for line in document(data, name).text.split("\n") if line]


@pytest.mark.parametrize(("name", "make"), [("a.pdf", to_pdf), ("a.ofd", to_ofd)])
def test_paragraphs_run_over_lines_and_pages(name: str, make: Callable[[list[str]], bytes]) -> None:
    paragraphs = [f"{number}．{LONG}" for number in range(1, 13)]
    data = make(paragraphs)
    assert lines(data, name) == paragraphs
    found = document(data, name)
    assert [mark.page for mark in found.pages] == list(range(1, len(found.pages) + 1))
    assert len(found.pages) > 1
    assert page_of(found, 0) == 1
    assert page_of(found, found.text.index("12．")) == found.pages[-1].page


def test_running_heads_go_and_what_only_looks_like_them_stays() -> None:
    found = document(to_pdf([f"{number}．{LONG}" for number in range(30)], head="某市人民政府公报　2022年第3期"))
    assert len(found.pages) >= 4
    assert "公报" not in found.text
    assert "—" not in found.text
    assert found.text.count("加快数字赋能") == 90
    assert "公报" in document(to_pdf([LONG], head="某市人民政府公报")).text  # on one page it may be the title


def test_numbers_alone_at_the_edge_are_page_numbers_only_when_they_count_pages() -> None:
    def pages(canvas: Canvas) -> None:
        for number, text in ((5, "7"), (6, "市工信局"), (7, "9")):
            canvas.setFont("STSong-Light", 12)
            canvas.drawString(80, 780, text)
            canvas.drawString(80, 600, "推进园区发展")
            canvas.drawString(290, 40, str(number))
            canvas.showPage()

    assert lines(drawn(pages)) == ["7", "推进园区发展", "市工信局", "推进园区发展", "9", "推进园区发展"]


def test_an_indented_line_begins_a_paragraph_also_after_a_full_one() -> None:
    first, second = "推动园区高质量发展" * 5, "完善园区基础设施" * 5

    def full(canvas: Canvas) -> None:
        for row, (x, text) in enumerate([(124, first[:34]), (100, first[:36]), (124, second[:34]), (100, second[:36])]):
            canvas.drawString(x, 700 - 20 * row, text)  # every line ends at the right edge

    assert lines(drawn(full)) == [first[:34] + first[:36], second[:34] + second[:36]]


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = ([f"{side}{number:02}推动园区高质量发展优化环境" for number in range(15)] for side in ("左", "右"))

    def columns(canvas: Canvas) -> None:
        canvas.drawString(150, 780, "某市园区提质行动方案第一次征求意见稿的说明文字")
        for number in range(15):
            canvas.drawString(60, 740 - 20 * number, left[number])
            canvas.drawString(320, 733 - 20 * number, right[number])

    text = "".join(lines(drawn(columns)))
    assert text == "某市园区提质行动方案第一次征求意见稿的说明文字" + "".join(left) + "".join(right)


def test_unruled_cells_are_not_columns() -> None:
    def table(canvas: Canvas) -> None:
        for number in range(20):
            canvas.drawString(60, 740 - 20 * number, f"指标{number}")
            canvas.drawString(320, 740 - 20 * number, f"{number}亿元")

    assert lines(drawn(table))[:2] == ["指标0  0亿元", "指标1  1亿元"]


def grid(canvas: Canvas) -> None:
    """Three columns and three rows; the first cell goes over two rows, the last row's first over two columns."""
    for y in (700, 640, 610):
        canvas.line(60, y, 460, y)
    canvas.line(160, 670, 460, 670)
    for x, low in ((60, 610), (160, 640), (310, 610), (460, 610)):
        canvas.line(x, low, x, 700)
    for x, y, text in (
        (70, 665, "合并"),
        (170, 680, "甲"),
        (320, 680, "乙"),
        (170, 650, "丙"),
        (320, 650, "丁"),
        (70, 620, "横跨"),
        (320, 620, "戊"),
    ):
        canvas.drawString(x, y, text)


def test_ruled_tables_with_merged_cells() -> None:
    found = document(drawn(grid))
    assert found.text.split("\n\n")[:3] == ["合并\t甲\t乙", "合并\t丙\t丁", "横跨\t\t戊"]
    assert [(cell.row, cell.column, found.text[cell.start : cell.end]) for cell in found.cells] == [
        (1, 1, "合并"), (1, 2, "甲"), (1, 3, "乙"), (2, 1, "合并"), (2, 2, "丙"), (2, 3, "丁"), (3, 1, "横跨"), (3, 3, "戊"),
    ]  # fmt: skip


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    def turned(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
        canvas.drawString(60, 500, "推进园区绿色发展")
        canvas.drawString(60, 480, "完善园区基础设施")

    assert lines(drawn(turned)) == ["推进园区绿色发展", "完善园区基础设施"]


def test_a_watermark_and_bold_print_are_not_read_twice() -> None:
    def marked(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "推进园区发展")
        canvas.drawString(60.4, 700, "推进园区发展")
        canvas.saveState()
        canvas.rotate(45)
        canvas.drawString(500, 200, "内部资料")
        canvas.restoreState()

    assert lines(drawn(marked)) == ["推进园区发展"]


def picture(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(Image.new("L", (200, 280), 200)), 0, 0, *A4)
    canvas.showPage()


def test_scanned_files_need_ocr() -> None:
    with pytest.raises(ReadError, match=r"^needs OCR: its 3 pages are pictures$"):
        document(drawn(lambda canvas: [picture(canvas) for _ in range(3)] and None))


def test_a_file_that_is_scanned_in_part_is_read_and_the_rest_told() -> None:
    def mixed(canvas: Canvas) -> None:
        canvas.drawString(60, 700, "推进园区发展")
        canvas.showPage()
        picture(canvas)

    found, rest = read(Given(drawn(mixed), "a.pdf"))
    assert isinstance(found, Document)
    assert found.text.strip() == "推进园区发展"
    assert rest == Unread("a.pdf", "needs OCR: 1 page of 2 are pictures (page 2)")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (lambda: drawn(grid, encrypt=StandardEncryption("secret")), "encrypted"),
        (lambda: drawn(lambda canvas: canvas.showPage()), "holds no text"),
        (lambda: b"%PDF-1.7\n" + b"x" * 500, "damaged"),
        (lambda: LOOP, "holds no text|damaged"),
        (lambda: to_zip({"OFD.xml": b"<OFD/>", "Encryptions.xml": b"<x/>"}), "encrypted"),
        (lambda: to_zip({"OFD.xml": b"<OFD><DocBody><DocRoot>../../x.xml</DocRoot></DocBody></OFD>"}), "damaged"),
        (lambda: to_zip({"OFD.xml": b"<OFD"}), "no well-formed XML"),
    ],
)
def test_what_cannot_be_read(data: Callable[[], bytes], words: str) -> None:
    with pytest.raises(ReadError, match=words):
        document(data())


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("5 5 2.5", 9, [5, 5, 2.5]),
        ("g 3 5 2", 9, [5, 5, 5, 2]),
        ("g 999999999 5", 4, [5, 5, 5, 5]),
        ("g 2", 4, []),
        ("x", 4, []),
        (None, 4, []),
    ],
)
def test_distances_of_ofd(text: str | None, most: int, expected: list[float]) -> None:
    assert deltas(text, most) == expected
