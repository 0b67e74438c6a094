"""Writes the rows of a spilled change into a Ladybug file that nobody else has: each table in a few large pieces.

By COPY, which takes no more memory than a piece and costs a third of a transaction. Its rows are not in the write-ahead
log (``graph.writes``), so such a file is of use only once all of it is written and taken into the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, TypeVar

from graph.ddl import arrow_schema, arrow_table
from graph.delta import Changes, Delta, Edge, Node
from graph.errors import StoreError
from graph.schema import edge_props, node_props
from graph.spill import Spill
from graph.writes import Run, edge_row, node_row, write

PIECE_ROWS, PIECE_BYTES = 100_000, 48 * 2**20  # a piece ends with the row that reaches one of them
STEP_ROWS = 5_000  # rows of one transaction, where they are looked up one by one
T = TypeVar("T", Node, Edge)


def fill(run: Run, spill: Spill) -> None:
    """Write all that ``spill`` holds. Raises StoreError; the file is of no use then."""
    for old in pieces(chain(spill.edges("removed"), spill.edges("changed")), STEP_ROWS):
        _step(run, Delta(edges=Changes(removed=old)))
    for gone in pieces(spill.nodes("removed"), STEP_ROWS):
        _step(run, Delta(Changes(removed=gone)))
    add_nodes(run, spill.nodes("added"))
    for changed in pieces(spill.nodes("changed"), STEP_ROWS):
        _step(run, Delta(Changes(changed=changed)))
    for new in pieces(chain(spill.edges("added"), spill.edges("changed")), PIECE_ROWS):
        _by(new, lambda edge: (edge.type, edge.source.label, edge.target.label), lambda *some: _copy_edges(run, *some))


def add_nodes(run: Run, nodes: Iterable[Node]) -> None:
    """Write nodes that are not there yet, piece by piece."""
    for new in pieces(nodes, PIECE_ROWS):
        _by(new, lambda node: (node.ref.label,), lambda *some: _copy_nodes(run, *some))


def pieces(rows: Iterable[T], most: int) -> Iterator[list[T]]:
    """``rows`` in lists of at most ``most``, and of not much more than PIECE_BYTES of text."""
    piece: list[T] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(value) for value in row.props.values() if type(value) is str)
        if len(piece) >= most or size >= PIECE_BYTES // 3:  # up to three bytes a character
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _by(
    rows: Iterable[T], table: Callable[[T], tuple[str, ...]], copy: Callable[[tuple[str, ...], list[T]], None]
) -> None:
    groups: dict[tuple[str, ...], list[T]] = {}
    for row in rows:
        groups.setdefault(table(row), []).append(row)
    for name, some in groups.items():
        copy(name, some)


def _step(run: Run, delta: Delta) -> None:
    run("BEGIN TRANSACTION", {})
    write(run, delta)
    run("COMMIT", {})


def _copy_nodes(run: Run, table: tuple[str, ...], nodes: list[Node]) -> None:
    rows = arrow_table([node_row(node) for node in nodes], arrow_schema(node_props(table[0])))
    _expect(run(f"COPY {table[0]} FROM $rows", {"rows": rows}), len(nodes))


def _copy_edges(run: Run, table: tuple[str, ...], edges: list[Edge]) -> None:
    kind, source, target = table
    rows = arrow_table([edge_row(edge) for edge in edges], arrow_schema(edge_props(kind), ends=True))
    _expect(run(f"COPY {kind} FROM $rows (from='{source}', to='{target}')", {"rows": rows}), len(edges))


def _expect(result: list[dict[str, Any]], count: int) -> None:
    told = str(result[0].get("result")) if result else ""
    if not told.startswith(f"{count} tuple"):
        raise StoreError(f"the store does not hold what it should: {count} rows to write, the engine says: {told}")
