"""``parkgraph export``: the forms that the graph can be written in."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.failures import Code, Failure
from api.files import write_file
from graph.export import export_lines
from graph.store import Store, open_store


class ExportFormat(StrEnum):
    """How the graph is written."""

    jsonl = "jsonl"
    graphml = "graphml"
    gexf = "gexf"
    neo4j_admin = "neo4j-admin"


ExportOption = Annotated[
    ExportFormat,
    typer.Option(
        "--format",
        help="jsonl: the canonical form, all of it; graphml and gexf: for Gephi and the like; neo4j-admin: a folder of "
        "files for an import, with the command in import.txt.",
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", help="The file or folder to write; - is standard output.")]
PlaceArgument = Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The same as --out.")]


def export(out: Path | None, place: Path | None, form: ExportFormat, store: str) -> None:
    """Write the graph to ``out`` or ``place``, one of which is given; ``-`` is standard output."""
    target = out or place
    if target is None or (out and place):
        raise Failure("export: say where to, by --out PATH", Code.USAGE)
    with open_store(store, create=False) as opened:
        if form is ExportFormat.neo4j_admin:
            _export_files(opened, target)
        elif str(target) == "-":
            sys.stdout.writelines(_parts(opened, form))
        else:
            write_file(target, _parts(opened, form))


def _export_files(store: Store, folder: Path) -> None:
    from graph.bulk import COMMAND, export_bulk

    if str(folder) == "-":
        raise Failure("export --format neo4j-admin: writes a folder of files, not standard output", Code.USAGE)
    try:
        rows = export_bulk(store, folder)
    except OSError as error:
        raise Failure(f"{folder}: {error.strerror or error}", Code.OUTPUT) from error
    typer.echo(f"{rows} rows written to {folder}; the command that imports them is in {folder / COMMAND}")


def _parts(store: Store, form: ExportFormat) -> Iterable[str]:
    if form is ExportFormat.jsonl:
        return (f"{line}\n" for line in export_lines(store))
    from graph.drawing import drawing

    return drawing(store, "graphml" if form is ExportFormat.graphml else "gexf")
