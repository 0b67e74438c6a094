"""The whole graph as one table of typed columns, a folder a label or relationship type: ``of=Task``, ``of=Task-ABOUT-Theme``.

A row has the columns of ``graph.schema`` that its kind has, and ``from`` and ``to`` where it is a relationship. The
embedded store copies these files in; other programs (DuckDB, pandas, Spark itself) can read them too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame

from graph.ddl import arrow_type
from graph.schema import EDGES, NODES, SCHEMA_VERSION, Prop, PropType, edge_props, node_props
from graph.spark.frames import BATCH_CHARACTERS, BATCH_ROWS, Said
from graph.spark.texts import props_of, text_of

OF = "of"
ENDS = (Prop("from"), Prop("to"))
_SPARK: dict[PropType, str] = {
    "string": "string",
    "integer": "bigint",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "strings": "array<string>",
}


def kinds() -> dict[str, tuple[Prop, ...]]:
    """The columns of each label, and of each type with its ends."""
    found = {node.label: node_props(node.label) for node in NODES}
    for edge in EDGES:
        for source, target in edge.ends:
            found[f"{source}-{edge.type}-{target}"] = (*ENDS, *edge_props(edge.type))
    return found


@cache
def columns() -> tuple[Prop, ...]:
    """Every column of the table, ``of`` first."""
    found = {prop.name: prop for props in kinds().values() for prop in props}
    for props in kinds().values():
        for prop in props:
            if found[prop.name].type != prop.type or prop.name == OF:
                raise AssertionError(f"the property {prop.name} has two types")
    return (Prop(OF), *found.values())


COLUMNS = ", ".join(f"`{prop.name}` {_SPARK[prop.type]}" for prop in columns())


def meta(revision: int) -> Said:
    """The row that says which schema and which revision the graph has."""
    return Said("node", 0, "Meta", "meta", body=text_of({"schema_version": SCHEMA_VERSION, "revision": revision}))


def table(rows: DataFrame) -> DataFrame:
    """The table of ``rows`` of nodes and edges. A document with another name in ``source`` gets that."""
    kept = rows.select("kind", "of", "id", "source", "target", "body")
    return kept.mapInArrow(_typed, COLUMNS)


def _typed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    schema = pa.schema([(prop.name, arrow_type(prop.type)) for prop in columns()])
    held: list[dict[str, Any]] = []
    size = 0
    for row in (row for batch in batches for row in batch.to_pylist()):
        held.append(_whole(row))
        size += len(row["body"])
        if len(held) >= BATCH_ROWS or size >= BATCH_CHARACTERS:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
            held, size = [], 0
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)


def _whole(row: dict[str, Any]) -> dict[str, Any]:
    of, kind = row["of"], row["kind"]
    if kind == "edge":
        props = props_of(row["body"], of.split("-")[1])
        return {**props, OF: of, "key": row["id"], "from": row["source"], "to": row["target"]}
    props = props_of(row["body"], of)
    if kind == "document" and row["source"] is not None:
        props |= {"name": row["source"], "source": row["source"]}
    return {**props, OF: of, "id": row["id"], "kind": of}
