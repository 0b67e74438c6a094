"""The graph as files for ``neo4j-admin database import full``: the fastest way of a whole graph into a Neo4j.

A header file and a data file for each label, and for each relationship type between two labels; ids are in one group a
label. The revision and the log of changes go along: what is imported is at the same revision, and a follower may go on
there. Texts are always in quotes, so that an empty text is not taken for an absent one. The import makes no
constraints: opening the store afterwards does.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from graph.dump import OWN, Unchanged, ends, labels, raw_edges, raw_nodes
from graph.errors import StoreError
from graph.schema import Prop, PropType, edge_props, node_props
from graph.store import Row, Store

COMMAND = "import.txt"
_TYPES: dict[PropType, str] = {
    "string": "string",
    "integer": "long",
    "number": "double",
    "boolean": "boolean",
    "date": "date",
    "strings": "string[]",
}
BETWEEN = "\x1f\x1e\x1d\x1c\ue000\ue001\ue002"  # what may stand between the texts of a list: one that is in none
_BUFFER = 4 * 2**20  # bytes that the import reads at once by default; no field may be longer


def export_bulk(store: Store, folder: Path, database: str = "neo4j") -> int:
    """Write the files and ``import.txt`` with the command into ``folder``; return how many rows there are.

    Raises StoreError where the graph changes meanwhile or cannot be written so, OSError where a file cannot be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for between in BETWEEN:
        writer = _Writer(folder, between)
        try:
            with Unchanged(store):
                _write(store, writer)
        except _TakenError:
            continue
        text = command(writer.options, between, writer.longest, database)
        (folder / COMMAND).write_text(text, encoding="utf-8")
        return writer.rows
    raise StoreError(f"{store.url}: lists hold every character that could stand between their texts")


def _write(store: Store, writer: _Writer) -> None:
    for label in chain((node.label for node in labels()), OWN):
        writer.nodes(label, raw_nodes(store, label))
    for edge, source, target in ends():
        writer.edges(edge.type, source, target, raw_edges(store, edge.type, source, target))


class _TakenError(Exception):
    """A text of a list holds the character that is to stand between them."""


class _Writer:
    """Writes the files of one export and keeps what the command has to say of them."""

    def __init__(self, folder: Path, between: str) -> None:
        self.folder = folder
        self.between = between
        self.options: list[str] = []
        self.rows = 0
        self.longest = 0  # bytes

    def nodes(self, label: str, rows: Sequence[Row]) -> None:
        """The nodes of a label."""
        self._files(f"--nodes={label}", label, node_header(label), node_props(label), rows)

    def edges(self, kind: str, source: str, target: str, rows: Sequence[Row]) -> None:
        """The relationships of a type between two labels."""
        props = (Prop("from"), Prop("to"), *edge_props(kind))
        header = edge_header(kind, source, target)
        self._files(f"--relationships={kind}", f"{source}-{kind}-{target}", header, props, rows)

    def _files(self, option: str, name: str, header: str, props: tuple[Prop, ...], rows: Sequence[Row]) -> None:
        if not rows:
            return
        (self.folder / f"{name}.header.csv").write_text(header, encoding="utf-8")
        with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(self._measured(lines(props, self._texts, (row.values() for row in rows))))
        self.options.append(f"{option}={name}.header.csv,{name}.csv")
        self.rows += len(rows)

    def _measured(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            if len(line) > self.longest:
                self.longest = len(line.encode())
            yield line

    def _texts(self, values: list[str]) -> str:
        if any(self.between in value for value in values):
            raise _TakenError
        return joined(values, self.between)


def node_header(label: str) -> str:
    """The line that says what stands in the files of a label."""
    return ",".join([f"id:ID({label})", *map(_column, node_props(label)[1:])]) + "\n"


def edge_header(kind: str, source: str, target: str) -> str:
    """The same for a relationship type between two labels: both ends come first."""
    return ",".join([f":START_ID({source})", f":END_ID({target})", *map(_column, edge_props(kind))]) + "\n"


def lines(props: Iterable[Prop], texts: Callable[[list[str]], str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A line for each row, which holds the values of ``props`` in order; ``texts`` makes the cell of a list."""
    makers = [_MAKERS.get(prop.type, _text) if prop.type != "strings" else texts for prop in props]
    for row in rows:
        yield ",".join(["" if v is None else make(v) for make, v in zip(makers, row, strict=True)]) + "\n"


def joined(values: list[str], between: str) -> str:
    """The cell of a list of texts that do not hold ``between``."""
    return _text(between.join(values)) if values else ""


def _column(prop: Prop) -> str:
    return f"{prop.name}:{_TYPES[prop.type]}"


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


_MAKERS: dict[PropType, Callable[[Any], str]] = {
    "integer": str,
    "number": lambda value: repr(float(value)),
    "boolean": lambda value: "true" if value else "false",
    "date": lambda value: str(value.isoformat()),
}


def command(options: Iterable[str], between: str, longest: int, database: str) -> str:
    """What to run in the folder of the files. ``longest`` is the size of the longest line in bytes."""
    settings = [
        "--overwrite-destination",
        "--multiline-fields=true",
        f"--array-delimiter=U+{ord(between):04X}",
        "--legacy-style-quoting=false",
        "--trim-strings=false",
        "--id-type=string",
    ]
    if longest * 2 > _BUFFER:
        settings.append(f"--read-buffer-size={longest * 2 // 2**20 + 1}m")
    start = f"neo4j-admin database import full {shlex.quote(database)}"
    return (
        "# In this folder, while the database is stopped (it is replaced):\n"
        + " \\\n  ".join([start, *map(shlex.quote, [*settings, *options])])
        + "\n# Then start it; the constraints and indexes are made when parkgraph first opens it:\n"
        + "#   parkgraph stats --store neo4j://HOST\n"
    )
