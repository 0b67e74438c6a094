"""Plain text in the encodings that Chinese offices use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from ingest.formats.given import Given, Part, ReadError
from ingest.records import Document

BINARY_SHARE = 0.02  # of control characters, above which bytes are no text
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
HAN = re.compile(r"[\u3400-\u9fff]")


def decode(data: bytes) -> str:
    r"""Bytes to text with ``\n`` line ends; a byte order mark is dropped.

    UTF-8 and GB18030 (which holds GBK and GB2312) are tried strictly, in that order; UTF-16 only behind
    its mark. Raises ReadError when the bytes are none of these, or hold control characters as no text does.
    """
    if not data.strip():
        raise ReadError("the file is empty")
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(CONTROL.findall(text)) <= BINARY_SHARE * len(text) and (encoding != "gb18030" or HAN.search(text)):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    guess = from_bytes(data[:4096]).best()
    seen = f" (it looks like {guess.encoding})" if guess else ""
    raise ReadError(f"not text in UTF-8 or GB18030{seen}")


def read(given: Given) -> Iterator[Part]:
    """The text as it is. Raises ReadError."""
    text = decode(given.data)
    if not text.strip():
        raise ReadError("the file is empty")
    yield Document(sha256=given.sha256, source=given.source, media_type="text/plain", text=text)
