"""The embedded store: a Ladybug file, no server.

How files are opened and let go is in ``graph.opened``. Ladybug fails a second write transaction at once, so a lock
orders them.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ladybug

from graph.ddl import create_statements
from graph.delta import Delta, check_text
from graph.errors import BudgetError, ConflictError, StoreError, wrong_version
from graph.opened import (
    COMMITTED,
    ENGINE_ERRORS,
    Opened,
    acquire,
    is_crowded,
    is_damage,
    is_full,
    lacks_room,
    one_line,
    release,
)
from graph.renewal import Renewal
from graph.schema import SCHEMA_VERSION
from graph.writes import Run, write

_log = logging.getLogger(__name__)


class EmbeddedStore:
    """A store in one file at ``path``, made if it is not there and ``create`` says so."""

    search_index: str | None = None

    def __init__(self, path: Path, *, create: bool = True, migrating: bool = False) -> None:
        self.path = path.resolve()
        self._open: Opened | None = acquire(self.path, create)
        try:
            self._ensure_schema(migrating)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """``ladybug:`` and the absolute path."""
        return f"ladybug:{self.path}"

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """The rows of a reading query. Raises BudgetError, StoreError."""
        with self._held().gate.passing():
            connection = ladybug.Connection(self._database())
            if seconds is not None:
                connection.set_query_timeout(max(1, int(seconds * 1000)))
            self._run(connection, "BEGIN TRANSACTION READ ONLY", {})
            try:
                return self._run(connection, cypher, dict(params or {}), most=rows)
            finally:
                self._rollback(connection)

    def apply(self, delta: Delta, *, base: int | None = None) -> int:
        """Write ``delta`` in one transaction and return the revision after it."""
        if not delta:
            return self.revision()
        self.check_writable()
        check_text(delta)
        with self._held().lock:
            if base is not None and self.revision() != base:
                raise ConflictError(f"{self.path}: the graph is no longer at revision {base}")
            connection = ladybug.Connection(self._database())
            self._run(connection, "BEGIN TRANSACTION", {})
            try:
                write(lambda query, params: self._run(connection, query, params), delta)
                query = "MATCH (m:Meta {id: 'meta'}) SET m.revision = m.revision + 1 RETURN m.revision AS revision"
                revision = self._run(connection, query, {})
                self._held().revision = None  # a reader that sees the new rows must not see the old number
                self._commit(connection)
            except BaseException:
                self._rollback(connection)
                raise
            self._held().revision = int(revision[0]["revision"])
            return int(revision[0]["revision"])

    def check_writable(self) -> None:
        """Raise StoreError where the file was opened to be read only, because it or its folder may not be written."""
        if self._held().read_only:
            raise StoreError(f"{self.path}: may not be written, only read")

    def renewal(self) -> Renewal:
        """What a load that is too large for one transaction is written in. Raises StoreError."""
        self.check_writable()
        return Renewal(self)

    def hold(self) -> threading.RLock:
        """What whoever writes holds on to."""
        return self._held().lock

    def run(self) -> Run:
        """What runs statements, each in a transaction of its own unless they begin one."""
        connection = ladybug.Connection(self._database())
        return lambda query, params: self._run(connection, query, params)

    def settle(self) -> None:
        """Take the log of writes into the file, which is the whole store then. Raises StoreError."""
        with self._held().gate.alone():
            self.run()("CHECKPOINT", {})

    def revision(self) -> int:
        """The number of the last load that changed something; 0 for a new store."""
        held = self._held()
        known = held.revision
        if known is None:
            with held.lock:  # not while a load raises it
                known = int(self.read("MATCH (m:Meta) RETURN m.revision AS revision")[0]["revision"])
                held.revision = known
        return known

    @property
    def known_revision(self) -> int | None:
        """The revision, where it is known without waiting for a load that is being committed."""
        return self._held().revision

    def check_schema(self) -> None:
        """Raise StoreError unless the file has this version's schema."""
        try:
            rows = self.read("MATCH (m:Meta) RETURN m.schema_version AS version")
        except StoreError as error:
            raise StoreError(f"{self.path}: not a parkgraph store") from error
        version = rows[0]["version"] if rows else None
        if version != SCHEMA_VERSION:
            raise wrong_version(str(self.path), version, SCHEMA_VERSION)

    def set_schema_version(self) -> None:
        """Write that the file has the schema of this version."""
        self._set_meta("schema_version", SCHEMA_VERSION)

    def set_revision(self, revision: int) -> None:
        """Go on counting from ``revision``: the store takes the place of another one."""
        self._set_meta("revision", revision)
        self._held().revision = revision

    def close(self) -> None:
        """Let go; the file is closed when nobody in this process uses it any more."""
        if self._open is not None:
            self._open = None
            release(self.path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _held(self) -> Opened:
        if self._open is None:
            raise StoreError(f"{self.path}: the store is closed")
        return self._open

    def _database(self) -> ladybug.Database:
        held = self._held()
        if held.broken:
            raise StoreError(f"{self.path}: {held.broken}")
        return held.database

    def _set_meta(self, name: str, value: int) -> None:
        self.check_writable()
        connection = ladybug.Connection(self._database())
        self._run(connection, f"MATCH (m:Meta {{id: 'meta'}}) SET m.{name} = $value", {"value": value})

    def _ensure_schema(self, migrating: bool) -> None:
        with self._held().lock:
            if self.read("CALL show_tables() RETURN name LIMIT 1"):
                if not migrating:
                    self.check_schema()
                return
            connection = ladybug.Connection(self._database())
            meta = f"CREATE (:Meta {{id: 'meta', kind: 'Meta', schema_version: {SCHEMA_VERSION}, revision: 0}})"
            try:
                for statement in ("BEGIN TRANSACTION", *create_statements(), meta, "COMMIT"):
                    self._run(connection, statement, {})
            except BaseException:
                self._rollback(connection)
                raise

    def _run(
        self, connection: ladybug.Connection, cypher: str, params: dict[str, Any], *, most: int | None = None
    ) -> list[dict[str, Any]]:
        try:
            result = connection.execute(cypher, params)
            last = result[-1] if isinstance(result, list) else result
            if most is not None and last.get_num_tuples() > most:
                raise BudgetError(f"the answer has more than {most} rows")
            rows: list[Any] = last.rows_as_dict().get_all()
        except ENGINE_ERRORS as error:
            if str(error).startswith("Interrupted"):
                raise BudgetError("the query takes too long") from error
            raise StoreError(f"{self.path}: {self._cause(error)}") from error
        for row in rows:
            for name, value in row.items():
                if type(value) not in _AS_THEY_ARE:
                    row[name] = _plain(value)
        return rows

    def _commit(self, connection: ladybug.Connection) -> None:
        """Commit. What is committed stays in the log where there is no memory to take it into the file: told, no error."""
        try:
            self._run(connection, "COMMIT", {})
        except StoreError as error:
            if not (is_crowded(error.__cause__ or error) and COMMITTED in str(error.__cause__)):
                raise
            _log.warning("%s: loaded, and still in its log of writes: %s", self.path, lacks_room())

    def _cause(self, error: BaseException) -> str:
        if is_damage(error):
            return f"damaged ({one_line(error)}); restore a backup, or make the store anew"
        if is_crowded(error):
            return lacks_room()
        if not is_full(error):
            return one_line(error)
        held = self._held()
        held.broken = "could not be written, and has to be opened anew"
        return f"cannot be written: {one_line(error)}"

    def _rollback(self, connection: ladybug.Connection) -> None:
        """Roll back; a statement that failed has done so already."""
        with contextlib.suppress(*ENGINE_ERRORS):
            connection.execute("ROLLBACK")


_AS_THEY_ARE = frozenset((str, int, float, bool, date, type(None)))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
