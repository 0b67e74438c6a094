"""The graph as linked data: the table of terms, addresses, Turtle that is read back, JSON-LD of single things."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDF, Literal, URIRef

from api.shapes.jsonld import to_jsonld
from graph import detail
from graph.detail import refs
from graph.errors import QueryError
from graph.export import export_lines
from graph.linked.derived import legal_force, temporal_coverage
from graph.linked.names import checked_base, iri
from graph.linked.ties import PROPERTIES, TIES
from graph.linked.turtle import turtle
from graph.linked.vocabulary import EDGE, types, vocabulary
from graph.load import load
from graph.part import Choice, part
from graph.schema import EDGES, NODES, edge_props, node_props
from graph.store import Store, open_store
from tests.graph_records import CHANGDE, Draft, five, replaced_in_part

DAY = date(2021, 6, 1)
ZHUMADIAN, CHANGDE_2022 = "驻政办〔2019〕125号", "常德市五好园区方案2022"
SCHEMA = rdflib.Namespace("https://schema.org/")
ELI = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
PG = rdflib.Namespace("urn:parkgraph:vocab#")
ALL = Choice()
KINDS: dict[str, Any] = {
    "Policy": detail.policy, "Task": detail.task, "Agency": detail.agency, "Park": detail.park, "Target": detail.target,
    "Industry": detail.industry, "Theme": detail.theme, "Region": detail.region,
}  # fmt: skip


pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same on the embedded store: views are the same on either engine (tests of their own)."""
    with open_store(tmp_path_factory.mktemp("local") / "a.lbug") as store:
        load(store, five())
        yield store


@pytest.fixture(scope="module")
def held(module_store: Store) -> Store:
    load(module_store, five())
    return module_store


def node(label: str, id_: str, base: str = "urn:parkgraph") -> URIRef:
    return URIRef(iri(label, id_, base))


def read(store: Store, choice: Choice = ALL, base: str = "urn:parkgraph") -> rdflib.Graph:
    return rdflib.Graph().parse(data="".join(turtle(part(store, choice), base, choice.as_of)), format="turtle")


def linked(store: Store, label: str, id_: str, base: str = "urn:parkgraph", **more: Any) -> rdflib.Graph:
    text = json.dumps(to_jsonld(KINDS[label](store, id_, today=DAY, **more), base), ensure_ascii=False)
    return rdflib.Graph().parse(data=text, format="json-ld")


# the table


def test_the_table_tells_the_whole_schema() -> None:
    shown = {
        each.label: {prop.name for prop in node_props(each.label) if not prop.internal}
        for each in NODES
        if not each.internal
    }
    table = {label: set(kind.properties) for label, kind in vocabulary().nodes.items()}
    shown = {label: names - {"kind"} for label, names in shown.items()}  # which the types tell
    assert table.pop("Policy") ^ shown.pop("Policy") == {"legal_force", "temporal_coverage"}
    assert table == shown
    edges = {
        each.type: {prop.name for prop in edge_props(each.type) if not prop.internal}
        for each in EDGES
        if not each.internal
    }
    assert set(vocabulary().edges) == set(edges)
    assert set(vocabulary().statement.properties) == set().union(*edges.values())


def test_every_term_has_a_prefix_and_edges_have_one_of_their_own() -> None:
    kinds = [*vocabulary().nodes.values(), vocabulary().statement]
    terms = {term for kind in kinds for entry in kind.properties.values() for term in entry.every()}
    terms |= {name for kind in kinds for name in kind.types}
    terms |= {term for entry in vocabulary().edges.values() for term in entry.every()}
    assert {term.partition(":")[0] for term in terms} <= set(vocabulary().prefixes)
    own = [entry.terms[0] for entry in vocabulary().edges.values()]
    assert all(term.startswith("pg:") for term in own)
    assert len(set(own)) == len(own)


def test_terms_of_one_label_can_be_told_apart() -> None:
    for label, kind in vocabulary().nodes.items():
        firsts = [(entry.terms[0], entry.lang) for entry in kind.properties.values() if entry.terms]
        assert len(set(firsts)) == len(firsts), label


def test_conditions_name_properties() -> None:
    for label, kind in vocabulary().nodes.items():
        for entry in kind.properties.values():
            assert all(set(case) - {"terms"} <= set(types(label)) for case in entry.when)
    for edge_type, edge in vocabulary().edges.items():
        assert all(set(case) - {"terms"} <= set(types(EDGE, edge_type)) for case in edge.when)


# addresses


@pytest.mark.parametrize(
    ("label", "id_", "base", "expected"),
    [
        ("Region", "430700", "urn:parkgraph", "urn:parkgraph:regions:430700"),
        ("Region", "430700", "https://example.org/api/v1/", "https://example.org/api/v1/regions/430700"),
        ("Theme", "green", "/api/v1", "/api/v1/themes/green"),
        ("Task", "a/b c#1", "/x", "/x/tasks/a%2Fb%20c%231"),
        ("Policy", "政〔2〕", "/x", "/x/policies/%E6%94%BF%E3%80%942%E3%80%95"),
        ("Policy", "[a]<b>\"{}|\\^`?&%", "urn:x:y", "urn:x:y:policies:%5Ba%5D%3Cb%3E%22%7B%7D%7C%5C%5E%60%3F%26%25"),
        ("Agency", "换\n行\t😀", "urn:x:y", "urn:x:y:agencies:%E6%8D%A2%0A%E8%A1%8C%09%F0%9F%98%80"),
        (EDGE, "0a1b", "urn:parkgraph", "urn:parkgraph:edges:0a1b"),
    ],
)  # fmt: skip
def test_addresses(label: str, id_: str, base: str, expected: str) -> None:
    assert iri(label, id_, base) == expected


@pytest.mark.parametrize(
    "base",
    ["http://localhost:8000/api/v1", "https://[::1]:80/x%20y/", "https://example.org", "urn:parkgraph", "urn:a-b:c:d"],
)
def test_good_bases(base: str) -> None:
    assert checked_base(base) == base


@pytest.mark.parametrize(
    "base",
    ["", "x", "/api", "http://", "ftp://h/", "http://h/?q", "http://h/#f", "http://h/a b", "http://h/>", "http://h/政",
     "http://h/%zz", "urn:x", "urn:", "urn:a:b c", "http://h/\n", "javascript:alert(1)", "http://u@h/"],
)  # fmt: skip
def test_bad_bases(base: str) -> None:
    with pytest.raises(QueryError, match="base: it is an http"):
        checked_base(base)


# what follows from properties


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, None),
        ({"in_force_from": date(2019, 11, 15)}, "2019-11-15/.."),
        ({"in_force_from": date(2019, 11, 15), "in_force_to": date(2022, 12, 31)}, "2019-11-15/2022-12-31"),
        ({"in_force_from": date(2019, 1, 1), "ended_on": date(2020, 1, 1)}, "2019-01-01/2019-12-31"),
        ({"in_force_from": date(2019, 1, 1), "in_force_to": date(2022, 1, 1), "ended_on": date(2020, 1, 1)}, "2019-01-01/2019-12-31"),
        ({"in_force_from": date(2019, 1, 1), "superseded": True}, None),
        ({"in_force_from": date(2019, 1, 1), "status": "draft"}, None),
        ({"in_force_from": date(2019, 1, 1), "ended_on": date(2019, 1, 1)}, None),
    ],
)  # fmt: skip
def test_temporal_coverage(row: dict[str, Any], expected: str | None) -> None:
    assert temporal_coverage(row) == expected


@pytest.mark.parametrize(
    ("in_force", "partly", "expected"),
    [
        (True, False, "in_force"),
        (True, True, "partially_in_force"),
        (False, True, "not_in_force"),
        (None, True, None),
    ],
)
def test_legal_force(in_force: bool | None, partly: bool, expected: str | None) -> None:
    assert legal_force(in_force, partly=partly) == expected


# Turtle


def test_what_is_read_back_is_the_export(held: Store) -> None:
    graph = read(held)
    nodes, edges = [], []
    for label, kind in vocabulary().nodes.items():
        for subject in graph.subjects(RDF.type, PG[label]):
            nodes.append({"kind": label} | _row(graph, subject, kind.properties, types(label)))
    of_term = {vocabulary().expand(edge.terms[0]): name for name, edge in vocabulary().edges.items()}
    for subject in graph.subjects(RDF.type, PG.Statement):
        edge_type = of_term[str(graph.value(subject, RDF.predicate))]
        row = _row(graph, subject, vocabulary().statement.properties, types(EDGE, edge_type))
        ends = {name: _id(graph.value(subject, term)) for name, term in (("from", RDF.subject), ("to", RDF.object))}
        edges.append({**row, **ends, "type": edge_type})
    assert len(edges) > 80
    found = [json.dumps(row, ensure_ascii=False, sort_keys=True) for row in (*nodes, *edges)]
    assert sorted(found) == sorted(export_lines(held))


def _row(graph: rdflib.Graph, subject: Any, properties: Any, of_type: Any) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, entry in properties.items():
        if not entry.terms or name not in of_type:
            continue
        objects = list(graph.objects(subject, URIRef(vocabulary().expand(entry.terms[0]))))
        values = [
            _id(each) if entry.node else _plain(each)
            for each in objects
            if getattr(each, "language", None) == entry.lang
        ]
        if values:
            row[name] = sorted(values) if of_type[name] == "strings" and name != "ancestors" else values[0]
        if name == "ancestors" and values:
            row[name] = _ancestors(graph, subject)
    return row


def _ancestors(graph: rdflib.Graph, subject: Any) -> list[str]:
    found = [_id(subject)]
    while above := graph.value(node("Region", found[-1]), PG.partOf):
        found.append(_id(above))
    assert set(found) == {_id(each) for each in graph.objects(subject, PG.within)}
    return found


def _plain(value: Any) -> Any:
    made = value.toPython()
    return made.isoformat() if isinstance(made, date) else str(made) if isinstance(made, str) else made


def _id(address: Any) -> str:
    from urllib.parse import unquote

    return unquote(str(address).rpartition(":")[2])


def test_edges_are_triples_too(held: Store) -> None:
    graph = read(held)
    policy, task = node("Policy", ZHUMADIAN), node("Task", f"{ZHUMADIAN}#2.3.1")
    agency, office = node("Agency", "驻马店市工业和信息化局"), node("Agency", "驻马店市人民政府办公室")
    for triple in [
        (policy, SCHEMA.legislationPassedBy, office),
        (policy, ELI.passed_by, office),
        (policy, SCHEMA.legislationJurisdiction, node("Region", "411700")),
        (policy, ELI.has_part, task),
        (policy, ELI.cites, node("Policy", "title:河南省产业集聚区企业分类综合评价办法")),
        (agency, PG.leads, task),
        (agency, PG.responsibleFor, task),
        (task, SCHEMA.about, node("Theme", "green")),
        (policy, SCHEMA.legislationDate, Literal(date(2019, 11, 15))),
        (policy, ELI.first_date_entry_in_force, Literal(date(2019, 11, 15))),
        (policy, SCHEMA.temporalCoverage, Literal("2019-11-15/2022-12-31")),
        (node("Policy", CHANGDE_2022), ELI.based_on, node("Policy", "湘政办发〔2021〕19号")),
    ]:
        assert triple in graph
    assert (node("Agency", "驻马店市生态环境局"), PG.leads, task) not in graph
    # that 2022 replaces 2017 is inferred: it is no repeal and no change of law
    assert list(graph.subject_objects(PG.supersedes))
    assert not list(graph.subject_objects(ELI.repeals))
    assert not list(graph.subject_objects(ELI.changes))


def test_stated_replacements_are_repeals_and_changes(tmp_path: Path) -> None:
    later = Draft("后", CHANGDE, "后来的办法", date(2020, 1, 1))
    later.cite("甲办法", None, "supersedes")
    later.cite("乙办法", None, "supersedes", "inconsistent_parts")
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [later.record()])
        graph = read(store)
    assert list(graph.objects(node("Policy", "后"), ELI.repeals)) == [node("Policy", "title:甲办法")]
    assert list(graph.objects(node("Policy", "后"), SCHEMA.legislationChanges)) == [node("Policy", "title:乙办法")]


def test_that_a_draft_became_final_is_no_repeal(tmp_path: Path) -> None:
    draft = Draft("稿", CHANGDE, "园区办法(征求意见稿)", date(2019, 1, 1))
    draft.policy["status"] = "draft"
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [draft.record(), Draft("定", CHANGDE, "园区办法", date(2020, 1, 1)).record()])
        graph = read(store)
    assert (node("Policy", "稿"), PG.draftOf, node("Policy", "定")) in graph
    assert not list(graph.objects(None, PG.supersedes))
    assert not list(graph.objects(None, ELI.repeals))
    assert not list(graph.objects(None, SCHEMA.legislationRepeals))


def test_legal_force_only_on_a_day(held: Store) -> None:
    policy = node("Policy", ZHUMADIAN)
    assert not list(read(held).objects(None, ELI.in_force))
    graph = read(held, Choice(as_of=DAY, region="河南"))
    assert list(graph.objects(policy, SCHEMA.legislationLegalForce)) == [SCHEMA.InForce]
    assert list(graph.objects(policy, ELI.in_force)) == [ELI["InForce-inForce"]]


def test_a_target_says_how_it_binds(tmp_path: Path) -> None:
    draft = Draft("p", CHANGDE, "方案", DAY)
    for metric, op, more in (
        ("甲", ">=", {}),
        ("乙", "<=", {}),
        ("丙", "=", {}),
        ("丁", "range", {"value_max": 9.5}),
        ("戊", "~", {}),
    ):
        draft.target("1", metric, 2.5, "亿元", 2025, op=op, **more)
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [draft.record()])
        graph = read(store)
    told = {
        str(graph.value(subject, PG.metric)): {
            term: float(str(value))
            for term in ("value", "minValue", "maxValue")
            if (value := graph.value(subject, SCHEMA[term])) is not None
        }
        for subject in graph.subjects(RDF.type, PG.Target)
    }
    assert told == {
        "甲": {"minValue": 2.5}, "乙": {"maxValue": 2.5}, "丙": {"value": 2.5}, "丁": {"minValue": 2.5, "maxValue": 9.5}, "戊": {},
    }  # fmt: skip


ODD = ['行\n\\"', "a\r\nb\tc", '"""', "\\", "空\x00铃\x07\x7f", "\x85\u2028\ufffe😀", "<>{}|^`@zh^^x", " 头尾 ", "'"]


@pytest.mark.parametrize("text", ODD)
def test_odd_characters_come_through(text: str, tmp_path: Path) -> None:
    draft = Draft(f"p/{text}", CHANGDE, f"题{text}", DAY)
    draft.task("1", f"任务{text}")
    draft.duty("1", f"局{text}")
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [draft.record()])
        graph = read(store)
        shown = linked(store, "Policy", f"p/{text}")
    for found in (graph, shown):
        policy = node("Policy", f"p/{text}")
        assert [str(each) for each in found.objects(policy, SCHEMA.name)] == [f"题{text}"]
        assert [str(each) for each in found.objects(policy, SCHEMA.identifier)] == [f"p/{text}"]
        assert (policy, PG.hasTask, node("Task", f"p/{text}#1")) in found
        assert (node("Agency", f"常德市局{text}"), PG.leads, node("Task", f"p/{text}#1")) in found


def test_each_block_ends_on_a_line_of_its_own(held: Store) -> None:
    """So that a file can be cut in pieces that are Turtle again under the same prefixes."""
    pieces = list(turtle(part(held)))
    prefixes = "".join(piece for piece in pieces if piece.startswith("@prefix"))
    blocks = [piece for piece in pieces if not piece.startswith("@prefix")]
    assert len(blocks) == 51 + 83
    whole = sum(len(rdflib.Graph().parse(data=prefixes + block, format="turtle")) for block in blocks[::7])
    assert whole > 100


# JSON-LD


@pytest.mark.parametrize(
    ("label", "base"),
    [*((label, "urn:parkgraph") for label in sorted(KINDS)), ("Policy", "http://localhost:8000/api/v1")],
)
def test_json_ld_says_what_the_graph_says(label: str, base: str, local: Store) -> None:
    """Every triple is one of the graph's, but for what depends on the day; every statement is one of the graph's."""
    whole = read(local, base=base)
    told = set(whole)
    statements = _statements(whole)
    for row in local.read(f"MATCH (n:{label}) RETURN n.id AS id"):
        graph = linked(local, label, row["id"], base)
        assert (node(label, row["id"], base), RDF.type, PG[label]) in graph
        blank = {subject for subject in graph.subjects() if isinstance(subject, rdflib.BNode)}
        daily = {SCHEMA.legislationLegalForce, ELI.in_force, rdflib.OWL.sameAs}
        more = {each for each in graph if each[0] not in blank and each[1] not in daily} - told
        assert more == set()
        for ends, said in _statements(graph).items():
            assert all(any(each <= other for other in statements[ends]) for each in said), ends


def _statements(graph: rdflib.Graph) -> dict[Any, list[set[Any]]]:
    found = defaultdict(list)
    for subject in graph.subjects(RDF.type, RDF.Statement):
        ends = tuple(graph.value(subject, term) for term in (RDF.subject, RDF.predicate, RDF.object))
        found[ends].append(set(graph.predicate_objects(subject)))
    return found


@pytest.mark.parametrize("label", sorted(KINDS))
def test_json_ld_is_one_tree(label: str, local: Store) -> None:
    """Whatever a view shows hangs together, and no node is told twice."""
    for row in local.read(f"MATCH (n:{label}) RETURN n.id AS id"):
        data = to_jsonld(KINDS[label](local, row["id"], today=DAY))
        told: list[str] = []
        _walk({name: value for name, value in data.items() if name not in ("@context", "@included")}, told)
        assert len(told) == len(set(told))
        mentioned = {each[end]["@id"] for each in data.get("@included", []) for end in ("rdf:subject", "rdf:object")}
        assert mentioned <= set(told)
        assert told[0] == iri(label, row["id"])


def _walk(value: Any, told: list[str]) -> None:
    if isinstance(value, list):
        for each in value:
            _walk(each, told)
    elif isinstance(value, dict):
        if "@type" in value and "@id" in value:
            told.append(value["@id"])
        for each in value.values():
            _walk(each, told)


def test_json_ld_of_a_policy(local: Store) -> None:
    data = to_jsonld(detail.policy(local, ZHUMADIAN, today=date(2021, 6, 1)), "/api/v1")
    expected = {
        "@id": "/api/v1/policies/%E9%A9%BB%E6%94%BF%E5%8A%9E%E3%80%942019%E3%80%95125%E5%8F%B7",
        "@type": ["pg:Policy", "Legislation", "eli:LegalResource", "eli:LegalExpression"],
        "name": "驻马店市推进产业集聚区高质量快速发展行动方案",
        "eli:title": "驻马店市推进产业集聚区高质量快速发展行动方案",
        "legislationIdentifier": ZHUMADIAN,
        "eli:id_local": ZHUMADIAN,
        "legislationDate": "2019-11-15",
        "eli:date_document": "2019-11-15",
        "eli:first_date_entry_in_force": "2019-11-15",
        "temporalCoverage": "2019-11-15/2022-12-31",
        "legislationLegalForce": {"@id": "https://schema.org/InForce"},
        "eli:in_force": {"@id": "http://data.europa.eu/eli/ontology#InForce-inForce"},
        "eli:passed_by": {"@id": data["legislationPassedBy"]["@id"]},
        "owl:sameAs": {"@id": "urn:parkgraph:policies:%E9%A9%BB%E6%94%BF%E5%8A%9E%E3%80%942019%E3%80%95125%E5%8F%B7"},
    }
    assert {name: data[name] for name in expected} == expected
    assert data["legislationPassedBy"]["name"] == "驻马店市人民政府办公室"
    assert data["legislationJurisdiction"]["identifier"] == "411700"
    assert [task["eli:number"] for task in data["hasPart"]] == ["2.3.1", "2.3.2", "2.3.4", "2.1.1"]
    assert data["citation"]["name"] == "河南省产业集聚区企业分类综合评价办法"
    assert "title" not in data["citation"]
    assert data["@context"]["legislationDate"] == {"@id": "schema:legislationDate", "@type": "xsd:date"}
    assert "pg:value" in data["@context"]
    assert "pg:parkClass" not in data["@context"]  # only what is used
    lead = next(
        each
        for each in data["@included"]
        if each.get("pg:role") == "lead" and each["rdf:object"]["@id"].endswith("%232.3.1")
    )
    assert lead["pg:quote"] == "(牵头单位:工业和信息化局)"
    assert lead["pg:end"] - lead["pg:start"] == len(lead["pg:quote"])


@pytest.mark.parametrize(
    ("label", "id_", "triples"),
    [
        ("Agency", "常德市工业和信息化局", [("Agency", "常德市经济和信息化委员会", PG.succeededBy, "Agency", "常德市工业和信息化局"),
                                ("Agency", "常德市工业和信息化局", PG.responsibleFor, "Task", f"{CHANGDE_2022}#2.1"),
                                ("Agency", "常德市工业和信息化局", SCHEMA.areaServed, "Region", "430700")]),
        ("Park", "常德经济技术开发区", [("Park", "常德经济技术开发区", PG.develops, "Industry", "装备制造"),
                               ("Park", "常德经济技术开发区", SCHEMA.containedInPlace, "Region", "430700"),
                               ("Policy", CHANGDE_2022, SCHEMA.mentions, "Park", "常德经济技术开发区")]),
        ("Industry", "装备制造", [("Task", f"{CHANGDE_2022}#2.9", PG.promotes, "Industry", "装备制造")]),
        ("Theme", "green", [("Task", f"{ZHUMADIAN}#2.3.1", ELI.is_about, "Theme", "green")]),
        ("Region", "430700", [("Region", "430700", PG.partOf, "Region", "430000"),
                              ("Region", "430000", PG.partOf, "Region", "100000"),
                              ("Policy", CHANGDE_2022, ELI.jurisdiction, "Region", "430700"),
                              ("Agency", "常德市生态环境局", PG.serves, "Region", "430700")]),
        ("Region", "430000", [("Region", "430700", PG.partOf, "Region", "430000")]),
        ("Task", f"{CHANGDE_2022}#2.9", [("Task", f"{CHANGDE_2022}#2.9", SCHEMA.mentions, "Park", "常德经济技术开发区"),
                                     ("Policy", CHANGDE_2022, SCHEMA.hasPart, "Task", f"{CHANGDE_2022}#2.9")]),
    ],
)  # fmt: skip
def test_json_ld_of_the_others(label: str, id_: str, triples: list[Any], local: Store) -> None:
    graph = linked(local, label, id_)
    for source, source_id, term, target, target_id in triples:
        assert (node(source, source_id), term, node(target, target_id)) in graph


def test_json_ld_of_a_target(local: Store) -> None:
    [row] = local.read("MATCH (t:Target) WHERE t.value > 100 RETURN t.id AS id")
    graph, target = linked(local, "Target", row["id"]), node("Target", row["id"])
    assert graph.value(target, PG.value) == Literal(1000.0)
    assert str(graph.value(target, SCHEMA.unitText)) == "亿元"
    assert (target, PG.appliesTo, node("Park", "常德经济技术开发区")) in graph
    assert (node("Policy", CHANGDE_2022), PG.targets, target) in graph


def test_a_theme_has_two_names(local: Store) -> None:
    names = {
        (each.language, str(each))
        for each in linked(local, "Theme", "green").objects(node("Theme", "green"), SCHEMA.name)
    }
    assert names == {("zh", "绿色低碳"), ("en", "Green and low-carbon")}


@pytest.mark.parametrize(
    ("as_of", "force"),
    [(date(2018, 1, 1), SCHEMA.NotInForce), (date(2021, 6, 1), SCHEMA.InForce), (date(2023, 1, 1), SCHEMA.NotInForce)],
)
def test_legal_force_of_a_policy_and_of_that_of_a_task(as_of: date, force: URIRef, local: Store) -> None:
    for label, id_ in (("Policy", ZHUMADIAN), ("Task", f"{ZHUMADIAN}#2.3.1")):
        graph = linked(local, label, id_, as_of=as_of)
        assert list(graph.subject_objects(SCHEMA.legislationLegalForce)) == [(node("Policy", ZHUMADIAN), force)]


def test_parts_of_a_policy_that_no_longer_hold(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, replaced_in_part())
        force = {
            day.year: str(
                linked(store, "Policy", "旧", as_of=day).value(node("Policy", "旧"), SCHEMA.legislationLegalForce)
            )
            for day in (date(2015, 1, 1), date(2021, 1, 1))
        }
    assert force == {2015: SCHEMA.InForce.toPython(), 2021: SCHEMA.PartiallyInForce.toPython()}


LEFT_OUT = {  # what views count, work out, or say of something else; no part of the graph
    "Policy": "validity unresolved counts covered_share evidence on",
    "Task": "depth validity evidence on in_force region_code",
    "Target": "evidence validity on in_force",
    "Agency": "mentions years issued_total co_agencies co_agencies_total lead responsible support policies",
    "Park": "policies_total tasks_total targets_total",
    "Industry": "tasks_total regions",
    "Theme": "tasks_total regions agencies agencies_total",
    "Region": "policies_total policies_within targets targets_total agencies_total policies",
    "Document": "covered_share primary",
}


def test_no_field_of_a_view_is_forgotten() -> None:
    views = {"Policy": detail.PolicyDetail, "Task": detail.TaskDetail, "Agency": detail.AgencyDetail, "Park": detail.ParkDetail,
             "Industry": detail.IndustryDetail, "Theme": detail.ThemeDetail, "Region": detail.RegionDetail,
             "Target": detail.TargetDetail}  # fmt: skip
    for label, view in views.items():
        for name in view.model_fields:
            told = (label, name) in TIES or all(
                each in vocabulary().nodes[label].properties for each in PROPERTIES.get((label, name), (name,))
            )
            assert told or name in LEFT_OUT[label].split(), f"{label}.{name}"
    assert issubclass(detail.PolicyDetail, refs.View)
