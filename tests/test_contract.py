"""The promises of a store, the same on both engines. (``test_load.py`` and others run on both as well.)"""

from __future__ import annotations

from graph.check import check
from graph.export import export_hash, export_lines
from graph.load import load, remove
from graph.store import Store, open_store
from tests.graph_records import five


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


def test_loading_again_changes_nothing_and_removing_leaves_nothing(store: Store) -> None:
    assert load(store, five()).revision == 1
    before = export_hash(store)
    assert load(store, five()).changed is False
    assert (store.revision(), export_hash(store)) == (1, before)
    assert check(store) == []
    remove(store, [record.document.sha256 for record in five()])
    assert (store.revision(), list(export_lines(store))) == (2, [])
