"""Finds nodes by the words in their names and texts; the same hits, in the same order, on both engines.

A hit holds every word of the query, in small or capital letters, in some of its searched properties
(``graph.indexes.SEARCHED``). Where the store has a full-text index, words of two or more Chinese characters are looked
up there first: it indexes pairs of characters, so a phrase of them is what CONTAINS finds. Anything else, and the
embedded store, is CONTAINS over all nodes of the kind: 0.1 s for 180,000 tasks of 150 characters. Letters take four
times as long, since capital ones count as small ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph.errors import QueryError
from graph.indexes import SEARCHED
from graph.schema import node_props
from graph.store import Reader, Row

_LISTS = {(label, prop.name) for label in SEARCHED for prop in node_props(label) if prop.type == "strings"}
_CHINESE = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_CASELESS = re.compile(r"[\u3000-\u9fff0-9]+")  # no letter of these has a capital one
_AROUND = 40  # characters of an excerpt on each side of the word
MOST_WORDS = 8


@dataclass(frozen=True)
class Hit:
    """A node that was found. ``excerpt`` is the place in its texts; ``policy`` is None for what belongs to none."""

    kind: str
    id: str
    name: str
    policy: str | None
    excerpt: str


def search(store: Reader, text: str, kinds: Sequence[str] | None = None, limit: int = 20) -> list[Hit]:
    """The first ``limit`` nodes of ``kinds`` (all that are searched, if None) that hold every word of ``text``.

    Names that equal the text come first, then those that begin with it, hold it, and the rest; of equals the shorter
    name. Raises QueryError for a text without words and for an unknown kind.
    """
    words = text.lower().split()
    wanted = list(kinds or SEARCHED)
    unknown = sorted(set(wanted) - set(SEARCHED))
    if not words or len(words) > MOST_WORDS:
        raise QueryError(f"search for one to {MOST_WORDS} words")
    if unknown:
        raise QueryError(f"no kind {unknown[0]} is searched; there is {', '.join(SEARCHED)}")
    params = {f"w{number}": word for number, word in enumerate(words)} | {"whole": " ".join(words), "limit": limit}
    rows: list[Row] = []
    for label in dict.fromkeys(wanted):
        rows += store.read(_query(store, label, words), {**params, **_lookup(store, words)})
    order = {label: place for place, label in enumerate(SEARCHED)}
    rows.sort(key=lambda row: (row["rank"], order[row["kind"]], row["length"], row["id"]))
    return [_hit(row, words) for row in rows[:limit]]


def _query(store: Reader, label: str, words: Sequence[str]) -> str:
    names = [f"w{number}" for number in range(len(words))]
    if _lookup(store, words):
        found = f"CALL db.index.fulltext.queryNodes($index, $lucene) YIELD node AS n WHERE n.kind = '{label}'"
    else:
        found = f"MATCH (n:{label})"
    policy = "n.policy" if "policy" in {prop.name for prop in node_props(label)} else "NULL"
    texts = ", ".join(f"n.{name} AS t_{name}" for name in SEARCHED[label])
    return (
        # Ladybug knows no parameters inside any(), but variables
        f"{found} WITH n, {', '.join(f'${name} AS {name}' for name in names)} "
        f"WHERE {' AND '.join(f'({_holds(label, *named)})' for named in zip(names, words, strict=True))} "
        f"RETURN n.id AS id, n.kind AS kind, n.name AS name, {policy} AS policy, {texts}, "
        "CASE WHEN toLower(n.name) = $whole THEN 0 WHEN toLower(n.name) STARTS WITH $whole THEN 1 "
        "WHEN toLower(n.name) CONTAINS $whole THEN 2 ELSE 3 END AS rank, size(n.name) AS length "
        "ORDER BY rank, length, id LIMIT $limit"
    )


def _holds(label: str, name: str, word: str) -> str:
    """Whether one of the texts holds ``word``, which the query calls ``name``."""
    small = "{}" if _CASELESS.fullmatch(word) else "toLower({})"
    return " OR ".join(
        f"any(x IN n.{text} WHERE {small.format('x')} CONTAINS {name})"
        if (label, text) in _LISTS
        else f"{small.format(f'n.{text}')} CONTAINS {name}"
        for text in SEARCHED[label]
    )


def _lookup(store: Reader, words: Iterable[str]) -> dict[str, str]:
    """What to ask of the full-text index, if there is one and it knows such words."""
    phrases = [f'"{word}"' for word in words if _CHINESE.fullmatch(word)]
    return {"index": store.search_index, "lucene": " AND ".join(phrases)} if store.search_index and phrases else {}


def _hit(row: Row, words: Sequence[str]) -> Hit:
    texts = [text for name, value in row.items() if name.startswith("t_") for text in _texts(value)]
    place = next((each for word in words for text in texts if (each := _excerpt(text, word))), row["name"] or "")
    return Hit(row["kind"], row["id"], row["name"] or "", row["policy"], place)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)] if value else []


def _excerpt(text: str, word: str) -> str:
    at = text.lower().find(word)
    if at < 0:
        return ""
    start, end = max(at - _AROUND, 0), at + len(word) + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
