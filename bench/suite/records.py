"""Extracted documents for the changes, kept as JSON so that each measure reads the same ones and extracts nothing."""

from __future__ import annotations

import json
from pathlib import Path

from bench.made.document import made
from bench.suite.subjects import SEED
from ingest.pipeline import extract_many
from ingest.records import Record

FIRST = 9_000_000  # numbers of documents that no store holds
HOW_MANY = 7  # the first three of ten are a chain, each replacing the one before


def kept(path: Path) -> Path:
    """The file ``path`` with the documents that are added, and then as many that take their places."""
    if not path.exists():
        files = [(made(SEED, FIRST + number).text.encode(), f"{number}.txt") for number in range(2 * HOW_MANY)]
        records = [each.record.model_dump(mode="json") for each in extract_many(files) if each.record]
        path.write_text(json.dumps(records), "utf-8")
    return path.resolve()


def read(path: Path) -> tuple[list[Record], list[Record]]:
    """Those that are added, and those that take their places."""
    records = [Record.model_validate_json(json.dumps(each)) for each in json.loads(path.read_text("utf-8"))]
    half = len(records) // 2
    return records[:half], records[half:]
