"""``parkgraph export``: the graph, or a part of it, in the forms that it can be written in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from api.failures import Code, Failure
from api.files import write_file
from api.options import STORE, StoreOption
from graph.store import Store, open_store

if TYPE_CHECKING:
    from graph.part import Choice
    from graph.written import Form


class ExportFormat(StrEnum):
    """How the graph is written."""

    jsonl = "jsonl"
    turtle = "turtle"
    graphml = "graphml"
    gexf = "gexf"
    neo4j_admin = "neo4j-admin"


ExportOption = Annotated[
    ExportFormat,
    typer.Option(
        "--format",
        help="jsonl: the canonical form; turtle: RDF with terms of schema.org and ELI; graphml and gexf: for Gephi and "
        "the like; neo4j-admin: a folder of files for an import, with the command in import.txt.",
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", help="The file or folder to write; - is standard output.")]
PlaceArgument = Annotated[Path | None, typer.Argument(metavar="[PATH]", help="The same as --out.")]
PolicyOption = Annotated[
    list[str] | None, typer.Option("--policy", metavar="NAME", help="Only what this policy says; may be repeated.")
]
RegionOption = Annotated[str | None, typer.Option("--region", help="Only policies of this region and those within it.")]
ThemeOption = Annotated[str | None, typer.Option("--theme", help="Only policies with a task on this theme.")]
AsOfOption = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only policies not known to be out of force on this day."),
]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", metavar="LABEL", help="Only nodes of this label; may be repeated.")
]
BaseOption = Annotated[
    str | None, typer.Option("--base", metavar="URL", help="Where the addresses of Turtle begin; else they are URNs.")
]


def export(
    out: OutOption = None,
    place: PlaceArgument = None,
    form: ExportOption = ExportFormat.jsonl,
    store: StoreOption = STORE,
    policy: PolicyOption = None,
    region: RegionOption = None,
    theme: ThemeOption = None,
    as_of: AsOfOption = None,
    kind: KindOption = None,
    base: BaseOption = None,
) -> None:
    """Write the graph, or a part of it; the same documents give the same bytes, in any order.

    A part is what policies say: their tasks, targets and documents, and the agencies, parks, industries, themes, regions
    and policies that these are tied to. Conditions on policies add up.
    """
    from graph.part import Choice

    target = out or place
    if target is None or (out and place):
        raise Failure("export: say where to, by --out PATH", Code.USAGE)
    choice = Choice(tuple(policy or ()), region, theme, as_of.date() if as_of else None, tuple(kind or ()))
    if base is not None and form is not ExportFormat.turtle:
        raise Failure("export: --base is for --format turtle", Code.USAGE)
    with open_store(store, create=False) as opened:
        if form is ExportFormat.neo4j_admin:
            _export_files(opened, target, whole=choice == Choice())
        elif str(target) == "-":
            sys.stdout.writelines(_parts(opened, form, choice, base))
        else:
            write_file(target, _parts(opened, form, choice, base))


def _export_files(store: Store, folder: Path, *, whole: bool) -> None:
    from graph.bulk import COMMAND, export_bulk

    if str(folder) == "-":
        raise Failure("export --format neo4j-admin: writes a folder of files, not standard output", Code.USAGE)
    if not whole:
        raise Failure("export --format neo4j-admin: writes the whole graph, not a part of it", Code.USAGE)
    try:
        rows = export_bulk(store, folder)
    except OSError as error:
        raise Failure(f"{folder}: {error.strerror or error}", Code.OUTPUT) from error
    typer.echo(f"{rows} rows written to {folder}; the command that imports them is in {folder / COMMAND}")


def _parts(store: Store, form: ExportFormat, choice: Choice, base: str | None) -> Iterator[str]:
    """The text in pieces. Raises StoreError at its end if the graph has changed meanwhile."""
    from graph.dump import Unchanged
    from graph.linked.names import URN, checked_base
    from graph.part import part
    from graph.written import written

    address = checked_base(base) if base is not None else URN
    with Unchanged(store):
        yield from written(part(store, choice), cast("Form", form.value), base=address, as_of=choice.as_of)
