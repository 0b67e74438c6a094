"""The JSON-LD context of some terms, and values as they stand under it.

A term of schema.org goes by its bare name, any other by ``prefix:name``. The context tells the type or the language
that a term has in the table first; a value that differs says so itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from graph.linked.triples import PREDICATE, Iri, Value
from graph.linked.vocabulary import EDGE, Kind, types, vocabulary
from graph.schema import EDGES, PropType

_XSD: dict[PropType, str] = {"date": "xsd:date", "number": "xsd:double"}


def key(term: str) -> str:
    """What a term is called in JSON-LD."""
    return term.removeprefix("schema:")


def context(terms: Iterable[str]) -> dict[str, Any]:
    """The context in which these terms, and no others, are defined."""
    used = sorted(set(terms) - {"@type"})
    prefixes = {term.partition(":")[0] for term in used} | {"xsd", "schema", "pg"}
    table = vocabulary().prefixes
    found: dict[str, Any] = {"@version": 1.1, **{name: table[name] for name in table if name in prefixes}}
    for term in used:
        coercion = _coercions().get(term, {})
        if coercion or key(term) != term:
            found[key(term)] = {"@id": term, **coercion} if coercion else term
    return found


def compact(term: str, made: Iri | Value) -> Any:
    """A value under the context."""
    if isinstance(made, Iri):
        return {"@id": str(made)}
    coercion = _coercions().get(term, {})
    if coercion == _coercion(made.type, made.lang):
        return made.value
    if made.lang:
        return {"@language": made.lang, "@value": made.value}
    return {"@value": made.value, **({"@type": _XSD[made.type]} if made.type in _XSD else {})}


@cache
def _coercions() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    kinds: list[tuple[str, str, Kind]] = [(label, "", kind) for label, kind in vocabulary().nodes.items()]
    kinds += [(EDGE, edge.type, vocabulary().statement) for edge in EDGES if not edge.internal]
    for label, edge_type, kind in kinds:
        of_type = types(label, edge_type)
        for name, entry in kind.properties.items():
            if (label == EDGE and name not in of_type) or entry.node or entry.values:
                continue
            for term in entry.every():
                found.setdefault(term, _coercion(of_type.get(name, "string"), entry.lang))
    found.pop(PREDICATE, None)
    return found


def _coercion(kind: PropType, lang: str | None) -> dict[str, str]:
    if lang:
        return {"@language": lang}
    return {"@type": _XSD[kind]} if kind in _XSD else {}
