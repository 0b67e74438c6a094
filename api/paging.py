"""Pages of a long answer: a cursor names the revision and the place, so that pages joined are the whole answer.

The answer of a revision never changes, so a place in it is exact. When the graph has moved on and the older answer is
not kept any more, a cursor is refused (410); it never goes on in another answer.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.errors import ProblemError
from api.service import Service
from graph.store import Reader

MAX_LIMIT = 1000
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Page:
    """Some rows of an answer, in its order. ``next`` is the cursor of the page after it."""

    revision: int
    day: date
    rows: Rows
    next: str | None
    total: int | None


@dataclass(frozen=True)
class _Cursor:
    revision: int
    place: int
    day: date
    question: str

    def __str__(self) -> str:
        text = json.dumps([self.revision, self.place, self.day.isoformat(), self.question])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def page(
    service: Service,
    name: str,
    params: Mapping[str, Any],
    work: Callable[[Reader, date], Rows],
    *,
    limit: int,
    cursor: str | None,
    total: bool,
) -> Page:
    """One page of what ``work`` answers to ``params``; it is given the day that counts as today.

    Raises ProblemError 404 for a cursor that is none, or of another question, and 410 for one whose revision is gone.
    """
    question = _digest(name, params)
    at = _parse(cursor, question) if cursor else None
    day = at.day if at else service.today()
    key = (question, day)
    if at:
        held = service.held(key, at.revision)
        revision, rows = held if held else service.kept(key, lambda reader: work(reader, day))
        if revision != at.revision:
            detail = f"the graph has moved on from revision {at.revision} to {revision}; begin again without a cursor"
            raise ProblemError(410, detail, "revision-gone", more={"revision": revision})
    else:
        revision, rows = service.kept(key, lambda reader: work(reader, day))
    start = at.place if at else 0
    end = start + limit
    following = str(_Cursor(revision, end, day, question)) if end < len(rows) else None
    return Page(revision, day, rows[start:end], following, len(rows) if total else None)


def _digest(name: str, params: Mapping[str, Any]) -> str:
    text = json.dumps([name, sorted(params.items())], ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def _parse(text: str, question: str) -> _Cursor:
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        revision, place, day, asked = json.loads(raw)
        cursor = _Cursor(int(revision), int(place), date.fromisoformat(day), str(asked))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise ProblemError(404, "this is no cursor of this server; take it from the answer before", "cursor") from None
    if cursor.question != question or cursor.place < 0:
        raise ProblemError(404, "this cursor belongs to another question; parameters stay the same", "cursor")
    return cursor
