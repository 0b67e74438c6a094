"""The page of a policy: warnings, facts beside the text, the way from a fact to its sentence and from a mention to its node."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup
from selenium.webdriver.common.keys import Keys
from starlette.testclient import TestClient

from api.pages import address
from api.pages.policy_outline import tree
from api.pages.text_html import el, link, put
from api.pages.text_marks import marked
from api.pages.words import table
from graph.detail.refs import Evidence
from graph.detail.tasks import TaskItem
from graph.detail.texts import TextSpan
from graph.load import load
from graph.store import open_store
from tests.browser import NARROW, WIDE, Browser, browser, site
from tests.documents import record
from tests.graph_records import CHANGDE, Draft
from tests.http import client_of
from tests.served import served

__all__ = ["browser", "site"]
OLD, NEW, LATER, DRAFT, EXPIRED, CITED = (f"常政发〔20{n}〕{n}号" for n in (11, 19, 30, 21, 12, 10))
ZHUMADIAN = "驻政办〔2019〕125号"
CHIZHOU = "池州市发展和改革委员会 园区转型升级工程实施方案 2015-11-06"
UNSAFE = """常德市<script>window.broken=1</script>园区<img/src=x/onerror="window.broken=2">行动方案
为推动园区高质量发展，制定本方案，请认真贯彻执行。</textarea></script><script>window.broken=3</script>
一、重点任务
（一）推进<b onclick="window.broken=4">绿色</b>工厂建设。到2025年亩均税收达到15万元以上。（牵头单位：市发改委）
（二）创建"绿色园区"'><svg onload=window.broken=6>。{{constructor.constructor('window.broken=7')()}}。（责任单位：市工信局）
"""


def span(start: int, end: int, kind: str, *, exact: bool = True, id_: str = "x") -> TextSpan:
    return TextSpan(start=start, end=end, kind=kind, label="X", id=id_, name="x", exact=exact)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        ("市工信局", [], '<p data-o="0">市工信局</p>'),
        ("a\n\nb c\n", [], '<p data-o="0">a</p><p data-o="3">b c</p>'),
        (
            "由市工信局办",
            [span(1, 5, "agency")],
            '<p data-o="0">由<mark class="tx-agency" data-m="0">市工信局</mark>办</p>',
        ),
        (  # one inside another: the inner one colours, the outer one is a line below it
            "达到绿色园区3个",
            [span(0, 8, "target"), span(2, 4, "theme")],
            '<p data-o="0"><mark class="tx-target" data-m="0">达到</mark>'
            '<mark class="tx-theme tx-u-target" data-m="1 0">绿色</mark>'
            '<mark class="tx-target" data-m="0">园区3个</mark></p>',
        ),
        (  # overlapping: the shared stretch belongs to both
            "abcd",
            [span(0, 3, "park"), span(1, 4, "industry")],
            '<p data-o="0"><mark class="tx-park" data-m="0">a</mark><mark class="tx-park tx-u-industry" data-m="0 1">bc</mark>'
            '<mark class="tx-industry" data-m="1">d</mark></p>',
        ),
        (  # a sentence that says something somewhere stands behind the words of another
            "abc",
            [span(0, 3, "agency", exact=False), span(0, 3, "target")],
            '<p data-o="0"><mark class="tx-target tx-u-agency" data-m="1 0">abc</mark></p>',
        ),
        (
            "abc",
            [span(0, 3, "agency", exact=False)],
            '<p data-o="0"><mark class="tx-agency tx-loose" data-m="0">abc</mark></p>',
        ),
        (  # over a line's end: begun anew
            "ab\ncd",
            [span(1, 4, "park")],
            '<p data-o="0">a<mark class="tx-park" data-m="0">b</mark></p>'
            '<p data-o="3"><mark class="tx-park" data-m="0">c</mark>d</p>',
        ),
        (  # a task is a sign where it begins, and a line beside its text
            "a\n1.b\nc\nd",
            [span(2, 6, "task", id_="p#2.1"), span(4, 5, "theme")],
            '<p data-o="0">a</p><p data-o="2" class="tx-line"><span class="tx-sign" data-m="0" data-p="2.1"></span>1.'
            '<mark class="tx-theme" data-m="1">b</mark></p><p data-o="6">c</p><p data-o="8">d</p>',
        ),
        ("𬭩业𠮷", [span(2, 3, "park")], '<p data-o="0">𬭩业<mark class="tx-park" data-m="0">𠮷</mark></p>'),
        (
            "<b>&",
            [span(0, 3, "park")],
            '<p data-o="0"><mark class="tx-park" data-m="0">&lt;b&gt;</mark>&amp;</p>',
        ),
    ],
)
def test_marks(text: str, spans: list[TextSpan], expected: str) -> None:
    assert str(marked(text, spans)) == expected


def test_nothing_of_a_text_is_lost() -> None:
    text = "一、总体\n  推进&绿色<i>工厂\n\n建设 。\n"
    spans = [span(0, 20, "target"), span(3, 9, "park"), span(8, 12, "theme"), span(10, 11, "agency")]
    shown = Markup(re.sub(r"</p>", "\n", str(marked(text, spans)))).striptags()
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (el("p", "<script>", Markup("<b>x</b>"), None, 3), "<p>&lt;script&gt;<b>x</b>3</p>"),
        (el("a", "x", title='"><img src=x>'), '<a title="&#34;&gt;&lt;img src=x&gt;">x</a>'),
        (el("input", class_="a", checked=True, disabled=False, value=None), '<input class="a" checked>'),
        (link("x", "/a?b=1&c=2"), '<a href="/a?b=1&amp;c=2">x</a>'),
        (link("x", None), "<span>x</span>"),
        (link("x", "javascript:alert(1)"), "<span>x</span>"),
        (link("x", "//elsewhere.example/"), "<span>x</span>"),
    ],
)
def test_html_is_escaped(made: Markup, expected: str) -> None:
    assert str(made) == expected


def test_plain_text_is_no_html() -> None:
    with pytest.raises(TypeError, match="only escaped HTML"):
        put("<b>text</b>")  # type: ignore[arg-type]


def item(path: str) -> TaskItem:
    evidence = Evidence(policy="p", document="d", start=0, end=1, quote="x")
    return TaskItem(id=f"p#{path}", path=path, title=path, depth=1, evidence=evidence)


def test_tree_of_paths() -> None:
    top = tree([item(path) for path in ("1", "2.1", "2.1.1", "2.1.1#1", "2.2.5", "2.1.2", "10")])
    shape = [(each.task.path, [below.task.path for below in each.below]) for each in top]
    assert shape == [("1", []), ("2.1", ["2.1.1", "2.1.2"]), ("2.2.5", []), ("10", [])]
    assert [each.task.path for each in top[1].below[0].below] == ["2.1.1#1"]


def drafts(folder: Path) -> Path:
    """A store with a policy in each state."""
    old = Draft(OLD, CHANGDE, "常德市工业园区管理办法", date(2011, 1, 1))
    new = Draft(NEW, CHANGDE, "常德市工业园区管理规定", date(2019, 7, 1))
    new.cite("常德市工业园区管理办法", OLD, "supersedes")
    new.cite("常德市园区旧办法", CITED, "cites")
    later = Draft(LATER, CHANGDE, "常德市远期规划", date(2099, 1, 1))
    draft = Draft(DRAFT, CHANGDE, "常德市园区征求意见稿")
    draft.policy["status"] = "draft"
    expired = Draft(EXPIRED, CHANGDE, "常德市园区试行办法", date(2012, 1, 1))
    expired.policy["in_force_to"] = date(2014, 12, 31)
    made = [old, new, later, draft, expired]
    for each in made:
        each.policy.setdefault("doc_number", each.id)
    store = folder / "states.lbug"
    with open_store(str(store)) as opened:
        load(opened, [each.record() for each in made])
    return store


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with client_of(str(drafts(tmp_path_factory.mktemp("states"))), pages=True) as client:
        yield client


@pytest.mark.parametrize(
    ("id_", "query", "state", "warned", "said"),
    [
        (OLD, "", "superseded", True, ["已被取代，不再有效。", "自 2019-07-01 起。", "常德市工业园区管理规定", "全部取代"]),
        (OLD, "?lang=en", "superseded", True, ["Superseded: no longer in force.", "Since 2019-07-01.", "as a whole"]),
        (OLD, "?as_of=2018-01-01", "in_force", False, ["现行有效。", "自 2011-01-01 起施行。"]),
        (NEW, "", "in_force", False, ["现行有效。", "自 2019-07-01 起施行。"]),
        (LATER, "", "not_yet", True, ["尚未生效。", "将于 2099-01-01 起施行。"]),
        (LATER, "?lang=en", "not_yet", True, ["Not yet in force.", "In force from 2099-01-01."]),
        (DRAFT, "", "draft", True, ["征求意见稿，不是正式文件。"]),
        (DRAFT, "?lang=en", "draft", True, ["A draft for comment, not an issued policy."]),
        (EXPIRED, "", "expired", True, ["已失效。", "自 2015-01-01 起。"]),
        (EXPIRED, "?as_of=2014-12-31", "in_force", False, ["现行有效。"]),
        (CITED, "", "not_held", True, ["仅被引用，未收录原文。"]),
        (CITED, "?lang=en", "not_held", True, ["Only cited: its document is not held."]),
    ],
)  # fmt: skip
def test_how_a_policy_stands(
    client: TestClient, id_: str, query: str, state: str, warned: bool, said: list[str]
) -> None:
    client.cookies.clear()
    page = client.get(address.policy(id_) + query).text
    assert re.search(rf"data-state=[^a-z]{{1,8}}{state}\b", page)
    assert ("pg-warning pe-warning" in page) is warned
    assert [each for each in said if each not in page] == []


def test_what_replaces_it_is_linked(client: TestClient) -> None:
    page = client.get(address.policy(OLD)).text
    assert f"{address.policy(NEW)}?at=" in page


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/policies/nothing", 404, "没有这个页面"),
        (address.policy(NEW) + "?as_of=yesterday", 422, "应是一个日期"),
        (address.policy(NEW) + "?document=0000", 404, "没有这个页面"),
        ("/tasks/nothing", 404, "没有这个页面"),
        ("/targets/nothing", 404, "没有这个页面"),
    ],
)
def test_what_there_is_not(client: TestClient, path: str, status: int, said: str) -> None:
    client.cookies.clear()
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


_COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_colours_can_be_read(scheme: int) -> None:
    sheets = [Path(f"api/pages/static/{name}.css").read_text(encoding="utf-8") for name in ("pages", "text")]
    blocks = [dict(_COLOUR.findall(sheet.split("body.body--dark {")[scheme].split("}")[0])) for sheet in sheets]
    text, back = blocks[0]["pg-text"], blocks[0]["pg-back"]
    grounds = {name: colour for name, colour in blocks[1].items() if not name.endswith("-l")}
    lines = {name: colour for name, colour in blocks[1].items() if name.endswith("-l")}
    assert len(grounds) == 10
    assert {name: colour for name, colour in grounds.items() if contrast(text, colour) < 4.5} == {}
    assert {name: colour for name, colour in lines.items() if contrast(back, colour) < 3} == {}


def text_of(browser: Browser, id_: str) -> str:
    """The text of a policy, from the API."""
    with urllib.request.urlopen(f"{browser.base}{address.resource('Policy', id_)}/text") as answer:
        return str(json.load(answer)["text"])


def highlighted(browser: Browser) -> str:
    return str(browser.script("const h = CSS.highlights.get('tx-hit'); return h ? [...h].map(String).join('|') : ''"))


def in_view(browser: Browser) -> bool:
    """Whether what is lit can be seen."""
    code = """const r = [...CSS.highlights.get('tx-hit')][0].getBoundingClientRect();
        const b = document.getElementById('tx').getBoundingClientRect();
        return r.top >= Math.max(0, b.top) - 1 && r.top < Math.min(innerHeight, b.bottom)"""
    return bool(browser.script(code))


@pytest.fixture(scope="module")
def unsafe(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser, and a server with a document that tries to run scripts."""
    folder = tmp_path_factory.mktemp("unsafe")
    with open_store(folder / "a.lbug") as store:
        load(store, [record(UNSAFE)])
    with served(str(folder / "a.lbug"), folder, "--grace", "1", pages=True, keyed=False) as server:
        yield Browser(browser.driver, server.url)


@pytest.mark.xdist_group("browser")
class TestInABrowser:
    @pytest.mark.parametrize("size", [WIDE, NARROW])
    def test_a_fact_leads_to_its_sentence(self, browser: Browser, size: tuple[int, int]) -> None:
        browser.open(address.policy(ZHUMADIAN), size)
        facts = browser.all("a.pe-role-lead[data-at]")
        fact = facts[len(facts) // 2]
        start, end = map(int, fact.get_attribute("data-at").split("-"))
        fact.click()
        expected = text_of(browser, ZHUMADIAN)[start:end]
        browser.until(lambda: highlighted(browser) != "", "a sentence is lit")
        assert "".join(highlighted(browser).split()) == "".join(expected.split())
        assert in_view(browser)
        assert browser.script("return location.search") == f"?at={start}"
        assert browser.overflow() <= 0
        assert browser.console_errors() == []

    @pytest.mark.parametrize("size", [WIDE, NARROW])
    def test_an_address_opens_at_its_sentence(self, browser: Browser, size: tuple[int, int]) -> None:
        browser.open(address.policy(ZHUMADIAN), size)
        start, end = map(
            int, browser.script("return document.querySelectorAll('a[data-at]')[40].dataset.at").split("-")
        )
        browser.open(address.policy(ZHUMADIAN, start), size)
        browser.until(lambda: highlighted(browser) != "", "a sentence is lit")
        expected = text_of(browser, ZHUMADIAN)[start:end]
        assert "".join(highlighted(browser).split()) == "".join(expected.split())
        assert in_view(browser)

    def test_a_task_leads_to_its_place(self, browser: Browser) -> None:
        browser.open(f"/tasks/{address._part(ZHUMADIAN + '#2.3.1')}")
        browser.until(lambda: highlighted(browser) != "", "a task is lit")
        assert "推进绿色工厂建设" in highlighted(browser)
        assert address.policy(ZHUMADIAN) in browser.driver.current_url

    def test_a_mention_shows_its_node(self, browser: Browser) -> None:
        browser.open(address.policy(ZHUMADIAN))
        mark = next(each for each in browser.all("#tx mark.tx-agency") if each.text == "市工信局")
        browser.script("arguments[0].scrollIntoView({block: 'center'})", mark)
        mark.click()
        card = browser.texts(".tx-card")[0]
        assert "部门" in card
        assert "驻马店市工业和信息化局" in card
        assert re.search("牵头|配合", card)
        target = browser.script("return document.querySelector('.tx-card a').getAttribute('href')")
        assert target == address.node("Agency", "驻马店市工业和信息化局")
        browser.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
        assert browser.texts(".tx-card") == []

    def test_kinds_are_switched_off_and_stay_so(self, browser: Browser) -> None:
        browser.open(address.policy(ZHUMADIAN))
        before = len(browser.all("#tx mark.tx-theme"))
        browser.all('.tx-switch[value="theme"]')[0].click()
        assert before > 50
        assert browser.all("#tx mark.tx-theme") == []
        assert browser.script("return location.search") == "?hide=theme"
        browser.open(address.policy(ZHUMADIAN) + "?hide=theme")
        browser.until(lambda: browser.all("#tx mark.tx-off"), "themes are hidden")
        assert browser.all("#tx mark.tx-theme") == []
        assert browser.all("#tx mark.tx-agency")

    def test_mentions_one_after_another_by_keyboard(self, browser: Browser) -> None:
        browser.open(address.policy(ZHUMADIAN) + "?hide=task,theme,park,target,industry,reference,unresolved")
        browser.until(lambda: browser.all("#tx mark.tx-off"), "the others are hidden")
        step = browser.all('[data-step="1"]')[0]
        names = []
        for _ in range(3):
            step.send_keys(Keys.ENTER)
            names.append(browser.script("return document.querySelector('#tx .tx-now').textContent"))
        first, second = browser.script(
            "return [...document.querySelectorAll('#tx mark.tx-agency')].slice(0, 2).map(e => e.textContent)"
        )
        assert ["".join(name.split()) for name in names] == ["驻马店市推进产业集聚区高质量快速发展", "行动方案", first]
        assert first != second
        assert browser.script("return document.querySelectorAll('#tx .tx-now').length") == 1
        assert browser.texts(".tx-card")

    def test_branches_fold(self, browser: Browser) -> None:
        browser.open(
            "/policies/"
            + address._part("常德市人民政府办公室 常德市“五好”园区攻坚专项行动实施方案(2022—2025年) 2022-02-07")
        )
        assert "总量目标" in "".join(browser.texts(".pe-tree .pe-tree li"))
        browser.all(".pe-fold")[0].click()
        assert "总量目标" not in "".join(browser.texts(".pe-tree .pe-tree li"))
        browser.all('[data-fold="unfold"]')[0].click()
        assert "总量目标" in "".join(browser.texts(".pe-tree .pe-tree li"))

    def test_documents_cannot_run_anything(self, browser: Browser, unsafe: Browser) -> None:
        found = json.loads(urllib.request.urlopen(f"{unsafe.base}/api/v1/policies").read())["items"][0]
        assert "<script>" in found["title"]
        assert "onerror" in found["title"]
        for path in (address.policy(found["id"]), address.policy(found["id"], 3), "/policies"):
            unsafe.open(path)
            assert unsafe.script("return window.broken") is None
            assert "<script>window.broken=1</script>" in unsafe.script(
                "return document.querySelector('main').textContent"
            )
            assert (
                unsafe.script(
                    "return document.querySelectorAll('main img, main svg[onload], #tx b, #tx script').length"
                )
                == 0
            )
            assert unsafe.console_errors() == []
        unsafe.open(address.policy(found["id"]))
        for mark in unsafe.all("#tx [data-m]"):
            unsafe.script("arguments[0].click()", mark)
            assert unsafe.script("return document.querySelectorAll('.tx-card img, .tx-card script').length") == 0
        assert unsafe.script("return window.broken") is None

    @pytest.mark.parametrize(
        ("lang", "size", "dark"), [("zh", WIDE, False), ("en", WIDE, True), ("zh", NARROW, True), ("en", NARROW, False)]
    )
    def test_a_draft_is_warned_of_at_once(self, browser: Browser, lang: str, size: tuple[int, int], dark: bool) -> None:
        browser.open(address.policy(CHIZHOU) + f"?lang={lang}", size, dark=dark)
        warning = browser.all(".pg-warning")[0]
        assert table()["policy.state.draft"]["zh" if lang == "zh" else "en"] in warning.text
        assert warning.rect["y"] + warning.rect["height"] < size[1]
        assert browser.overflow() <= 0
        assert browser.console_errors() == []
        assert browser.requests_elsewhere() == []
        assert browser.serious_findings() == []
