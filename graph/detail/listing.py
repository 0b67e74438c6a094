"""A list as a question to the store: all of its rows, or a part of them that the store puts in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from graph.detail.refs import View
from graph.errors import QueryError
from graph.store import Reader, Row

V = TypeVar("V", bound=View)
P = ParamSpec("P")


@dataclass(frozen=True)
class Listing(Generic[V]):
    """Rows of ``view``, one for each that ``match`` finds.

    ``columns`` name every value of a row; ``more`` stands before them. ``order`` says in Cypher what ``key`` says of a
    row in Python: the order of the list where nobody sorts it. ``make`` makes views of rows, in their order.
    """

    view: type[V]
    match: str
    params: Row
    columns: str
    order: str
    key: Callable[[Row], Any]
    make: Callable[[list[Row]], list[V]]
    more: str = ""

    def all(self, store: Reader) -> list[V]:
        """Every row."""
        return self.make(sorted(store.read(self._query, self.params), key=self.key))

    def count(self, store: Reader) -> int:
        """How many rows there are."""
        return int(store.read(f"{self.match} RETURN count(*) AS total", self.params)[0]["total"])

    def part(self, store: Reader, skipped: int, most: int, sort: str | None = None) -> list[V]:
        """At most ``most`` rows behind those that are ``skipped``, by the column ``sort``, ``-`` before it for falling.

        Equals keep their order, what is absent comes last. Raises QueryError for an unknown column.
        """
        order = f"{self._by(sort)}, {self.order}" if sort else self.order
        query = f"{self._query} ORDER BY {order} SKIP $skipped LIMIT $most"
        return self.make(store.read(query, {**self.params, "skipped": skipped, "most": most}))

    def _by(self, sort: str) -> str:
        name = sort.removeprefix("-")
        if name not in self.view.model_fields:
            raise QueryError("sort: no such column")
        return f"`{name}` IS NULL, `{name}`{' DESC' if sort.startswith('-') else ''}"

    @property
    def _query(self) -> str:
        return f"{self.match} {self.more} RETURN {self.columns}"


def rows_of(listing: Callable[P, Listing[V]]) -> Callable[Concatenate[Reader, P], list[V]]:
    """The function that gives all rows of a store, by the filters of ``listing``."""

    def rows(store: Reader, /, *args: P.args, **filters: P.kwargs) -> list[V]:
        return listing(*args, **filters).all(store)

    return rows
