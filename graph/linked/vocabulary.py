"""The table ``vocabulary.yml``: which terms stand for a label, a property or a relationship type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from graph.resources import tables_dir
from graph.schema import PropType, edge_props, node_props

EDGE = ""  # the label of a statement, for whoever asks for its kind


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Terms(_Entry):
    """Terms that hold for a row, and more of them under conditions."""

    terms: tuple[str, ...] = ()
    inverse: tuple[str, ...] = ()
    when: tuple[Mapping[str, Any], ...] = ()

    def of(self, row: Mapping[str, Any]) -> Iterator[str]:
        """The terms that hold for ``row``."""
        yield from self.terms
        for case in self.when:
            if all(row.get(name) == value for name, value in case.items() if name != "terms"):
                yield from case["terms"]

    def every(self) -> Iterator[str]:
        """The terms that hold for any row at all."""
        yield from (*self.terms, *self.inverse, *(term for case in self.when for term in case["terms"]))


class Property(Terms):
    """How a property is told."""

    lang: str | None = None
    node: str | None = None
    values: Mapping[str, Mapping[str, str]] = Field({})


class Kind(_Entry):
    """How nodes of a label, or statements, are told."""

    path: str
    types: tuple[str, ...]
    properties: Mapping[str, Property]


class Vocabulary(_Entry):
    """The whole table."""

    prefixes: Mapping[str, str]
    nodes: Mapping[str, Kind]
    edges: Mapping[str, Terms]
    statement: Kind

    def kind(self, label: str) -> Kind:
        """The entry of a label, that of statements for ``EDGE``."""
        return self.statement if label == EDGE else self.nodes[label]

    def expand(self, term: str) -> str:
        """The IRI that ``prefix:name`` stands for."""
        prefix, _, name = term.partition(":")
        return self.prefixes[prefix] + name


@cache
def vocabulary() -> Vocabulary:
    """The table, read once. Raises pydantic's ValidationError where it is wrong."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (tables_dir() / "vocabulary.yml").read_text(encoding="utf-8")
    return Vocabulary.model_validate(yaml.load(text, Loader=loader))


@cache
def types(label: str, edge_type: str = "") -> Mapping[str, PropType]:
    """The type of each property of a label, or of the edges of a type."""
    props = edge_props(edge_type) if label == EDGE else node_props(label)
    return {prop.name: prop.type for prop in props}
