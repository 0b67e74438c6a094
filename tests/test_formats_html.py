"""Web pages: the document without its page, in every encoding, with its tables and what it says of itself."""

from __future__ import annotations

import pytest

from ingest.formats.given import Given, ReadError
from ingest.formats.html_flow import is_furniture
from ingest.formats.html_page import furniture_name
from ingest.formats.kinds import read
from ingest.records import Document
from ingest.tables import load_yaml

BODY = "<p>一、总体要求</p><p>推动园区高质量发展，建设绿色园区，促进产业集聚。</p>"


def page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def document(markup: str | bytes, name: str = "a.html") -> Document:
    data = markup if isinstance(markup, bytes) else markup.encode()
    (found,) = read(Given(data, name))
    assert isinstance(found, Document)
    return found


def lines(markup: str) -> list[str]:
    return [line for line in document(page(markup)).text.split("\n") if line]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>推进\n    园区</p><p>green\n  park</p>", ["推进园区", "green park"]),
        ("<p>&#12288;&#12288;&ldquo;五好&rdquo;&nbsp;园区&mdash;&mdash;A&amp;B</p>", ["“五好”\xa0园区——A&B"]),
        ("<p>市<b>工信</b><span>局</span></p>", ["市工信局"]),
        ("<p>甲</p><script>var 乙</script><style>丙{}</style><noscript>丁</noscript><!-- 戊 -->", ["甲"]),
        ('<p>甲</p><p style="display: none">乙</p><p hidden>丙</p><p style="x:y;visibility:hidden">丁</p>', ["甲"]),
        ("<ol><li>推进甲</li><li>推进乙</li></ol>", ["1.推进甲", "2.推进乙"]),
        ('<ol start="3"><li>推进甲</li><li>（四）推进乙</li></ol>', ["3.推进甲", "（四）推进乙"]),
        ("<ul><li>推进甲</li><li>推进乙</li></ul>", ["推进甲", "推进乙"]),
        ("<pre>甲\n  乙</pre>", ["甲", "乙"]),
        ("<p>甲</p><p>【打印】【关闭】</p><p>字号：[ 大 中 小 ]</p><p>分享到：</p>", ["甲"]),
    ],
)
def test_text(markup: str, expected: list[str]) -> None:
    assert lines(markup) == expected


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("<tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr>", ["甲\t乙", "丙\t丁"]),
        ("<tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr>", ["甲\t乙", "甲\t丙"]),
        (
            "<tr><td colspan=2>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td><td>戊</td></tr>",
            ["甲\t\t乙", "丙\t丁\t戊"],
        ),
        ("<tr><td>甲<br>乙</td><td><p>丙</p><p>丁</p></td></tr>", ["甲 乙\t丙 丁"]),
        ("<thead><tr><th>甲</th><th></th><th>乙</th></tr></thead>", ["甲\t\t乙"]),
        ("<tr><td>甲</td></tr><tr><td>乙</td></tr>", ["甲", "乙"]),  # one column only lays out
        ("<tr><td><table><tr><td>甲</td><td>乙</td></tr></table></td><td>丙</td></tr>", ["甲\t乙", "丙"]),
        ("<tr><td rowspan=99999>甲</td><td>乙</td></tr>", ["甲\t乙"]),
    ],
)
def test_tables(table: str, expected: list[str]) -> None:
    assert lines(f"<table>{table}</table>") == expected


def test_endless_spans_are_refused() -> None:
    row = "<tr>" + "<td colspan=1000 rowspan=1000>甲</td>" * 300 + "</tr>"
    with pytest.raises(ReadError, match="cells"):
        document(page(f"<table>{row * 10}</table>"))


def test_only_the_document_of_a_page() -> None:
    markup = page(
        """<div class="top"><a href=/>某市人民政府</a></div><div class="nav"><a href=/1>首页</a><a href=/2>政务公开</a></div>
        <div class="dqwz">您现在的位置：<a href=/>首页</a> &gt; <a href=/x>政策文件</a></div>
        <div class="content"><table class="index"><tr><td>索引号：</td><td>S001</td></tr><tr><td>发文日期：</td><td>2022年2月7日</td></tr></table>
        <h1>某市园区提质行动方案</h1><div class="share">分享到：<a href=#>微信</a></div>
        <div class="TRS_Editor">"""
        + BODY * 20
        + """</div><div class="fj"><p>附件：<a href=/f1>任务分工表.docx</a></p></div><div class="tool">【打印】【关闭】</div></div>
        <div class="xgwj"><h3>相关文件</h3><ul><li><a href=/3>关于印发另一方案的通知</a></li><li><a href=/4>关于第三方案的解读</a></li></ul></div>
        <div><ul><li><a href=/5>又一通知甲</a></li><li><a href=/6>又一通知乙</a></li><li><a href=/7>又一通知丙</a></li></ul></div>
        <footer>主办单位：某市人民政府办公室</footer><p>某ICP备05001234号</p>""",
        "<title>某市园区提质行动方案_某市人民政府</title>",
    )
    text = document(markup).text
    assert text.startswith("索引号：\tS001\n\n发文日期：\t2022年2月7日\n\n某市园区提质行动方案\n\n一、总体要求")
    assert "附件：任务分工表.docx" in text
    for word in ("首页", "位置", "分享", "打印", "相关文件", "另一方案", "又一通知", "主办单位", "ICP"):
        assert word not in text


def test_a_block_is_no_furniture_when_it_holds_the_document() -> None:
    assert "总体要求" in document(page(f"<div id=print class=share>{BODY * 3}</div>")).text


def test_lists_of_links_are_passed_over_also_inside_the_document_but_not_its_annexes() -> None:
    links = "<ul><li><a href=/5>又一通知甲</a></li><li><a href=/6>又一通知乙</a></li><li><a href=/7>又一通知丙</a></li></ul>"
    annexes = "<p>附件：<a href=/1>任务分工表</a><a href=/2>指标体系表</a><a href=/3>重点项目表</a></p>"
    text = document(page(f"<div id=zoom>{BODY * 5}{links}{annexes}</div>")).text
    assert "又一通知" not in text
    assert "附件：任务分工表指标体系表重点项目表" in text


def test_meta_fields_of_the_guideline() -> None:
    head = """<meta name="SiteName" content="某市人民政府"><meta name="ColumnName" content="政策文件">
    <meta name="ArticleTitle" content="某市园区提质行动方案"><meta name="PubDate" content="2022-02-07 17:26">
    <meta name="ContentSource" content="市政府办"><meta name="keywords" content="园区;绿色"><meta name="Author" content="">
    <meta name="Url" content="https://example.org/1.html"><meta name="viewport" content="width=device-width">"""
    found = document(page(BODY, head))
    assert dict(found.metadata) == {
        "SiteName": "某市人民政府",
        "ColumnName": "政策文件",
        "ArticleTitle": "某市园区提质行动方案",
        "PubDate": "2022-02-07 17:26",
        "ContentSource": "市政府办",
        "Keywords": "园区;绿色",
        "Url": "https://example.org/1.html",
    }
    assert found.text.startswith("某市园区提质行动方案\n\n一、总体要求")  # a title that stands in the head only


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gbk"), ("utf-8", "utf-8"), ("utf-8", "gb18030"), ("iso-8859-1", "gb18030"), ("big5", "big5"), ("nonsense", "utf-8"), ("utf-8", "utf-16")],
)  # fmt: skip
def test_encodings(declared: str, encoding: str) -> None:
    markup = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={declared}'></head><body><p>推動園區發展</p></body></html>"
    assert document(markup.encode(encoding)).text == "推動園區發展\n\n"


def test_a_few_broken_bytes_do_not_lose_a_page() -> None:
    assert document(page(BODY * 100).encode() + b"<p>\xff</p>").text.count("总体要求") == 100


@pytest.mark.parametrize("row", load_yaml("webpage.yml")["lines"], ids=lambda row: row["examples"][0])
def test_every_pattern_of_lines_matches_its_examples(row: dict[str, list[str]]) -> None:
    assert [example for example in row["examples"] if not is_furniture(example)] == []


@pytest.mark.parametrize("row", load_yaml("webpage.yml")["classes"], ids=lambda row: row["examples"][0])
def test_every_pattern_of_classes_matches_its_examples(row: dict[str, list[str]]) -> None:
    heads = [example.replace("_", "-").split("-")[0] for example in row["examples"]]
    assert [head for head in heads if not furniture_name().fullmatch(head)] == []


@pytest.mark.parametrize(
    "line", ["（一）打印设备。推进打印设备产业。", "相关文件由市工信局负责解释。", "主办单位：市工信局", "分享发展成果"]
)
def test_lines_of_documents_are_kept(line: str) -> None:
    assert not is_furniture(line)


def test_a_page_nested_too_deep_is_refused() -> None:
    with pytest.raises(ReadError, match="nested too deep"):
        document("<html><body>" + "<div>" * 100_000 + "园区")
