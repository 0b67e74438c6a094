"""Search finds the same on both engines, and what it should."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.load import load, remove
from graph.search import search
from graph.store import Store, open_store
from tests.conftest import GROUP, empty
from tests.graph_records import CHANGDE, Draft, changde, five
from tests.neo4j_server import Server

LONG = "前" * 300 + "园区循环化改造Green-Tech 5G示范" + "后" * 300


def found(store: Store, text: str, *kinds: str, limit: int = 50) -> list[tuple[str, str]]:
    return [(hit.kind, hit.name) for hit in search(store, text, kinds or None, limit)]


@pytest.fixture(scope="module")
def store(module_store: Store) -> Store:
    draft = Draft("odd", CHANGDE, '“引号”与 "quotes" AND (brackets) 方案')
    draft.task("1", "循环化改造", LONG)
    draft.task("2", "绿")
    draft.task("3", "绿色,园区")
    draft.task("4", "𠮷野家绿色")
    load(module_store, [*five(), draft.record()])
    return module_store


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("常德市生态环境局", ("Agency", "常德市生态环境局")),
        ("生态环境局", ("Agency", "常德市生态环境局")),
        ("常德经开区", ("Park", "常德经济技术开发区")),  # another name of it
        ("智能装备制造", ("Industry", "装备制造")),
        ("驻政办〔2019〕125号", ("Policy", "驻马店市推进产业集聚区高质量快速发展行动方案")),
        ("绿色工厂", ("Task", "推进绿色工厂建设")),
        ("工业用地亩均税收", ("Target", "工业用地亩均税收")),
        ("GREEN-tech", ("Task", "循环化改造")),
        ("5g示范", ("Task", "循环化改造")),
        ("循环化改造 5g", ("Task", "循环化改造")),
        ("绿", ("Task", "绿")),
        ("𠮷野家", ("Task", "𠮷野家绿色")),
        ("and (brackets)", ("Policy", '“引号”与 "quotes" AND (brackets) 方案')),
    ],
)
def test_finds(store: Store, text: str, first: tuple[str, str]) -> None:
    assert found(store, text)[0] == first


def test_every_word_has_to_be_there(store: Store) -> None:
    assert found(store, "绿色园区", "Task") == [("Task", "推进绿色园区"), ("Task", "开展绿色园区创建")]
    assert ("Task", "绿色,园区") in found(store, "绿色 园区", "Task")
    assert found(store, "绿色 不在这里") == []
    assert found(store, "绿色园区", "Agency", "Park") == []


def test_an_excerpt_shows_the_place(store: Store) -> None:
    hit = search(store, "循环化改造Green", ["Task"])[0]
    assert hit.excerpt == f"…{'前' * 38}园区循环化改造Green-Tech 5G示范{'后' * 30}…"
    assert hit.policy == "odd"


def test_a_limit_keeps_the_best(store: Store) -> None:
    every = found(store, "绿色")
    assert len(every) > 8
    assert found(store, "绿色", limit=3) == every[:3]


@pytest.mark.parametrize(("text", "kinds", "message"), [
    ("  ", None, "one to 8 words"), ("一 " * 9, None, "one to 8 words"), ("绿色", ["Key"], "no kind Key is searched"),
])  # fmt: skip
def test_a_wrong_search_is_refused(store: Store, text: str, kinds: list[str] | None, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        search(store, text, kinds)


@pytest.fixture(scope="module")
def pair(neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    empty(neo4j_server)
    with open_store(tmp_path_factory.mktemp("pair") / "a.lbug") as one, open_store(neo4j_server.uri) as other:
        for each in (one, other):
            load(each, five())
        yield one, other


@GROUP
def test_any_part_of_any_text_finds_the_same_on_both(pair: tuple[Store, Store]) -> None:
    one, other = pair
    text = changde().document.text.replace("\n", "")
    for size in (1, 2, 3, 5, 9):
        for start in range(0, len(text) - size, 41):
            part = text[start : start + size]
            if part.strip():
                assert search(other, part) == search(one, part), part


@GROUP
def test_what_was_removed_is_not_found(neo4j_url: str) -> None:
    with open_store(neo4j_url) as store:
        load(store, [changde()])
        assert found(store, "绿色安全")
        remove(store, [changde().document.sha256])
        assert found(store, "绿色安全") == []


def test_the_embedded_store_needs_no_index(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        assert store.search_index is None
        assert found(store, "绿色") == []
