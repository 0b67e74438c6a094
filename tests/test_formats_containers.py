"""Archives, messages and lines of JSON: every document in them, with its own name and hash, within limits."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from ingest.formats import given as limits
from ingest.formats.given import Given, LimitError, ReadError, Unread
from ingest.formats.kinds import read
from ingest.records import Document
from tests.formats_made import to_docx, to_eml, to_html, to_jsonl, to_zip

TEXT = "某市园区提质行动方案\n一、总体要求\n推动园区高质量发展。\n".encode()


def found(data: bytes, name: str) -> dict[str, str]:
    """Source → its text without spaces, or the reason why it cannot be read."""
    parts = read(Given(data, name))
    return {part.source: part.reason if isinstance(part, Unread) else "".join(part.text.split()) for part in parts}


PLAIN = "".join(TEXT.decode().split())


def test_members_are_files_of_their_own() -> None:
    inner = to_zip({"丙.txt": TEXT})
    data = to_zip({"乙/甲.txt": TEXT, "内.zip": inner, "图.png": b"\x89PNG\r\n", "坏.docx": b"PK\x03\x04", "乙/": b""})
    assert found(data, "a.zip") == {
        "a.zip/乙/甲.txt": PLAIN,
        "a.zip/内.zip/丙.txt": PLAIN,
        "a.zip/坏.docx": "a damaged zip archive",
    }
    (first, *_) = read(Given(data, "a.zip"))
    assert isinstance(first, Document)
    assert first.sha256 == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize("name", ["__MACOSX/._甲.txt", ".DS_Store", "~$甲.docx", ".git/甲.txt", "Thumbs.db"])
def test_litter_is_passed_over(name: str) -> None:
    assert set(found(to_zip({name: TEXT, "甲.txt": TEXT}), "a.zip")) == {"a.zip/甲.txt"}
    with pytest.raises(ReadError, match="holds no documents"):
        found(to_zip({name: TEXT}), "a.zip")


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_in_the_encodings_of_chinese_programs(encoding: str) -> None:
    data = bytearray(to_zip({"x" * len("方案.txt".encode(encoding)): TEXT}))
    raw = "方案.txt".encode(encoding)
    assert found(bytes(data.replace(b"x" * len(raw), raw)), "a.zip") == {"a.zip/方案.txt": PLAIN}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../甲.txt", "../甲.txt"),
        ("/etc/甲.txt", "/etc/甲.txt"),
        ("a/../../甲.txt", "a/../../甲.txt"),
        ("..\\甲.txt", "..\\甲.txt"),
        ("C:\\甲.txt", "C:\\甲.txt"),
        ("甲\n乙.txt", "甲?乙.txt"),
        ("甲\x1b[31m.txt", "甲?[31m.txt"),
        ("甲" * 500 + ".txt", "甲" * 400),
    ],
)
def test_names_that_cannot_be_trusted(name: str, shown: str) -> None:
    ((source, reason),) = found(to_zip({name: TEXT}), "a.zip").items()
    assert source == f"a.zip/{shown}"
    assert "name" in reason


def test_two_members_of_one_name() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("甲.txt", TEXT)
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("甲.txt", TEXT + TEXT)
    parts = list(read(Given(out.getvalue(), "a.zip")))
    assert [type(part) for part in parts] == [Document, Unread]


def test_protected_and_damaged_members_do_not_stop_the_others() -> None:
    data = bytearray(to_zip({"甲.txt": TEXT, "乙.txt": TEXT * 3}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1  # the flag of encryption of the first entry
    reasons = found(bytes(data), "a.zip")
    assert reasons["a.zip/甲.txt"] == "protected by a password: save it without"
    assert reasons["a.zip/乙.txt"] == PLAIN * 3


def test_a_bomb_is_refused_by_its_ratio_and_by_its_total(monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(to_zip({"甲.txt": b"0" * 30_000_000}), "a.zip") == {
        "a.zip/甲.txt": "unpacks to more than 200 times its size"
    }
    budget = limits.Budget(size=2 * len(TEXT))
    with pytest.raises(LimitError, match="unpacks to more than"):
        list(read(Given(to_zip({f"{n}.txt": TEXT for n in range(3)}), "a.zip", budget=budget)))
    with pytest.raises(LimitError, match="members"):
        list(read(Given(to_zip({f"{n}.txt": TEXT for n in range(3)}), "a.zip", budget=limits.Budget(members=2))))


def test_archives_in_archives_end_somewhere() -> None:
    data = to_zip({"甲.txt": TEXT})
    for _ in range(5):
        data = to_zip({"内.zip": data})
    ((source, reason),) = found(data, "a.zip").items()
    assert (source, reason) == ("a.zip/内.zip/内.zip/内.zip/内.zip", "archives more than 3 deep in archives")


def test_a_message_gives_its_body_and_its_documents() -> None:
    html = to_html(["某市园区提质行动方案", "推动园区高质量发展。"]).decode()
    data = to_eml("见附件。", {"方案.docx": to_docx(["甲方案"]), "图.png": b"x", "../乙.txt": TEXT}, html)
    assert found(data, "m.eml") == {
        "m.eml": "某市园区提质行动方案推动园区高质量发展。",
        "m.eml/方案.docx": "甲方案",
        "m.eml/乙.txt": PLAIN,
    }
    body = next(read(Given(data, "m.eml")))
    assert isinstance(body, Document)
    assert dict(body.metadata)["Subject"] == "转发文件"


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gbk"), ("utf-8", "utf-8"), ("utf-8", "gbk"), ("nonsense", "gbk")]
)
def test_charsets_of_messages(charset: str, encoding: str) -> None:
    head = f"From: a@example.org\nSubject: x\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    assert found(head.encode() + "推进镕基园区发展".encode(encoding), "m.eml") == {"m.eml": "推进镕基园区发展"}


def test_a_document_on_each_line() -> None:
    rows: list[dict[str, object]] = [
        {
            "url": "https://example.org/1",
            "title": "某市方案",
            "published": "2022-02-07",
            "source": "市政府办",
            "text": "某市方案\n推进园区",
        },
        {"title": "只在字段里的标题", "text": "推进园区"},
        {"html": "<html><body><p>推进</p><table><tr><td>甲<td>乙</table></body></html>", "title": "网页"},
        {"title": "没有正文"},
    ]
    data = (
        to_jsonl(rows)
        + b"\nnot json\n[1]\n"
        + json.dumps({"text": "\ud800园区"}).encode()
        + b"\n"
        + b"[" * 100_000
        + b"\n"
    )
    assert found(data, "c.jsonl") == {
        "c.jsonl/1": "某市方案推进园区",
        "c.jsonl/2": "只在字段里的标题推进园区",
        "c.jsonl/3": "网页推进甲乙",
        "c.jsonl/4": "the line has no text or html",
        "c.jsonl/6": "the line is no JSON",
        "c.jsonl/7": "the line is no JSON object",
        "c.jsonl/8": "园区",
        "c.jsonl/9": "the line is no JSON",
    }
    first = next(read(Given(data, "c.jsonl")))
    assert isinstance(first, Document)
    assert dict(first.metadata) == {
        "Url": "https://example.org/1", "ArticleTitle": "某市方案", "PubDate": "2022-02-07", "ContentSource": "市政府办",
    }  # fmt: skip
    assert first.sha256 == hashlib.sha256(data.split(b"\n")[0]).hexdigest()
