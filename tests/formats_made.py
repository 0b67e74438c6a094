"""Documents in every format, made of plain lines in the test run itself; no binary file is kept."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage
from html import escape

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

Rows = Sequence[Sequence[str]]
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def paragraphs(text: str) -> list[str]:
    """The lines of a text that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def to_html(lines: Sequence[str], head: str = "", charset: str = "utf-8") -> bytes:
    body = "\n".join(f"<p>&#12288;&#12288;{escape(line)}</p>" for line in lines)
    page = f"""<!DOCTYPE html><html><head><meta charset="{charset}">{head}<script>var x = "脚本";</script></head><body>
    <div class="header"><a href="/">某市人民政府门户网站</a></div>
    <ul class="nav"><li><a href="/a">首页</a></li><li><a href="/b">政务公开</a></li><li><a href="/c">政民互动</a></li></ul>
    <div class="main"><div id="zoom">{body}</div><div class="share">分享到：微信 微博</div>
    <p style="display:none">隐藏的文字</p></div>
    <div class="related"><h3>相关链接</h3><ul><li><a href="/1">某市印发另一个方案</a></li></ul></div>
    <div class="footer">主办：某市人民政府办公室　版权所有</div></body></html>"""
    return page.encode(charset)


def to_docx(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def to_pdf(lines: Sequence[str], table: Rows = (), head: str = "", size: int = 16) -> bytes:
    """Set as such documents are: indented paragraphs, page numbers between dashes, perhaps a running head."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body", fontName="STSong-Light", fontSize=size, leading=1.75 * size, wordWrap="CJK", firstLineIndent=2 * size
    )
    cell = ParagraphStyle("cell", fontName="STSong-Light", fontSize=10, leading=14, wordWrap="CJK")

    def furniture(canvas: object, page: object) -> None:
        canvas.setFont("STSong-Light", 10)
        canvas.drawCentredString(297, 40, f"— {canvas.getPageNumber()} —")
        canvas.drawString(80, 800, head)

    out = io.BytesIO()
    story: list[object] = [Paragraph(escape(line), style) for line in lines]
    if table:
        story.append(
            Table(
                [[Paragraph(escape(text), cell) for text in row] for row in table],
                style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
            )
        )
    SimpleDocTemplate(out, pagesize=A4, leftMargin=80, rightMargin=80).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )
    return out.getvalue()


def to_zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def to_ofd(lines: Sequence[str], wide: int = 28, high: int = 40) -> bytes:
    """Pages of lines of ``wide`` characters, 5 mm each, as a converter writes them: a TextObject a line."""
    drawn: list[str] = []
    for line in lines:
        text = f"\u3000\u3000{line}"
        drawn += [text[at : at + wide] for at in range(0, len(text), wide)]
    pages = [drawn[at : at + high] for at in range(0, len(drawn), high)]
    members = {
        "OFD.xml": f'<ofd:OFD {OFD} Version="1.0"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, page in enumerate(pages):
        objects = [ofd_text(line, 30, 30 + 6 * row, number * 1000 + row) for row, line in enumerate(page)]
        objects.append(ofd_text(f"— {number + 1} —", 100, 285, number * 1000 + 999))
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{''.join(reversed(objects))}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return to_zip({name: f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode() for name, text in members.items()})


def ofd_text(text: str, x: float, y: float, number: int) -> str:
    bare = text.lstrip("\u3000")
    x += 5 * (len(text) - len(bare))
    deltas = " ".join(["5"] * (len(bare) - 1)) if len(bare) < 5 else f"g {len(bare) - 1} 5"
    return (
        f'<ofd:TextObject ID="{number}" Boundary="{x} {y} {5 * len(bare)} 5.5" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="4.4" DeltaX="{deltas}">{escape(bare)}</ofd:TextCode></ofd:TextObject>'
    )


def to_eml(body: str, attachments: dict[str, bytes], html: str | None = None) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "转发文件", "office@example.org", "desk@example.org"
    message.set_content(body)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, data in attachments.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def to_jsonl(rows: Sequence[dict[str, object]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
