"""The pages of agencies, parks, industries, themes and regions, and the lists of them."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from api.pages import address
from api.pages.charts.near import near, neighbours
from api.pages.charts.years import duties_by_year, targets_by_year
from api.pages.entity_words import number, quantity
from api.pages.words import Words
from graph.detail.agencies import DutyYear
from graph.detail.refs import Evidence, PolicyRef, PolicyTarget, TargetSummary
from graph.load import load
from graph.neighbourhood import NearEdge, NearNode, Neighbourhood
from graph.store import open_store
from tests.browser import NARROW, WIDE, Browser, browser, site
from tests.graph_records import CHANGDE, HUNAN, Draft
from tests.http import client_of

__all__ = ["browser", "site"]
PLACE = Evidence(policy="p", document="d", start=0, end=1, quote="x")
BUREAU = "常德市发展改革委"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(15.0, "15"), (0.8, "0.8"), (12000.0, "12,000"), (0.0, "0"), (100.0, "100"), (1234.5, "1,234.5"), (None, "")],
)
def test_numbers(value: float | None, expected: str) -> None:
    assert number(value) == expected


@pytest.mark.parametrize(
    ("fields", "zh", "en"),
    [
        (
            {"op": ">=", "value": 15, "unit": "万元/亩", "year": 2025},
            "≥ 15 万元/亩 · 2025 年",
            "≥ 15 万元/亩 · by 2025",
        ),
        ({"op": "range", "value": 3, "value_max": 5, "unit": "个"}, "3–5 个", "3–5 个"),
        ({"op": "~", "value": 75, "unit": "%"}, "≈ 75%", "≈ 75%"),
        ({"op": "=", "value": 10, "unit": "家", "per_year": True}, "每年 10 家", "10 家 each year"),
        ({"op": "<=", "value": 0.5}, "≤ 0.5", "≤ 0.5"),
    ],
)
def test_quantities(fields: dict[str, Any], zh: str, en: str) -> None:
    target = TargetSummary(id="t", metric="m", evidence=PLACE, **fields)
    assert (quantity(Words("zh"), target), quantity(Words("en"), target)) == (zh, en)


def test_duties_by_year_tell_roles_apart() -> None:
    years = [DutyYear(year=2019, lead=3, support=1), DutyYear(year=None, lead=2)]
    made = duties_by_year(years, {"lead": "牵头", "responsible": "责任", "support": "配合"}, "不详")
    assert made["xAxis"]["data"] == ["2019", "不详"]
    assert [(each["name"], each["data"]) for each in made["series"]] == [("牵头", [3, 2]), ("配合", [1, None])]
    looks = [(each["itemStyle"]["color"], "decal" in each["itemStyle"]) for each in made["series"]]
    assert looks[0][0] != looks[1][0]
    assert [hatched for _, hatched in looks] == [False, True]


def target(year: int | None, value: float, base: float | None = None) -> PolicyTarget:
    policy = PolicyRef(id="p", title="方案", held=True)
    return PolicyTarget(
        id=f"{year}", metric="税收", op=">=", value=value, base_value=base, year=year, evidence=PLACE, policy=policy
    )


def test_targets_by_year_are_in_one_unit() -> None:
    made = targets_by_year([target(2025, 2, 20000), target(2022, 500), target(None, 7)], "万元", "不详")
    assert made is not None
    assert made["xAxis"]["data"] == ["2022", "2023", "2024", "2025"]
    assert [point[:2] for point in made["series"][0]["data"]] == [["2025", 20000], ["2022", 500]]
    assert made["yAxis"]["name"] == "万元"
    assert targets_by_year([target(None, 7)], "万元", "不详") is None


def test_names_of_a_map_do_not_lie_over_each_other() -> None:
    centre = NearNode(kind="Agency", id="a", name="a")
    nodes = [
        NearNode(kind=kind, id=f"{kind}{n}", name="很长的名称" * 9) for kind in ("Task", "Region") for n in range(9)
    ]
    ends = {"source_kind": "Agency", "source_id": "a"}
    edges = [
        NearEdge(
            key=node.id, type="T", target_kind=node.kind, target_id=node.id, properties={"role": "support"}, **ends
        )
        for node in nodes
    ]
    found = Neighbourhood(centre=centre, nodes=[*nodes, NearNode(kind="Document", id="d", name="d")], edges=edges, totals=[], more={})  # fmt: skip
    assert [node.kind for node in neighbours(found)] == ["Task"] * 9 + ["Region"] * 9
    series = near(found, {"Task": "任务", "Region": "地区", "Agency": "部门"}, {"T": "负责"})["series"][0]
    places = [(each["label"]["position"], each["value"][1]) for each in series["data"][1:]]
    assert len(set(places)) == 18  # a line of its own for each, on its side
    assert [each["said"] for each in series["links"]] == ["负责"] * 18
    assert {each["lineStyle"]["type"] for each in series["links"]} == {"dashed"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Pages of 60 policies of two regions, in each of which one agency leads a task."""
    made = []
    for place in range(60):
        region = HUNAN if place % 2 else CHANGDE
        each = Draft(f"政{place:02}", region, f"政策<{place:02}>号", date(2000 + place % 20, 1, 1))
        each.task("1", f"任务{place:02}")
        each.duty("1", "发展改革委")
        made.append(each.record())
    store = tmp_path_factory.mktemp("entities") / "a.lbug"
    with open_store(str(store)) as opened:
        load(opened, made)
    with client_of(str(store), pages=True) as client:
        yield client


def titles(page: str) -> list[str]:
    """The policies of a page's table, in its order."""
    return re.findall(
        r"政策(?:&lt;|&amp;lt;|<|\\u003c|\\u0026lt;)(\d\d)", page.split("pe-listing")[-1].split("pe-turner")[0]
    )


@pytest.mark.parametrize(
    ("query", "count", "first"),
    [
        ("", 60, ["19", "39", "59"]),
        ("?sort=on", 60, ["00", "20", "40"]),
        ("?sort=-title", 60, ["59", "58", "57"]),
        ("?sort=title&page=2", 60, ["50", "51", "52"]),
        ("?region=430700", 30, ["18", "38", "58"]),
        ("?region=常德", 30, ["18", "38", "58"]),
        ("?year=2003", 3, ["03", "23", "43"]),
        ("?q=07", 1, ["07"]),
        ("?q=%3C07", 1, ["07"]),
        ("?held=false", 0, []),
        ("?status=draft", 0, []),
        ("?as_of=2001-06-01&sort=title", 6, ["00", "01", "20"]),
    ],
)
def test_lists_can_be_narrowed(client: TestClient, query: str, count: int, first: list[str]) -> None:
    page = client.get(f"/policies{query}")
    assert page.status_code == 200
    assert f"共 {count} 条" in page.text
    assert titles(page.text)[: len(first)] == first if count else titles(page.text) == []


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/policies?sort=id", 422, "不能按这一列排序"),
        ("/policies?year=20x", 422, "应是四位数的年份"),
        ("/policies?held=maybe", 422, "“收录”只能是"),
        ("/policies?page=0", 422, "页码应是不小于 1 的整数"),
        ("/policies?page=²", 422, "页码应是不小于 1 的整数"),
        ("/policies?as_of=1", 422, "应是一个日期"),
        ("/policies?region=火星", 404, "火星"),
        ("/policies?page=99", 200, "共 60 条"),
        ("/agencies/nobody", 404, "没有这个页面"),
        ("/parks/nowhere", 404, "没有这个页面"),
        ("/regions/1", 404, "没有这个页面"),
        ("/themes/none", 404, "没有这个页面"),
        ("/industries/none", 404, "没有这个页面"),
        (f"/agencies/{BUREAU}?as_of=soon", 422, "应是一个日期"),
        ("/tasks?role=boss", 422, "“角色”只能是"),
        ("/policies?as_of=1&lang=en", 422, "as_of: not a day"),
    ],
)
def test_what_cannot_be_asked(client: TestClient, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.text


@pytest.mark.parametrize("name", ["policies", "tasks", "agencies", "parks", "industries", "regions", "themes"])
def test_lists_are_there_in_both_languages_and_as_data(client: TestClient, name: str) -> None:
    for lang in ("zh", "en"):
        page = client.get(f"/{name}?lang={lang}")
        assert page.status_code == 200
        assert Words(lang)(f"listing.{name}") in page.text  # type: ignore[arg-type]
    client.cookies.clear()
    for form in ("json", "csv"):
        held = {"held": True} if name == "policies" else {}  # those that are only cited are left out at first
        target = address.answer(name, held, "csv" if form == "csv" else None)
        assert target in page.text.replace("&amp;", "&").replace("\\u0026", "&")
        assert client.get(target).status_code == 200


def test_the_same_as_data_keeps_the_question(client: TestClient) -> None:
    page = client.get("/policies?region=430700&sort=-title").text
    found = re.search(r"/api/v1/policies\?[^\"\\ ]*format=csv", page)
    assert found
    rows = client.get(found[0].replace("&amp;", "&").replace("\\u0026", "&")).text.splitlines()
    assert len(rows) == 31
    assert "政策<58>号" in rows[1]


def test_duties_are_turned_over(client: TestClient) -> None:
    first, second = (client.get(f"/agencies/{quote(BUREAU)}?page={page}").text for page in (1, 2))
    assert "第 1 / 2 页，共 30 条" in first
    tasks = [re.findall(r"任务(\d\d)", page.split("职责")[-1].split("pe-turner")[0]) for page in (first, second)]
    assert tasks[0][:3] == ["18", "38", "58"]
    assert set(tasks[0]) & set(tasks[1]) == set()
    assert len(set(tasks[1])) == 10


def test_the_day_stands_in_the_address(client: TestClient) -> None:
    page = client.get(f"/agencies/{quote(BUREAU)}?as_of=2003-06-01").text
    assert "2003-06-01" in page
    assert re.search(r"as_of=2003-06-01(&amp;|&|\\u0026)+(amp;)?format=jsonld", page)
    duties = page.split("职责")[-1].split("关系图")[0]
    assert len(set(re.findall(r"任务(\d\d)", duties))) == 6  # of the policies that had begun


def test_the_map_shows_what_holds_on_the_day(client: TestClient) -> None:
    def mapped(query: str) -> set[str]:
        page = client.get(f"/agencies/{quote(BUREAU)}{query}").text
        return set(re.findall(r"任务(\d\d)", page.split("pe-groups")[-1]))

    assert len(mapped("")) == 6
    assert mapped("?as_of=2000-12-31") == {"00", "20", "40"}  # of the year 2000, and of this region
    assert mapped("?as_of=1999-01-01") == set()


def test_tasks_are_a_list_as_others_are(client: TestClient) -> None:
    page = client.get(f"/tasks?agency={quote(BUREAU)}&role=lead&q=58").text
    assert "共 1 条" in page
    assert "任务58" in page
    assert "共 0 条" in client.get(f"/tasks?agency={quote(BUREAU)}&role=support").text


PAGES = {
    "Agency": "驻马店市发展和改革委员会",
    "Park": "常德经济技术开发区",
    "Industry": "新材料",
    "Theme": "green",
    "Region": "430700",
}


@pytest.mark.xdist_group("browser")
class TestInABrowser:
    @pytest.mark.parametrize("kind", PAGES)
    @pytest.mark.parametrize(("lang", "size", "dark"), [("zh", WIDE, False), ("en", NARROW, True)])
    def test_every_page_is_sound(
        self, browser: Browser, kind: str, lang: str, size: tuple[int, int], dark: bool
    ) -> None:
        browser.open(f"{address.node(kind, PAGES[kind])}?lang={lang}", size, dark=dark)
        browser.until(lambda: browser.script("return !!document.querySelector('.pe-near canvas')"), "the map is drawn")
        words = Words(lang)  # type: ignore[arg-type]
        assert words("entity.near") in browser.texts("h2")
        assert browser.overflow() <= 0
        assert browser.console_errors() == []
        assert browser.requests_elsewhere() == []
        assert browser.serious_findings() == []

    @pytest.mark.parametrize("kind", PAGES)
    def test_the_same_as_data(self, browser: Browser, kind: str) -> None:
        browser.open(f"{address.node(kind, PAGES[kind])}?as_of=2023-01-01")
        links = browser.script("return [...document.querySelectorAll('.pe-chips a')].map(each => each.href)")
        forms = [each for each in links if "/api/v1/" in each]
        assert len(forms) == 2
        for each in forms:
            assert "as_of=2023-01-01" in each
            with urllib.request.urlopen(each) as answer:
                assert PAGES[kind] in json.dumps(json.load(answer), ensure_ascii=False)
        assert address.explore(kind, PAGES[kind]) in "".join(links)

    def test_a_duty_leads_to_its_sentence(self, browser: Browser) -> None:
        browser.open(str(address.node("Agency", PAGES["Agency"])))
        quote_ = browser.all("#duties .pe-quote")[0]
        said = quote_.text
        quote_.click()
        code = "return window.CSS && CSS.highlights.get('tx-hit') ? String([...CSS.highlights.get('tx-hit')][0]) : ''"
        lit = browser.until(lambda: browser.script(code), "the sentence is lit")
        assert "".join(str(lit).split()) == "".join(said.split())

    def test_roles_are_chosen(self, browser: Browser) -> None:
        browser.open(str(address.node("Agency", PAGES["Agency"])))
        assert set(browser.texts("#duties .pe-role")) == {"牵头"}
        next(each for each in browser.all("#duties .pe-tabs a") if "配合" in each.text).click()
        browser.until(lambda: set(browser.texts("#duties .pe-role")) == {"配合"}, "supporting duties")
        assert "role=support" in browser.driver.current_url

    def test_reforms_are_told_in_order(self, browser: Browser) -> None:
        browser.open(str(address.node("Agency", "常德市自然资源和规划局")))
        steps = browser.texts(".pe-steps li")
        assert [step.splitlines()[0] for step in steps] == ["常德市国土资源局", "常德市自然资源和规划局"]
        assert "2019" in steps[0]
        browser.all(".pe-steps a")[0].click()
        browser.until(lambda: browser.texts("h1") == ["常德市国土资源局"], "the agency before")

    @pytest.mark.parametrize("size", [WIDE, NARROW])
    @pytest.mark.parametrize("name", ["policies", "tasks", "agencies", "parks", "industries", "regions", "themes"])
    def test_lists(self, browser: Browser, name: str, size: tuple[int, int]) -> None:
        browser.open(f"/{name}", size)
        assert browser.texts(".pe-listing td a")
        assert browser.overflow() <= 0
        assert browser.console_errors() == []
        assert browser.serious_findings() == []

    def test_a_list_is_narrowed_by_its_form(self, browser: Browser) -> None:
        browser.open("/agencies")
        browser.all('.pe-filter [name="q"]')[0].send_keys("生态环境")
        browser.all(".pe-filter button")[0].click()
        browser.until(lambda: "q=" in browser.driver.current_url, "the filter stands in the address")
        browser.until(lambda: browser.texts("td.pe-first"), "rows")
        assert all("生态环境" in name for name in browser.texts("td.pe-first"))
        assert browser.all('.pe-filter [name="q"]')[0].get_attribute("value") == "生态环境"
