"""Where documents were found: kept by both engines with a stamp, and given up again."""

from __future__ import annotations

from graph.documents import Places
from graph.export import export_hash
from graph.load import load
from graph.places import places_under
from graph.store import Store
from tests.documents import BODY, TITLE, record

ONE = record(TITLE + BODY)
OTHER = record((TITLE + BODY).replace("常德市", "驻马店市"))


def found(store: Store, *paths: str) -> list[tuple[str, str, str | None]]:
    return [(place.path, place.document, place.stamp) for place in places_under(store, paths)]


def test_places_and_stamps(store: Store) -> None:
    one, other = ONE.document.sha256, OTHER.document.sha256
    assert found(store, "/d") == []
    places = Places(["/d/a.txt", "/d/z.zip/b.txt", "/e/a.txt", "upload:x/a.txt"], ["1", "2", None, None])
    load(store, [ONE, OTHER, ONE, ONE], locations=places)
    assert found(store, "/d") == [("/d/a.txt", one, "1"), ("/d/z.zip/b.txt", other, "2")]
    assert found(store, "/d/z.zip", "/e/a.txt") == [("/d/z.zip/b.txt", other, "2"), ("/e/a.txt", one, None)]
    assert found(store, "/d/z", "/d/a.tx") == found(store) == []  # whole names only
    assert places_under(store, ["/e"])[0].title == ONE.policy.title

    before = export_hash(store)
    again = load(store, [ONE], locations=Places(["/d/a.txt"], ["3"]))
    assert (again.changed, export_hash(store)) == (False, before)
    assert found(store, "/d/a.txt") == [("/d/a.txt", one, "3")]
    load(store, [ONE], locations=["/d/a.txt"])
    assert found(store, "/d/a.txt") == [("/d/a.txt", one, None)]


def test_a_document_goes_with_its_last_place(store: Store) -> None:
    load(store, [OTHER], locations=["/d/b.txt"])
    alone = export_hash(store)
    load(store, [ONE, ONE], locations=["/d/a.txt", "/e/a.txt"])
    both = export_hash(store)
    load(store, [], locations=Places([], gone=["/e/a.txt", "/nowhere"]))
    assert (export_hash(store), found(store, "/e")) == (both, [])
    assert load(store, [], locations=Places([], gone=["/d/a.txt"])).changed
    assert (export_hash(store), found(store, "/")) == (alone, [("/d/b.txt", OTHER.document.sha256, None)])
    assert not load(store, [], locations=Places([], gone=["/d/a.txt"])).changed


def test_a_place_that_is_gone_and_found_again_in_one_step_stays(store: Store) -> None:
    load(store, [ONE], locations=["/d/a.txt"])
    before = export_hash(store)
    load(store, [ONE], locations=Places(["/d/b.txt"], gone=["/d/a.txt"]))
    assert (export_hash(store), [path for path, _, _ in found(store, "/d")]) == (before, ["/d/b.txt"])
