"""Which format bytes have: their own marks first, the suffix of the name where they have none."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from ingest.formats.given import ReadError

SUFFIXES = {
    ".txt": "text",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "doc", ".wps": "doc", ".rtf": "rtf",
    ".ofd": "ofd",
    ".eml": "eml", ".mht": "eml", ".mhtml": "eml",
    ".zip": "zip",
    ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAGIC = (
    (b"PK\x03\x04", "zip"), (b"PK\x05\x06", "zip"), (OLE, "doc"), (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"BM", "picture?"),
    (b"II*\x00", "picture"), (b"MM\x00*", "picture"),
    (b"Rar!\x1a\x07", "packed"), (b"7z\xbc\xaf\x27\x1c", "packed"), (b"\x1f\x8b\x08", "packed"), (b"BZh", "packed?"),
    (b"\xfd7zXZ\x00", "packed"),
)  # fmt: skip
INSIDE = (
    ("word/document.xml", "docx"), ("OFD.xml", "ofd"), ("xl/workbook.xml", "sheet"), ("ppt/presentation.xml", "slides"),
    ("content.xml", "odf"),
)  # fmt: skip
MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.I | re.S,
)
TAG = re.compile(rb"<(?:p|div|table|br|span|td|a|h[1-6]|ul|ol|li|font|b|strong|section|article)\b[^<>]{0,500}>", re.I)
FIELD = re.compile(
    rb"(?im)^(?:from|to|date|subject|received|return-path|mime-version|message-id|content-type|x-[\w-]+|delivered-to):[ \t]"
)
SEEN = 4096  # bytes at the head that are looked at


def kind_of(data: bytes, name: str) -> str:
    """The kind of reader for bytes that go by ``name``. Raises ReadError for an archive that cannot be opened."""
    head = data[:SEEN]
    marked = next((kind for magic, kind in MAGIC if head.startswith(magic)), None)
    if marked is not None and not (marked.endswith("?") and _decodes(head)):
        return in_zip(data) if marked == "zip" else marked.rstrip("?")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if MARKUP.match(bare):
        return "html"
    return of_text(bare, SUFFIXES.get(PurePath(name).suffix.lower(), "text"))


def of_text(head: bytes, named: str) -> str:
    """The kind of text without a mark: what its name says, as far as its head does not speak against it."""
    if mail(head):
        return "eml"
    if named == "html":
        return "html" if TAG.search(head) else "text"
    if named == "jsonl":
        return "jsonl" if head.lstrip()[:1] == b"{" else "text"
    if named == "text":
        return "text"
    return "html" if TAG.search(head) and _decodes(head) else "text" if _decodes(head) else "broken"


def mail(head: bytes) -> bool:
    """Whether it begins with the fields of a message (RFC 5322), two of those that every message has at least."""
    fields = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    first = FIELD.match(fields)
    return first is not None and len({match[0].lower() for match in FIELD.finditer(fields)}) > 1


def in_zip(data: bytes) -> str:
    """Which of the formats that are zip archives it is. Raises ReadError for a broken one."""
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ReadError("a damaged zip archive") from error
    return next((kind for name, kind in INSIDE if name in names and (kind != "odf" or "mimetype" in names)), "zip")


def _decodes(head: bytes) -> bool:
    """Whether it may be text: no zero bytes and few control characters."""
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in head)
    return odd <= 0.02 * len(head)
