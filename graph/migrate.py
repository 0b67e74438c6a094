"""Carries a graph of an older schema forward: every row is worked out anew from the records that the documents keep.

An embedded store is built beside the old file and takes its place at the end; the old file is kept. In Neo4j the
difference is written as one revision, and then the new version; a migration that was cut off can be run again. The log
of changes begins anew at the migrated revision: a follower of an older one fetches the whole graph.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from graph.copy import whole
from graph.delta import Changes, Delta, Edge, Node, Ref
from graph.documents import unpack_json
from graph.embedded import EmbeddedStore
from graph.errors import StoreError
from graph.log import LABEL as LOG
from graph.plan import plan
from graph.schema import SCHEMA_VERSION
from graph.store import Store, open_store
from ingest.records import Record

R = TypeVar("R", Node, Edge)
# What turns a stored record (as JSON) of a version into one of the next; none is needed where the models are the same.
STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


@dataclass(frozen=True)
class Migrated:
    """From which version to which, the revision now, and where the former file is kept, if there is one."""

    before: int
    after: int
    revision: int
    documents: int
    kept: Path | None = None

    @property
    def changed(self) -> bool:
        """Whether there was anything to do."""
        return self.before != self.after


@dataclass(frozen=True)
class _Held:
    time: str
    location: str
    record: Record


def migrate(url: str) -> Migrated:
    """Bring the store at ``url`` to this version's schema. Raises StoreError; what was there then stays."""
    with open_store(url, create=False, migrating=True) as store:
        meta = store.read("MATCH (m:Meta {id: 'meta'}) RETURN m.schema_version AS version, m.revision AS revision")[0]
        version, revision = int(meta["version"] or 0), int(meta["revision"] or 0)
        if version > SCHEMA_VERSION:
            raise StoreError(f"{store.url}: schema version {version} is of a newer parkgraph")
        if version == SCHEMA_VERSION:
            return Migrated(version, version, revision, 0)
        held = sorted(_documents(store, version), key=lambda each: (each.time, each.location))
        documents = len({each.record.document.sha256 for each in held})
        path: Path | None = getattr(store, "path", None)
        if path is None:
            return Migrated(version, SCHEMA_VERSION, _in_place(store, held), documents)
        fresh = path.with_name(f"{path.name}.migrating")
        _remove(fresh)
        with EmbeddedStore(fresh) as built:
            _fill(built, held)
            built.set_revision(revision + 1)
    kept = path.with_name(f"{path.name}.schema-{version}")
    _remove(kept)
    os.link(path, kept)
    fresh.replace(path)
    return Migrated(version, SCHEMA_VERSION, revision + 1, documents, kept)


def _documents(store: Store, version: int) -> Iterator[_Held]:
    query = (
        "MATCH (d:Document)-[f:FOUND_AT]->(l:Location) RETURN d.text AS text, d.record AS record, "
        "d.ingested_at AS time, l.id AS location, f.source AS source"
    )
    for row in store.read(query):
        yield _Held(row["time"] or "", row["location"], _record(row, version))


def _record(row: dict[str, Any], version: int) -> Record:
    data = json.loads(unpack_json(row["record"], row["source"]))
    for step in range(version, SCHEMA_VERSION):
        data = STEPS[step](data) if step in STEPS else data
    data["document"] |= {"text": row["text"] or "", "source": row["source"] or ""}
    try:
        return Record.model_validate_json(json.dumps(data))
    except ValueError as error:
        raise StoreError(
            f"{row['source']}: its record cannot be carried forward; ingest it into a new store"
        ) from error


def _fill(store: Store, held: list[_Held]) -> None:
    for time, group in groupby(held, key=lambda each: each.time):
        some = list(group)
        places = [each.location for each in some]
        store.apply(plan(store, [each.record for each in some], locations=places, now=time).delta)


def _in_place(store: Store, held: list[_Held]) -> int:
    """Write the difference between the graph as it is and as it should be."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "built.lbug") as built:
        _fill(built, held)
        base, after = store.revision(), whole(built)
    before = whole(store)
    delta = Delta(
        _difference(before.nodes.added, after.nodes.added, lambda row: row.ref, lambda row: row.props),
        _difference(
            before.edges.added, after.edges.added, lambda row: (row.key, row.source, row.target), lambda row: row.props
        ),
    )
    delta.nodes.removed += [Node(Ref(LOG, row["id"]), {}) for row in store.read(f"MATCH (c:{LOG}) RETURN c.id AS id")]
    revision = store.apply(delta, base=base)
    store.set_schema_version()
    return revision


def _difference(
    before: list[R], after: list[R], name: Callable[[R], object], content: Callable[[R], object]
) -> Changes[R]:
    old, new = {name(row): row for row in before}, {name(row): row for row in after}
    return Changes(
        [row for key, row in new.items() if key not in old],
        [row for key, row in new.items() if key in old and content(old[key]) != content(row)],
        [row for key, row in old.items() if key not in new],
    )


def _remove(path: Path) -> None:
    for each in (path, path.with_name(f"{path.name}.wal")):
        each.unlink(missing_ok=True)
