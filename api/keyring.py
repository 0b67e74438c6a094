"""``parkgraph keys``: who may read and write over HTTP from elsewhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.failures import Code, Failure, one_line
from api.keys import Keys, KeysError
from api.options import FormatOption
from api.output import Format, write_rows

FileOption = Annotated[Path, typer.Option("--keys", envvar="PARKGRAPH_KEYS", help="The file of keys.")]
FILE = Path("parkgraph.keys")


class KeyScope(StrEnum):
    """What a key allows."""

    read = "read"
    write = "write"


def build() -> typer.Typer:
    """Build the group of commands."""
    group = typer.Typer(help="Make, list and remove the keys of the HTTP server.", rich_markup_mode=None)
    for command in (add, listed, remove):
        group.command("list" if command is listed else None)(command)
    return group


def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    scope: Annotated[KeyScope, typer.Option("--scope", help="Who may write may read too.")] = KeyScope.read,
    keys: FileOption = FILE,
) -> None:
    """Make a key and print it; only its hash is kept, so it is shown once."""
    try:
        typer.echo(Keys(keys).add(name, scope.value))
    except KeysError as error:
        raise Failure(one_line(error), Code.USAGE) from error


def listed(keys: FileOption = FILE, form: FormatOption = Format.table) -> None:
    """List the keys: names, scopes, when they were made."""
    try:
        rows = [{"name": key.name, "scope": key.scope, "created": key.created} for key in Keys(keys).all()]
    except KeysError as error:
        raise Failure(one_line(error), Code.USAGE) from error
    write_rows(("name", "scope", "created"), rows, form)


def remove(name: Annotated[str, typer.Argument(metavar="NAME")], keys: FileOption = FILE) -> None:
    """Remove a key; a running server refuses it from now on."""
    try:
        Keys(keys).remove(name)
    except KeysError as error:
        raise Failure(one_line(error), Code.USAGE) from error
    typer.echo(f"{name} removed")
