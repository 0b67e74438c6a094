"""What the explorer shows, as its address says it: where it began, what was opened, pinned, hidden and filtered.

Only where it began is written in full; any other node is a short mark, for what was opened leads to it again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeVar
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from graph.errors import QueryError
from graph.part import KINDS
from graph.schema import EDGES

T = TypeVar("T")
Key = tuple[str, str]  # label and id
FEW, STEP = 5, 10  # relationships of a type that are opened at first, and by each "show more"
LIMIT, FURTHER, MOST = 60, 30, 240  # nodes that are drawn at first, by each "show more", and at most
_OPENED, _ROOTS = 80, 20
_TYPES = frozenset(edge.type for edge in EDGES if not edge.internal)
_MARK = "[0-9a-f]{10}"
_OPENING = re.compile(rf"({_MARK})\.([A-Z_]+)\.([0-9]{{1,4}})")
_PIN = re.compile(rf"({_MARK})(?:\.(-?[0-9]{{1,5}})\.(-?[0-9]{{1,5}}))?")
_NONE = "none"  # in place of what is opened: nothing is


class Opening(NamedTuple):
    """Relationships of one type around a node, the first ``many`` of them."""

    mark: str
    type: str
    many: int


class Pin(NamedTuple):
    """A node that stays where it is, if it is known where that is."""

    mark: str
    x: int | None = None
    y: int | None = None


@dataclass(frozen=True)
class View:
    """A state of the explorer. ``opened``: None before anybody has opened or closed anything."""

    roots: tuple[Key, ...] = ()
    path: tuple[Key, ...] = ()  # its two ends, or the first of them
    opened: tuple[Opening, ...] | None = None
    hidden: tuple[str, ...] = ()
    pins: tuple[Pin, ...] = ()
    without: tuple[str, ...] = ()  # kinds
    region: str | None = None
    theme: str | None = None
    as_of: date | None = None
    limit: int = LIMIT
    at: str = ""  # the node whose card is shown

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.without or self.region or self.theme or self.as_of)

    def query(self) -> str:
        """The query string."""
        pairs: list[tuple[str, str]] = [("node", ":".join(key)) for key in self.roots]
        pairs += [(name, ":".join(key)) for name, key in zip(("from", "to"), self.path, strict=False)]
        if self.opened is not None:
            pairs += [("open", f"{each.mark}.{each.type}.{each.many}") for each in self.opened] or [("open", _NONE)]
        pairs += [("hide", mark) for mark in self.hidden]
        pairs += [("pin", _pin(pin)) for pin in self.pins]
        pairs += [("without", kind) for kind in self.without]
        given = {"region": self.region, "theme": self.theme, "as_of": self.as_of, "at": self.at}
        pairs += [(name, str(value)) for name, value in given.items() if value]
        pairs += [("limit", str(self.limit))] if self.limit != LIMIT else []
        return urlencode(pairs, quote_via=quote)

    def grown(self, mark: str, type_: str, count: int) -> View:
        """With so many relationships of a type around a node; none for 0."""
        others = tuple(each for each in self.opened or () if (each.mark, each.type) != (mark, type_))
        more = (Opening(mark, type_, count),) if count else ()
        return replace(self, opened=(others + more)[-_OPENED:])

    def closed(self, mark: str) -> View:
        """With nothing opened around a node."""
        return replace(self, opened=tuple(each for each in self.opened or () if each.mark != mark))

    def began_at(self, key: Key) -> View:
        """With one more node to begin at, and its card."""
        roots = self.roots if key in self.roots else (*self.roots, key)[-_ROOTS:]
        shown = tuple(mark for mark in self.hidden if mark != mark_of(key))
        return replace(self, roots=roots, hidden=shown, at=mark_of(key))


def mark_of(key: Key) -> str:
    """The mark of a node: ten hexadecimal digits."""
    return hashlib.blake2b("\n".join(key).encode(errors="surrogatepass"), digest_size=5).hexdigest()


def view_of(params: QueryParams) -> View:
    """The view that an address asks for. Raises QueryError for what cannot be one."""
    ends = [*_read("from", params.getlist("from")[:1], _key), *_read("to", params.getlist("to")[:1], _key)]
    given = [text for text in params.getlist("open") if text != _NONE]
    return View(
        roots=tuple(dict.fromkeys(_read("node", params.getlist("node")[:_ROOTS], _key))),
        path=tuple(ends),
        opened=tuple(_read("open", given[:_OPENED], _opening)) if "open" in params else None,
        hidden=tuple(_read("hide", params.getlist("hide")[:MOST], _mark)),
        pins=tuple(_read("pin", params.getlist("pin")[:MOST], _pinned)),
        without=tuple(dict.fromkeys(_read("without", params.getlist("without")[: len(KINDS)], _kind))),
        region=params.get("region") or None,
        theme=params.get("theme") or None,
        as_of=next(_read("as_of", [params["as_of"]], date.fromisoformat), None) if params.get("as_of") else None,
        limit=next(_read("limit", [params["limit"]], _limit), LIMIT) if params.get("limit") else LIMIT,
        at=next(_read("at", [params["at"]], _mark), "") if params.get("at") else "",
    )


def _read(name: str, texts: Sequence[str], read: Callable[[str], T]) -> Iterator[T]:
    for text in texts:
        try:
            yield read(text)
        except ValueError:
            raise QueryError(f"{name}: {text[:60]}: not understood") from None


def _key(text: str) -> Key:
    kind, colon, id_ = text.partition(":")
    if kind not in KINDS or not colon or not id_:
        raise ValueError
    return kind, id_


def _opening(text: str) -> Opening:
    found = _OPENING.fullmatch(text)
    if found is None or found[2] not in _TYPES or not 0 < int(found[3]) <= MOST:
        raise ValueError
    return Opening(found[1], found[2], int(found[3]))


def _pinned(text: str) -> Pin:
    found = _PIN.fullmatch(text)
    if found is None:
        raise ValueError
    return Pin(found[1], int(found[2]), int(found[3])) if found[2] else Pin(found[1])


def _pin(pin: Pin) -> str:
    return pin.mark if pin.x is None else f"{pin.mark}.{pin.x}.{pin.y}"


def _mark(text: str) -> str:
    if not re.fullmatch(_MARK, text):
        raise ValueError
    return text


def _kind(text: str) -> str:
    if text not in KINDS:
        raise ValueError
    return text


def _limit(text: str) -> int:
    return max(LIMIT, min(int(text), MOST))
