"""``parkgraph query NAME``: one command for each file in ``cypher/``, its options those that the header declares."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

import typer

from api.options import STORE, FormatOption, StoreOption
from api.output import Format, write_rows
from graph.queries import Param, Query, catalogue, run
from graph.store import open_store

HELP = "Answer a question: query NAME --help tells its options."


def build() -> typer.Typer:
    """Build the group of commands, one a query."""
    group = typer.Typer(help=HELP, rich_markup_mode=None)
    for name, query in sorted(catalogue().items()):
        group.command(name, help=_help(query), short_help=query.title.en)(_command(query))
    return group


def _command(query: Query) -> Callable[..., None]:
    """Return a function with one keyword for each parameter, for typer to make options of."""

    def answer(store: str, form: Format, **given: str | None) -> None:
        with open_store(store, create=False) as opened:
            result = run(opened, query.name, {name: value for name, value in given.items() if value is not None})
        columns = [column.name for column in result.columns]
        write_rows(columns, result.rows, form)

    keywords = [_keyword(param) for param in query.params]
    keywords.append(_parameter("store", StoreOption, STORE))
    keywords.append(_parameter("form", FormatOption, Format.table))
    signature = inspect.Signature(keywords)
    answer.__signature__ = signature  # type: ignore[attr-defined]
    answer.__annotations__ = {name: keyword.annotation for name, keyword in signature.parameters.items()}
    return answer


def _keyword(param: Param) -> inspect.Parameter:
    """Describe one parameter; its value stays text here, ``graph`` checks and converts it."""
    names = {f"--{param.name.replace('_', '-')}": None, f"--{param.name}": None}
    option = typer.Option(*names, metavar=param.type.upper(), help=_explain(param))
    if param.required:
        return _parameter(param.name, Annotated[str, option], inspect.Parameter.empty)
    return _parameter(param.name, Annotated[str | None, option], None)


def _parameter(name: str, annotation: object, default: object) -> inspect.Parameter:
    kind: Any = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, annotation=annotation, default=default)


def _explain(param: Param) -> str:
    text = param.description.en
    if param.enum:
        text += f"; one of {', '.join(param.enum)}"
    return text if param.default is None else f"{text}  [default: {str(param.default).lower()}]"


def _help(query: Query) -> str:
    columns = "\n".join(f"  {column.name}: {column.description.en}" for column in query.columns)
    return f"{query.title.en} ({query.title.zh})\n\n{query.description.en}\n\n\b\nColumns:\n{columns}"
