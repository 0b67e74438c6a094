"""``parkgraph analyse``: measures of the network of agencies, cycles of supersession, and paths."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from api.options import STORE, FormatOption, StoreOption
from api.output import Format, Row, write_rows
from graph.store import open_store

HELP = "Analyse the graph: central agencies, their communities, cycles of supersession, paths."
RegionOption = Annotated[
    str | None, typer.Option("--region", metavar="REGION", help="Only what the policies of this region say.")
]
TopOption = Annotated[int | None, typer.Option("--top", min=1, metavar="N", help="Only the first N.")]
CollectiveOption = Annotated[
    bool, typer.Option("--collective", help="With bodies that stand for many, such as 各县区人民政府.")
]
EndArgument = Annotated[str, typer.Argument(help="A name, or agency:NAME, policy:, park:, industry:, theme:, region:")]
WithoutOption = Annotated[
    list[str] | None, typer.Option("--without", metavar="KIND", help="No path through nodes of this kind; repeatable.")
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N of the shortest paths.")]
COLUMNS = {
    "centrality": ("agency", "region", "tasks", "degree", "shared", "betweenness", "pagerank"),
    "communities": ("community", "agency", "region", "tasks", "inside", "outside"),
    "cycles": (
        *("cycle", "step", "policy", "replaces", "loaded", "basis", "quote"),
        *("document", "start", "end", "policy_id", "replaces_id"),
    ),
    "path": (
        *("path", "step", "from", "direction", "relation", "to", "from_kind", "to_kind", "quote"),
        *("document", "start", "end"),
    ),
}


def build() -> typer.Typer:
    """Build the group of commands."""
    group = typer.Typer(help=HELP, rich_markup_mode=None)
    for command in (centrality, communities, cycles, path):
        group.command()(command)
    return group


def centrality(
    region: RegionOption = None,
    top: TopOption = None,
    collective: CollectiveOption = False,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """List agencies, the most central in shared tasks first."""
    from graph import network

    with open_store(store, create=False) as opened:
        _write("centrality", network.centrality(opened, region, collective=collective)[:top], form)


def communities(
    region: RegionOption = None,
    collective: CollectiveOption = False,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """List agencies by the groups in which they share tasks, the largest first."""
    from graph import network

    with open_store(store, create=False) as opened:
        _write("communities", network.communities(opened, region, collective=collective), form)


def cycles(store: StoreOption = STORE, form: FormatOption = Format.table) -> None:
    """List policies that replace one another in a circle, step by step."""
    from graph import supersession

    with open_store(store, create=False) as opened:
        _write("cycles", supersession.supersession_cycles(opened), form)


def path(
    source: EndArgument,
    target: EndArgument,
    without: WithoutOption = None,
    region: RegionOption = None,
    limit: LimitOption = 5,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """List the shortest paths between two entities, one row a step."""
    from graph import paths

    with open_store(store, create=False) as opened:
        found = paths.paths(opened, source, target, without=without or (), region=region, limit=limit)
    _write("path", found, form)


def _write(name: str, rows: Sequence[Row], form: Format) -> None:
    write_rows(COLUMNS[name], rows, form)
