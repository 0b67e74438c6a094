"""Suggestions while somebody types: the things whose names begin with a text, then those that hold it."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from typing import NamedTuple

from pydantic import Field

from graph.detail.refs import View
from graph.store import Reader, Row

KINDS = ("Region", "Agency", "Park", "Industry", "Theme", "Policy", "Task")
_FORMS = {  # the name that is shown comes first; all of them are looked through
    "Region": ("name", "full_name", "id"),
    "Agency": ("name", "short_name"),
    "Park": ("name",),
    "Industry": ("name",),
    "Theme": ("name_zh", "name_en", "id"),
    "Policy": ("name", "doc_number"),
    "Task": ("name",),
}
_ALIASES = ("Park", "Industry")
_MANY = 1000  # so many that the first of them are sooner found than all of them sorted


class Suggestion(View):
    """A thing that may be meant."""

    kind: str = Field(description="Its label, such as Agency")
    id: str = Field(description="Its id, unique among things of this kind")
    name: str = Field(description="Its name; of a theme the Chinese one")
    match: str = Field(description="The form of its name that holds the text, such as its number or its usual name")


class _Form(NamedTuple):
    text: str  # in small letters
    length: int
    id: str
    name: str
    shown: str


class Suggester:
    """Keeps the names of a graph in memory, read anew whenever its revision has changed. One may serve many threads."""

    def __init__(self) -> None:
        self._names: tuple[str, int, dict[str, _Names]] | None = None

    def suggest(self, store: Reader, text: str, limit: int = 10) -> list[Suggestion]:
        """At most ``limit`` things: those named so, then those whose names begin so, then those that hold ``text``.

        In each of the three, the kinds take turns, and shorter names come first. An empty text suggests nothing.
        """
        wanted = text.strip().lower()
        if not wanted or limit < 1:
            return []
        found = [
            (rank, place, number, kind, form)
            for number, (kind, names) in enumerate(self._of(store).items())
            for place, (rank, form) in _placed(names.hits(wanted, limit))
        ]
        first = sorted(found)[:limit]
        return [Suggestion(kind=kind, id=form.id, name=form.name, match=form.shown) for *_, kind, form in first]

    def _of(self, store: Reader) -> dict[str, _Names]:
        revision = store.revision()
        if self._names is None or self._names[:2] != (store.url, revision):
            self._names = store.url, revision, {kind: _Names(_forms(store, kind)) for kind in KINDS}
        return self._names[2]


def suggest(store: Reader, text: str, limit: int = 10) -> list[Suggestion]:
    """The same from a store that is asked once. See ``Suggester.suggest``."""
    return Suggester().suggest(store, text, limit)


class _Names:
    """The names of one kind."""

    def __init__(self, forms: Iterable[_Form]) -> None:
        self._by_text = sorted(forms)
        self._by_length = sorted(self._by_text, key=_by_length)

    def hits(self, wanted: str, limit: int) -> Iterator[tuple[int, _Form]]:
        """At most ``limit`` things a rank: 0 has the very name, 1 begins so, 2 holds it; each thing once."""
        seen: set[str] = set()
        for rank, forms in enumerate((self._equal(wanted), self._begin(wanted), self._hold(wanted))):
            for form in islice(_fresh(forms, seen), limit):
                yield rank, form

    def _equal(self, wanted: str) -> Iterator[_Form]:
        forms = islice(self._by_text, bisect_left(self._by_text, (wanted,)), None)
        return takewhile(lambda form: form.text == wanted, forms)

    def _begin(self, wanted: str) -> Iterable[_Form]:
        start = bisect_left(self._by_text, (wanted,))
        end = bisect_left(self._by_text, (wanted + chr(sys.maxunicode),))
        if end - start > _MANY:
            return (form for form in self._by_length if form.text.startswith(wanted))
        return sorted(self._by_text[start:end], key=_by_length)

    def _hold(self, wanted: str) -> Iterator[_Form]:
        return (form for form in self._by_length if wanted in form.text)


def _by_length(form: _Form) -> tuple[int, str, str, str]:
    return form.length, form.id, form.name, form.shown


def _fresh(forms: Iterable[_Form], seen: set[str]) -> Iterator[_Form]:
    """Those of things that were not seen yet."""
    for form in forms:
        if form.id not in seen:
            seen.add(form.id)
            yield form


def _forms(store: Reader, kind: str) -> Iterator[_Form]:
    """Every form of every name; a column for each, since lists of them take three times as long to read."""
    columns = {f"form{number}": f"n.{name}" for number, name in enumerate(_FORMS[kind])}
    more = {"aliases": "n.aliases"} if kind in _ALIASES else {}
    asked = ", ".join(f"{value} AS {name}" for name, value in {**columns, **more}.items())
    for row in store.read(f"MATCH (n:{kind}) RETURN n.id AS node, {asked}"):
        shown = [form for form in (*(row[name] for name in columns), *(row.get("aliases") or ())) if form]
        for form in dict.fromkeys(shown):
            yield _Form(form.lower(), len(form), row["node"], _name(row, columns), form)


def _name(row: Row, columns: Iterable[str]) -> str:
    return str(next((row[name] for name in columns if row[name]), row["node"]))


def _placed(hits: Iterable[tuple[int, _Form]]) -> Iterator[tuple[int, tuple[int, _Form]]]:
    """Each hit with its place among those of its rank."""
    counts = [0, 0, 0]
    for rank, form in hits:
        yield counts[rank], (rank, form)
        counts[rank] += 1
