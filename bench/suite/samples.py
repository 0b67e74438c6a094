"""The sample documents, which the examples of the questions ask for, into a graph that does not hold them."""

from __future__ import annotations

from pathlib import Path

from graph.load import load, remove
from graph.store import open_store
from ingest.files import find_files
from ingest.pipeline import extract_many


def put_in(store: str, folder: str) -> list[str]:
    """Load those of ``folder`` that it does not hold; their hashes."""
    records = [each.record for each in extract_many(find_files([Path(folder)])) if each.record]
    with open_store(store, create=False) as opened:
        ids = [each.document.sha256 for each in records]
        held = opened.read("MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id", {"ids": ids})
        news = [each for each in records if each.document.sha256 not in {row["id"] for row in held}]
        if news:
            load(opened, news, locations=[f"/bench/samples/{each.document.source}" for each in news])
    return [each.document.sha256 for each in news]


def take_out(store: str, documents: list[str]) -> None:
    """Take out what ``put_in`` has put in."""
    with open_store(store, create=False) as opened:
        remove(opened, documents)
