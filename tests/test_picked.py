"""Paths between any two nodes, and picked parts as Cypher and GraphML, on both engines."""

from __future__ import annotations

import io
from itertools import combinations
from typing import Any

import networkx as nx
import pytest

from graph.analysis import to_networkx
from graph.between import Key, between
from graph.errors import QueryError
from graph.load import load
from graph.neighbourhood import NearEdge, NearNode, neighbourhood
from graph.paths import WALKED
from graph.picked import cypher, ends, graphml, literal, told
from graph.store import Store
from tests.conftest import GROUP
from tests.graph_records import five

pytestmark = GROUP
BUREAU = ("Agency", "常德市发展和改革委员会")


@pytest.fixture
def full(store: Store) -> Store:
    load(store, five())
    return store


def picked(store: Store, key: Key = BUREAU) -> tuple[list[NearNode], list[NearEdge]]:
    found = neighbourhood(store, *key)
    return [found.centre, *found.nodes], found.edges


def test_paths_are_as_short_as_any(full: Store) -> None:
    whole = nx.Graph(to_networkx(full, WALKED))
    nodes: list[Key] = [(kind, row["id"]) for kind in ("Agency", "Policy", "Park", "Theme", "Task")
                        for row in full.read(f"MATCH (n:{kind}) RETURN n.id AS id ORDER BY id LIMIT 4")]  # fmt: skip
    lengths = set()
    for one, other in combinations(nodes, 2):
        found = between(full, one, other)
        names = (":".join(one), ":".join(other))
        expected = nx.shortest_path_length(whole, *names) if nx.has_path(whole, *names) else None
        assert ({len(path) for path in found} or {None}) == {expected}, (one, other)
        assert len({tuple(edge.key for edge in path) for path in found}) == len(found) <= 3
        lengths.add(expected)
        for path in found:
            at = one
            for edge in path:
                assert at in ends(edge)
                at = next(end for end in reversed(ends(edge)) if end != at)
            assert at == other
    assert len(lengths) > 3


def test_no_path(full: Store) -> None:
    assert between(full, BUREAU, BUREAU) == []
    assert between(full, BUREAU, ("Theme", "none")) == []
    with pytest.raises(QueryError, match="Document: no path leads"):
        between(full, BUREAU, ("Document", "x"))


def test_a_path_is_the_same_from_both_ends(full: Store) -> None:
    there = between(full, BUREAU, ("Theme", "green"), limit=99)
    back = between(full, ("Theme", "green"), BUREAU, limit=99)
    assert {tuple(e.key for e in path) for path in there} == {tuple(e.key for e in reversed(path)) for path in back}


def test_what_is_told_stands_in_the_document(full: Store) -> None:
    nodes, edges = picked(full)
    found = told(full, edges)
    assert {edge.type for edge in edges if edge.key in found} == {"RESPONSIBLE_FOR"}
    for edge in edges:
        if edge.key in found:
            said = found[edge.key]
            text = full.read("MATCH (d:Document {id: $id}) RETURN d.text AS text", {"id": said.document})[0]["text"]
            assert text[said.start : said.end] == said.quote
            assert edge.target_id.startswith(said.policy)
    assert {node.kind for node in nodes} == {"Agency", "Task", "Region"}


@pytest.mark.parametrize("key", [BUREAU, ("Policy", "驻政办〔2019〕125号"), ("Region", "430700")])
def test_cypher_gives_the_part(full: Store, key: Key) -> None:
    nodes, edges = picked(full, key)
    parts = cypher(nodes, edges).split("\nUNION\n")
    rows = [
        row
        for part in parts
        for row in full.read(part.replace("RETURN a, r, b", "RETURN a.id AS a, r.key AS r, b.id AS b"))
    ]
    assert {(row["a"], row["r"], row["b"]) for row in rows} == {(e.source_id, e.key, e.target_id) for e in edges}
    assert len(rows) == len(edges)


def test_cypher_as_a_whole_runs_on_neo4j(full: Store, engine: str) -> None:
    if engine == "ladybug":
        pytest.skip("it joins no relationships of several types in one column")
    nodes, edges = picked(full)
    alone = neighbourhood(full, "Theme", "green").centre
    assert len(full.read(cypher([*nodes, alone], edges))) == len(edges) + 1


HOSTILE = [
    "a'b",
    'a"b',
    "a\\",
    "a\\' OR 1=1 //",
    "a`b",
    "a\nb",
    "a\tb\r",
    "{a}",
    "$a",
    "'; MATCH (n) DELETE n //",
    "\\u0027",
    "政策〔2019〕",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_stays_a_text(full: Store, text: str) -> None:
    assert full.read(f"RETURN {literal(text)} AS x") == [{"x": text}]


def test_graphml_holds_the_part_and_no_more(full: Store) -> None:
    nodes, edges = picked(full)
    made: Any = nx.read_graphml(io.BytesIO("".join(graphml(full, nodes, edges[:2])).encode()), force_multigraph=True)
    assert set(made.nodes) == {f"{node.kind}:{node.id}" for node in nodes}
    assert {key for *_, key in made.edges(keys=True)} == {edge.key for edge in edges[:2]}
    assert made.nodes[":".join(BUREAU)]["name"] == "常德市发展和改革委员会"


def test_nothing_picked() -> None:
    assert cypher([], []) == ""
