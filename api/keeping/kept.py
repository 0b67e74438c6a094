"""What reading gave is kept until it is in the graph: a run that is interrupted goes on where it was.

It also remembers why a file was skipped, so that the file is not read again before it changes. The file can be deleted
at any time: then everything that is not in the graph is read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from graph.store import BOLT_SCHEMES
from ingest.files import Outcome
from ingest.records import Record
from ingest.stamp import Stamp

TABLE = "CREATE TABLE IF NOT EXISTS read (path TEXT PRIMARY KEY, source TEXT, stamp TEXT, terms TEXT, outcomes BLOB)"
SECONDS = 10  # to wait for another process


class Kept:
    """Outcomes of files by their paths, in a file of its own; without one where ``path`` is None or cannot be used.

    ``terms`` are what else the outcomes depend on: what was kept under others is not given.
    """

    def __init__(self, path: Path | None, terms: str) -> None:
        self._path, self._terms = path, terms
        self._database = _opened(path)

    def stamp(self, location: str, source: str) -> Stamp | None:
        """The stamp of a file when it was read; None where nothing is kept of it."""
        query = "SELECT stamp FROM read WHERE path = ? AND source = ? AND terms = ?"
        found = self._run(query, (location, source, self._terms))
        return Stamp.of(str(found[0][0])) if found else None

    def get(self, location: str, source: str) -> list[Outcome] | None:
        """What reading a file gave; None where nothing is kept of it."""
        query = "SELECT outcomes FROM read WHERE path = ? AND source = ? AND terms = ?"
        for (packed,) in self._run(query, (location, source, self._terms)):
            with suppress(ValueError, TypeError, KeyError, zlib.error):
                return _unpacked(packed)
        return None

    def put(self, location: str, source: str, stamp: Stamp, outcomes: Sequence[Outcome]) -> None:
        """Keep what a file gave."""
        with suppress(ValueError):  # half a surrogate pair is no JSON
            row = location, source, str(stamp), self._terms, _packed(outcomes)
            self._run("REPLACE INTO read VALUES (?, ?, ?, ?, ?)", row)

    def drop(self, locations: Iterable[str]) -> None:
        """Forget files that are in the graph now, and those that are no longer there."""
        self._run("BEGIN")
        deleted = (str(path) for (path,) in self._run("SELECT path FROM read") if not os.path.lexists(str(path)))
        for location in (*locations, *deleted):
            self._run("DELETE FROM read WHERE path = ?", (location,))
        self._run("COMMIT")

    def close(self) -> None:
        """Let go of the file; remove it when nothing is left in it."""
        if self._database is None:
            return
        empty = self._run("SELECT count(*) FROM read") == [(0,)]
        self._database.close()
        self._database = None
        if empty and self._path is not None:
            with suppress(OSError):
                self._path.unlink()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self, query: str, values: Sequence[str | bytes] = ()) -> list[tuple[object, ...]]:
        if self._database is None:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error:  # a full disk, say: reading again is all that it costs
            return []


def place_for(store: str) -> Path | None:
    """Beside an embedded store; for a server, in the user's folder for caches. None where that cannot be made."""
    if path := file_of(store):
        return path.with_name(f"{path.name}.reading")
    base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "parkgraph"
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return base / f"{hashlib.sha256(store.encode()).hexdigest()[:16]}.reading"


def file_of(store: str) -> Path | None:
    """The file of an embedded store; None for a server."""
    scheme, separator, rest = store.partition(":")
    if separator and scheme in BOLT_SCHEMES:
        return None
    return Path(rest if scheme == "ladybug" and separator else store)


def _opened(path: Path | None) -> sqlite3.Connection | None:
    for _ in range(2):
        with suppress(OSError):
            try:
                return _connected(path) if path else None
            except sqlite3.DatabaseError as error:
                if path is None or isinstance(error, sqlite3.OperationalError):  # it is held, or cannot be made
                    return None
                path.unlink()
    return None


def _connected(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    database = sqlite3.connect(path, timeout=SECONDS, isolation_level=None)
    try:
        database.execute("PRAGMA auto_vacuum = FULL")  # what is dropped leaves the disk too
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(TABLE)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _packed(outcomes: Sequence[Outcome]) -> bytes:
    rows = [
        (str(each.path), each.source, each.record and each.record.model_dump_json(), each.problem, each.cut)
        for each in outcomes
    ]
    return zlib.compress(json.dumps(rows).encode(), 1)


def _unpacked(packed: object) -> list[Outcome]:
    rows = json.loads(zlib.decompress(packed)) if isinstance(packed, bytes) else []
    return [
        Outcome(Path(path), source, Record.model_validate_json(record) if record else None, problem, cut)
        for path, source, record, problem, cut in rows
    ]
