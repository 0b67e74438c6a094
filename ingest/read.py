"""A file to its ``Document``s: every reason for refusal is one plain line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.formats.given import MAX_BYTES, Given, Part, ReadError, Unread
from ingest.formats.kinds import read
from ingest.formats.text import decode
from ingest.records import Document

__all__ = ["MAX_BYTES", "Part", "ReadError", "Unread", "decode", "read_bytes", "read_document", "read_documents"]


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ReadError when it cannot be opened or is over 50 MB."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"larger than {MAX_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"cannot be read: {error.strerror or error}") from error


def read_documents(given: Path | bytes, source: str) -> Iterator[Part]:
    """Every document in one file or its bytes, and what in it cannot be read. ``source`` is the name it goes by in the graph.

    Raises ReadError when nothing, or nothing more, can be read. The reader runs in this process, without limits of time
    and memory: files that nobody vouches for are read by a worker (``ingest.pool``).
    """
    yield from read(Given(read_bytes(given) if isinstance(given, Path) else given, source))


def read_document(path: Path, source: str) -> Document:
    """Read a file that holds one document. Raises ReadError, also for one that holds several."""
    parts = list(read_documents(path, source))
    documents = [part for part in parts if isinstance(part, Document)]
    if len(documents) == 1:
        return documents[0]
    unread = [part.reason for part in parts if isinstance(part, Unread)]
    raise ReadError(unread[0] if unread and not documents else f"holds {len(documents)} documents")
