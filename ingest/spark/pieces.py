"""Large files of JSON Lines, and tables: a unit for each line or row, by whichever machine has that piece of the file.

A row is read as the line of JSON that it would be. One with ``path`` and ``content`` (bytes), as Spark's ``binaryFile``
makes them, is the file at ``path``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial, reduce
from itertools import accumulate
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from ingest.files import PathError, escaped
from ingest.formats.jsonl import FIELDS, HTML, TEXT
from ingest.spark.addresses import literal
from ingest.spark.reading import UNITS, Unit, unit_batch
from ingest.spark.units import Inputs, Listed

_COLUMNS = (*TEXT, *HTML, *FIELDS)
_AT_ONCE = 200  # units in a batch


def pieces_of(spark: SparkSession, inputs: Inputs) -> DataFrame | None:
    """The units of all lines and rows, numbered after the files; None where there are none. Raises PathError."""
    first, frames = len(inputs.files), []
    for each in inputs.lines:
        frame, count = _lines(spark, each, first)
        frames.append(frame)
        first += count
    for each in inputs.tables:
        frame, count = _rows(spark, each, first)
        frames.append(frame)
        first += count
    return reduce(DataFrame.union, frames) if frames else None


def _lines(spark: SparkSession, each: Listed, first: int) -> tuple[DataFrame, int]:
    """The lines of a file, by the number of each: its piece, and where it stands in that."""
    read = spark.read.option("lineSep", "\n").text(literal(each.address))
    placed = read.selectExpr("value", "_metadata.file_block_start AS piece")
    counts = {row["piece"]: row["count"] for row in placed.groupBy("piece").count().collect()}
    starts = dict(zip(sorted(counts), accumulate((counts[piece] for piece in sorted(counts)), initial=0), strict=False))
    return placed.mapInArrow(partial(_line_units, each, first, starts), UNITS), sum(counts.values())


def _line_units(
    each: Listed, first: int, starts: dict[int, int], batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    def units() -> Iterator[Unit]:
        piece, inside = None, 0
        for row in (row for batch in batches for row in batch.to_pylist()):
            piece, inside = row["piece"], inside + 1 if row["piece"] == piece else 0
            number = starts[row["piece"]] + inside
            if row["value"].strip():
                yield _unit(each, first, number, row["value"])

    return _batches(units())


def _rows(spark: SparkSession, each: Listed, first: int) -> tuple[DataFrame, int]:
    """The rows of a table, its files in order."""
    read = spark.read.parquet(literal(each.address))
    kinds = dict(read.dtypes)
    files = kinds.get("content") == "binary" and kinds.get("path") == "string"
    if not files and not any(kinds.get(name) == "string" for name in (*TEXT, *HTML)):
        raise PathError(f"{each.location}: has no column {', '.join((*TEXT, *HTML))}, nor path and content")
    columns = ["path", "content"] if files else [name for name in _COLUMNS if name in kinds]
    placed = read.select(*columns, "_metadata.file_path", "_metadata.row_index")
    counts = {row["file_path"]: row["count"] for row in placed.groupBy("file_path").count().collect()}
    starts = dict(zip(sorted(counts), accumulate((counts[path] for path in sorted(counts)), initial=0), strict=False))
    return placed.mapInArrow(partial(_row_units, each, first, starts, files), UNITS), sum(counts.values())


def _row_units(
    each: Listed, first: int, starts: dict[str, int], files: bool, batches: Iterable[pa.RecordBatch]
) -> Iterator[pa.RecordBatch]:
    def units() -> Iterator[Unit]:
        for row in (row for batch in batches for row in batch.to_pylist()):
            number = starts[row.pop("file_path")] + row.pop("row_index")
            if files:
                name = escaped(row["path"] or "")
                yield Unit(first + number, "file", name, PurePosixPath(name).name, None, row["content"] or b"")
            else:
                yield _unit(each, first, number, _as_line(row))

    return _batches(units())


def _unit(each: Listed, first: int, number: int, line: str) -> Unit:
    place = f"/{number + 1}"
    return Unit(first + number, "line", each.location + place, each.source + place, None, line.encode())


def _as_line(row: dict[str, Any]) -> str:
    said = {name: _plain(value) for name, value in row.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> object:
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    return value if isinstance(value, str | int) else str(value)


def _batches(units: Iterable[Unit]) -> Iterator[pa.RecordBatch]:
    held: list[Unit] = []
    for unit in units:
        held.append(unit)
        if len(held) == _AT_ONCE:
            yield unit_batch(held)
            held = []
    if held:
        yield unit_batch(held)
