"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.output import Format

STORE = "parkgraph.lbug"

PathsArgument = Annotated[list[Path], typer.Argument(metavar="PATH...", help="Files, or folders of files.")]
StoreOption = Annotated[
    str,
    typer.Option("--store", envvar="PARKGRAPH_STORE", metavar="URL", help="The store: a path, or neo4j://HOST[:PORT]."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="A table leaves out ids and offsets.")]
WorkersOption = Annotated[int, typer.Option("--workers", min=1, metavar="N", help="Processes that read documents.")]
