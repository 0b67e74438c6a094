"""One table from the kind of a file to its reader, and the way in for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from ingest.formats.given import Given, LimitError, Part, Reader, ReadError, Unread
from ingest.formats.sniff import kind_of

READERS = {
    "text": "text", "html": "html", "pdf": "pdf", "docx": "docx", "doc": "office", "rtf": "office", "odf": "office",
    "ofd": "ofd", "eml": "eml", "zip": "archive", "jsonl": "jsonl",
}  # fmt: skip
REFUSED = {
    "picture": "needs OCR: it is a picture",
    "packed": "a packed archive that is no zip: unpack it first",
    "sheet": "a spreadsheet: save it as PDF, HTML or DOCX",
    "slides": "slides: save them as PDF",
    "broken": "damaged, or not of the format that its name says",
}


def reader_of(kind: str) -> Reader:
    """The reader of a kind; its module, and what that needs, is loaded only now. Raises ReadError where there is none."""
    if kind in REFUSED:
        raise ReadError(REFUSED[kind])
    reader: Reader = import_module(f"ingest.formats.{READERS[kind]}").read
    return reader


def read(given: Given) -> Iterator[Part]:
    """Every document in some bytes. Raises ReadError, also for whatever else a damaged file makes a reader raise.

    MemoryError passes: it ends the worker, and with it whatever the reader has taken.
    """
    kind = kind_of(given.data, given.name)
    try:
        yield from reader_of(kind)(given)
    except (ReadError, GeneratorExit, MemoryError):
        raise
    except Exception as error:  # parsers raise whatever they like on damaged files, and a file must not end the run
        raise ReadError(f"damaged: the reader of {kind} cannot follow it ({type(error).__name__})") from error


def read_member(given: Given, data: bytes, name: str) -> Iterator[Part]:
    """Every document in a member of ``given``; what cannot be read is told, not raised. Raises LimitError."""
    try:
        yield from read(given.member(data, name))
    except LimitError:
        raise
    except ReadError as error:
        yield Unread(f"{given.source}/{name}", str(error))
