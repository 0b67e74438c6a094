"""Several pages of one policy, drafts and what became of them, articles and notices: as links, in any order of loads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from graph.check import check
from graph.export import export_hash
from graph.load import load, remove
from graph.store import Store, open_store
from ingest.records import Record, Region
from tests.conftest import GROUP
from tests.graph_records import CHANGDE, CHIZHOU, HUNAN, Draft

pytestmark = GROUP
OFFICE = "常德市人民政府办公室"
TITLE = "常德市园区高质量发展实施方案(2022—2025年)"
DAY = date(2022, 2, 7)
NUMBER = "常政办发〔2022〕3号"


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.lbug") as opened:
        yield opened


def page(id_: str, words: str, title: str = TITLE, on: date | None = DAY, **policy: Any) -> Record:
    """A page with one task, told apart from others by ``words``."""
    draft = Draft(id_, policy.pop("place", CHANGDE), title, on)
    draft.policy |= {"issuers": (OFFICE,), **policy}
    draft.task("1", words)
    return draft.record(f"{words}.txt")


def stated(store: Store) -> dict[str, list[str]]:
    """By policy, the names of its documents; the one that speaks for it comes first."""
    rows = store.read(
        "MATCH (p:Policy)-[r:STATED_IN]->(d:Document) RETURN p.id AS policy, d.source AS source, r.`primary` AS spoken"
    )
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: (not row["spoken"], row["source"])):
        found.setdefault(row["policy"], []).append(row["source"])
    return found


def links(store: Store, kind: str) -> set[tuple[str, str]]:
    rows = store.read(f"MATCH (a:Policy)-[:{kind}]->(b:Policy) RETURN a.id AS a, b.id AS b")
    return {(row["a"], row["b"]) for row in rows}


def numbered() -> Record:
    return page(NUMBER, "甲", doc_number=NUMBER)


def unnumbered(words: str = "乙乙乙乙", **policy: Any) -> Record:
    return page(f"{OFFICE} {words}", words, **{"title": "常德市园区高质量发展实施方案（2022-2025年）", **policy})


def test_a_page_without_the_number_is_of_the_policy_that_has_it(store: Store) -> None:
    load(store, [unnumbered()])
    assert list(stated(store)) == [f"{OFFICE} 乙乙乙乙"]
    load(store, [numbered()])
    assert stated(store) == {NUMBER: ["乙乙乙乙.txt", "甲.txt"]}
    row = store.read(
        "MATCH (p:Policy)-[:HAS_TASK]->(t:Task) RETURN p.doc_number AS number, t.policy AS policy, t.id AS task"
    )
    assert row == [{"number": NUMBER, "policy": NUMBER, "task": f"{NUMBER}#1"}]
    assert check(store) == []
    remove(store, [numbered().document.sha256])
    assert list(stated(store)) == [f"{OFFICE} 乙乙乙乙"]
    assert store.read("MATCH (p:Policy) WHERE p.held RETURN p.doc_number AS number") == [{"number": None}]


@pytest.mark.parametrize(
    "other",
    [
        {"title": "常德市园区高质量发展行动方案(2022—2025年)"},
        {"on": date(2022, 2, 8)},
        {"on": None},
        {"issuers": ("常德市人民政府",)},
        {"issuers": ()},
        {"status": "draft"},
    ],
    ids=lambda other: str(next(iter(other))),
)
def test_what_is_not_certainly_the_same_stays_apart(embedded: Store, other: dict[str, Any]) -> None:
    load(embedded, [numbered(), unnumbered(**other)])
    assert len(stated(embedded)) == 2


def test_short_titles_say_too_little(embedded: Store) -> None:
    one = page("1号", "甲", title="任免通知", doc_number="1号")
    load(embedded, [one, page("x", "乙", title="任免通知")])
    assert len(stated(embedded)) == 2


def test_pages_without_numbers_that_write_the_title_otherwise_are_together(embedded: Store) -> None:
    load(
        embedded,
        [unnumbered("乙"), unnumbered("丙丙", title="关于印发《常德市园区高质量发展实施方案（2022—2025年）》的通知")],
    )
    assert stated(embedded) == {f"{OFFICE} 丙丙": ["丙丙.txt", "乙.txt"]}


def test_two_numbers_leave_the_page_without_one_alone(embedded: Store) -> None:
    second = page("常政办发〔2022〕4号", "丁", doc_number="常政办发〔2022〕4号")
    load(embedded, [numbered(), second, unnumbered()])
    assert len(stated(embedded)) == 3
    remove(embedded, [second.document.sha256])
    assert stated(embedded) == {NUMBER: ["乙乙乙乙.txt", "甲.txt"]}


def test_the_order_of_pages_does_not_matter(embedded: Store) -> None:
    second = page("常政办发〔2022〕4号", "丁", doc_number="常政办发〔2022〕4号", title=TITLE + "的补充")
    pages = [numbered(), unnumbered("乙"), unnumbered("丙丙丙"), second]
    seen = set()
    for order in permutations(pages):
        for each in order:
            load(embedded, [each])
        seen.add(export_hash(embedded))
        remove(embedded, [each.document.sha256 for each in pages])
        assert embedded.read("MATCH (n) WHERE NOT n.kind IN ['Meta', 'Change'] RETURN n.id AS id") == []
    assert len(seen) == 1


def draft(id_: str = "d", on: date | None = date(2020, 1, 1), place: Region | None = CHANGDE, **policy: Any) -> Record:
    return page(id_, f"稿{id_}", "常德市园区办法(征求意见稿)", on, status="draft", place=place, **policy)


def final(id_: str = "f", on: date | None = date(2020, 6, 1), place: Region | None = CHANGDE, **policy: Any) -> Record:
    return page(id_, f"定{id_}", "常德市园区办法", on, place=place, **policy)


def test_a_draft_leads_to_its_final_version_as_long_as_both_are_held(store: Store) -> None:
    load(store, [draft()])
    assert links(store, "DRAFT_OF") == set()
    load(store, [final()])
    assert links(store, "DRAFT_OF") == {("d", "f")}
    assert links(store, "SUPERSEDES") == set()
    row = store.read(
        "MATCH (:Policy)-[r:DRAFT_OF]->(:Policy) RETURN r.basis AS basis, r.quote AS quote, r.policy AS policy"
    )
    assert row == [{"basis": "inferred", "quote": "常德市园区办法(征求意见稿)", "policy": "d"}]
    assert check(store) == []
    remove(store, [final().document.sha256])
    assert links(store, "DRAFT_OF") == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (draft(), final(on=date(2019, 1, 1))),  # issued before the draft
        (draft(), final(place=CHIZHOU)),
        (draft(), final(place=HUNAN)),
        (draft(place=None), final()),
        (draft(place=None), final(place=None, issuers=("某部",))),
        (draft(), draft("e", date(2020, 6, 1))),
        (draft(), page("x", "定", "常德市园区管理办法", date(2020, 6, 1))),
    ],
)
def test_no_final_version(embedded: Store, one: Record, other: Record) -> None:
    load(embedded, [one, other])
    assert links(embedded, "DRAFT_OF") == set()


def test_without_a_place_the_issuer_decides(embedded: Store) -> None:
    load(embedded, [draft(place=None, on=None), final(place=None)])
    assert links(embedded, "DRAFT_OF") == {("d", "f")}


def test_two_final_versions_are_listed_and_not_linked(store: Store) -> None:
    again = final("g", date(2023, 1, 1))
    load(store, [draft(), final()])
    load(store, [again])
    assert links(store, "DRAFT_OF") == set()
    rows = store.read("MATCH (u:Unresolved) RETURN u.relation AS relation, u.reason AS reason, u.policy AS policy")
    assert rows == [{"relation": "draft_of", "reason": "could be the draft of f or of g", "policy": "d"}]
    remove(store, [again.document.sha256])
    assert links(store, "DRAFT_OF") == {("d", "f")}
    assert store.read("MATCH (u:Unresolved) RETURN u.id AS id") == []


def test_articles_and_notices_lead_to_the_policy_held_or_not(store: Store) -> None:
    article = Draft("解读", None, "《常德市园区办法》政策解读")
    article.policy["genre"] = "interpretation"
    article.cite("常德市园区办法", None, "interprets")
    notice = Draft("转发", CHANGDE, "关于转发《常德市园区办法》的通知", date(2021, 1, 1))
    notice.policy["genre"] = "forwarding"
    notice.cite("常德市园区办法", None, "forwards")
    load(store, [article.record(), notice.record()])
    cited = "title:常德市园区办法"
    assert links(store, "INTERPRETS") == {("解读", cited)}
    assert links(store, "FORWARDS") == {("转发", cited)}
    load(store, [final()])
    assert links(store, "INTERPRETS") == {("解读", "f")}
    assert links(store, "FORWARDS") == {("转发", "f")}
    assert check(store) == []
    genres = store.read("MATCH (p:Policy) RETURN p.id AS id, p.genre AS genre ORDER BY id")
    assert {row["id"]: row["genre"] for row in genres} == {"f": None, "解读": "interpretation", "转发": "forwarding"}


def test_an_article_that_names_no_policy_is_listed(embedded: Store) -> None:
    article = Draft("解读", None, "某办法政策解读")
    article.policy["genre"] = "interpretation"
    article.cite(None, None, "interprets")
    load(embedded, [article.record()])
    rows = embedded.read("MATCH (u:Unresolved) RETURN u.relation AS relation, u.reason AS reason")
    assert rows == [{"relation": "interprets", "reason": "names no policy"}]
