"""The table of a graph as files for ``neo4j-admin database import full``, many for each label and type.

They are what ``graph.bulk`` writes, but for the number of files: the import takes those of a pattern for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from graph.bulk import BETWEEN, COMMAND, command, edge_header, joined, lines, node_header
from graph.errors import StoreError
from graph.schema import NODE_TYPES, Prop
from graph.spark.frames import Row, mapped
from graph.spark.tables import OF, columns, kinds

PATTERN = "part-.*"  # of the names that Spark gives to its files
LINES = "of string, line string"


class Size(NamedTuple):
    """What a table holds: rows by kind, the size of the longest row in bytes, and what may stand between texts of lists."""

    rows: dict[str, int]
    longest: int
    between: str


def size_of(table: DataFrame) -> Size:
    """Look through a table. Raises StoreError where its lists hold every character that could stand between their texts."""
    texts = [prop.name for prop in columns() if prop.type == "string"]
    lists = sql.concat(*(_joined(prop) for prop in columns() if prop.type == "strings"))
    length = sum((sql.coalesce(sql.octet_length(sql.col(f"`{name}`")), sql.lit(0)) for name in texts), sql.lit(0))
    found = table.groupBy(OF).agg(
        sql.count("*").alias("rows"),
        sql.max(length + sql.octet_length(lists)).alias("longest"),
        *(sql.max(lists.contains(each)).alias(f"has{number}") for number, each in enumerate(BETWEEN)),
    )
    rows = found.collect()
    free = [each for number, each in enumerate(BETWEEN) if not any(row[f"has{number}"] for row in rows)]
    if not free:
        raise StoreError("lists hold every character that could stand between their texts")
    return Size({row[OF]: row["rows"] for row in rows}, max(row["longest"] for row in rows), free[0])


def import_lines(table: DataFrame, between: str) -> DataFrame:
    """The lines of all files, each with the folder (``of``) that it belongs to; without the line end."""
    return mapped(table, partial(_lines, between), LINES)


def import_files(size: Size, database: str = "neo4j") -> dict[str, str]:
    """The other files, by name: a header for each label and type, and the command."""
    files, options = {}, []
    for of in (each for each in kinds() if each in size.rows):
        node = of in NODE_TYPES
        source, kind, target = ("", of, "") if node else of.split("-")
        files[f"{of}.header.csv"] = node_header(of) if node else edge_header(kind, source, target)
        options.append(f"--{'nodes' if node else 'relationships'}={kind}={of}.header.csv,{OF}={of}/{PATTERN}")
    return {**files, COMMAND: command(options, size.between, size.longest, database)}


def _joined(prop: Prop) -> Any:
    return sql.coalesce(sql.array_join(sql.col(f"`{prop.name}`"), " "), sql.lit(""))


def _lines(between: str, rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    declared = kinds()
    for of, some in groupby(rows, key=itemgetter(OF)):
        values = ([row[prop.name] for prop in declared[of]] for row in some)
        for line in lines(declared[of], partial(joined, between=between), values):
            yield of, line[:-1]
