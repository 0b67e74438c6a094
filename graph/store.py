"""The store: what the rest of the project needs of a graph engine, and how one is opened by URL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from graph.delta import Delta
from graph.errors import StoreError

Row = dict[str, Any]
BOLT_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


class Reader(Protocol):
    """A graph of policies that may be read.

    Values that go in and come out are plain Python: str, int, float, bool, date, list, None.
    """

    @property
    def url(self) -> str:
        """Where it is, without credentials."""
        ...

    @property
    def search_index(self) -> str | None:
        """The name of its full-text index, if it has one."""
        ...

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        seconds: float | None = None,
        rows: int | None = None,
    ) -> list[Row]:
        """The rows of a reading query in the common dialect; it runs in a transaction that cannot write.

        Raises BudgetError where it takes longer than ``seconds`` or gives more than ``rows``; StoreError.
        """
        ...

    def revision(self) -> int:
        """How many loads have changed the graph."""
        ...

    @property
    def known_revision(self) -> int | None:
        """The revision, where the store knows it without asking anybody; None elsewhere."""
        ...


class Store(Reader, Protocol):
    """A graph of policies, in one engine or another. A context manager that closes itself."""

    def apply(self, delta: Delta, *, base: int | None = None) -> int:
        """Write all of ``delta`` or nothing, and return the new revision (the old one if there is nothing to do).

        Raises ConflictError where ``base`` is given and the graph is no longer at that revision.
        """
        ...

    def check_schema(self) -> None:
        """Raise StoreError unless the store has the schema of this version."""
        ...

    def set_schema_version(self) -> None:
        """Write that the graph has the schema of this version (``graph.migrate``)."""
        ...

    def set_revision(self, revision: int) -> None:
        """Go on counting from ``revision``: the graph takes the place of another one."""
        ...

    def close(self) -> None:
        """Let go of the store; closing twice is allowed."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_store(url: str | Path, *, create: bool = True, migrating: bool = False) -> Store:
    """Open the store at ``url``: a path or ``ladybug:PATH`` (embedded), or ``bolt://…``, ``neo4j://…``.

    ``create`` makes a graph where there is none. Raises StoreError with the cause in one line. ``migrating`` opens one
    with the schema of an older version too (``graph.migrate``).
    """
    text = str(url)
    scheme, separator, rest = text.partition(":")
    if separator and scheme in BOLT_SCHEMES:
        from graph.bolt import BoltStore

        return BoltStore(text, create=create, migrating=migrating)
    if separator and rest.startswith("//"):
        raise StoreError(f"{scheme}: no such kind of store; use a path, ladybug:PATH or neo4j://HOST")
    path = rest if scheme == "ladybug" and separator else text
    if not path:
        raise StoreError("the store has no path; use a path or ladybug:PATH")
    from graph.embedded import EmbeddedStore

    return EmbeddedStore(Path(path), create=create, migrating=migrating)


def present(row: Row) -> Row:
    """A row without what is absent: None and empty lists."""
    return {name: value for name, value in row.items() if value is not None and value != []}


def check_writable(store: Store) -> None:
    """Raise StoreError for an embedded store that was opened to be read only; of a server, only writing tells."""
    check = getattr(store, "check_writable", None)
    if check is not None:
        check()


def from_each(node: str, pattern: str, found: str) -> str:
    """The beginning of a query over ``$ids``: what ``pattern`` finds at each node that has one of these ids.

    ``node`` is a variable with its label (``p:Policy``), ``found`` the variable of the node that has to be there. More
    conditions may follow with ``AND``. Not by a plain MATCH, for which Ladybug (0.22) reads all relationships of the
    type and joins them, so that it takes as long as the graph is large: here it looks the ids up and walks from there.
    """
    return f"UNWIND $ids AS i MATCH ({node} {{id: i}}) OPTIONAL MATCH {pattern} WITH * WHERE {found}.id IS NOT NULL "


def from_end(kind: str, ends: tuple[str, str], at: Literal["a", "b"] = "a") -> str:
    """The same for the relationships ``(a)-[r]->(b)`` of a type between two labels, at the nodes at one of their ends."""
    source, target = ends
    label, other = (source, "b") if at == "a" else (target, "a")
    return from_each(f"{at}:{label}", f"(a:{source})-[r:{kind}]->(b:{target})", other)


def read_many(store: Reader, query: str, ids: Iterable[str]) -> list[Row]:
    """Rows of a query over ``$ids``; none where there are no ids (Ladybug refuses to unwind an empty list)."""
    wanted = sorted(set(ids))
    return store.read(query, {"ids": wanted}) if wanted else []
