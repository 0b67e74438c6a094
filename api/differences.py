"""``parkgraph differences``: where the pages of one policy differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from api.options import STORE, FormatOption, StoreOption
from api.output import Format, write_rows
from graph.detail.differences import CopyDifferences, differences, policies_with_copies
from graph.entities import resolve_entity
from graph.store import open_store

COLUMNS = (
    "policy", "source", "what", "change", "path", "name", "here", "there", "start", "end", "there_start", "there_end",
    "document", "policy_id",
)  # fmt: skip
_HIDDEN = ("start", "end", "there_start", "there_end", "document", "policy_id")


def show(
    policy: Annotated[
        str | None, typer.Argument(metavar="POLICY", help="Its id, number or title; by default all with several pages.")
    ] = None,
    store: StoreOption = STORE,
    form: FormatOption = Format.table,
) -> None:
    """Show where the pages of one policy differ: facts, tasks, duties, targets and words."""
    with open_store(store, create=False) as opened:
        wanted = resolve_entity(opened, "policy", policy) if policy is not None else policies_with_copies(opened)
        rows = []
        for id_ in wanted:
            found = differences(opened, id_)
            for copy in found.copies:
                told = {
                    "policy": found.policy.title,
                    "source": copy.source,
                    "document": copy.document,
                    "policy_id": id_,
                }
                rows += [{**told, **row} for row in _rows(copy)]
    columns = tuple(column for column in COLUMNS if form is not Format.table or column not in _HIDDEN)
    if rows or form is not Format.table:
        write_rows(columns, [{column: row.get(column) for column in columns} for row in rows], form)
    else:
        typer.echo("no pages of one policy differ")


def _rows(copy: CopyDifferences) -> Iterator[dict[str, object]]:
    """What differs on one page, a row each; ``here`` is the page that speaks for the policy."""
    for fact in copy.facts:
        yield {"what": "fact", "change": "changed", "name": fact.name, "here": fact.here, "there": fact.there}
    for item in copy.items:
        row: dict[str, object] = {"what": item.of, "change": item.change, "path": item.path, "name": item.name}
        for side, words, first, last in (
            (item.here, "here", "start", "end"),
            (item.there, "there", "there_start", "there_end"),
        ):
            row |= {words: side.quote, first: side.start, last: side.end} if side else {}
        yield row
    for text in copy.texts:
        yield {
            "what": "text", "change": "changed" if text.here.quote and text.there.quote else "missing" if text.here.quote else "added",
            "here": text.here.quote, "there": text.there.quote, "start": text.here.start, "end": text.here.end,
            "there_start": text.there.start, "there_end": text.there.end,
        }  # fmt: skip
    for what, told, count in (("items", copy.items, copy.item_count), ("texts", copy.texts, copy.text_count)):
        if count > len(told):
            yield {"what": what, "change": "more", "name": f"{count - len(told)} more are not shown"}
