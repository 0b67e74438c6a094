"""``parkgraph export``: the forms that the graph can be written in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.files import write_file
from graph.export import export_lines
from graph.store import Store, open_store


class ExportFormat(StrEnum):
    """How the graph is written."""

    jsonl = "jsonl"
    graphml = "graphml"
    gexf = "gexf"


ExportOption = Annotated[
    ExportFormat,
    typer.Option("--format", help="jsonl: the canonical form, all of it; graphml and gexf: for Gephi and the like."),
]


def export(out: Path, form: ExportFormat, store: str) -> None:
    """Write the graph to ``out``; ``-`` is standard output."""
    with open_store(store, create=False) as opened:
        parts = _parts(opened, form)
        if str(out) == "-":
            sys.stdout.writelines(parts)
        else:
            write_file(out, parts)


def _parts(store: Store, form: ExportFormat) -> Iterable[str]:
    if form is ExportFormat.jsonl:
        return (f"{line}\n" for line in export_lines(store))
    from graph.drawing import drawing

    return drawing(store, "graphml" if form is ExportFormat.graphml else "gexf")
