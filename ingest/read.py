"""A file to a ``Document``: bytes to text, with every reason for refusal in one plain line."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.records import Document

MAX_BYTES = 50_000_000
BINARY_SHARE = 0.02  # of control characters, above which bytes are no text
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")
HAN = re.compile(r"[\u3400-\u9fff]")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")


class ReadError(Exception):
    """A file that cannot be read as text. The message is one line without the file's name."""


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


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ReadError when it cannot be opened or is over 50 MB."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error


def read_document(path: Path, source: str) -> Document:
    """Read one text file. ``source`` is the name it goes by in the graph. Raises ReadError."""
    data = read_bytes(path)
    text = decode(data)
    if not text.strip():
        raise ReadError("the file is empty")
    return Document(sha256=hashlib.sha256(data).hexdigest(), source=source, media_type="text/plain", text=text)
