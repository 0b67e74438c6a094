"""Loading: the graph is a function of the set of documents, on either engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.check import check
from graph.errors import RecordError
from graph.export import export_hash, export_lines
from graph.load import LoadResult, load, remove
from graph.plan import plan
from graph.store import Store, open_store
from ingest.records import Record
from tests.graph_records import CHANGDE, CHIZHOU, HUNAN, Draft, changde, changde_2017, chizhou, five, hunan, zhumadian


def links(store: Store) -> set[tuple[str, str, str]]:
    """(source, type, target) of every link between policies."""
    found = set()
    for kind in ("SUPERSEDES", "BASED_ON", "CITES", "AMENDS", "DRAFT_OF"):
        for row in store.read(f"MATCH (a:Policy)-[r:{kind}]->(b:Policy) RETURN a.id AS a, b.id AS b"):
            found.add((row["a"], kind, row["b"]))
    return found


def policy(store: Store, id_: str) -> dict[str, Any]:
    rows = store.read("MATCH (p:Policy {id: $id}) RETURN properties(p) AS props", {"id": id_})
    return {name: value for name, value in rows[0]["props"].items() if value is not None} if rows else {}


def shas(*records: Record) -> list[str]:
    return [record.document.sha256 for record in records]


def simple(id_: str, title: str, on: date | None, **policy: Any) -> Draft:
    draft = Draft(id_, policy.pop("region", CHANGDE), title, on)
    draft.policy |= policy
    draft.write(f"编号{id_}")  # equal titles are not equal bytes
    return draft


def test_loading_twice_changes_nothing(store: Store) -> None:
    first = load(store, five())
    assert first.revision == 1
    assert first.nodes_added > 40
    before = export_hash(store)
    assert load(store, five()) == LoadResult(revision=1)
    assert not plan(store, five()).delta
    assert export_hash(store) == before


def test_every_row_has_its_evidence(store: Store) -> None:
    load(store, five())
    assert check(store) == []


def test_removing_everything_leaves_nothing(store: Store) -> None:
    load(store, five())
    remove(store, shas(*five()))
    assert {row["kind"] for row in store.read("MATCH (n) RETURN n.kind AS kind")} == {"Meta", "Change"}
    assert store.read("MATCH ()-[r]->() RETURN count(r) AS n") == [{"n": 0}]


def test_removing_one_keeps_what_others_assert(store: Store) -> None:
    load(store, [changde(), changde_2017()])
    remove(store, shas(changde_2017()))
    rebuilt = export_hash(store)
    remove(store, shas(changde()))
    load(store, [changde()])
    assert export_hash(store) == rebuilt
    agencies = {row["id"] for row in store.read("MATCH (a:Agency) RETURN a.id AS id")}
    assert "常德市经济和信息化委员会" in agencies  # of the chain that the newer plan asserts


def test_other_bytes_at_the_same_place_replace_their_own_part_only(store: Store) -> None:
    load(store, [changde(), zhumadian()], locations=["/d/a.txt", "/d/b.txt"])
    draft = simple("常德市新方案", "常德市园区新方案", date(2023, 1, 1))
    draft.task("1", "唯一的任务")
    result = load(store, [draft.record("a.txt")], locations=["/d/a.txt"])
    assert result.nodes_removed > 0
    assert {row["id"] for row in store.read("MATCH (p:Policy) WHERE p.held RETURN p.id AS id")} == {
        "常德市新方案", "驻政办〔2019〕125号",
    }  # fmt: skip
    replaced = export_hash(store)
    remove(store, shas(draft.record(), zhumadian()))
    load(store, [draft.record("a.txt"), zhumadian()], locations=["/d/a.txt", "/d/b.txt"])
    assert export_hash(store) == replaced
    assert check(store) == []


def test_the_same_bytes_in_two_places_are_one_document(store: Store) -> None:
    record = changde()
    copy = record.model_copy(update={"document": record.document.model_copy(update={"source": "0.txt"})})
    load(store, [record, copy], locations=["/d/a.txt", "/e/0.txt"])
    assert store.read("MATCH (d:Document) RETURN d.source AS s") == [{"s": "0.txt"}]
    load(store, [zhumadian()], locations=["/e/0.txt"])  # one of the two places now holds something else
    names = {row["s"] for row in store.read("MATCH (d:Document) RETURN d.source AS s")}
    assert names == {record.document.source, zhumadian().document.source}


def test_a_better_reading_of_the_same_bytes_replaces_the_old_one(store: Store) -> None:
    load(store, [changde()])
    fewer = changde().model_copy(update={"targets": ()})
    result = load(store, [fewer])
    assert (result.revision, result.nodes_removed) == (2, 2)
    assert store.read("MATCH (t:Target) RETURN t.id") == []


@pytest.mark.parametrize("salt", range(4))  # several, so that a choice by hash cannot be right by chance
def test_of_two_documents_of_a_policy_the_longer_speaks_and_the_other_takes_over(store: Store, salt: int) -> None:
    short, long = simple("p", f"园区方案{salt}", None), simple("p", f"园区方案{salt}", None)
    short.task("1", "短")
    long.task("1", "长")
    long.task("2", "更长的任务")
    load(store, [short.record("short.txt"), long.record("long.txt")])
    titles = "MATCH (:Policy {id: 'p'})-[:HAS_TASK]->(t:Task) RETURN t.title AS title ORDER BY title"
    assert [row["title"] for row in store.read(titles)] == ["更长的任务", "长"]
    assert len(store.read("MATCH (p:Policy)-[:STATED_IN]->(d:Document) RETURN d.id")) == 2
    remove(store, shas(long.record()))
    assert [row["title"] for row in store.read(titles)] == ["短"]
    assert check(store) == []


def test_a_cited_policy_becomes_the_held_one_and_goes_back(store: Store) -> None:
    citing = simple("local", "常德市方案", date(2022, 1, 1))
    citing.cite("湖南省人民政府关于园区的意见", "湘政发(2021)1号", "based_on")
    cited = simple(
        "湘政发〔2021〕1号", "关于园区的意见", date(2021, 1, 1), region=HUNAN, doc_number="湘政发〔2021〕1号"
    )
    load(store, [citing.record()])
    alone = export_hash(store)
    stub = policy(store, "湘政发〔2021〕1号")
    assert (stub["held"], stub["title"], stub["doc_number"]) == (
        False, "湖南省人民政府关于园区的意见", "湘政发(2021)1号",
    )  # fmt: skip
    load(store, [cited.record()])
    assert policy(store, "湘政发〔2021〕1号")["title"] == "关于园区的意见"
    assert links(store) == {("local", "BASED_ON", "湘政发〔2021〕1号")}
    remove(store, shas(cited.record()))
    assert export_hash(store) == alone


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_citation_by_title_finds_the_held_policy_with_or_without_its_issuer(
    store: Store, order: tuple[int, int]
) -> None:
    citing = simple("local", "常德市方案", date(2022, 1, 1))
    citing.cite("《湖南省人民政府关于“园区”的意见》", None, "based_on")
    cited = simple("up", "关于园区的意见", date(2021, 1, 1), region=HUNAN, issuers=("湖南省人民政府",))
    both = [citing.record(), cited.record()]
    for index in order:
        load(store, [both[index]])
    assert links(store) == {("local", "BASED_ON", "up")}
    remove(store, shas(cited.record()))
    assert links(store) == {("local", "BASED_ON", "title:湖南省人民政府关于园区的意见")}


def test_a_title_without_a_place_does_not_reach_an_unrelated_region(store: Store) -> None:
    citing = simple("a", "常德市方案", date(2022, 1, 1))
    citing.cite("园区转型升级方案", None, "cites")
    citing.cite("池州市园区办法", None, "cites")
    other = simple("b", "园区转型升级方案", date(2015, 1, 1), region=CHIZHOU)
    named = simple("c", "池州市园区办法", date(2015, 1, 1), region=CHIZHOU)
    load(store, [citing.record(), other.record(), named.record()])
    assert links(store) == {("a", "CITES", "title:园区转型升级方案"), ("a", "CITES", "c")}


def test_of_several_held_policies_the_same_region_then_the_latest_earlier_one(store: Store) -> None:
    citing = simple("z", "常德市细则", date(2020, 1, 1))
    citing.cite("园区管理办法", None, "cites")
    held = [
        simple("province", "园区管理办法", date(2019, 6, 1), region=HUNAN),
        simple("old", "园区管理办法", date(2010, 1, 1)),
        simple("new", "园区管理办法", date(2019, 1, 1)),
        simple("later", "园区管理办法", date(2021, 1, 1)),
    ]
    load(store, [citing.record(), *(each.record() for each in held)])
    for expected, gone in (("new", 2), ("old", 1), ("later", 3), ("province", 0)):
        assert links(store) == {("z", "CITES", expected)}
        remove(store, shas(held[gone].record()))
    assert links(store) == {("z", "CITES", "title:园区管理办法")}


def test_a_title_is_tied_to_the_number_that_another_citation_gives_it(store: Store) -> None:
    one, two = simple("a", "甲方案", None), simple("b", "乙方案", None)
    one.cite("省意见", None, "cites")
    two.cite("省意见", "湘政发〔2021〕1号", "cites")
    load(store, [one.record()])
    assert links(store) == {("a", "CITES", "title:省意见")}
    load(store, [two.record()])
    assert links(store) == {("a", "CITES", "湘政发〔2021〕1号"), ("b", "CITES", "湘政发〔2021〕1号")}
    held = simple("x", "别的标题", None, doc_number="湘政发〔2021〕1号", region=HUNAN)
    load(store, [held.record()])
    assert links(store) == {("a", "CITES", "x"), ("b", "CITES", "x")}
    remove(store, shas(two.record(), held.record()))
    assert links(store) == {("a", "CITES", "title:省意见")}


def test_a_clause_that_overrides_is_inferred_for_earlier_policies_of_the_region_and_subject(store: Store) -> None:
    new = simple("new", "常德市园区方案", date(2022, 1, 1))
    new.cite(None, None, "supersedes", "inconsistent_parts")
    others = [
        simple("old", "常德市开发区办法", date(2018, 1, 1)),
        simple("later", "常德市高新区办法", date(2023, 1, 1)),
        simple("undated", "常德市园区意见", None),
        simple("farming", "常德市农业方案", date(2018, 1, 1)),
        simple("elsewhere", "池州市园区方案", date(2018, 1, 1), region=CHIZHOU),
    ]
    records = [each.record() for each in (new, *others)]
    load(store, records[1:])
    assert links(store) == set()
    load(store, records[:1])
    assert links(store) == {("new", "SUPERSEDES", "old")}
    rows = store.read("MATCH ()-[r:SUPERSEDES]->() RETURN r.basis AS basis, r.extent AS extent")
    assert rows == [{"basis": "inferred", "extent": "inconsistent_parts"}]
    assert policy(store, "old").get("ended_on") is None
    load(store, [simple("old2", "常德市园区规定", date(2019, 1, 1)).record()])
    assert links(store) == {("new", "SUPERSEDES", "old"), ("new", "SUPERSEDES", "old2")}
    assert check(store) == []


def test_a_replaced_policy_ends_when_the_new_one_begins(store: Store) -> None:
    old = simple("old", "园区办法", date(2018, 1, 1), doc_number="常政发〔2018〕1号", in_force_to=date(2030, 1, 1))
    new = simple("new", "园区新办法", date(2022, 1, 1))
    new.cite("园区办法", "常政发〔2018〕1号", "supersedes")
    load(store, [old.record()])
    assert policy(store, "old")["ended_on"] == date(2030, 1, 2)
    load(store, [new.record()])
    assert (policy(store, "old")["ended_on"], policy(store, "old")["superseded"]) == (date(2022, 1, 1), True)
    later = new.record().model_copy(
        update={"policy": new.record().policy.model_copy(update={"in_force_from": date(2023, 1, 1)})}
    )
    load(store, [later])
    assert policy(store, "old")["ended_on"] == date(2023, 1, 1)
    remove(store, shas(later))
    assert (policy(store, "old")["ended_on"], policy(store, "old")["superseded"]) == (date(2030, 1, 2), False)


def test_a_policy_that_replaces_a_later_one_is_reported_and_not_loaded(store: Store) -> None:
    old, new = simple("old", "老办法", date(2018, 1, 1)), simple("new", "新办法", date(2022, 1, 1))
    old.cite("新办法", None, "supersedes")
    result = load(store, [old.record(), new.record()])
    assert links(store) == set()
    assert [(each.policy, each.cited) for each in result.problems] == [("old", "新办法")]
    assert "later" in result.problems[0].reason
    assert len(store.read("MATCH (u:Unresolved) WHERE u.category = 'citation' RETURN u.id")) == 1
    remove(store, shas(new.record()))
    assert links(store) == {("old", "SUPERSEDES", "title:新办法")}
    assert store.read("MATCH (u:Unresolved) RETURN u.id") == []


def test_a_cycle_is_reported_and_comes_apart_again(store: Store) -> None:
    ring = [simple(name, f"办法{name}", None) for name in "abc"]
    for each, following in zip(ring, "bca", strict=True):
        each.cite(f"办法{following}", None, "supersedes")
    tail = simple("t", "办法t", None)
    tail.cite("办法a", None, "supersedes")
    records = [each.record() for each in (*ring, tail)]
    for record in records[:2]:
        load(store, [record])
    assert links(store) == {("a", "SUPERSEDES", "b"), ("b", "SUPERSEDES", "title:办法c")}
    result = load(store, [records[3]])
    result = load(store, [records[2]])
    assert links(store) == {("t", "SUPERSEDES", "a")}
    assert {each.policy for each in result.problems} == {"a", "b", "c"}
    remove(store, shas(records[1]))
    assert links(store) == {("t", "SUPERSEDES", "a"), ("a", "SUPERSEDES", "title:办法b"), ("c", "SUPERSEDES", "a")}


def test_a_citation_of_itself_is_no_edge(store: Store) -> None:
    own = simple("p", "本办法", None, doc_number="常政发〔2022〕1号")
    own.cite("本办法", "常政发[2022]1号", "cites")
    own.cite("本办法", None, "based_on")
    result = load(store, [own.record()])
    assert links(store) == set()
    assert [each.reason for each in result.problems] == ["cites itself", "cites itself"]


def test_a_duty_for_a_task_that_is_not_there_is_refused(store: Store) -> None:
    draft = simple("p", "方案", None)
    draft.duty("9.9", "工业和信息化局")
    with pytest.raises(RecordError, match=r"p\.txt.*9\.9"):
        load(store, [chizhou(), draft.record()])
    assert store.revision() == 0


def test_a_shared_park_has_the_fullest_description_and_all_its_names(store: Store) -> None:
    poor = simple("poor", "省方案", None, region=HUNAN)
    span = poor.write("支持常德开发区")
    from ingest.records import Park

    poor.add("parks", Park(name="常德经济技术开发区", mentions=("常德开发区",), evidence=span))
    for records in ([changde(), poor.record()], [poor.record(), changde()]):
        for record in records:
            load(store, [record])
        row = store.read("MATCH (k:Park) RETURN k.aliases AS aliases, k.park_class AS park_class")[0]
        assert row == {"aliases": ["常德开发区", "常德经开区"], "park_class": "国家级经开区"}
        remove(store, shas(*records))


ODD = "𠮷野家\t“引号”'\\n\"\u3000 ​é{}$x//"


def test_odd_characters_and_long_texts_stand(store: Store) -> None:
    draft = simple("odd'; \\", ODD, None)
    draft.task("1", ODD * 20_000)
    load(store, [draft.record(ODD.replace("/", ""))])
    assert check(store) == []
    assert any("𠮷野家" in line for line in export_lines(store))
    assert load(store, [draft.record(ODD.replace("/", ""))]).revision == 1


def test_the_whole_sample_in_any_order(store: Store, tmp_path: Path) -> None:
    load(store, five())
    expected = export_hash(store)
    for index in range(5):
        records = five()[index:] + five()[:index]
        with open_store(tmp_path / f"{index}.lbug") as other:
            for record in records:
                load(other, [record])
            assert export_hash(other) == expected
    assert hunan().policy.id in "".join(export_lines(store))


def test_a_draft_neither_ends_a_policy_nor_is_overridden(store: Store) -> None:
    old = simple("old", "常德市园区办法", date(2018, 1, 1))
    draft = simple("draft", "常德市园区新办法", date(2020, 1, 1), status="draft")
    draft.cite("常德市园区办法", None, "supersedes")
    draft.cite(None, None, "supersedes", "inconsistent_parts")
    new = simple("new", "常德市园区方案", date(2022, 1, 1))
    new.cite(None, None, "supersedes", "inconsistent_parts")
    load(store, [old.record(), draft.record(), new.record()])
    assert links(store) == {("draft", "SUPERSEDES", "old"), ("new", "SUPERSEDES", "old")}
    assert policy(store, "old")["superseded"] is False
