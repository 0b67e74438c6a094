"""The explorer: its address, what a view shows, and the page in a real browser."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from starlette.datastructures import QueryParams
from starlette.testclient import TestClient

from api.pages import address
from api.pages.explorer_part import shown
from api.pages.explorer_picture import caption, placed
from api.pages.explorer_view import LIMIT, Opening, Pin, View, mark_of, view_of
from graph.errors import NotFoundError, QueryError
from graph.load import load
from graph.store import Store, open_store
from tests.browser import NARROW, WIDE, Browser, browser, site
from tests.graph_records import five
from tests.http import client_of

__all__ = ["browser", "site"]
BUREAU, PLAN = ("Agency", "常德市发展和改革委员会"), ("Policy", "驻政办〔2019〕125号")
CHANGDE, GREEN = ("Region", "430700"), ("Theme", "green")


@pytest.fixture(scope="module")
def five_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("five") / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    return url


@pytest.fixture
def graph(five_url: str) -> Iterator[Store]:
    with open_store(five_url) as store:
        yield store


def opened(key: tuple[str, str], *types: str, many: int = 50) -> tuple[Opening, ...]:
    return tuple(Opening(mark_of(key), type_, many) for type_ in types)


VIEWS = [
    View(),
    View(roots=(BUREAU, ("Task", "a/b#1:x?&=%"))),
    View(roots=(BUREAU,), opened=()),
    View(roots=(BUREAU,), opened=opened(BUREAU, "RESPONSIBLE_FOR", many=3), at=mark_of(BUREAU), limit=90),
    View(roots=(PLAN,), path=(PLAN,), hidden=(mark_of(GREEN),), pins=(Pin(mark_of(PLAN), -3, 40), Pin(mark_of(GREEN)))),
    View(path=(PLAN, BUREAU), without=("Task", "Theme"), region="430700", theme="green", as_of=date(2021, 6, 1)),
]


@pytest.mark.parametrize("view", VIEWS)
def test_an_address_says_all_of_a_view(view: View) -> None:
    assert view_of(QueryParams(view.query())) == view


@pytest.mark.parametrize(
    "query",
    ["node=x", "node=Agency:", "node=Meta:1", "open=x", "open=0123456789.NO_TYPE.3", "open=0123456789.ABOUT.0",
     "open=0123456789.KNOWN_AS.3", "pin=x", "hide=x", "without=Meta", "as_of=2021-13-01", "limit=x", "at=%3Cscript%3E",
     "open=0123456789.ABOUT.9999", "pin=0123456789.1"],
)  # fmt: skip
def test_what_is_no_view_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="not understood"):
        view_of(QueryParams(query))


def kinds(found: Any) -> dict[str, int]:
    counted: dict[str, int] = {}
    for kind, _ in found.nodes:
        counted[kind] = counted.get(kind, 0) + 1
    return counted


def test_at_first_a_few_of_each_type_are_open(graph: Store) -> None:
    found = shown(graph, View(roots=(PLAN,)))
    types = {each.type for each in found.view.opened or ()}
    assert {"HAS_TASK", "ISSUED", "APPLIES_IN"} <= types
    assert "STATED_IN" not in types
    assert kinds(found)["Task"] == 4
    assert found.view.at == mark_of(PLAN)


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(roots=(PLAN,), opened=()), {"Policy": 1}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK", many=3)), {"Policy": 1, "Task": 3}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK") + opened(("Task", f"{PLAN[1]}#2.3.1"), "RESPONSIBLE_FOR")),
         {"Policy": 1, "Task": 4, "Agency": 2}),
        (View(roots=(PLAN,), opened=opened(("Task", f"{PLAN[1]}#2.3.1"), "RESPONSIBLE_FOR")), {"Policy": 1}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK"), hidden=(mark_of(("Task", f"{PLAN[1]}#2.3.1")),)),
         {"Policy": 1, "Task": 3}),
        (View(roots=(GREEN,), opened=opened(GREEN, "ABOUT"), region="430700"), {"Theme": 1, "Task": 1}),
        (View(roots=(GREEN,), opened=opened(GREEN, "ABOUT"), as_of=date(2021, 6, 1)), {"Theme": 1, "Task": 7}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK"), theme="green"), {"Policy": 1, "Task": 3}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK", "ISSUED"), without=("Task",)), {"Policy": 1, "Agency": 1}),
        (View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK"), without=("Policy",)), {"Policy": 1, "Task": 4}),
        (View(path=(("Agency", "常德市工业和信息化局"), BUREAU)), {"Agency": 2, "Task": 1, "Region": 1}),
        (View(path=(BUREAU,)), {"Agency": 1}),
    ],
)  # fmt: skip
def test_what_a_view_shows(graph: Store, view: View, expected: dict[str, int]) -> None:
    found = shown(graph, view)
    assert kinds(found) == expected
    again = shown(graph, view_of(QueryParams(found.view.query())))
    assert (list(again.nodes), list(again.edges)) == (list(found.nodes), list(found.edges))


def test_an_opening_that_leads_nowhere_is_forgotten(graph: Store) -> None:
    view = View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK") + opened(BUREAU, "SERVES"))
    assert shown(graph, view).view.opened == opened(PLAN, "HAS_TASK")


def test_the_limit_leaves_what_is_pinned(graph: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    last = list(shown(graph, View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK"))).nodes)[-1]
    view = View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK"), pins=(Pin(mark_of(last)),), limit=3)
    found = shown(graph, view)
    assert (len(found.nodes), found.cut) == (3, 2)
    assert last in found.nodes


def test_every_node_has_a_place_and_a_pinned_one_keeps_its_own(graph: Store) -> None:
    pins = (Pin(mark_of(PLAN), 30, 41), Pin(mark_of(BUREAU)))
    made = placed(shown(graph, View(roots=(PLAN, BUREAU), opened=opened(PLAN, "HAS_TASK", "CITES"), pins=pins)))
    assert set(made.places) == set(made.nodes)
    assert made.places[PLAN] == (30, 41)
    assert len(set(made.places.values())) == len(made.nodes)


def test_a_node_that_there_is_not(graph: Store) -> None:
    with pytest.raises(NotFoundError):
        shown(graph, View(roots=(("Agency", "nobody"),)))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("常德市", "常德市"),
        ("常德市工业和信息化局", "常德市工业和\n信息化局"),
        ("常德市“五好”园区攻坚专项行动实施方案(2022—2025年)", None),
        ("green development", "green development"),
        ("agencies of the province", "agencies of\nthe province"),
        ("", ""),
    ],
)
def test_captions(name: str, expected: str | None) -> None:
    made = caption(name)
    assert made.count("\n") <= 1
    if expected is None:
        assert made.endswith("…")
    else:
        assert made == expected


@pytest.fixture
def client(five_url: str) -> Iterator[TestClient]:
    with client_of(five_url, pages=True) as made:
        yield made


def test_the_part_as_files(client: TestClient) -> None:
    query = View(roots=(PLAN,), opened=opened(PLAN, "HAS_TASK", "ISSUED")).query()
    data = client.get(f"/explore/part.json?{query}").json()
    assert (len(data["nodes"]), len(data["edges"])) == (6, 5)
    assert all(edge["quote"] for edge in data["edges"])
    tree = ElementTree.fromstring(client.get(f"/explore/part.graphml?{query}").text)
    assert len(tree.findall(".//{*}node")) == 6
    lines = client.get(f"/explore/part.csv?{query}").text.splitlines()
    assert lines[0].startswith("\ufeffsource_kind,source_id,source,type,role")
    assert sum(PLAN[1] in line for line in lines[1:]) == 5
    assert client.get(f"/explore/part.exe?{query}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [("/explore", 200), ("/explore?node=Agency:nobody", 404), ("/explore?node=x", 422), ("/explore?region=nowhere", 200),
     (f"/explore?region=nowhere&node={quote(':'.join(PLAN))}", 404), ("/explore/part.json?node=Agency:nobody", 404)],
)  # fmt: skip
def test_statuses(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


in_browser = pytest.mark.xdist_group("browser")
OFFICE = ("Agency", "常德市工业和信息化局")
_POINTS = "const c = getElement(document.querySelector('.ex-chart')).chart; return c.getModel().getSeriesByIndex(0).getData().count()"


def drawn(browser: Browser) -> int:
    """How many nodes the picture has."""
    return int(browser.script(_POINTS))


def look(browser: Browser, path: str, size: tuple[int, int] = WIDE, **how: Any) -> None:
    browser.open(path, size, **how)
    browser.until(
        lambda: browser.script("return !!document.querySelector('.ex-chart')?.dataset.drawn"), "the picture is drawn"
    )


def press(browser: Browser, k: str) -> None:
    element = browser.until(lambda: browser.all(f'[data-k="{k}"]'), k)[0]
    browser.script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", element)


def status(browser: Browser) -> str:
    return " ".join(browser.texts(".ex-bar"))


def clean(browser: Browser) -> None:
    assert browser.console_errors() == []
    assert browser.requests_elsewhere() == []


@in_browser
def test_opening_and_closing(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    assert drawn(browser) == 8
    press(browser, "grow.RESPONSIBLE_FOR")
    browser.until(lambda: drawn(browser) == 11, "three more tasks")
    assert "11" in status(browser)
    assert len(browser.all(".ex-nodes li")) == 11
    here = browser.driver.current_url
    assert ".RESPONSIBLE_FOR.8" in here
    press(browser, "shut.SERVES")
    browser.until(lambda: drawn(browser) == 10, "no region")
    press(browser, "collapse")
    browser.until(lambda: drawn(browser) == 1, "the agency alone")
    look(browser, here.removeprefix(browser.base))
    assert drawn(browser) == 11
    clean(browser)


@in_browser
def test_the_picture_and_the_list_choose_the_same(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    browser.script(
        "const c = getElement(document.querySelector('.ex-chart')).chart, d = c.getModel().getSeriesByIndex(0).getData();"
        "const i = [...Array(d.count()).keys()].find(i => d.getRawDataItem(i).tip.includes('常德市经济和信息化委员会'));"
        "c.trigger('click', {componentType: 'series', dataType: 'node', data: {id: d.getId(i)}})"
    )
    browser.until(lambda: browser.texts(".ex-card h2") == ["常德市经济和信息化委员会"], "its card")
    button = next(each for each in browser.all(".ex-nodes button") if each.text == "常德市")
    browser.script("arguments[0].focus()", button)
    button.send_keys("\n")
    browser.until(lambda: browser.texts(".ex-card h2") == ["常德市"], "the card of the region")
    assert browser.script("return document.activeElement.dataset.k") == f"node.{mark_of(CHANGDE)}"
    link = browser.driver.find_element("css selector", ".ex-card a").get_attribute("href")
    assert urlsplit(str(link)).path == "/regions/430700"
    clean(browser)


@in_browser
def test_a_path_with_its_sentences(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    press(browser, "end")
    browser.until(
        lambda: "to=" not in browser.driver.current_url and "from=" in browser.driver.current_url, "its start"
    )
    other = "驻马店市工业和信息化局"
    look(browser, f"{browser.driver.current_url.removeprefix(browser.base)}&to={quote(f'Agency:{other}')}")
    steps = browser.texts(".ex-path li")
    assert len(steps) >= 4
    assert steps[0].startswith(OFFICE[1])
    assert any(other in step for step in steps)
    links = [str(each.get_attribute("href")) for each in browser.driver.find_elements("css selector", ".ex-path div a")]
    assert len(links) == len(steps)
    assert all(re.search(r"/policies/[^?]+\?at=\d+$", link) for link in links)
    lit = "return getElement(document.querySelector('.ex-chart')).chart.getOption().series[0].links.filter(l => l.lineStyle?.width === 4).length"
    assert browser.script(lit) >= 4
    press(browser, "forget")
    browser.until(lambda: "from=" not in browser.driver.current_url, "the path is forgotten")
    clean(browser)


@in_browser
def test_taking_out_pinning_and_more(browser: Browser) -> None:
    look(browser, address.explore("Policy", "驻政办〔2019〕125号"))
    first = drawn(browser)
    press(browser, "pin")
    browser.until(
        lambda: re.search(r"pin=[0-9a-f]{10}\.-?\d+\.-?\d+", browser.driver.current_url), "a pin with its place"
    )
    task = next(each for each in browser.all(".ex-nodes section") if each.text.startswith("▪"))
    name = task.find_elements("css selector", "button")[0].text
    browser.script("arguments[0].click()", task.find_elements("css selector", "button")[0])
    browser.until(lambda: browser.texts(".ex-card h2") == [name], "the card of the task")
    press(browser, "hide")
    browser.until(lambda: drawn(browser) == first - 1, "one is gone")
    press(browser, "unhide")
    browser.until(lambda: drawn(browser) == first, "it is back")
    clean(browser)


@in_browser
def test_the_limit_and_show_more(browser: Browser) -> None:
    plan = "湖南省常德市 常德市推进产业立市三年行动计划"
    mark = mark_of(("Policy", plan))
    openings = f"open={mark}.HAS_TASK.60&open={mark}.TARGETS.60"
    look(browser, f"/explore?node={quote(f'Policy:{plan}')}&{openings}")
    assert drawn(browser) == LIMIT
    before = status(browser)
    press(browser, "further")
    browser.until(lambda: drawn(browser) > LIMIT, "more of them")
    assert status(browser) != before
    clean(browser)


@in_browser
def test_filters(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    browser.script("document.querySelector('main details summary').click()")
    press(browser, "kind.Task")
    browser.until(lambda: drawn(browser) == 3, "no tasks")
    assert "without=Task" in browser.driver.current_url
    press(browser, "kind.Task")
    browser.until(lambda: drawn(browser) == 8, "tasks again")
    look(browser, f"{address.explore(*OFFICE)}&region=411700")
    assert not any("任务" in text for text in browser.texts(".ex-nodes h3"))
    clean(browser)


@in_browser
def test_the_picture_as_a_file(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    catch = (
        "window.saved = []; HTMLAnchorElement.prototype.click = function () { saved.push([this.download, this.href]); }"
    )
    browser.script(catch)
    press(browser, "tool.svg")
    press(browser, "tool.png")
    saved = dict(browser.until(lambda: len(found := browser.script("return window.saved")) == 2 and found, "two files"))
    assert saved["parkgraph.png"].startswith("data:image/png;base64,iVBOR")
    assert len(saved["parkgraph.png"]) > 20_000
    assert saved["parkgraph.svg"].startswith("data:image/svg+xml")
    assert "%E6%89%93%E9%80%A0" in saved["parkgraph.svg"] or "打造" in saved["parkgraph.svg"]
    clean(browser)


@in_browser
def test_the_part_that_is_shown_can_be_taken_away(browser: Browser) -> None:
    look(browser, address.explore(*OFFICE))
    press(browser, "shut.SERVES")
    browser.until(lambda: drawn(browser) == 7, "no region")
    targets = {
        form: str(browser.driver.find_element("css selector", f"[data-part={form}]").get_attribute("href"))
        for form in ("graphml", "json")
    }
    with urllib.request.urlopen(targets["json"]) as answer:
        data = json.load(answer)
    assert (len(data["nodes"]), len(data["edges"])) == (7, 6)
    with urllib.request.urlopen(targets["graphml"]) as answer:
        assert len(ElementTree.parse(answer).findall(".//{*}edge")) == 6
    text = browser.script("return document.querySelector('[data-cypher]').textContent")
    assert text.count("r.key IN") == 2
    assert f"'{OFFICE[1]}'" in text


@in_browser
def test_beginning_somewhere(browser: Browser) -> None:
    browser.open("/explore")
    field = browser.driver.find_element("css selector", "main input")
    field.send_keys("装备制造")
    browser.until(lambda: browser.all(".q-menu .q-item"), "suggestions")
    browser.all(".q-menu .q-item")[0].click()
    browser.until(lambda: browser.all(".ex-chart"), "the explorer")
    clean(browser)


@in_browser
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(("lang", "dark"), [("zh", False), ("en", True)])
@pytest.mark.parametrize("path", ["/explore", address.explore(*OFFICE)])
def test_for_everybody(
    browser: Browser, size: tuple[int, int], lang: str, dark: bool, path: str, tmp_path: Path
) -> None:
    browser.open(f"{path}{'&' if '?' in path else '?'}lang={lang}", size, dark=dark)
    if "node" in path:
        browser.until(
            lambda: browser.script("return !!document.querySelector('.ex-chart')?.dataset.drawn"), "the picture"
        )
        browser.script("document.querySelector('main details summary').click()")
    assert browser.overflow() <= 0
    assert browser.serious_findings() == []
    clean(browser)
