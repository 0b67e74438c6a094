"""The promises of a store, the same on both engines.

``test_load.py``, ``test_load_properties.py``, ``test_store_check.py`` and ``test_queries.py`` run on both as well.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from graph import staging, writes
from graph.batches import Batch
from graph.check import check
from graph.delta import Changes, Delta, Edge, Node, Ref, edge
from graph.errors import ConflictError, RecordError, StoreError
from graph.export import export_hash, export_lines
from graph.load import load, remove
from graph.store import Store, open_store
from tests.graph_records import CHANGDE, Draft, changde, changde_2017, five, zhumadian

THEME = Node(Ref("Theme", "green"), {"name": "green", "name_zh": "绿色"})


def names(store: Store, label: str) -> set[str]:
    return {row["id"] for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id")}


def test_a_new_store_is_empty_and_at_revision_0(store: Store) -> None:
    assert store.revision() == 0
    assert store.read("MATCH (n) WHERE n.kind <> 'Meta' RETURN n.id") == []
    store.check_schema()


def test_what_was_loaded_is_there_after_closing(url: str) -> None:
    with open_store(url) as store:
        load(store, five())
        before = export_hash(store)
    with open_store(url, create=False) as store:
        assert (store.revision(), export_hash(store)) == (1, before)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.revision()


def test_loading_again_changes_nothing_and_removing_leaves_nothing(store: Store) -> None:
    assert load(store, five()).revision == 1
    before = export_hash(store)
    assert load(store, five()).changed is False
    assert (store.revision(), export_hash(store)) == (1, before)
    remove(store, [record.document.sha256 for record in five()])
    assert (store.revision(), list(export_lines(store))) == (2, [])


def test_an_engine_exports_the_bytes_that_the_other_does(url: str, tmp_path: Any) -> None:
    with open_store(url) as store, open_store(tmp_path / "other.lbug") as other:
        for record in five():
            load(store, [record])
        load(other, five())
        assert list(export_lines(store)) == list(export_lines(other))
        assert check(store) == []


def test_values_come_back_as_plain_python(store: Store) -> None:
    load(store, [zhumadian()])
    row = store.read(
        "MATCH (p:Policy) WHERE p.held RETURN properties(p) AS p, p.in_force_to AS day, [p.issued_on] AS l"
    )
    assert (row[0]["day"], row[0]["l"]) == (date(2022, 12, 31), [date(2019, 11, 15)])
    kinds = {name: type(value) for name, value in row[0]["p"].items() if value is not None}
    assert (kinds["issued_on"], kinds["held"], kinds["start"], kinds["issuers"]) == (date, bool, int, list)
    given = {"day": date(2022, 12, 31), "ids": ["驻政办〔2019〕125号"], "no": None, "n": 3, "x": 1.5, "yes": True}
    query = "MATCH (p:Policy) WHERE p.in_force_to = $day AND p.id IN $ids AND p.held = $yes AND $no IS NULL "
    assert store.read(query + "RETURN p.id AS id, $n + 1 AS n, $x AS x", given) == [
        {"id": "驻政办〔2019〕125号", "n": 4, "x": 1.5}
    ]


def test_a_number_stays_one(store: Store) -> None:
    whole = Node(Ref("Target", "t"), {"name": "t", "value": 15, "year": 2025, "per_year": False})
    store.apply(Delta(Changes(added=[whole])))
    row = store.read("MATCH (n:Target) RETURN n.value AS value, n.year AS year, n.per_year AS per_year")[0]
    assert [(type(value), value) for value in row.values()] == [(float, 15.0), (int, 2025), (bool, False)]


def test_a_wrong_query_is_told_in_one_line(store: Store) -> None:
    for wrong in ("MATCH (n:Theme RETURN n", "MATCH (n:Theme) RETURN m.id"):
        with pytest.raises(StoreError) as error:
            store.read(wrong)
        assert "\n" not in str(error.value)
        assert str(error.value).startswith(store.url.removeprefix("ladybug:"))


# --- all or nothing ---------------------------------------------------------------------------------------------------


def failing_after(calls: int, patch: pytest.MonkeyPatch) -> None:
    """Let every write after so many fail, on either engine."""
    left = [calls]

    def spend() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError("no space left")

    original, batch_write = writes.write, Batch.write

    def embedded(run: Callable[..., Any], delta: Delta) -> None:
        original(lambda query, params: (spend(), run(query, params))[1], delta)

    def bolt(self: Batch, run: Any, *, strict: bool = True) -> None:
        if strict:  # what takes a load back goes on
            spend()
        batch_write(self, run, strict=strict)

    patch.setattr("graph.embedded.write", embedded)
    patch.setattr(Batch, "write", bolt)


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("nth", [0, 1, 7, 20, 33])
def test_a_load_is_all_or_nothing(store: Store, monkeypatch: pytest.MonkeyPatch, nth: int, staged: bool) -> None:
    """The nth write fails: the graph and its revision are what they were, and the load can be done again."""
    if staged:
        monkeypatch.setattr(staging, "TX_ROWS", 5)
    load(store, [zhumadian(), changde_2017()])
    before = list(export_lines(store)), revision(store)
    with monkeypatch.context() as patch:
        failing_after(nth, patch)
        with pytest.raises((OSError, StoreError), match="no space"):
            load(store, [changde()], remove=[zhumadian().document.sha256])
    assert (list(export_lines(store)), revision(store)) == before
    assert load(store, [changde()], remove=[zhumadian().document.sha256]).revision == before[1] + 1
    assert check(store) == []
    remove(store, [changde().document.sha256, changde_2017().document.sha256])
    assert store.read("MATCH (n) WHERE n.kind IS NULL OR NOT n.kind IN ['Meta', 'Change'] RETURN n") == []


def revision(store: Store) -> int:
    return store.revision()


def test_a_failed_statement_leaves_nothing(store: Store) -> None:
    broken = edge("SERVES", Ref("Agency", "nobody"), Ref("Region", "000000"))
    with pytest.raises(StoreError, match="does not hold what it should"):
        store.apply(Delta(Changes(added=[THEME]), Changes[Edge](added=[broken])))
    assert names(store, "Theme") == set()
    with pytest.raises(StoreError, match="does not hold what it should"):
        store.apply(Delta(Changes(changed=[THEME])))
    with pytest.raises(StoreError):
        store.apply(Delta(Changes(added=[THEME, THEME])))
    assert (store.revision(), names(store, "Theme")) == (0, set())


def test_a_node_with_edges_does_not_go(store: Store) -> None:
    load(store, [zhumadian()])
    with pytest.raises(StoreError):
        store.apply(Delta(Changes(removed=[Node(Ref("Region", "411700"), {})])))
    assert store.revision() == 1


def test_a_delta_made_for_another_revision_is_refused(store: Store) -> None:
    assert store.apply(Delta(Changes(added=[THEME])), base=0) == 1
    with pytest.raises(ConflictError):
        store.apply(Delta(Changes(removed=[THEME])), base=0)
    assert names(store, "Theme") == {"green"}
    assert store.apply(Delta(Changes(removed=[THEME])), base=1) == 2
    assert store.apply(Delta(), base=0) == 2


def test_two_who_load_at_once_both_get_in(url: str) -> None:
    """Each works out its difference from what it read; whoever comes second works it out anew."""
    failed: list[Exception] = []
    records = five()

    def work(number: int) -> None:
        try:
            with open_store(url) as store:
                load(store, [records[number]])
        except Exception as error:
            failed.append(error)

    with open_store(url) as store:
        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        load(store, records[4:])
        assert (failed, store.revision(), check(store)) == ([], 5, [])
        apart = export_hash(store)
        remove(store, [record.document.sha256 for record in records])
        load(store, records)
        assert export_hash(store) == apart


# --- what a text may hold ---------------------------------------------------------------------------------------------

ODD = {
    "quotes": "'单' \"双\" `反` “引” \\ \\' \\\" $x {y} //",
    "beyond the first plane": "𠮷野家😀👩‍👩‍👧‍👦🇨🇳",
    "combining and invisible": "é\u0301\u200b\u200d\ufeff\u2028\u2029\u00a0\u3000",
    "control": "".join(map(chr, range(1, 32))) + "\x7f\x85",
    "lines": "\r\n\r\t\n\n",
    "separators": ';,|\x1f\x1e\x1d;"";',
    "right to left": "\u202eאבג\u202c",
    "not assigned": "\ue000\ufdd0\U0010ffff",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_characters_stand(store: Store, odd: str) -> None:
    draft = Draft(f"园{odd}区", CHANGDE, f"标题{odd}", date(2020, 1, 1))
    draft.task("1", odd, odd, industries=(odd,), parks=(odd,))
    draft.target("1", odd, 1.5, odd, 2025, scope=odd, parks=(odd,))
    record = draft.record(odd)
    load(store, [record])
    assert check(store) == []
    assert names(store, "Industry") == {odd}
    assert store.read("MATCH (d:Document) RETURN d.text AS t, d.source AS s") == [{"t": record.document.text, "s": odd}]
    assert store.read("MATCH (k:Park {id: $id}) RETURN k.name AS n", {"id": odd}) == [{"n": odd}]
    assert load(store, [record]).changed is False
    remove(store, [record.document.sha256])
    assert list(export_lines(store)) == []


def test_a_very_long_text_stands(store: Store) -> None:
    draft = Draft("long", CHANGDE, "长文", date(2020, 1, 1))
    draft.task("1", "任务", "绿色" * 500_000)
    record = draft.record()
    load(store, [record])
    assert check(store) == []
    assert len(record.document.text.encode()) > 3_000_000
    assert store.read("MATCH (t:Task) RETURN t.text AS t")[0]["t"] == record.tasks[0].text


def test_half_a_surrogate_pair_is_refused(store: Store) -> None:
    half = "半\ud842"
    with pytest.raises(StoreError, match="half a surrogate pair"):
        store.apply(Delta(Changes(added=[THEME, Node(Ref("Theme", "x"), {"name": half})])))
    with pytest.raises(StoreError, match="half a surrogate pair"):
        store.apply(Delta(Changes(added=[Node(Ref("Park", "x"), {"name": "x", "aliases": [half]})])))
    record = changde()
    broken = record.model_copy(update={"document": record.document.model_copy(update={"text": half})})
    with pytest.raises(RecordError, match="half a surrogate pair"):
        load(store, [broken])
    assert (store.revision(), names(store, "Theme")) == (0, set())


# --- many rows --------------------------------------------------------------------------------------------------------


def many(count: int) -> Delta:
    regions = [Node(Ref("Region", f"{number:06}"), {"name": f"地区{number}"}) for number in range(count)]
    parts = [edge("PART_OF", row.ref, regions[number // 10].ref) for number, row in enumerate(regions) if number]
    return Delta(Changes(added=regions), Changes(added=parts))


@pytest.mark.parametrize("staged", [False, True])
def test_a_large_batch_is_one_revision(store: Store, monkeypatch: pytest.MonkeyPatch, staged: bool) -> None:
    if staged:
        monkeypatch.setattr(staging, "TX_ROWS", 2000)
        monkeypatch.setattr(staging, "BATCH_ROWS", 1500)
    delta = many(6000)
    assert store.apply(delta) == 1
    assert store.read("MATCH (g:Region) RETURN count(*) AS n") == [{"n": 6000}]
    assert store.read("MATCH (:Region)-[r:PART_OF]->(:Region) RETURN count(*) AS n") == [{"n": 5999}]
    changed = [Node(row.ref, {"name": "同名"}) for row in delta.nodes.added]
    assert store.apply(Delta(Changes(changed=changed))) == 2
    assert store.read("MATCH (g:Region) RETURN DISTINCT g.name AS name") == [{"name": "同名"}]
    gone = Delta(Changes(removed=delta.nodes.added), Changes(removed=delta.edges.added))
    assert store.apply(gone) == 3
    assert store.read("MATCH (n) WHERE n.kind IS NULL OR n.kind <> 'Meta' RETURN n.id") == []
