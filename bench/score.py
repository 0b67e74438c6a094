"""Extracts a folder that ``make`` wrote and marks the records against the gold."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from bench.marks import Fault, Marks, marks
from ingest.guideline import to_guideline
from ingest.pipeline import extract
from ingest.read import ReadError, read_document

CHUNK = 25  # documents that a worker reads in one go
EMPTY: dict[str, list[Any]] = {
    kind: [] for kind in ("tasks", "responsibilities", "targets", "parks", "park_industries", "references")
}


class Scored(NamedTuple):
    """A chunk of documents: their names with their marks, characters read, and seconds of the processor."""

    documents: list[tuple[str, Marks]]
    characters: int
    seconds: float


def score(folder: Path, workers: int, most: int | None = None) -> Iterator[Scored]:
    """The marks of each document in ``folder``, in order, as they come; only the first ``most`` of them."""
    names = sorted((folder / "gold").glob("*.json"))[:most]
    chunks = iter([names[at : at + CHUNK] for at in range(0, len(names), CHUNK)])
    if workers == 1:
        yield from map(scored, chunks)
        return
    with ProcessPoolExecutor(workers) as pool:
        while wave := list(islice(chunks, 4 * workers)):  # never more than a few chunks under way
            yield from pool.map(scored, wave)


def scored(chunk: list[Path]) -> Scored:
    """The marks of some documents."""
    found, characters, seconds = [], 0, 0.0
    for path in chunk:
        text = path.parent.parent / "texts" / f"{path.stem}.txt"
        begun = time.process_time()
        try:
            document = read_document(text, text.name)
            record = to_guideline(extract(document))
            characters += len(document.text)
        except ReadError:
            record = {"policy": Counter(), **EMPTY}
        seconds += time.process_time() - begun
        found.append((path.stem, marks(orjson.loads(path.read_bytes()), record)))
    return Scored(found, characters, seconds)


def line(name: str, fault: Fault) -> str:
    """A fault in one line: document, kind, what, the row without its sentence, and the sentence."""
    row = fault.row
    if not isinstance(row, dict):
        return "\t".join((name, fault.kind, fault.what, str(row)))
    shown = {key: value for key, value in row.items() if key in SHOWN and value is not None}
    sentence = row.get("sentence") or row.get("evidence", {}).get("quote", "")
    return "\t".join(
        (name, fault.kind, fault.what, orjson.dumps(shown).decode(), str(sentence).replace("\n", "⏎")[:300])
    )


SHOWN = (
    "path",
    "task",
    "title",
    "agency",
    "role",
    "metric",
    "scope",
    "op",
    "value",
    "value_max",
    "unit",
    "year",
    "per_year",
    "name",
    "park",
    "industry",
    "doc_number",
    "relation",
)
