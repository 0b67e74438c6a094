"""The store: what the rest of the project needs of a graph engine, and how one is opened by URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from graph.delta import Delta
from graph.errors import StoreError

Row = dict[str, Any]
BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class Store(Protocol):
    """A graph of policies, in one engine or another. A context manager that closes itself.

    Values that go in and come out are plain Python: str, int, float, bool, date, list, None.
    """

    @property
    def url(self) -> str:
        """Where it is, without credentials."""
        ...

    def read(self, cypher: str, params: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a reading query in the common dialect. Raises StoreError."""
        ...

    def apply(self, delta: Delta) -> int:
        """Write all of ``delta`` or nothing, and return the new revision (the old one if there is nothing to do)."""
        ...

    def revision(self) -> int:
        """How many loads have changed the graph."""
        ...

    def check_schema(self) -> None:
        """Raise StoreError unless the store has the schema of this version."""
        ...

    def close(self) -> None:
        """Let go of the store; closing twice is allowed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_store(url: str | Path, *, create: bool = True) -> Store:
    """Open the store at ``url``: a path or ``ladybug:PATH`` (embedded), or ``bolt://…``, ``neo4j://…``.

    ``create`` makes an embedded store that is not there. Raises StoreError with the cause in one line.
    """
    text = str(url)
    scheme, separator, rest = text.partition(":")
    if separator and scheme in BOLT_SCHEMES:
        raise StoreError(f"{scheme}: Neo4j arrives with graph/bolt; use a path for now")
    if separator and rest.startswith("//"):
        raise StoreError(f"{scheme}: no such kind of store; use a path, ladybug:PATH or neo4j://HOST")
    path = rest if scheme == "ladybug" and separator else text
    if not path:
        raise StoreError("the store has no path; use a path or ladybug:PATH")
    from graph.embedded import EmbeddedStore

    return EmbeddedStore(Path(path), create=create)


def read_many(store: Store, query: str, ids: Iterable[str]) -> list[Row]:
    """Rows of a query over ``$ids``; none where there are no ids (Ladybug refuses to unwind an empty list)."""
    wanted = sorted(set(ids))
    return store.read(query, {"ids": wanted}) if wanted else []
