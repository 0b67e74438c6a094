"""``parkgraph search``, ``copy`` and ``migrate``: finding nodes by words, and moving whole graphs."""

from __future__ import annotations

from typing import Annotated

import typer

from api.options import STORE, FormatOption, StoreOption
from api.output import Format, write_rows
from graph.store import open_store

KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only Policy, Task, Agency, Park, Industry or Target; repeatable."),
]
COLUMNS = ("kind", "name", "excerpt", "policy", "id")


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Words, each of which has to be there.")],
    kind: KindOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N of the best.")] = 20,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """Find policies, tasks, agencies, parks, industries and targets by words of their names and texts."""
    from graph.search import search as find

    with open_store(store, create=False) as opened:
        rows = [vars(hit) for hit in find(opened, text, kind, limit)]
    write_rows(COLUMNS, rows, form)


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM_STORE", help="The store that is read: a path or URL.")],
    target: Annotated[str, typer.Argument(metavar="TO_STORE", help="The store that is written; it has to be empty.")],
) -> None:
    """Copy a whole graph into an empty store, of the same engine or the other."""
    from graph.copy import copy as copy_graph

    with open_store(source, create=False) as one, open_store(target) as other:
        nodes, edges = copy_graph(one, other)
        typer.echo(f"{nodes} nodes and {edges} edges copied to {other.url}: revision {other.revision()}")


def migrate(store: StoreOption = STORE) -> None:
    """Bring a store that an older parkgraph wrote to the schema of this one."""
    from graph.migrate import migrate as carry_forward

    done = carry_forward(store)
    if not done.changed:
        typer.echo(f"{store}: has schema version {done.after} already, still revision {done.revision}")
        return
    kept = f"; the former file is {done.kept}" if done.kept else ""
    typer.echo(f"{store}: schema version {done.before} to {done.after}, revision {done.revision}{kept}")
