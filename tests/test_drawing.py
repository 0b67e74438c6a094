"""GraphML and GEXF: what networkx reads back is the graph; the same graph gives the same bytes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Literal
from xml.etree import ElementTree

import networkx as nx
import pytest

from api.cli import main
from graph.analysis import to_networkx
from graph.load import load
from graph.part import part
from graph.store import Store, open_store
from graph.written import written
from tests.graph_records import CHANGDE, Draft, five

FORMS = ("graphml", "gexf")
ODD = "引号\"'<&> 制表\t 换行\n 回车\r 表情😀 空\x00铃\x07 \x85 \u2028 \ufffe"
SHOWN = "引号\"'<&> 制表\t 换行\n 回车\r 表情😀 空\ufffd铃\ufffd \x85 \u2028 \ufffd"


@pytest.fixture
def own(tmp_path: Path) -> Any:
    with open_store(tmp_path / "own.lbug") as store:
        yield store


def read(store: Store, form: Literal["graphml", "gexf"], folder: Path) -> Any:
    path = folder / f"graph.{form}"
    path.write_text("".join(written(part(store), form)), encoding="utf-8", newline="\n")
    # force_multigraph: networkx makes parallel edges of what has them, and a plain graph of what has none
    return nx.read_graphml(path, force_multigraph=True) if form == "graphml" else nx.MultiDiGraph(nx.read_gexf(path))


def flat(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("form", FORMS)
def test_what_is_read_back_is_the_graph(form: Literal["graphml", "gexf"], own: Store, tmp_path: Path) -> None:
    load(own, five())
    graph, back = to_networkx(own), read(own, form, tmp_path)
    assert sorted(back) == sorted(graph)
    for key, row in graph.nodes(data=True):
        expected = {name: flat(value) for name, value in row.items() if name != "id"}
        assert {name: value for name, value in back.nodes[key].items() if name != "label"} == expected
    edges = {row.pop("id", key): (a, b, row) for a, b, key, row in back.edges(keys=True, data=True)}
    assert len(edges) == graph.number_of_edges()
    for source, target, key, row in graph.edges(keys=True, data=True):
        a, b, found = edges[key]
        expected = {name: flat(value) for name, value in row.items()}
        assert ((a, b), {k: v for k, v in found.items() if k in expected}) == ((source, target), expected)


@pytest.mark.parametrize("form", FORMS)
def test_odd_characters_come_through(form: Literal["graphml", "gexf"], own: Store, tmp_path: Path) -> None:
    draft = Draft("p", CHANGDE, ODD, date(2020, 1, 1))
    load(own, [draft.record()])
    assert own.read("MATCH (p:Policy) RETURN p.title AS t") == [{"t": ODD}]
    assert read(own, form, tmp_path).nodes["Policy:p"]["title"] == SHOWN


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(form: Literal["graphml", "gexf"], own: Store, tmp_path: Path) -> None:
    load(own, five())
    with open_store(tmp_path / "other.lbug") as other:
        for record in reversed(five()):
            load(other, [record])
        assert list(written(part(other), form)) == list(written(part(own), form))


def test_an_empty_graph(own: Store, tmp_path: Path) -> None:
    assert [len(read(own, "graphml", tmp_path)), len(read(own, "gexf", tmp_path))] == [0, 0]


def test_command(own: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(own, five())
    store = ["--store", str(tmp_path / "own.lbug")]
    assert main(["export", "--format", "gexf", "--out", str(tmp_path / "g.gexf"), *store]) == 0
    assert ElementTree.parse(tmp_path / "g.gexf").getroot().tag == "{http://www.gexf.net/1.2draft}gexf"
    assert main(["export", "--format", "graphml", "--out", "-", *store]) == 0
    shown = capsys.readouterr().out
    assert ElementTree.fromstring(shown).tag == "{http://graphml.graphdrawing.org/xmlns}graphml"
    assert main(["export", "--format", "docx", "--out", "-", *store]) == 2
    assert "graphml" in capsys.readouterr().err
