"""The store for a team: Neo4j 5.26 or later over Bolt, with the official driver.

Every ``read`` sees one revision: Meta is read after the rows, in the same transaction, and where the revision has moved
or a large load is under way (``graph.staging``), the query runs again. Transient errors are retried by the driver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import neo4j

from graph import bolt_schema, staging
from graph.batches import Run
from graph.bolt_address import Address, parse_address
from graph.bolt_errors import check_version, told
from graph.bolt_values import plain_rows
from graph.delta import Delta
from graph.errors import StoreError, wrong_version
from graph.indexes import SEARCH
from graph.schema import SCHEMA_VERSION

_META = "MATCH (m:Meta {id: 'meta'}) RETURN m.revision AS revision, m.pending AS pending"
_TRIES = 20


class BoltStore:
    """A graph in one database of a Neo4j server; constraints and indexes are made if ``create`` says so."""

    search_index: str | None = SEARCH

    def __init__(self, url: str, *, create: bool = True, migrating: bool = False) -> None:
        self.address: Address = parse_address(url)
        self._driver: neo4j.Driver | None = None
        self._seen: int | None = None  # the last revision that was seen, with no load under way
        with told(self.address):
            self._driver = self._connect()
        try:
            self._open(create, migrating)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """Where it is, without credentials."""
        return self.address.url

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> list[dict[str, Any]]:
        """The rows of a reading query, all of one revision. Raises BudgetError, StoreError."""
        for _ in range(_TRIES):
            before = self._seen
            found, meta = self._transact(
                lambda run: (run(cypher, dict(params or {})), run(_META, {})), writing=False, seconds=seconds, most=rows
            )
            revision, pending = (meta[0]["revision"], meta[0]["pending"]) if meta else (None, None)
            if pending is not None:
                self._await_end()
                continue
            self._seen = revision
            if revision == before:
                return list(found)
        raise StoreError(f"{self.url}: changes too fast to be read")

    def apply(self, delta: Delta, *, base: int | None = None) -> int:
        """Write ``delta`` as one revision, the graph being at revision ``base`` (if given), and return the new one.

        In one transaction, or staged when it is large. Raises ConflictError where the graph has moved on, StoreError.
        """
        if not delta:
            return self.revision()
        try:
            with told(self.address):
                parts, whole = staging.parts_of(delta)
                write: Callable[..., int] = staging.write_at_once if whole else staging.write_staged
                self._seen = revision = write(self._transact, parts, base)
        except StoreError as error:
            raise self._named(error) from error
        return revision

    def revision(self) -> int:
        """The number of the last load that changed something; 0 for a new store."""
        rows = self.read("MATCH (m:Meta {id: 'meta'}) RETURN m.revision AS revision")
        if not rows:
            raise StoreError(f"{self.url}: the graph is gone; open it anew")
        return int(rows[0]["revision"])

    @property
    def known_revision(self) -> int | None:
        """None: others may have written since."""
        return None

    def check_schema(self) -> None:
        """Raise StoreError unless the graph has this version's schema, constraints and indexes."""
        self._check_version(self._transact(lambda run: run("MATCH (m:Meta) RETURN m.schema_version AS v", {})))
        try:
            bolt_schema.check(self._run)
        except StoreError as error:
            raise self._named(error) from error

    def set_schema_version(self) -> None:
        """Write that the graph has the schema of this version."""
        query = "MATCH (m:Meta {id: 'meta'}) SET m.schema_version = $version"
        self._transact(lambda run: run(query, {"version": SCHEMA_VERSION}))

    def set_revision(self, revision: int) -> None:
        """Go on counting from ``revision``: the graph takes the place of another one."""
        query = "MATCH (m:Meta {id: 'meta'}) SET m.revision = $revision"
        self._transact(lambda run: run(query, {"revision": revision}))

    def close(self) -> None:
        """Close the connections."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _connect(self) -> neo4j.Driver:
        where = self.address
        driver = neo4j.GraphDatabase.driver(
            where.uri,
            auth=where.auth,
            max_connection_pool_size=where.pool,
            connection_timeout=where.connect,
            connection_acquisition_timeout=where.connect,
            max_transaction_retry_time=where.retry,
            notifications_min_severity=neo4j.NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
            user_agent="parkgraph",
            fetch_size=5000,
        )
        try:
            check_version(where, driver.get_server_info().agent)
        except BaseException:
            driver.close()
            raise
        return driver

    def _open(self, create: bool, migrating: bool) -> None:
        query = "MATCH (m:Meta {id: 'meta'}) RETURN m.schema_version AS v, m.pending AS pending"
        meta = self._transact(lambda run: run(query, {}), writing=False)
        if not meta and not create:
            raise StoreError(f"{self.url}: no parkgraph graph there; `parkgraph ingest` makes one")
        if meta and not migrating:
            self._check_version(meta)
        try:
            bolt_schema.ensure(self._run)
        except StoreError as error:
            raise self._named(error) from error
        if not meta:
            query = "MERGE (m:Meta {id: 'meta'}) ON CREATE SET m.kind = 'Meta', m.revision = 0, m.schema_version = "
            query += str(SCHEMA_VERSION)
            self._transact(lambda run: run(query, {}))
        elif meta[0]["pending"] is not None:
            self._await_end()
            staging.sweep(self._transact)

    def _check_version(self, meta: list[dict[str, Any]]) -> None:
        version = meta[0]["v"] if meta else None
        if version != SCHEMA_VERSION:
            raise wrong_version(self.url, version, SCHEMA_VERSION)

    def _await_end(self) -> None:
        def progress() -> tuple[str | None, int]:
            query = "MATCH (m:Meta {id: 'meta'}) RETURN m.pending AS pending, m.steps AS steps"
            rows = self._transact(lambda run: run(query, {}), writing=False)
            return (rows[0]["pending"], rows[0]["steps"] or 0) if rows else (None, 0)

        try:
            staging.await_end(progress, self._transact, self.address.timeout)
        except StoreError as error:
            raise self._named(error) from error

    def _run(self, statement: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self._transact(lambda run: run(statement, {}))
        return rows

    def _transact(
        self,
        work: Callable[[Run], Any],
        *,
        writing: bool = True,
        seconds: float | None = None,
        most: int | None = None,
    ) -> Any:
        """Run ``work`` in a transaction, again where it failed in passing. Raises BudgetError, StoreError."""
        if self._driver is None:
            raise StoreError(f"{self.url}: the store is closed")

        @neo4j.unit_of_work(timeout=self.address.timeout if seconds is None else max(seconds, 0.001))
        def transaction(tx: neo4j.ManagedTransaction) -> Any:
            return work(lambda query, params: plain_rows(tx.run(query, params), most))

        with told(self.address), self._driver.session(database=self.address.database) as session:
            return session.execute_write(transaction) if writing else session.execute_read(transaction)

    def _named(self, error: StoreError) -> StoreError:
        text = str(error)
        return error if text.startswith(self.url) else type(error)(f"{self.url}: {text}")
