"""The feed: what has been added, changed and removed since a revision, so that another system can follow the graph.

A follower starts with nothing and asks from 0, or starts with a copy of the graph at a known revision and asks from
there. It applies the rows one by one and asks again from the cursor that it got.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.errors import GoneError, QueryError, StoreError
from graph.log import LABEL, part_id, unpack
from graph.store import Reader, Row

PAGE_CHARACTERS = 16 * 2**20  # of packed parts, after which a page ends before its limit
_HEADERS = 500  # parts of which the headers are read at once
_CURSOR = re.compile(r"([0-9]{1,12})(?:-([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True)
class Feed:
    """A page of changes, in order.

    Each row is one of ``graph.visible`` with ``revision``, ``at`` (when it was loaded, ISO 8601) and ``seq``, the
    cursor of what comes after it. ``next`` is the cursor for the next page, ``until`` the revision of the graph, and
    ``more`` tells whether there are rows left until then.
    """

    rows: list[Row]
    next: str
    until: int
    more: bool


@dataclass(frozen=True)
class _Cursor:
    """Everything up to a row of ``revision`` has been seen; up to its last one, where ``row`` is None."""

    revision: int
    row: int | None = None

    @property
    def after(self) -> str:
        """All parts that may hold more have greater ids."""
        return f"{part_id(self.revision, 0)[:-6]}{'~' if self.row is None else ''}"


@dataclass(frozen=True)
class _Header:
    id: str
    revision: int
    first: int
    count: int
    at: str

    @property
    def last(self) -> int:
        return self.first + self.count - 1


def changes(store: Reader, since: int | str, limit: int) -> Feed:
    """Up to ``limit`` changes after ``since``: a revision, or a cursor (``seq``, ``next``) of an earlier page.

    Raises QueryError for a ``since`` that is neither or lies ahead of the graph, and for a ``limit`` below 1; GoneError
    where the log begins later; StoreError.
    """
    cursor, until = _parse(since), store.revision()
    if limit < 1:
        raise QueryError("limit: must be 1 or more")
    if cursor.revision > until:
        raise QueryError(f"since: the graph is at revision {until}, there is no {cursor.revision} yet")
    rows: list[Row] = []
    size = 0
    for header in _unread(_headers(store, cursor, until), cursor):
        if len(rows) >= limit or size >= PAGE_CHARACTERS:
            return Feed(rows, rows[-1]["seq"], until, more=True)
        body = _body(store, header)
        size += len(body)
        first, room = _first_unread(header, cursor), limit - len(rows)
        rows += _rows(header, body, first, room)
        if first + room <= header.last:
            return Feed(rows, rows[-1]["seq"], until, more=True)
    return Feed(rows, str(until), until, more=False)


def _parse(since: int | str) -> _Cursor:
    found = _CURSOR.fullmatch(str(since))
    if not found:
        raise QueryError("since: must be a revision (12) or the cursor of an earlier page (12-340)")
    revision, row = int(found[1]), found[2]
    return _Cursor(revision, int(row) if row and revision else None)


def _unread(headers: Iterator[_Header], cursor: _Cursor) -> Iterator[_Header]:
    """Those of parts that hold rows after the cursor."""
    return (header for header in headers if _first_unread(header, cursor) <= header.last)


def _first_unread(header: _Header, cursor: _Cursor) -> int:
    return max(header.first, (cursor.row or 0) + 1) if header.revision == cursor.revision else header.first


def _headers(store: Reader, cursor: _Cursor, until: int) -> Iterator[_Header]:
    """The parts from the cursor on, in order. Raises GoneError where a revision is not in the log."""
    query = (
        f"MATCH (c:{LABEL}) WHERE c.id > $after AND c.id <= $until RETURN c.id AS id, c.revision AS revision, "
        f"c.`first` AS `first`, c.`count` AS `count`, c.at AS at ORDER BY c.id LIMIT {_HEADERS}"
    )
    after, last = cursor.after, cursor.revision - (cursor.row is not None)
    while True:
        some = [_Header(**row) for row in store.read(query, {"after": after, "until": part_id(until, 999_999)})]
        for header in some:
            if header.revision > last + 1:
                raise _gone(header.revision - 1)
            last = header.revision
            yield header
        if len(some) < _HEADERS:
            break
        after = some[-1].id
    if last < until:
        raise _gone(until)


def _gone(begin: int) -> GoneError:
    return GoneError(f"the log of changes begins at revision {begin}: fetch the whole graph anew")


def _body(store: Reader, header: _Header) -> str:
    found = store.read(f"MATCH (c:{LABEL} {{id: $id}}) RETURN c.body AS body", {"id": header.id})
    if not found or not found[0]["body"]:
        raise StoreError(f"the part {header.id} of the log of changes is gone")
    return str(found[0]["body"])


def _rows(header: _Header, body: str, first: int, most: int) -> list[Row]:
    """Up to ``most`` rows of a part, from the row ``first`` of its revision on."""
    found = unpack(body, first - header.first, most)
    place = {"revision": header.revision, "at": header.at}
    return [{"seq": f"{header.revision}-{number}", **place, **row} for number, row in enumerate(found, first)]
