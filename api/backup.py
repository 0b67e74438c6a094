"""``parkgraph backup``, ``restore`` and ``check``: a whole store in one file and back, and whether a store is sound."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.failures import Code
from api.options import STORE, FormatOption, StoreOption
from api.output import Format, write_rows
from graph.store import open_store


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE_OR_DIR", help="The file, or a folder for it.")],
    store: StoreOption = STORE,
) -> None:
    """Write a whole store to one file, for either engine.

    The file holds the hash of the export and a checksum. While somebody loads, it says so and writes nothing.
    """
    from graph.backup import backup as back_up

    with open_store(store, create=False) as opened:
        path, made = back_up(opened, target)
    typer.echo(f"{path}: revision {made.revision}, {made.nodes} nodes, {made.edges} edges, export {made.export_hash}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="A file that `parkgraph backup` wrote.")],
    store: StoreOption = STORE,
) -> None:
    """Write a backup into a store that nothing was loaded into.

    All of the backup is verified first, and the hash of the export afterwards.
    """
    from graph.backup import restore as bring_back
    from graph.backup import verify

    verify(source)  # before a store is made for it
    with open_store(store) as opened:
        made = bring_back(source, opened)
    typer.echo(f"{store}: revision {made.revision}, {made.nodes} nodes, {made.edges} edges, export {made.export_hash}")


def check(store: StoreOption = STORE, form: FormatOption = Format.table) -> Code:
    """Prove that a store is sound: every quote stands in its document, and nothing is damaged.

    Lists what does not hold, and then ends with exit code 1.
    """
    from graph.guarded import check_guarded

    problems, revision = check_guarded(store)
    rows = [{"kind": problem.kind, "row": problem.row, "cause": problem.cause} for problem in problems]
    if rows or form is not Format.table:
        write_rows(("kind", "row", "cause"), rows, form)
    else:
        typer.echo(f"{store}, revision {revision}: every quote stands in its document; no problems")
    return Code.SOMETHING_SKIPPED if rows else Code.OK
