"""``parkgraph ask "…"``."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from api.ask.asked import Asked
from api.options import STORE, FormatOption, StoreOption
from api.output import Format, for_people, write_json, write_rows
from graph.store import open_store

BeforeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--before", metavar="QUESTION", help="The question that this one goes on from; repeatable, oldest first."
    ),
]


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="In Chinese or English, in plain words.")],
    before: BeforeOption = None,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """Ask in plain words; it says how it was understood, and does not guess."""
    from api.ask.answer import ask as answer
    from api.ask.fallback import fallback
    from api.ask.held import read_held

    with open_store(store, create=False) as opened:
        asked = answer(opened, question, read_held(opened), date.today(), before or (), fallback())
    if form is Format.json:
        write_json(asked.data())
    elif form is Format.csv:
        write_rows(_columns(asked), asked.rows, form)
    else:
        _tell(asked)


def _columns(asked: Asked) -> list[str]:
    return [column.name for column in asked.query.columns] if asked.query else []


def _tell(asked: Asked) -> None:
    """For people: the sentence, the query, how words were read, other readings, the rows."""
    typer.echo(asked.answer)
    if asked.query:
        options = " ".join(f"--{name.replace('_', '-')} {_shell(value)}" for name, value in asked.params.items())
        typer.echo(f"\n$ parkgraph query {asked.query.name} {options}".rstrip())
    if read := [f"{said} = {kind} {value}".rstrip() for said, kind, value in asked.words if kind != "concept"]:
        typer.echo("\n".join(["", *(f"    {each}" for each in read)]))
    for other in asked.readings:
        typer.echo(f"    ? {other.query}: {other.question}")
    if asked.rows:
        typer.echo("")
        write_rows(for_people(_columns(asked), asked.rows), asked.rows, Format.table)


def _shell(value: object) -> str:
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return text if text.isalnum() or text.replace("-", "").isalnum() else "'" + text.replace("'", "'\\''") + "'"
