"""The home page, the search and what stands around every page, in a real browser."""

from __future__ import annotations

import pytest

from graph.queries import catalogue
from tests.browser import NARROW, WIDE, Browser, browser, site  # noqa: F401

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.slow]
POLICY = "驻马店市推进产业集聚区高质量快速发展行动方案"


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize(
    ("lang", "title", "counts"),
    [
        ("zh", "产业园区政策图谱", ["政策 5", "任务 112"]),
        ("en", "Industrial-park policies as a graph", ["Policies 5", "Tasks 112"]),
    ],
)
def test_home_shows_what_is_in_the_graph(
    browser: Browser,  # noqa: F811
    size: tuple[int, int],
    lang: str,
    title: str,
    counts: list[str],
) -> None:
    browser.open(f"/?lang={lang}", size)
    assert browser.texts("h1") == [title]
    assert [" ".join(text.split()) for text in browser.texts("#totals > div")][:2] == counts
    browser.until(lambda: len(browser.all(".pg-chart canvas")) == 2, "both charts are drawn")
    titles = [query.title.model_dump()[lang] for query in catalogue().values()]
    assert browser.texts(".pg-card-title") == titles
    assert any(POLICY in text for text in browser.texts("#recent li"))
    assert browser.overflow() <= 0
    assert browser.console_errors() == []
    assert browser.requests_elsewhere() == []


def test_counts_lead_to_the_lists(browser: Browser) -> None:  # noqa: F811
    browser.open("/")
    links = {each.text: each.get_attribute("href") for each in browser.all("#totals a")}
    names = {
        "政策": "policies",
        "任务": "tasks",
        "部门": "agencies",
        "园区": "parks",
        "产业": "industries",
        "主题": "themes",
    }
    assert links == {text: f"{browser.base}/{name}" for text, name in names.items()}
    count = next(text.split()[1] for text in browser.texts("#totals > div") if "任务" in text)
    browser.driver.get(links["任务"])
    browser.until(lambda: f"共 {count} 条" in browser.texts("main p"), "as many tasks")


def test_charts_have_a_table(browser: Browser) -> None:  # noqa: F811
    browser.open("/")
    browser.all(".pg-details summary")[0].click()
    browser.until(
        lambda: ["湖南省常德市", "2"] in [text.split() for text in browser.texts(".pg-plain tbody tr")],
        "the table of regions",
    )


def test_search_suggests_while_typing(browser: Browser) -> None:  # noqa: F811
    browser.open("/")
    browser.all(".pg-search input")[0].send_keys("常德经")
    browser.until(
        lambda: any("常德经济技术开发区" in text for text in browser.texts(".q-menu .q-item")), "a suggestion"
    )
    assert all("·" in text for text in browser.texts(".q-menu .q-item"))
    browser.click(".q-menu .q-item", "常德经济技术开发区")
    browser.until(lambda: "/parks/" in browser.driver.current_url, "the page of the park")


def test_search_lists_what_is_found(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions")
    browser.all(".pg-search input")[0].send_keys("绿色工厂\ue007")
    browser.until(lambda: "/search?q=" in browser.driver.current_url, "the page of hits")
    browser.until(lambda: any("推进绿色工厂建设" in text for text in browser.texts(".pg-hits li")), "a hit")
    assert POLICY in browser.texts(".pg-hit-policy")  # by which tasks of one name are told apart
    links = [each.get_attribute("href") for each in browser.all(".pg-hits a")]
    assert any("/tasks/" in link and "%23" in link for link in links)


@pytest.mark.parametrize("q", ["", "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "%27%29%20RETURN%201%20//"])
def test_search_takes_any_text(browser: Browser, q: str) -> None:  # noqa: F811
    browser.open(f"/search?q={q}")
    assert browser.all(".pg-hits li") == []
    assert browser.all("main img") == []
    assert browser.console_errors() == []


def test_language_switch_keeps_the_view_and_lasts(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/theme_matrix?theme=green")
    browser.all("a[hreflang=en]")[0].click()
    browser.until(lambda: browser.texts("h1") == ["Regions by themes"], "English")
    assert "theme=green" in browser.driver.current_url
    assert browser.script("return document.documentElement.lang") == "en-US"
    browser.driver.get(browser.base + "/")
    browser.until(lambda: browser.texts("h1") == ["Industrial-park policies as a graph"], "English again")


def test_dark_switch_lasts(browser: Browser) -> None:  # noqa: F811
    browser.open("/", dark=False)
    browser.all("button.pg-switch")[0].click()
    browser.until(lambda: browser.script("return document.body.classList.contains('body--dark')"), "dark")
    browser.driver.get(browser.base + "/questions")
    browser.until(lambda: browser.script("return document.body.classList.contains('body--dark')"), "still dark")


def test_keyboard_comes_first_to_the_content(browser: Browser) -> None:  # noqa: F811
    browser.open("/")
    browser.driver.switch_to.active_element.send_keys("\ue004")
    focused = browser.driver.switch_to.active_element
    assert focused.text == "跳到正文"
    focused.send_keys("\ue007")
    assert browser.script("return document.activeElement.id || location.hash") in ("content", "#content")


@pytest.mark.parametrize("path", ["/", "/questions", "/search?q=绿色", "/nothing", "/tasks?theme=green"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_serious_findings(browser: Browser, path: str, dark: bool) -> None:  # noqa: F811
    browser.open(path, dark=dark)
    assert browser.serious_findings() == []


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/nothing", "没有这个页面"),
        ("/questions/nothing", "没有这个页面"),
        ("/nothing?lang=en", "There is no such page"),
    ],
)
def test_what_is_not_there(browser: Browser, path: str, title: str) -> None:  # noqa: F811
    browser.open(path)
    assert browser.texts("h1") == [title]
