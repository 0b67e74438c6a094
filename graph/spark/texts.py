"""Links, facts, copies and properties as JSON, and back."""

from __future__ import annotations

import json
from datetime import date

from pydantic import TypeAdapter
from pydantic_core import to_json

from graph.delta import Props
from graph.documents import Copy
from graph.links import Facts, Link
from graph.schema import NODE_TYPES, edge_props, node_props

LINK, FACTS, COPY = TypeAdapter(Link), TypeAdapter(Facts), TypeAdapter(Copy)


def text_of(props: Props) -> str:
    """Properties as JSON."""
    return to_json(props).decode()


def props_of(text: str, kind: str) -> Props:
    """Properties of a label or type, of their own types again: JSON has no dates."""
    declared = node_props(kind) if kind in NODE_TYPES else edge_props(kind)
    props: Props = json.loads(text)
    for name in (prop.name for prop in declared if prop.type == "date"):
        if props.get(name) is not None:
            props[name] = date.fromisoformat(props[name])
    return props
