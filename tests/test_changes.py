"""The feed of changes: who follows it has the graph, from any revision on, in pages of any size, on either engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph import changes as feed
from graph import log
from graph.changes import changes
from graph.check import check
from graph.copy import copy
from graph.delta import Changes, Delta, Node, Ref
from graph.errors import GoneError, QueryError, StoreError
from graph.export import export_lines
from graph.load import load, remove
from graph.plan import plan
from graph.recent import PolicyChange, recent
from graph.schema import EDGES, NODES, node_props
from graph.store import Store, open_store
from ingest.records import Record
from tests.conftest import change
from tests.follower import Follower
from tests.graph_records import CHANGDE, Draft, changde, changde_2017, chizhou, five, zhumadian

NOW = "2026-01-0{}T00:00:00+00:00"


def cited() -> Record:
    """The document that ``zhumadian`` cites by title."""
    draft = Draft("豫政〔2018〕9号", None, "河南省产业集聚区企业分类综合评价办法", date(2018, 1, 1))
    draft.policy["doc_number"] = "豫政〔2018〕9号"
    return draft.record()


def rewritten() -> Record:
    """``changde`` with other words, fewer tasks, and a new one."""
    draft = Draft(changde().policy.id, CHANGDE, changde().policy.title or "", date(2022, 2, 8))
    draft.task("2.1", "做强主导产业")
    draft.task("2.2", "新的任务", "绿色")
    draft.duty("2.2", "生态环境局")
    return draft.record()


STEPS: list[Callable[[Store], Any]] = [
    lambda store: load(store, five(), now=NOW.format(1)),
    lambda store: load(store, [cited()], now=NOW.format(2)),
    lambda store: load(store, [rewritten()], locations=[changde().document.source], now=NOW.format(3)),
    lambda store: load(store, [chizhou()], locations=["zz/again.txt"], now=NOW.format(4)),  # only what is internal
    lambda store: remove(store, [zhumadian().document.sha256, chizhou().document.sha256]),
    lambda store: load(store, [zhumadian(), changde()], now=NOW.format(6)),
    lambda store: remove(store, [record.document.sha256 for record in (*five(), cited(), rewritten())]),
    lambda store: load(store, [chizhou()], now=NOW.format(8)),
]


def test_who_follows_has_the_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """From nothing and from every revision in between, in pages and parts of several sizes."""
    monkeypatch.setattr(log, "PART_ROWS", 7)
    followers, steady = [], Follower()
    for number, step in enumerate(STEPS, 1):
        followers.append(Follower(str(number - 1), dict(steady.nodes), dict(steady.edges)))
        step(store)
        assert store.revision() == number
        assert bool(steady.follow(store)) == (number != 4)
        assert steady.lines() == list(export_lines(store))
    for number, follower in enumerate(followers):
        follower.follow(store, limit=(29, 1000, 7, 50)[number % 4])
        assert follower.lines() == steady.lines()
    assert check(store) == []


def test_pages_of_one_row_are_the_whole_page_one_by_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PART_ROWS", 3)
    monkeypatch.setattr(feed, "_HEADERS", 2)
    load(store, [chizhou()])
    load(store, [chizhou()], locations=["elsewhere"])
    remove(store, [chizhou().document.sha256])
    whole = changes(store, 0, 1000).rows
    assert len(whole) > 20
    assert Follower().follow(store, limit=1) == whole
    for number, row in enumerate(whole):
        assert changes(store, row["seq"], 1000).rows == whole[number + 1 :]
    assert [row["seq"] for row in whole if row["revision"] == 1] == [f"1-{n + 1}" for n in range(len(whole) // 2)]


def test_the_order_of_a_revision(store: Store) -> None:
    load(store, five())
    load(store, [rewritten(), cited()], locations=[changde().document.source, "cited"])
    rows = changes(store, 1, 1000).rows
    order = ["edge removed", "node removed", "node added", "node changed", "edge added", "edge changed"]
    found = list(dict.fromkeys(f"{'node' if 'kind' in row else 'edge'} {row['op']}" for row in rows))
    assert found == [each for each in order if each in found]
    assert len(found) >= 5


def test_a_row_tells_what_it_is_and_nothing_internal(store: Store) -> None:
    load(store, five(), now=NOW.format(1))
    load(store, [chizhou()], locations=["elsewhere"], now=NOW.format(2))
    rows = changes(store, 0, 10_000).rows
    [task] = [row for row in rows if row.get("kind") == "Task" and row["id"].endswith("#4.6")]
    assert task == {
        "seq": task["seq"], "revision": 1, "at": NOW.format(1), "op": "added", "kind": "Task",
        "id": "池州市园区方案2015#4.6",
        "props": {**task["props"], "title": "推动绿色发展", "text": "推动绿色发展。按要求绿色。", "path": "4.6"},
    }  # fmt: skip
    [issued] = [row for row in rows if row.get("type") == "APPLIES_IN" and row["from"]["id"] == "池州市园区方案2015"]
    assert issued["from"] == {"kind": "Policy", "id": "池州市园区方案2015"}
    assert issued["to"] == {"kind": "Region", "id": "341700"}
    [document] = [row for row in rows if row.get("kind") == "Document" and row["id"] == chizhou().document.sha256]
    assert document["props"]["text"] == chizhou().document.text
    hidden = {each.label for each in NODES if each.internal} | {each.type for each in EDGES if each.internal}
    assert not hidden & {row.get("kind") or row["type"] for row in rows}
    names = {name for row in rows for name in row["props"]}
    assert not names & {prop.name for each in NODES for prop in node_props(each.label) if prop.internal}
    assert "title" in names
    assert {row["revision"] for row in rows} == {1}


def test_what_changes_nothing_that_is_seen_is_a_revision_without_rows(store: Store) -> None:
    """A second place of a document, and a second document that names the same region."""
    load(store, [chizhou()], locations=["b"])
    load(store, [chizhou()], locations=["c"], now=NOW.format(2))
    assert changes(store, 1, 10) == feed.Feed([], "2", 2, more=False)
    assert [(each.revision, each.at, each.nodes, each.edges, each.policies) for each in recent(store, 1)] == [
        (2, NOW.format(2), {}, {}, ())
    ]
    load(store, [changde_2017()])
    load(store, [changde()])
    regions = [
        row for row in changes(store, 3, 1000).rows if row.get("kind") == "Region" or row.get("type") == "SERVES"
    ]
    assert [row for row in regions if row["op"] == "changed"] == []


def test_the_log_is_the_same_for_the_same_loads(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "other.lbug") as other:
        for step in STEPS:
            step(store)
            step(other)
        query = "MATCH (c:Change) RETURN c.id AS id, c.body AS body, c.summary AS summary ORDER BY c.id"
        parts = store.read(query)
        assert parts == other.read(query)
    assert [part["id"] for part in parts] == [f"{number:012d}/000001" for number in range(1, 9)]


def test_the_log_does_not_depend_on_the_order_of_a_delta(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        delta = plan(store, five(), now=NOW.format(1)).delta
        turned = Delta(Changes(delta.nodes.added[::-1]), Changes(delta.edges.added[::-1]))
        logs = [[node for node in log.logged(store, each, 1, "").nodes.added if node.ref.label == "Change"]
                for each in (delta, turned)]  # fmt: skip
    assert logs[0] == logs[1]
    assert len(logs[0]) == 1


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with two revisions."""
    with open_store(tmp_path_factory.mktemp("two") / "a.lbug") as store:
        load(store, [chizhou()])
        remove(store, [chizhou().document.sha256])
        yield store


@pytest.mark.parametrize(
    ("since", "cause"),
    [
        (3, "the graph is at revision 2, there is no 3 yet"),
        ("3-1", "there is no 3 yet"),
        ("", "must be a revision"),
        ("-1", "must be a revision"),
        ("1-", "must be a revision"),
        ("1.5", "must be a revision"),
        ("٣", "must be a revision"),
        ("1\n", "must be a revision"),
        ("9" * 40, "must be a revision"),
    ],
)
def test_what_is_no_cursor_is_refused(two: Store, since: int | str, cause: str) -> None:
    with pytest.raises(QueryError, match=f"since: .*{cause}"):
        changes(two, since, 10)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_page_has_a_row_or_more(two: Store, limit: int) -> None:
    for ask in (lambda: changes(two, 0, limit), lambda: recent(two, limit)):
        with pytest.raises(QueryError, match="limit: must be 1 or more"):
            ask()


@pytest.mark.parametrize("since", [2, "2", "2-99"])
def test_who_has_seen_all_gets_nothing(two: Store, since: int | str) -> None:
    assert changes(two, since, 1) == feed.Feed([], "2", 2, more=False)


def test_an_empty_graph_has_an_empty_feed(store: Store) -> None:
    assert changes(store, 0, 10) == feed.Feed([], "0", 0, more=False)
    assert recent(store, 10) == []
    assert load(store, []).revision == 0
    assert changes(store, 0, 10).until == 0


def test_a_log_that_does_not_reach_back_says_so(store: Store) -> None:
    for step in STEPS[:4]:
        step(store)
    change(store, "MATCH (c:Change) WHERE c.revision < 3 DELETE c")
    for since in (0, 1, "1-5"):
        with pytest.raises(GoneError, match="the log of changes begins at revision 2: fetch the whole graph anew"):
            changes(store, since, 10)
    assert changes(store, 2, 10).rows[0]["seq"] == "3-1"
    assert [each.revision for each in recent(store, 10)] == [4, 3]
    assert check(store) == []
    change(store, "MATCH (c:Change) WHERE c.revision = 4 DELETE c")
    with pytest.raises(GoneError, match="begins at revision 4"):
        changes(store, 2, 1000)
    assert [(each.kind, each.row) for each in check(store)] == [("log", "Change 000000000004/000001")]
    change(store, "MATCH (c:Change) DELETE c")
    with pytest.raises(GoneError, match="begins at revision 4"):
        changes(store, 3, 10)
    assert changes(store, 4, 10).rows == []


def test_what_is_written_past_the_log_is_a_gap(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [chizhou()])
        store.apply(Delta(Changes(added=[Node(Ref("Theme", "x"), {"name": "x", "claims": "{}"})])))
        load(store, [changde()])
        with pytest.raises(GoneError, match="begins at revision 2"):
            changes(store, 0, 1000)
        assert changes(store, 2, 1000).rows
        found = sorted((each.kind, each.row) for each in check(store))
        assert found == [("damage", "Theme x"), ("log", "Change 000000000003/000001")]


@pytest.mark.parametrize("damage", ["SET c.body = 'YWJj'", "SET c.body = '?'", "SET c.body = NULL"])
def test_a_damaged_part_is_named(tmp_path: Path, damage: str) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [chizhou()])
        change(store, f"MATCH (c:Change) {damage}")
        with pytest.raises(StoreError, match="log of changes"):
            changes(store, 0, 10)


def test_a_long_page_ends_before_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PART_BYTES", 1)
    monkeypatch.setattr(feed, "PAGE_CHARACTERS", 1)
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [chizhou()])
        page = changes(store, 0, 1000)
        assert ([row["seq"] for row in page.rows], page.next, page.more) == (["1-1"], "1-1", True)
        follower = Follower()
        follower.follow(store)
        assert follower.lines() == list(export_lines(store))


def test_parts_are_bounded_by_rows_and_by_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "PART_ROWS", 10)
    monkeypatch.setattr(log, "PART_BYTES", 3000)
    long = Draft("long", CHANGDE, "长文", date(2020, 1, 1))
    long.task("1", "任务", "绿色" * 4000)
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [chizhou(), long.record()])
        parts = store.read("MATCH (c:Change) RETURN c.`count` AS n, c.body AS body ORDER BY c.id")
        rows = changes(store, 0, 1000).rows
    assert sum(part["n"] for part in parts) == len(rows)
    sizes = [[len(json.dumps(row, ensure_ascii=False).encode()) for row in log.unpack(part["body"], 0, 99)]
             for part in parts]  # fmt: skip
    for some, part in zip(sizes, parts, strict=True):
        assert len(some) == part["n"] <= 10
        assert sum(some[:-1]) < 3000 + 10 * len(some)
    assert max(map(sum, sizes)) > 20_000


def test_a_copy_has_a_whole_log_of_its_own(store: Store, tmp_path: Path) -> None:
    with open_store(tmp_path / "there.lbug") as there:
        for step in STEPS[:3]:
            step(there)
        load(store, [chizhou()])
        remove(store, [chizhou().document.sha256])
        copy(there, store)  # into one that was emptied, and keeps its log
        assert store.revision() == 3
        follower = Follower()
        follower.follow(store, limit=50)
        assert follower.lines() == list(export_lines(there))
        assert check(store) == []
        load(store, [changde_2017(), chizhou()], locations=["x", "y"])
        follower.follow(store)
        assert follower.lines() == list(export_lines(store))


def test_what_is_recent(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for step in STEPS:
        step(store)
    found = recent(store, 20)
    assert [each.revision for each in found] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert [each.revision for each in recent(store, 3)] == [8, 7, 6]
    assert [each.at for each in found if each.revision not in (5, 7)] == [NOW.format(n) for n in (8, 6, 4, 3, 2, 1)]
    by = {each.revision: each for each in found}
    number, title = "豫政〔2018〕9号", "河南省产业集聚区企业分类综合评价办法"
    assert {each.op for each in by[1].policies} == {"added"}
    assert sorted(each.id for each in by[1].policies) == sorted(record.policy.id for record in five())
    assert PolicyChange("added", number, title) in by[2].policies
    assert by[3].policies == (PolicyChange("changed", rewritten().policy.id, rewritten().policy.title or ""),)
    assert {each.id for each in by[5].policies if each.op == "removed"} == {zhumadian().policy.id, chizhou().policy.id}
    for each in found:
        rows = [row for row in changes(store, each.revision - 1, 10_000).rows if row["revision"] == each.revision]
        for name, kind in (("nodes", "kind"), ("edges", "type")):
            counts: dict[str, dict[str, int]] = {}
            for row in rows:
                if kind in row:
                    some = counts.setdefault(row["op"], {})
                    some[row[kind]] = some.get(row[kind], 0) + 1
            assert getattr(each, name) == counts


def test_a_policy_that_was_only_cited_and_is_held_now_has_come(tmp_path: Path) -> None:
    draft = Draft("citing", CHANGDE, "引用的通知", date(2021, 1, 1))
    draft.cite("河南省产业集聚区企业分类综合评价办法", "豫政〔2018〕9号", "cites")
    with open_store(tmp_path / "a.lbug") as store:
        load(store, [draft.record()])
        [first] = recent(store, 1)
        assert [(each.op, each.id) for each in first.policies] == [("added", "citing")]  # the cited one is not told
        assert first.nodes["added"]["Policy"] == 2
        load(store, [cited()])
        remove(store, [cited().document.sha256])
        ops = [[(each.op, each.id) for each in some.policies] for some in recent(store, 2)]
        assert ops == [[("removed", "豫政〔2018〕9号")], [("added", "豫政〔2018〕9号")]]


def test_a_summary_names_so_many_policies_and_counts_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "NAMED", 2)
    with open_store(tmp_path / "a.lbug") as store:
        load(store, five())
        [found] = recent(store, 1)
    assert (len(found.policies), found.others) == (2, 3)
