"""The page of each question in a real browser: form, picture, table, and the links to the same as data."""

from __future__ import annotations

import csv
import io
import json
import urllib.request
from typing import Any

import pytest

from api.pages import address
from graph.queries import catalogue
from tests.browser import NARROW, WIDE, Browser, browser, site  # noqa: F401

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.slow]
QUESTIONS = sorted(catalogue())


def example(name: str, **more: Any) -> str:
    query = catalogue()[name]
    return address.question(name, {**query.example, **more})


def get(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize(("size", "lang"), [(WIDE, "zh"), (NARROW, "en")], ids=["wide-zh", "narrow-en"])
@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_a_page(browser: Browser, name: str, size: tuple[int, int], lang: str) -> None:  # noqa: F811
    query = catalogue()[name]
    browser.open(example(name, lang=lang), size)
    assert browser.texts("h1") == [query.title.model_dump()[lang]]
    browser.until(lambda: browser.all(".pg-table .ag-center-cols-container .ag-row"), "rows in the table")
    charts = browser.all(".pg-chart canvas")
    assert bool(charts) == (query.picture is not None)
    assert len(browser.all(".pg-control")) == len(query.params)
    assert browser.overflow() <= 0
    assert browser.console_errors() == []
    assert browser.requests_elsewhere() == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_same_is_there_as_data(browser: Browser, name: str) -> None:  # noqa: F811
    browser.open(example(name))
    links = {each.text: each.get_attribute("href") for each in browser.all(".pg-data a")}
    items = json.loads(get(links["JSON"]))["items"]
    assert len(list(csv.reader(io.StringIO(get(links["CSV"]))))) == len(items) + 1
    assert browser.texts(".pg-count") == [f"共 {len(items)} 行"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_serious_findings(browser: Browser, name: str) -> None:  # noqa: F811
    browser.open(example(name))
    browser.until(lambda: browser.all(".pg-table .ag-row"), "rows in the table")
    assert browser.serious_findings() == []


def test_a_quote_leads_to_its_sentence(browser: Browser) -> None:  # noqa: F811
    browser.open(example("lead_agencies"))
    browser.until(lambda: browser.all(".pg-cell-quote a"), "quotes")
    link = browser.all(".pg-cell-quote a")[0]
    row = json.loads(get(f"{browser.base}{address.answer('queries/lead_agencies', {'theme': 'green'})}"))["items"][0]
    assert link.get_attribute("href") == browser.base + address.policy(row["policy_id"], row["start"])
    assert link.text.split() == row["quote"].split()


def test_cells_of_the_matrix_open_their_tasks(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/theme_matrix?region=常德&theme=green")
    browser.until(lambda: browser.all(".pg-chart canvas"), "the picture")
    link = next(each for each in browser.all(".pg-table a") if "/tasks?" in each.get_attribute("href"))
    number = int(link.text)
    _click_a_cell(browser)
    browser.until(lambda: "/tasks?region=430700&theme=green" in browser.driver.current_url, "the list of tasks")
    browser.until(lambda: len(browser.all(".pe-listing tbody tr")) == number, "as many tasks")


def _click_a_cell(browser: Browser) -> None:  # noqa: F811
    """Click the middle of the only cell, as the chart itself says where it is."""
    canvas = browser.all(".pg-chart canvas")[0]
    size = canvas.size
    from selenium.webdriver import ActionChains

    ActionChains(browser.driver).move_to_element_with_offset(canvas, 40, 33 - size["height"] // 2).click().perform()


def test_the_form_asks(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/targets_due")
    assert browser.texts(".pg-note")
    year = browser.all("input[type=number]")[0]
    year.send_keys("\ue009a\ue000", "2022")
    browser.all(".pg-ask")[0].click()
    browser.until(lambda: "year=2022" in browser.driver.current_url, "the address says what is asked")
    browser.until(lambda: browser.all(".pg-table .ag-row"), "the answer")
    assert not browser.texts(".pg-note")


def test_a_picker_finds_while_typing(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/agency_duties?agency=驻马店市财政局")
    field = browser.all(".pg-control input")[0]
    field.click()
    field.send_keys("\ue009a\ue000", "驻马店市工业和信息化局")
    browser.click(".q-menu .q-item", "驻马店市工业和信息化局")
    browser.all(".pg-ask")[0].click()
    agency = address.question("agency_duties", {"agency": "驻马店市工业和信息化局"})
    browser.until(lambda: browser.driver.current_url.endswith(agency), "the page of the other agency")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/questions/targets_due?year=soon", "“年份”的值“soon”形式不对"),
        ("/questions/policies_in_force?as_of=2021-02-30", "“此日有效”的值“2021-02-30”形式不对"),
        ("/questions/lead_agencies?theme=nothing", "nothing"),
        ("/questions/lead_agencies?region=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "<img src=x"),
    ],
)
def test_what_cannot_be_asked_is_said(browser: Browser, path: str, said: str) -> None:  # noqa: F811
    browser.open(path)
    [warning] = browser.texts("[role=alert]")
    assert said in warning
    assert browser.all(".pg-form")
    assert browser.all("main img") == []


def test_the_same_view_is_the_same_address(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/lead_agencies?theme=绿色低碳&region=驻马店&role=support&as_of=2021-06-01")
    values = [each.get_attribute("value") for each in browser.all(".pg-control input")]
    assert values == ["绿色低碳", "河南省驻马店市", "2021-06-01"]
    assert "配合" in " ".join(browser.texts(".pg-control"))


def test_what_all_rows_say_is_told_once(browser: Browser) -> None:  # noqa: F811
    browser.open("/questions/lead_agencies?theme=green&region=驻马店")
    browser.until(lambda: browser.all(".pg-table .ag-row"), "rows in the table")
    assert "地区 驻马店市" in " ".join(" ".join(browser.texts(".pg-common > div")).split())
    heads = browser.texts(".pg-table .ag-header-cell-text")
    assert "部门" in heads
    assert not {"地区", "上限"} & set(heads)


def test_rows_are_cards_on_a_narrow_window(browser: Browser) -> None:  # noqa: F811
    browser.open(example("lead_agencies"), NARROW)
    browser.until(lambda: browser.all(".pg-rowcard"), "cards")
    said = browser.texts(".pg-rowcard")[0].split()
    assert {"部门", "任务", "政策", "原文"} <= set(said)
    assert browser.texts(".pg-table .ag-header-cell-text") == ["结果"]
    widths = browser.script(
        "return [...document.querySelectorAll('.pg-rowcard')].map(e => e.getBoundingClientRect().right)"
    )
    assert max(widths) <= NARROW[0]


def test_all_rows_as_one_file(browser: Browser) -> None:  # noqa: F811
    rows = json.loads(get(browser.base + address.answer("queries/lead_agencies", {"theme": "green"})))["items"]
    whole = get(browser.base + address.question_csv("lead_agencies", {"theme": "green"}))
    read = list(csv.DictReader(io.StringIO(whole.removeprefix("\ufeff"))))
    assert [row["task"] for row in read] == [row["task"] for row in rows]
