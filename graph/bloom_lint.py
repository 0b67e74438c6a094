"""Checks a Bloom perspective: against the schema, and against a loaded Neo4j, where every phrase runs as in Bloom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

import neo4j.graph

from graph.bloom_style import TYPES
from graph.errors import StoreError
from graph.phrase import names_in
from graph.schema import EDGE_TYPES, NODE_TYPES, edge_props, node_props
from graph.store import Row, Store

Json = dict[str, Any]
_KINDS: dict[str, type] = {"String": str, "Integer": int, "Float": float, "Boolean": bool}
_GRAPH = (neo4j.graph.Node, neo4j.graph.Relationship, neo4j.graph.Path)
MOST = 100  # suggestions that are tried for one parameter


@dataclass(frozen=True)
class Problem:
    """What is wrong in a perspective, and where."""

    where: str
    cause: str


def lint(perspective: Json, store: Store | None = None, *, most: int = MOST) -> list[Problem]:
    """The problems of a perspective: names that the schema has not, phrases that cannot work.

    With a ``store`` (a Neo4j with data) also names that the database has not, data that the perspective has no style
    for, and phrases that fail or find nothing with one of the first ``most`` values that they suggest.
    """
    found = [*_names(perspective), *_phrases(perspective)]
    if store is not None:
        found += _database(perspective, store)
        for template in perspective["templates"]:
            found += [Problem(template["text"], cause) for cause in _run(template, store, most)]
    return found


def _names(perspective: Json) -> Iterator[Problem]:
    """Every label, property, type, segment and index that is named and is not in the schema."""
    for category in perspective["categories"]:
        properties = [each["name"] for each in category["properties"]]
        captions = [each["key"] for each in category["captions"] if each["type"] == "property"]
        for label in category["labels"]:
            yield from _label(f"category {category['name']}", label, [*properties, *captions])
    for label, entries in perspective["labels"].items():
        yield from _label("labels", label, [each["propertyKey"] for each in entries])
    for relationship in perspective["relationshipTypes"]:
        yield from _type(
            "relationship type", relationship["name"], [p["propertyKey"] for p in relationship["properties"]]
        )
    for name in perspective["hiddenRelationshipTypes"]:
        yield from _type("hidden relationship type", name, [])
    for each in perspective["metadata"]["pathSegments"]:
        kind, ends = each["relationshipType"], (each["source"], each["target"])
        if kind not in EDGE_TYPES or ends not in EDGE_TYPES[kind].ends:
            yield Problem("path segment", f"no {ends[0]}-[:{kind}]->{ends[1]} in the schema")
    for index in perspective["metadata"]["indexes"]:
        yield from _label("index", index["label"], [each["key"] for each in index["propertyKeys"]])


def _label(where: str, label: str, properties: list[str]) -> Iterator[Problem]:
    if label not in NODE_TYPES:
        yield Problem(where, f"no label {label} in the schema")
        return
    known = {prop.name for prop in node_props(label)}
    yield from (Problem(where, f"{label} has no property {name}") for name in properties if name not in known)


def _type(where: str, name: str, properties: list[str]) -> Iterator[Problem]:
    if name not in EDGE_TYPES:
        yield Problem(where, f"no relationship type {name} in the schema")
        return
    known = {prop.name for prop in edge_props(name)}
    yield from (Problem(where, f"{name} has no property {each}") for each in properties if each not in known)


def _phrases(perspective: Json) -> Iterator[Problem]:
    """Phrases whose text, Cypher and parameters differ, that are not unique, or suggest by what is not there."""
    texts = [template["text"] for template in perspective["templates"]]
    for template in perspective["templates"]:
        text = template["text"]
        names = [param["name"].removeprefix("$") for param in template["params"]]
        if not (sorted(names) == sorted(names_in(text)) == sorted(names_in(template["cypher"]))):
            yield Problem(text, "its text, Cypher and parameters differ")
        if texts.count(text) > 1 or text.startswith("$"):
            yield Problem(text, "cannot be typed: begins with a parameter, or another phrase is the same")
        for param in template["params"]:
            if param["suggestionLabel"]:
                yield from _label(f"{text}: {param['name']}", param["suggestionLabel"], [param["suggestionProp"]])


def _database(perspective: Json, store: Store) -> Iterator[Problem]:
    """What is named and not in the database (its schema may be ahead of its data), and data that has no style."""
    indexed = store.read("SHOW INDEXES YIELD type, labelsOrTypes AS labels, properties RETURN type, labels, properties")
    native = [row for row in indexed if row["type"] == "RANGE"]
    there = {(label, name) for row in native for label in row["labels"] for name in row["properties"]}
    for index in perspective["metadata"]["indexes"]:
        for each in index["propertyKeys"]:
            if (index["label"], each["key"]) not in there:
                yield Problem("index", f"the database has none on {index['label']}({each['key']})")
    labels = {row["label"] for row in store.read("CALL db.labels() YIELD label RETURN label")}
    for label, entries in perspective["labels"].items():
        if label not in labels:
            yield Problem("labels", f"the database has no label {label}")
        used = _keys(store, f"MATCH (x:{label})") - {prop.name for prop in node_props(label) if prop.internal}
        yield from (
            Problem("labels", f"{label}.{name} is in the database and not here")
            for name in sorted(used - {each["propertyKey"] for each in entries})
        )
    styled = {each["name"]: {p["propertyKey"] for p in each["properties"]} for each in perspective["relationshipTypes"]}
    for edge in TYPES:
        used = _keys(store, f"MATCH ()-[x:{edge.type}]->()") - {p.name for p in edge_props(edge.type) if p.internal}
        if used and edge.type not in styled:
            yield Problem("relationship type", f"{edge.type} is in the database and not here")
        for name in sorted(used - styled.get(edge.type, used)):
            yield Problem("relationship type", f"{edge.type}.{name} is in the database and not here")


def _keys(store: Store, match: str) -> set[str]:
    return {row["key"] for row in store.read(f"{match} UNWIND keys(x) AS key RETURN DISTINCT key")}


def _run(template: Json, store: Store, most: int) -> Iterator[str]:
    """What goes wrong when the phrase is asked with what is suggested: one parameter with each value, more with any."""
    try:
        offered = {param["name"].removeprefix("$"): _suggestions(param, store, most) for param in template["params"]}
    except StoreError as error:
        yield f"its suggestions fail: {error}"
        return
    empty = [name for name, values in offered.items() if not values]
    if empty:
        yield f"nothing is suggested for {', '.join(empty)}"
        return
    choices = islice(product(*offered.values()), most)
    asked = [dict(zip(offered, values, strict=True)) for values in choices]
    answers = []
    for values in asked:
        try:
            answers.append((values, store.read(template["cypher"], values)))
        except StoreError as error:
            yield f"fails with {values}: {error}"
            return
    odd = {type(value).__name__ for _, rows in answers for row in rows for value in _not_drawn(row)}
    if odd:
        yield f"returns {', '.join(sorted(odd))}, which Bloom cannot draw"
    dead = [values for values, rows in answers if not rows]
    if dead and (len(offered) == 1 or len(dead) == len(asked)):
        yield f"finds nothing with {dead[0]}"


def _not_drawn(row: Row) -> list[Any]:
    """Values that are no node, relationship or path; empty ones are left out, unless there is nothing else."""
    values = [value for value in row.values() if value is not None] or [None]
    return [value for value in values if not isinstance(value, _GRAPH)]


def _suggestions(param: Json, store: Store, most: int) -> list[Any]:
    """The values that Bloom offers: the first column of the query, or the property of the label; of its data type."""
    query = param["cypher"]
    if param["suggestionLabel"]:
        label, prop = param["suggestionLabel"], param["suggestionProp"]
        query = f"MATCH (n:{label}) WHERE n.{prop} IS NOT NULL RETURN DISTINCT n.{prop} AS value ORDER BY value"
    rows = store.read(query) if query else []
    kind = _KINDS[param["dataType"]]
    return [value for value in (next(iter(row.values())) for row in rows[:most]) if isinstance(value, kind)]
