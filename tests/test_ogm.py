"""The model as GraphObjects of py2neo: the same as the schema, and read from a real Neo4j."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import StoreError
from graph.export import export_hash
from graph.load import load
from graph.ogm import MODELS, Agency, Industry, Park, Policy, Region, Target, Task, Theme, connect
from graph.ogm_parts import Property, RelatedFrom, RelatedTo
from graph.schema import EDGES, NODES, node_props
from graph.store import Store, open_store
from tests.conftest import GROUP, empty
from tests.graph_records import five
from tests.neo4j_server import Server

LABELS = {model.__name__ for model in MODELS}
Relation = tuple[str, str, str]


def members(model: type, kind: type) -> dict[str, Any]:
    return {name: value for each in model.__mro__ for name, value in vars(each).items() if isinstance(value, kind)}


def relations() -> list[tuple[type, str, Relation]]:
    """Every relation as (model, attribute, (start, type, end)), whichever way it is declared."""
    found = []
    for model in MODELS:
        for name, value in {**members(model, RelatedTo), **members(model, RelatedFrom)}.items():
            ends = (model.__name__, value.related_class)
            start, end = ends if isinstance(value, RelatedTo) else ends[::-1]
            found.append((model, name, (start, value.relationship_type, end)))
    return found


# the schema


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_properties_are_those_of_the_schema(model: type) -> None:
    assert set(members(model, Property)) == {prop.name for prop in node_props(model.__name__) if not prop.internal}


def test_labels_are_those_of_the_schema() -> None:
    assert {node.label for node in NODES if not node.internal} - {"Unresolved"} == LABELS


@pytest.mark.parametrize("declared", [RelatedTo, RelatedFrom])
def test_relations_are_those_of_the_schema(declared: type) -> None:
    schema = {(a, edge.type, b) for edge in EDGES if not edge.internal for a, b in edge.ends if {a, b} <= LABELS}
    found = [triple for model, name, triple in relations() if isinstance(vars(model)[name], declared)]
    assert len(found) == len(set(found))
    assert set(found) == schema


# a real server


@pytest.fixture(scope="module")
def store(neo4j_server: Server) -> Iterator[Store]:
    empty(neo4j_server)
    with open_store(neo4j_server.uri) as opened:
        load(opened, five())
        yield opened


@pytest.fixture(scope="module")
def graph(store: Store, neo4j_server: Server) -> Any:
    return connect(neo4j_server.uri)


@GROUP
def test_duties_of_an_agency(graph: Any) -> None:
    agency = Agency.match(graph, "驻马店市工业和信息化局").first()
    duties = [(duty["role"], task.title, duty["quote"]) for _, (_, duty), task in agency.tasks.triples()]
    assert sorted(duties) == [
        ("lead", "开展绿色园区创建", "(牵头单位:工业和信息化局)"),
        ("lead", "推进绿色工厂建设", "(牵头单位:工业和信息化局)"),
        ("support", "持续开展企业分类综合评价", "(责任单位:工业和信息化局)"),
    ]
    assert {policy.doc_number for task in agency.tasks for policy in task.policies} == {"驻政办〔2019〕125号"}
    assert {other.name for task in agency.tasks for other in task.agencies} == {
        "驻马店市工业和信息化局", "驻马店市生态环境局", "驻马店市发展和改革委员会"}  # fmt: skip


@GROUP
def test_a_policy_as_plain_python(graph: Any) -> None:
    policy = Policy.match(graph).where(doc_number="驻政办〔2019〕125号").first()
    assert (policy.issued_on, policy.in_force_to, policy.held) == (date(2019, 11, 15), date(2022, 12, 31), True)
    assert (policy.issuers, policy.expires_on) == (["驻马店市人民政府办公室"], None)
    assert policy.documents
    [document] = policy.documents
    assert document.text[policy.start : policy.end] == policy.quote == policy.title
    assert [cited.held for cited in policy.cites] == [False]
    assert [region.full_name for region in policy.regions] == ["河南省驻马店市"]


@GROUP
def test_relations_of_one_type_are_told_apart_by_their_ends(graph: Any) -> None:
    targets = {target.metric: target for target in Target.match(graph) if target.policy == "常德市五好园区方案2022"}
    bound = {
        name: ([*map(id_of, each.binds_parks)], [*map(id_of, each.binds_regions)]) for name, each in targets.items()
    }
    assert bound == {"技工贸总收入": (["常德经济技术开发区"], []), "亩均税收": ([], ["430700"])}
    park = Park.match(graph, "常德经济技术开发区").first()
    assert {type(each) for each in park.tasks} == {Task}
    assert {type(each) for each in park.policies} == {Policy}
    assert [industry.name for industry in park.industries] == ["装备制造"]


def id_of(entity: Any) -> str:
    return str(entity.id)


@GROUP
def test_the_way_through_the_graph(graph: Any) -> None:
    industry = Industry.match(graph, "装备制造").first()
    assert {region.name for park in industry.parks for region in park.regions} == {"常德市", "驻马店市"}
    theme = Theme.match(graph, "green").first()
    assert len(theme.tasks) == 9
    assert {agency.region for task in theme.tasks for agency in task.agencies} == {"430700", "411700"}
    assert [region.name for region in Region.match(graph, "430700").first().part_of] == ["湖南省"]
    old = Agency.match(graph, "常德市经济和信息化委员会").first()
    assert [(after.name, how["since"]) for _, (_, how), after in old.successors.triples()] == [
        ("常德市工业和信息化局", 2019)
    ]
    assert [before.name for before in Agency.match(graph, "常德市工业和信息化局").first().predecessors] == [old.name]


@GROUP
@pytest.mark.parametrize(
    ("model", "name", "triple"), relations(), ids=lambda value: getattr(value, "__name__", str(value))
)
def test_every_relation_finds_every_edge(graph: Any, store: Store, model: Any, name: str, triple: Relation) -> None:
    start, kind, end = triple
    ends = f"MATCH (a:{start})-[r:{kind}]->(b:{end}) RETURN a.id AS a, b.id AS b, r.key AS key"
    expected = {(row["a"], row["b"], row["key"]) for row in store.read(ends)}
    found = set()
    for node in model.match(graph):
        for _, (_, properties), other in getattr(node, name).triples():
            pair = (node.id, other.id) if isinstance(vars(model)[name], RelatedTo) else (other.id, node.id)
            found.add((*pair, properties["key"]))
    assert found == expected


@GROUP
def test_nothing_is_written(graph: Any, store: Store) -> None:
    before = export_hash(store)
    policy = Policy.match(graph).where(held=True).first()
    with pytest.raises(StoreError, match="reads only"):
        policy.title = "另一个"
    for write in (graph.push, graph.create, graph.merge, graph.delete):
        with pytest.raises(StoreError, match="reads only"):
            write(policy)
    for change in (policy.tasks.clear, lambda: policy.tasks.add(Task()), lambda: policy.tasks.remove(Task())):
        with pytest.raises(StoreError, match="reads only"):
            change()
    assert export_hash(store) == before


@GROUP
def test_a_wrong_password_is_one_line(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "not this one")
    with pytest.raises(StoreError) as error:
        connect(neo4j_server.uri)
    assert str(error.value).startswith(neo4j_server.uri)
    assert "\n" not in str(error.value)


def test_no_server_and_no_bolt() -> None:
    with pytest.raises(StoreError, match=r"bolt://127.0.0.1:9: "):
        connect("bolt://127.0.0.1:9")
    with pytest.raises(StoreError, match="should be bolt://"):
        connect("http://127.0.0.1:9")


def test_without_py2neo_it_says_how_to_get_it() -> None:
    code = "import sys; sys.modules['py2neo'] = None; import graph.ogm"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "graph.ogm needs py2neo: pip install 'parkgraph[py2neo]'" in done.stderr


@GROUP
def test_what_the_readme_shows(graph: Any, neo4j_server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    shown = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(from graph.ogm .*?)```", shown, re.DOTALL)
    exec(code.replace("bolt://localhost:7687", neo4j_server.uri), {})
    assert capsys.readouterr().out == "responsible 做强主导产业 [] (责任单位:工业和信息化局)\n"
