"""Word documents: the numbers that Word sets itself, tables, text boxes, notes, tracked changes."""

from __future__ import annotations

import pytest

from ingest.formats.given import Given, ReadError
from ingest.formats.kinds import read
from ingest.formats.list_numbers import written
from ingest.records import Document
from tests.formats_made import to_zip

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def made(body: str, numbering: str = "", styles: str = "", notes: str = "") -> bytes:
    parts = {"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>"}
    parts |= {"word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>"} if numbering else {}
    parts |= {"word/styles.xml": f"<w:styles {W}>{styles}</w:styles>"} if styles else {}
    parts |= {"word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>"} if notes else {}
    return to_zip({name: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for name, text in parts.items()})


def lines(body: str, numbering: str = "", styles: str = "", notes: str = "") -> list[str]:
    (document,) = read(Given(made(body, numbering, styles, notes), "a.docx"))
    assert isinstance(document, Document)
    return [line for line in document.text.split("\n") if line]


def p(text: str, num: str | None = None, level: int = 0, style: str = "") -> str:
    numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>' if num else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


OFFICIAL = (
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "(%4)")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def test_levels_count_and_start_anew_under_each_other() -> None:
    body = [("总体", 0), ("任务", 0), ("甲", 1), ("子", 2), ("丑", 2), ("寅", 3), ("乙", 1), ("卯", 2), ("保障", 0)]
    assert lines("".join(p(text, "1", at) for text, at in body), OFFICIAL) == [
        "一、总体", "二、任务", "（一）甲", "1.子", "2.丑", "(1)寅", "（二）乙", "1.卯", "三、保障",
    ]  # fmt: skip


def test_lists_of_one_kind_count_on_unless_they_start_anew() -> None:
    other = OFFICIAL + '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    body = p("甲", "1") + p("乙", "3") + p("没有编号") + p("丙", "2") + p("丁", "2")
    assert lines(body, other) == ["一、甲", "二、乙", "没有编号", "一、丙", "二、丁"]


def test_numbers_come_from_styles_and_end_with_numid_0() -> None:
    styles = (
        '<w:style w:styleId="a"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="circle"/><w:basedOn w:val="c"/></w:style>'
        '<w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    )
    numbering = OFFICIAL.replace("（%2）", '（%2）"/><w:pStyle w:val="b')
    body = (
        p("目录 1", style="t") + p("甲", style="a") + p("乙", style="b") + p("丙", "0", style="a") + p("丁", style="c")
    )
    assert lines(body, numbering, styles) == ["一、甲", "（一）乙", "丙", "丁"]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>"), ["第一章 甲", "1.1 乙", "1.2 丙", "第二章 丁"]),
        (level(0, "bullet", "\uf06c") + level(1, "decimalEnclosedCircle", "%2"), ["甲", "①乙", "②丙", "丁"]),
        (level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'), ["1.甲", "a)乙", "b)丙", "2.丁"]),
        (level(0, "none", "") + level(1, "upperRoman", "%2、"), ["甲", "I、乙", "II、丙", "丁"]),
    ],
)  # fmt: skip
def test_forms_of_numbers(levels: str, expected: list[str]) -> None:
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    body = p("甲", "1", 0) + p("乙", "1", 1) + p("丙", "1", 1) + p("丁", "1", 0)
    assert lines(body, numbering) == expected


def test_a_level_that_never_starts_anew() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "decimal", "第%2条", '<w:lvlRestart w:val="0"/>')
    numbering = f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    body = p("章", "1", 0) + p("甲", "1", 1) + p("章", "1", 0) + p("乙", "1", 1)
    assert lines(body, numbering) == ["1.章", "第1条 甲", "2.章", "第2条 乙"]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        (1, "chineseCounting", "一"), (10, "chineseCounting", "十"), (11, "chineseCounting", "十一"), (20, "chineseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"), (10, "ideographDigital", "一〇"), (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"), (4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"), (5, "unheardOf", "5"), (10**6, "upperRoman", "1000000"),
    ],
)  # fmt: skip
def test_written(number: int, form: str, expected: str) -> None:
    assert written(number, form) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p>", ["甲", "乙"]),
        (
            "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>",
            ["新"],
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo></w:p>",
            ["新"],
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>", ["显"]),
        (
            "<w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
            ["链"],
        ),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>", ["控件"]),
        (
            "<w:p><w:r><w:t>正文</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["正文", "框内"],
        ),
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
            f"{p('目录')}</w:sdtContent></w:sdt>{p('正文')}",
            ["正文"],
        ),
    ],
)
def test_text(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


def test_a_deleted_paragraph_does_not_count() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    deleted = f"<w:p><w:pPr>{numbered}<w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    assert lines(p("甲", "1") + deleted + p("乙", "1"), OFFICIAL) == ["一、甲", "二、乙"]


def test_notes_stand_at_the_end() -> None:
    notes = '<w:footnote w:id="2"><w:p><w:r><w:t>见统计年鉴。</w:t></w:r></w:p></w:footnote>'
    body = '<w:p><w:r><w:t>甲</w:t><w:footnoteReference w:id="2"/><w:t>乙</w:t></w:r></w:p>' + p("丙")
    assert lines(body, notes=notes) == ["甲乙", "丙", "注1：见统计年鉴。"]


def cell(text: str, properties: str = "", num: str | None = None) -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text, num)}</w:tc>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([cell("甲") + cell("乙"), cell("丙") + cell("丁")], ["甲\t乙", "丙\t丁"]),
        ([cell("甲", '<w:gridSpan w:val="2"/>') + cell("乙")], ["甲\t\t乙"]),
        ([cell("甲", '<w:vMerge w:val="restart"/>') + cell("乙"), cell("", "<w:vMerge/>") + cell("丙")], ["甲\t乙", "甲\t丙"]),
        ([cell("目", num="1") + cell("甲"), cell("序", num="1") + cell("乙")], ["一、目\t甲", "二、序\t乙"]),
        ([cell("框"), cell("架")], ["框", "架"]),
    ],
)  # fmt: skip
def test_tables(rows: list[str], expected: list[str]) -> None:
    assert lines("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>", OFFICIAL) == expected


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "园区">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
)
def test_entities_are_refused(declared: str) -> None:
    text = f"<?xml version='1.0'?>{declared}<w:document {W}><w:body>{p('园区')}</w:body></w:document>"
    with pytest.raises(ReadError, match="document type or entities"):
        list(read(Given(to_zip({"word/document.xml": text.encode()}), "a.docx")))


def test_a_bomb_of_a_part_is_refused() -> None:
    with pytest.raises(ReadError, match="times its size"):
        list(read(Given(to_zip({"word/document.xml": b" " * 40_000_000}), "a.docx")))
