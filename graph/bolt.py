"""The store for a team: Neo4j 5.26 or later over Bolt, with the official driver.

Every ``read`` sees one revision: Meta is read after the rows, in the same transaction, and where the revision has moved
or a large load is under way (``graph.staging``), the query runs again. Transient errors are retried by the driver.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from types import TracebackType
from typing import Any, Self

import neo4j

from graph import bolt_schema, staging
from graph.batches import Batch, Run, batches
from graph.bolt_address import Address, parse_address
from graph.bolt_errors import check_version, told
from graph.delta import Delta
from graph.errors import ConflictError, StoreError
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

    def read(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a reading query, all of one revision. Raises StoreError."""
        for _ in range(_TRIES):
            before = self._seen
            rows, meta = self._transact(lambda run: (run(cypher, dict(params or {})), run(_META, {})), writing=False)
            revision, pending = (meta[0]["revision"], meta[0]["pending"]) if meta else (None, None)
            if pending is not None:
                self._await_end()
                continue
            self._seen = revision
            if revision == before:
                return list(rows)
        raise StoreError(f"{self.url}: changes too fast to be read")

    def apply(self, delta: Delta, *, base: int | None = None) -> int:
        """Write ``delta`` as one revision, the graph being at revision ``base`` (if given), and return the new one.

        In one transaction, or staged when it is large. Raises ConflictError where the graph has moved on, StoreError.
        """
        if not delta:
            return self.revision()
        with told(self.address):
            parts, whole = _up_to(delta)
            write: Callable[..., int] = staging.write_at_once if whole else staging.write_staged
            revision = write(self._transact, parts, base)
        self._seen = revision
        return revision

    def revision(self) -> int:
        """The number of the last load that changed something; 0 for a new store."""
        return int(self.read("MATCH (m:Meta) RETURN m.revision AS revision")[0]["revision"])

    def check_schema(self) -> None:
        """Raise StoreError unless the graph has this version's schema, constraints and indexes."""
        self._check_version(self._transact(lambda run: run("MATCH (m:Meta) RETURN m.schema_version AS v", {})))
        try:
            bolt_schema.check(self._run)
        except StoreError as error:
            raise self._named(error) from error

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
