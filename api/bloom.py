"""``parkgraph bloom``: files for Neo4j Bloom and Neo4j Browser, made of the schema and the questions."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.failures import Code, Failure
from api.files import write_bytes, write_file
from api.options import STORE, FormatOption, StoreOption
from api.output import Format, write_rows
from graph.bloom import perspective
from graph.browser import grass as style_sheet
from graph.browser import saved_cypher
from graph.store import BOLT_SCHEMES, open_store


class Language(StrEnum):
    """The language of names and phrases."""

    zh = "zh"
    en = "en"


OutOption = Annotated[Path | None, typer.Option("--out", help="The perspective for Bloom, as JSON.")]
GrassOption = Annotated[Path | None, typer.Option("--grass", help="A style sheet for Browser (.grass).")]
SavedOption = Annotated[Path | None, typer.Option("--saved", help="The questions as saved Cypher for Browser (.zip).")]
LangOption = Annotated[Language, typer.Option("--lang", help="The language of names and phrases.")]
CheckOption = Annotated[bool, typer.Option("--check", help="Try names and phrases on the store, a loaded Neo4j.")]


def bloom(
    out: OutOption = None,
    grass: GrassOption = None,
    saved: SavedOption = None,
    lang: LangOption = Language.zh,
    check: CheckOption = False,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> Code:
    """Write files for Neo4j Bloom and Neo4j Browser.

    With --check, asks every search phrase of the store with what it suggests, and lists what fails or finds nothing.
    """
    if not (out or grass or saved or check):
        raise Failure("bloom: say what to write, by --out, --grass or --saved, or --check", Code.USAGE)
    made = perspective(lang.value)
    if out:
        write_file(out, [json.dumps(made, ensure_ascii=False, indent=1), "\n"])
    if grass:
        write_file(grass, [style_sheet(lang.value)])
    if saved:
        write_bytes(saved, saved_cypher(lang.value))
    return _check(made, store, form) if check else Code.OK


def _check(made: dict[str, object], store: str, form: Format) -> Code:
    if store.partition(":")[0] not in BOLT_SCHEMES:
        raise Failure(f"bloom --check: {store} is no Neo4j; Bloom asks one, at neo4j://HOST", Code.USAGE)
    from graph.bloom_lint import lint

    with open_store(store, create=False) as opened:
        problems = lint(made, opened)
    rows = [{"where": problem.where, "cause": problem.cause} for problem in problems]
    if rows or form is not Format.table:
        write_rows(("where", "cause"), rows, form)
    else:
        typer.echo(f"{store}: every name exists, every phrase finds something; no problems")
    return Code.SOMETHING_SKIPPED if rows else Code.OK
