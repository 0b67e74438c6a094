"""Nodes and edges as RDF, piece by piece: the terms with their values, before they are written in one form or another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graph.linked.names import iri
from graph.linked.vocabulary import EDGE, types, vocabulary
from graph.schema import PropType

Row = Mapping[str, Any]
SUBJECT, PREDICATE, OBJECT = "rdf:subject", "rdf:predicate", "rdf:object"


class Iri(str):
    """An object that is an address."""


class Value(NamedTuple):
    """An object that is a value; ``lang`` only of a text."""

    value: str | int | float | bool
    type: PropType
    lang: str | None


class Link(NamedTuple):
    """A term that an edge gives, between the addresses of two nodes."""

    source: Iri
    term: str
    target: Iri


Pairs = Iterator[tuple[str, Iri | Value]]


def properties(label: str, row: Row, base: str, edge_type: str = "") -> Pairs:
    """The terms of the properties of a node, or of a statement on an edge of a type; absent ones give none."""
    table, of_type = vocabulary().kind(label).properties, types(label, edge_type)
    for name, value in row.items():
        entry = table.get(name)
        if entry is None or value is None:
            continue
        for each in value if isinstance(value, list) else [value]:
            for term, word in entry.values.get(each, {}).items() if entry.values else ():
                yield term, Iri(vocabulary().expand(word))
            made = Iri(iri(entry.node, each, base)) if entry.node else _value(each, of_type.get(name), entry.lang)
            for term in entry.of(row):
                yield term, made


def classes(label: str) -> tuple[str, ...]:
    """The classes of nodes of a label, or of statements."""
    return vocabulary().kind(label).types


def links(edge_type: str, source: Iri, target: Iri, row: Row) -> Iterator[Link]:
    """What an edge says without its evidence: its terms from source to target, and those back."""
    entry = vocabulary().edges[edge_type]
    for term in entry.of(row):
        yield Link(source, term, target)
    for term in entry.inverse:
        yield Link(target, term, source)


def statement(edge_type: str, source: Iri, target: Iri, row: Row, base: str) -> Pairs:
    """What an edge says of itself: its ends, and its properties with role, quote and place."""
    predicate = Iri(vocabulary().expand(vocabulary().edges[edge_type].terms[0]))
    yield from ((SUBJECT, source), (PREDICATE, predicate), (OBJECT, target))
    yield from properties(EDGE, row, base, edge_type)


def _value(value: Any, kind: PropType | None, lang: str | None) -> Value:
    if isinstance(value, bool):
        return Value(value, "boolean", None)
    if kind == "number":
        return Value(float(value), "number", None)
    if isinstance(value, (int, float)):
        return Value(value, "integer" if isinstance(value, int) else "number", None)
    if kind == "date" or not isinstance(value, str):
        return Value(value if isinstance(value, str) else value.isoformat(), "date", None)
    return Value(value, "string", lang)
