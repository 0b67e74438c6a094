"""The schema as Ladybug wants it: table definitions, and typed pyarrow tables of rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import pyarrow as pa

from graph.schema import EDGES, NODES, Prop, PropType, edge_props, node_props

_DDL: dict[PropType, str] = {
    "string": "STRING",
    "integer": "INT64",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "strings": "STRING[]",
}
_ARROW: dict[PropType, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "strings": pa.list_(pa.string()),
}


def arrow_type(kind: PropType) -> pa.DataType:
    """The type of a column for a property of a type."""
    return _ARROW[kind]


def create_statements() -> list[str]:
    """Statements that make every table, in order."""
    return [
        *(f"CREATE NODE TABLE {node.label}({_columns(node_props(node.label))}, PRIMARY KEY(id))" for node in NODES),
        *(
            f"CREATE REL TABLE {edge.type}({', '.join(f'FROM {a} TO {b}' for a, b in edge.ends)}, "
            f"{_columns(edge_props(edge.type))})"
            for edge in EDGES
        ),
    ]


def _columns(props: Sequence[Prop]) -> str:
    return ", ".join(f"`{prop.name}` {_DDL[prop.type]}" for prop in props)


@cache
def arrow_schema(props: tuple[Prop, ...], ends: bool = False) -> pa.Schema:
    """The columns of ``props`` with a ``c_`` before each name, so that no variable of a query collides."""
    fields = [(f"c_{prop.name}", _ARROW[prop.type]) for prop in props]
    return pa.schema([("c_from", pa.string()), ("c_to", pa.string()), *fields] if ends else fields)


def arrow_table(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """A typed table of ``rows``, each in the order of ``schema``."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(schema)
    arrays = [pa.array(list(column), type=field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
