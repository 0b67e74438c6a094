"""A whole store in one file, bookkeeping and the log of changes included, for either engine.

A zip archive of two members: ``graph.jsonl``, a row a line in canonical JSON, and ``manifest.json`` with the versions, the
revision, the counts, the sha256 of ``graph.jsonl`` and the hash of the export (``graph.export``). The same graph gives the
same bytes. A restored graph is at the same revision, so that a follower of its log goes on there.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from graph.delta import Delta, Edge, Node, Ref
from graph.dump import Unchanged, edges_of, ends, is_empty, labels, nodes_of
from graph.errors import StoreError
from graph.export import canonical_line, export_hash
from graph.log import LABEL as LOG
from graph.schema import SCHEMA_VERSION
from graph.spill import typed
from graph.store import Store

ROWS, MANIFEST = "graph.jsonl", "manifest.json"
FORMAT = 1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, NotImplementedError, RuntimeError)


class Manifest(BaseModel):
    """What a backup says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    schema_version: int
    revision: int
    nodes: int
    edges: int
    sha256: str
    export_hash: str


def backup(store: Store, target: Path) -> tuple[Path, Manifest]:
    """Write all of ``store`` to the file ``target``, or into that folder under a name of its own; the file appears whole.

    Raises StoreError where the store cannot be read or changes meanwhile, OSError where the file cannot be written.
    """
    folder = target if target.is_dir() else target.parent
    partial = folder / f".{target.name}.{os.getpid()}.part"
    try:
        with partial.open("wb") as file:
            manifest = _write(store, file)
            file.flush()
            os.fsync(file.fileno())
        if target.is_dir():
            target = target / f"parkgraph-{manifest.revision:06d}-{manifest.export_hash[:8]}.zip"
        partial.replace(target)
    finally:
        with suppress(OSError):
            partial.unlink()
    return target, manifest


def restore(source: Path, store: Store) -> Manifest:
    """Write the backup ``source`` into an empty ``store``, all or nothing, once all of it has been read and found sound.

    Raises StoreError where the backup is damaged or of another version, or the store holds something.
    """
    manifest = verify(source)
    if not is_empty(store) or store.read(f"MATCH (c:{LOG}) RETURN c.id AS id LIMIT 1"):
        raise StoreError(f"{store.url}: holds a graph already; restore into a store that nothing was loaded into")
    if manifest.revision:
        store.set_revision(manifest.revision - 1)
        store.apply(_delta(source), base=manifest.revision - 1)
    if export_hash(store) != manifest.export_hash:
        raise StoreError(f"{store.url}: is not what the backup holds after restoring it; do not use it")
    return manifest


def verify(source: Path) -> Manifest:
    """What the backup says of itself, which is true. Raises StoreError where it is damaged or of another version."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = Manifest.model_validate_json(archive.read(MANIFEST))
            with archive.open(ROWS) as rows:
                digest = hashlib.sha256()
                while piece := rows.read(2**20):
                    digest.update(piece)
    except OSError as error:
        raise StoreError(f"{source}: {error.strerror or error}") from error
    except _DAMAGE as error:
        raise StoreError(f"{source}: {_cause(error)}") from error
    if digest.hexdigest() != manifest.sha256:
        raise StoreError(f"{source}: a damaged backup: its rows are not those that it was made of")
    if (manifest.format, manifest.schema_version) != (FORMAT, SCHEMA_VERSION):
        versions = f"format {manifest.format}, schema version {manifest.schema_version}"
        raise StoreError(
            f"{source}: {versions}; this program restores format {FORMAT}, schema version {SCHEMA_VERSION}: "
            "restore it with the parkgraph that made it, then run `parkgraph migrate`"
        )
    return manifest


def _cause(error: BaseException) -> str:
    return "no parkgraph backup" if isinstance(error, (ValidationError, KeyError)) else "a damaged backup"


def _write(store: Store, file: IO[bytes]) -> Manifest:
    counts = {"nodes": 0, "edges": 0}
    digest = hashlib.sha256()
    with Unchanged(store) as revision, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(_member(ROWS), "w", force_zip64=True) as rows:
            for row in _rows(store):
                line = canonical_line(row).encode() + b"\n"
                counts["nodes" if "kind" in row else "edges"] += 1
                digest.update(line)
                rows.write(line)
        manifest = Manifest(
            format=FORMAT,
            schema_version=SCHEMA_VERSION,
            revision=revision,
            sha256=digest.hexdigest(),
            export_hash=export_hash(store),
            **counts,
        )
        archive.writestr(_member(MANIFEST), manifest.model_dump_json(indent=2))
    return manifest


def _member(name: str) -> zipfile.ZipInfo:
    """A member without a time, so that the same graph gives the same bytes."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _rows(store: Store) -> Iterator[dict[str, Any]]:
    for label in (*(node.label for node in labels()), LOG):
        for node in nodes_of(store, label):
            yield {"kind": label, "id": node.ref.id, "props": node.props}
    for kind, *pair in ends():
        for edge in edges_of(store, kind.type, *pair):
            yield {
                "type": edge.type, "key": edge.key, "props": edge.props,
                "from": [edge.source.label, edge.source.id], "to": [edge.target.label, edge.target.id],
            }  # fmt: skip


def _delta(source: Path) -> Delta:
    delta = Delta()
    with zipfile.ZipFile(source) as archive, archive.open(ROWS) as rows:
        for row in map(json.loads, rows):
            if "kind" in row:
                props = typed(row["props"], row["kind"])
                delta.nodes.added.append(Node(Ref(row["kind"], row["id"]), props))
            else:
                props = typed(row["props"], row["type"])
                delta.edges.added.append(Edge(row["key"], row["type"], Ref(*row["from"]), Ref(*row["to"]), props))
    return delta
