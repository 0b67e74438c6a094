"""One line of JSON Lines, or one row of a table, as a worker reads it (``ingest.worker``)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.files import File, Outcome
from ingest.formats.given import Given, ReadError
from ingest.formats.jsonl import document_of
from ingest.pipeline import extract_part, pipeline
from ingest.worker import Work


def line_extraction() -> Work:
    """Build the pipeline, and give what is to be done to each line."""
    pipeline()
    return extract_line


def extract_line(file: File) -> Iterator[Outcome]:
    """Read and extract the document of one line, given as UTF-8."""
    data, source = file
    assert isinstance(data, bytes)
    try:
        document = document_of(Given(data, source), data.decode())
    except ReadError as error:
        yield Outcome(Path(), source, None, str(error))
    else:
        yield extract_part(Path(), document)
