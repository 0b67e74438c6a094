"""Documents as the store keeps them: which bytes, found where, stating which policy; before and after a change."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from graph.delta import Edge, Node, Ref, clean, edge
from graph.errors import RecordError, StoreError
from graph.store import Reader, from_each, read_many
from graph.twins import settled, twin_key
from ingest.records import Record


@dataclass(frozen=True)
class Copy:
    """A document: its bytes' hash, the policy that it states, and the places (path → name) where it was found.

    ``stamps`` (path → text) is what whoever loaded it keeps of the file there, to know it again. ``own`` is the policy
    that it states by itself, ``number`` the number that it gives, ``twin`` what pages of one policy share (``graph.twins``).
    """

    sha256: str
    policy: str
    characters: int
    record_hash: str
    ingested_at: str
    locations: Mapping[str, str] = field(default_factory=dict)
    stamps: Mapping[str, str] = field(default_factory=dict)
    own: str = ""
    number: str | None = None
    twin: str | None = None

    @property
    def source(self) -> str:
        """The name that it goes by: the first of those that it has."""
        return min(self.locations.values(), default="")

    @property
    def rank(self) -> tuple[int, str]:
        """The longest text states the policy; of equals, the smallest hash."""
        return -self.characters, self.sha256

    def beside(self, earlier: Copy) -> Copy:
        """The same bytes at the places of ``earlier`` as well: what was read last holds."""
        same = earlier.record_hash == self.record_hash
        return replace(
            self,
            ingested_at=earlier.ingested_at if same else self.ingested_at,
            locations={**earlier.locations, **self.locations},
            stamps={**earlier.stamps, **self.stamps},
        )


@dataclass(frozen=True)
class Places:
    """Where records were found, a path for each; a stamp for each where there are any; and paths that are ``gone``."""

    paths: Sequence[str]
    stamps: Sequence[str | None] = ()
    gone: Sequence[str] = ()


@dataclass
class Shift:
    """Every document whose policy is touched by a change, before and after it.

    ``arrived`` tells which of the records that are loaded is that of a document.
    """

    before: dict[str, Copy]
    after: dict[str, Copy]
    arrived: dict[str, int]

    def policies(self) -> list[str]:
        """The policies touched."""
        return sorted({copy.policy for copy in (*self.before.values(), *self.after.values())})


def primaries(copies: Iterable[Copy]) -> dict[str, Copy]:
    """The document that speaks for each policy."""
    best: dict[str, Copy] = {}
    for copy in copies:
        best[copy.policy] = min(best.get(copy.policy, copy), copy, key=lambda each: each.rank)
    return best


def shift(store: Reader, records: Sequence[Record], places: Places, remove: Iterable[str], now: str) -> Shift:
    """What loading ``records`` (one for each place) and removing documents and places does to the set of documents."""
    incoming = {path: _arrived(record) for path, record in zip(places.paths, records, strict=True)}
    stamps = dict(zip(places.paths, places.stamps, strict=True)) if places.stamps else {}
    gone, left = set(remove), incoming.keys() | set(places.gone)
    shas = {each.sha256 for each in incoming.values()} | gone | _found_at(store, left)
    before = read_copies(store, shas)
    twins = {copy.twin for copy in before.values() if copy.twin} | {
        each.twin for each in incoming.values() if each.twin
    }
    before |= read_copies(store, _twins(store, twins) - before.keys())
    before |= read_copies(store, _stating(store, before, incoming) - before.keys())
    after = {
        sha: replace(copy, locations={path: name for path, name in copy.locations.items() if path not in left})
        for sha, copy in before.items()
        if sha not in gone
    }
    for path, arrived in incoming.items():
        after[arrived.sha256] = _copy(arrived, path, stamps.get(path), after.get(arrived.sha256), now)
    places_of = {path: place for place, path in enumerate(places.paths)}
    arrived_as = {arrived.sha256: places_of[path] for path, arrived in incoming.items()}
    return Shift(before, settled({sha: copy for sha, copy in after.items() if copy.locations}, twins), arrived_as)


class _Arrived(NamedTuple):
    """What is kept of a record while others are looked at: there may be more of them than memory holds."""

    sha256: str
    policy: str
    characters: int
    record_hash: str
    source: str
    number: str | None
    twin: str | None


def _arrived(record: Record) -> _Arrived:
    document = record.document
    try:
        digest = hashlib.sha256(_pack(record).encode()).hexdigest()
        document.text.encode()
    except ValueError as error:
        raise RecordError(f"{_shown(document.source)}: holds half a surrogate pair, which is no character") from error
    policy = record.policy
    number, twin = policy.doc_number, twin_key(policy)
    return _Arrived(document.sha256, policy.id, len(document.text), digest, document.source, number, twin)


def copy_of(record: Record, path: str, stamp: str | None, now: str) -> Copy:
    """The document of a record, found at ``path`` alone. Raises RecordError for a text that is none."""
    return _copy(_arrived(record), path, stamp, None, now)


def _copy(arrived: _Arrived, path: str, stamp: str | None, held: Copy | None, now: str) -> Copy:
    own = Copy(
        sha256=arrived.sha256,
        policy=arrived.policy,
        characters=arrived.characters,
        record_hash=arrived.record_hash,
        ingested_at=now,
        locations={path: arrived.source},
        stamps={path: stamp or ""},
        own=arrived.policy,
        number=arrived.number if arrived.twin else None,
        twin=arrived.twin,
    )
    return own.beside(held) if held else own


def _shown(text: str) -> str:
    return text.encode(errors="backslashreplace").decode()


def _found_at(store: Reader, paths: Iterable[str]) -> set[str]:
    query = from_each("l:Location", "(d:Document)-[:FOUND_AT]->(l)", "d") + "RETURN d.id AS id"
    return {row["id"] for row in read_many(store, query, paths)}


def _stating(store: Reader, before: Mapping[str, Copy], incoming: Mapping[str, _Arrived]) -> set[str]:
    policies = {policy for copy in before.values() for policy in (copy.policy, copy.own)}
    policies |= {each.policy for each in incoming.values()}
    query = from_each("p:Policy", "(p)-[:STATED_IN]->(d:Document)", "d") + "RETURN d.id AS id"
    return {row["id"] for row in read_many(store, query, policies)}


def _twins(store: Reader, keys: Iterable[str]) -> set[str]:
    query = from_each("k:Key", "(d:Document)-[:COPY_AS]->(k)", "d") + "RETURN d.id AS id"
    return {row["id"] for row in read_many(store, query, keys)}


def read_copies(store: Reader, shas: Iterable[str]) -> dict[str, Copy]:
    """The held ones of the documents ``shas``."""
    wanted = set(shas)
    places: dict[str, dict[str, str]] = {}
    stamps: dict[str, dict[str, str]] = {}
    query = from_each("d:Document", "(d)-[f:FOUND_AT]->(l:Location)", "l")
    query += "RETURN d.id AS id, l.id AS path, f.source AS source, f.stamp AS stamp"
    for row in read_many(store, query, wanted):
        places.setdefault(row["id"], {})[row["path"]] = row["source"]
        stamps.setdefault(row["id"], {})[row["path"]] = row["stamp"] or ""
    query = from_each("d:Document", "(d)<-[:STATED_IN]-(p:Policy)", "p") + (
        "RETURN d.id AS sha256, p.id AS policy, d.characters AS characters, d.record_hash AS record_hash, d.ingested_at AS ingested_at"
    )
    rows = {row["sha256"]: row for row in read_many(store, query, wanted)}
    query = from_each("d:Document", "(d)-[c:COPY_AS]->(k:Key)", "k")
    query += "RETURN d.id AS sha256, c.own_id AS own, c.number AS number, k.id AS twin"
    twins = {row["sha256"]: row for row in read_many(store, query, wanted)}
    return {
        sha: Copy(
            **{**row, "own": row["policy"], **twins.get(sha, {})},
            locations=places.get(sha, {}),
            stamps=stamps.get(sha, {}),
        )
        for sha, row in rows.items()
    }


def read_records(store: Reader, shas: Iterable[str]) -> dict[str, Record]:
    """The records of held documents, as they were loaded."""
    query = (
        "UNWIND $ids AS i MATCH (d:Document {id: i}) RETURN d.id AS id, d.source AS source, d.text AS text, "
        "d.record AS record"
    )
    rows = read_many(store, query, shas)
    return {row["id"]: _unpack(row["record"], row["source"] or "", row["text"] or "") for row in rows}


def _pack(record: Record) -> str:
    document = record.document.model_copy(update={"text": "", "source": ""})
    return record.model_copy(update={"document": document}).model_dump_json()


def _unpack(packed: str, source: str, text: str) -> Record:
    try:
        record = Record.model_validate_json(unpack_json(packed, source))
    except ValueError as error:
        raise StoreError(f"{source}: its record was written by another version: make the store anew") from error
    return record.model_copy(update={"document": record.document.model_copy(update={"text": text, "source": source})})


def unpack_json(packed: str, source: str) -> bytes:
    """A stored record as JSON, without its text and source. Raises StoreError for what is none."""
    try:
        return zlib.decompress(base64.b64decode(packed))
    except (TypeError, ValueError, zlib.error) as error:
        raise StoreError(f"{source}: its record cannot be read: make the store anew") from error


def document_node(copy: Copy, record: Record) -> Node:
    """The Document row. The record goes with it, so that a second document of its policy can step in."""
    document = record.document
    props = {
        "name": copy.source,
        "source": copy.source,
        "media_type": document.media_type,
        "text": document.text,
        "characters": copy.characters,
        "covered": record.covered,
        "ingested_at": copy.ingested_at,
        "record": base64.b64encode(zlib.compress(_pack(record).encode(), 6)).decode(),
        "record_hash": copy.record_hash,
    }
    return Node(Ref("Document", copy.sha256), clean(props))


def place_edges(copy: Copy) -> list[Edge]:
    """Where a document was found, and what it shares with other pages of its policy."""
    ref = Ref("Document", copy.sha256)
    said = {"own_id": copy.own, "number": copy.number}
    twin = [edge("COPY_AS", ref, Ref("Key", copy.twin), said)] if copy.twin else []
    return twin + [
        edge("FOUND_AT", ref, Ref("Location", path), {"source": name, "stamp": copy.stamps.get(path) or None})
        for path, name in copy.locations.items()
    ]


def stated_in(copy: Copy, primary: Copy) -> Edge:
    """The edge from a policy to one of its documents."""
    ends = Ref("Policy", copy.policy), Ref("Document", copy.sha256)
    return edge("STATED_IN", *ends, {"primary": copy.sha256 == primary.sha256})
