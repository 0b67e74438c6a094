"""Rows on their way through Spark, and the two ways in which a plain function is applied to them.

A row is of a ``kind``, and belongs to an outcome of reading (``row``). ``of`` names a label, or a type with its ends as in
the names of files (``Task-ABOUT-Theme``); ``id`` is that of a node or the key of an edge; ``body`` is JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa
from pyspark.sql import DataFrame

Row = dict[str, Any]
Make = Callable[[Iterator[Row]], Iterable[tuple[Any, ...]]]
BATCH_ROWS, BATCH_CHARACTERS = 2000, 8 * 2**20
_TYPES = {"string": pa.string(), "long": pa.int64(), "boolean": pa.bool_()}


class Said(NamedTuple):
    """A row of the graph, or something that rows are made from."""

    kind: str
    row: int
    of: str
    id: str
    source: str | None = None
    target: str | None = None
    body: str | None = None


SAID = "kind string, row long, of string, id string, source string, target string, body string"


def mapped(frame: DataFrame, make: Make, columns: str = SAID) -> DataFrame:
    """What ``make`` gives for the rows of each partition. ``columns`` are those of its tuples, as Spark writes a schema."""
    return frame.mapInArrow(partial(_mapped, make, columns), columns)


def by_key(frame: DataFrame, key: str, make: Make, columns: str = SAID, order: Iterable[str] = ()) -> DataFrame:
    """What ``make`` gives for all rows of each value of ``key``, which come in the order of the columns ``order``."""
    together = frame.repartition(key).sortWithinPartitions(key, *order)
    return together.mapInArrow(partial(_by_key, key, make, columns), columns)


def _mapped(make: Make, columns: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    return packed(make(_rows(batches)), columns)


def _by_key(key: str, make: Make, columns: str, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    groups = groupby(_rows(batches), key=lambda row: row[key])
    return packed((made for _, group in groups for made in make(group)), columns)


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[Row]:
    for batch in batches:
        yield from batch.to_pylist()


def packed(rows: Iterable[tuple[Any, ...]], columns: str) -> Iterator[pa.RecordBatch]:
    """Batches of ``rows``, none of them large."""
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in (each.split() for each in columns.split(", "))])
    held: list[tuple[Any, ...]] = []
    size = 0
    for row in rows:
        held.append(row)
        size += sum(len(value) for value in row if type(value) is str)
        if len(held) >= BATCH_ROWS or size >= BATCH_CHARACTERS:
            yield _batch(held, schema)
            held, size = [], 0
    if held:
        yield _batch(held, schema)


def _batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
