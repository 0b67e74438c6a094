"""Units to outcomes, on the machines of a cluster: each task has a worker of its own, with the limits of ``ingest.pool``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame

from ingest.files import Outcome, escaped, location_of
from ingest.pool import Pool
from ingest.spark.lines import line_extraction
from ingest.stamp import stamp_of
from ingest.worker import Limits, extraction

UNITS = "number long, form string, location string, source string, path string, data binary"
OUTCOMES = "row long, path string, location string, source string, stamp string, problem string, record string"
WITHIN = 2**24  # documents that one unit may hold
_TYPES = {"long": pa.int64(), "string": pa.string(), "binary": pa.binary()}
_BYTES = 8 * 2**20
_SURROGATE = "holds half a surrogate pair, which is no character"


class Unit(NamedTuple):
    """A file at ``path``; or ``data``: the bytes of a file, or one line of JSON (``form``). ``number`` orders all units."""

    number: int
    form: str
    location: str
    source: str
    path: str | None = None
    data: bytes | None = None


def outcomes(units: DataFrame, limits: Limits) -> DataFrame:
    """What came of each unit, in order; a file that cannot be read is a row with a ``problem``."""
    return units.mapInArrow(partial(_read, limits), OUTCOMES)


def read_unit(unit: Unit, limits: Limits) -> Iterator[tuple[Any, ...]]:
    """The outcomes of one unit, as rows. Raises WorkerError where no worker can be had."""
    stamp = stamp_of(Path(unit.path)) if unit.path else None
    given = Path(unit.path) if unit.path else unit.data or b""
    found = _worker(limits, unit.form).read((given, unit.source))
    whole = not any(outcome.cut for outcome in found)
    for index, outcome in enumerate(found):
        path, location = _place(unit, outcome)
        record, problem = _record(outcome)
        kept = str(stamp) if stamp and whole else None
        yield unit.number * WITHIN + index, path, location, outcome.source, kept, problem, record


def _place(unit: Unit, outcome: Outcome) -> tuple[str, str]:
    """Where the document lies, for people and for the graph: inside a file, its path goes on."""
    if unit.path:
        return escaped(str(outcome.path)), location_of(outcome.path)
    inner = outcome.source[len(unit.source) :]
    return unit.location + inner, unit.location + inner


def _record(outcome: Outcome) -> tuple[str | None, str | None]:
    if outcome.record is None:
        return None, outcome.problem
    try:
        text = outcome.record.model_dump_json()
        text.encode()
    except ValueError:
        return None, _SURROGATE
    return text, None


def _read(limits: Limits, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    held: list[tuple[Any, ...]] = []
    size = 0
    for row in (row for batch in batches for row in batch.to_pylist()):
        for made in read_unit(Unit(**row), limits):
            held.append(made)
            size += len(made[-1] or "")
        if size >= _BYTES:
            yield _batch(held, OUTCOMES)
            held, size = [], 0
    if held:
        yield _batch(held, OUTCOMES)


def unit_batch(units: Sequence[Unit]) -> pa.RecordBatch:
    """Units as they go through Spark."""
    return _batch(units, UNITS)


def _batch(rows: Sequence[tuple[Any, ...]], columns: str) -> pa.RecordBatch:
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in (each.split() for each in columns.split(", "))])
    arrays = [pa.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


@cache
def _worker(limits: Limits, form: str) -> Pool:
    """The worker of this process, kept for the tasks to come; it ends with the process."""
    return Pool(1, limits, extraction if form == "file" else line_extraction)
