"""What the commands of ``parkgraph`` do, apart from how they are called."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from api import output
from api.failures import Code, Failure
from graph.load import remove as remove_documents
from graph.queries import catalogue
from graph.stats import stats as count
from graph.store import open_store
from graph.unresolved import coverage as coverage_of
from graph.unresolved import unresolved as list_unresolved


def remove(documents: Sequence[str], store: str) -> None:
    """Remove documents, each named by its sha256 or by the first eight characters of it or more."""
    with open_store(store, create=False) as opened:
        held = [str(row["id"]) for row in opened.read("MATCH (d:Document) RETURN d.id AS id")]
        result = remove_documents(opened, [_whole(document, held) for document in documents])
    typer.echo(f"{_count(len(documents), 'document')} removed from {store}: revision {result.revision}")


def _whole(document: str, held: Sequence[str]) -> str:
    found = [sha for sha in held if sha.startswith(document.lower())] if len(document) >= 8 else []
    if len(found) != 1:
        cause = (
            "several documents begin so" if found else "no such document; give its sha256, or eight characters of it"
        )
        raise Failure(f"{document}: {cause}", Code.USAGE)
    return found[0]


def queries(form: output.Format) -> None:
    """List the canned queries with their options."""
    columns = ("name", "title", "answers", "options")
    rows = [
        {
            "name": query.name,
            "title": query.title.zh,
            "answers": query.description.en,
            "options": " ".join(f"--{param.name.replace('_', '-')}" for param in query.params),
        }
        for query in catalogue().values()
    ]
    output.write_rows(columns, rows, form)


def stats(store: str, form: output.Format) -> None:
    """Count what a store holds: nodes and edges by kind, held policies by region and year."""
    with open_store(store, create=False) as opened:
        counted = count(opened)
    groups = {
        "store": {"revision": counted.revision},
        "policy": {"held": counted.held, "only cited": counted.cited_only},
        "region": counted.regions,
        "year": counted.years,
        "node": counted.nodes,
        "edge": counted.edges,
    }
    rows = [
        {"of": group, "name": name or "not known", "count": number}
        for group, numbers in groups.items()
        for name, number in numbers.items()
    ]
    output.write_rows(("of", "name", "count"), rows, form)


def unresolved(store: str, form: output.Format, coverage: bool) -> None:
    """List what was not understood, or how much of each document's text is covered."""
    with open_store(store, create=False) as opened:
        if coverage:
            covered = coverage_of(opened)
            rows = [
                {"source": each.source, "policy": each.policy, "characters": each.characters, "covered": each.covered,
                 "share": round(each.share, 4), "document": each.document}
                for each in covered
            ]  # fmt: skip
            columns: tuple[str, ...] = ("source", "policy", "characters", "covered", "share", "document")
        else:
            rows = list_unresolved(opened)
            columns = ("category", "text", "reason", "policy", "quote", *output.PLACES, *output.IN_FILE)
    output.write_rows(columns, rows, form)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
