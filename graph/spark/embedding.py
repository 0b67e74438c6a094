"""The table of a graph into a new embedded store, which appears whole.

COPY is the fastest way in, and is not in Ladybug's log of writes: so the store is filled beside its place, closed, and
only then takes it.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

import ladybug

from graph.embedded import EmbeddedStore
from graph.errors import StoreError
from graph.opened import ENGINE_ERRORS, acquire, one_line, release
from graph.schema import EDGES, NODES, Prop, edge_props, node_props
from graph.spark.tables import ENDS, OF


def fill(table: Path, there: Collection[str], path: Path, revision: int) -> None:
    """Make the store at ``path`` from the files in ``table``, which has the folders ``there``. Raises StoreError."""
    fresh = path.with_name(f"{path.name}.building")
    _remove(fresh)
    EmbeddedStore(fresh).close()
    try:
        _copy(fresh, table, there)
        with EmbeddedStore(fresh) as store:
            store.set_revision(revision)
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        _remove(fresh)


def _copy(path: Path, table: Path, there: Collection[str]) -> None:
    held = acquire(path.resolve(), False)
    try:
        connection = ladybug.Connection(held.database)
        for statement in _statements(table, there):
            connection.execute(statement)
        connection.execute("CHECKPOINT")
    except ENGINE_ERRORS as error:
        raise StoreError(f"{path}: cannot be filled: {one_line(error)}") from error
    finally:
        release(path.resolve())


def _statements(table: Path, there: Collection[str]) -> list[str]:
    found = [
        f"COPY {node.label} FROM ({_read(table, node.label, node_props(node.label))})"
        for node in NODES
        if node.label in there and node.label != "Meta"
    ]
    for edge in EDGES:
        for source, target in edge.ends:
            of = f"{source}-{edge.type}-{target}"
            if of in there:
                read = _read(table, of, (*ENDS, *edge_props(edge.type)))
                found.append(f"COPY {edge.type} FROM ({read}) (from='{source}', to='{target}')")
    return found


def _read(table: Path, of: str, props: tuple[Prop, ...]) -> str:
    files = str(table / f"{OF}={of}" / "*.parquet").replace("\\", "\\\\").replace("'", "\\'")
    return f"LOAD FROM '{files}' RETURN {', '.join(f'`{prop.name}`' for prop in props)}"


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}.wal")):
        each.unlink(missing_ok=True)
