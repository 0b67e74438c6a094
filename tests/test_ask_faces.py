"""``parkgraph ask``, ``/api/v1/ask``, the tool, the page; and a query file that is asked without code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import graph.queries
from api.ask.fallback import SETTING, fallback
from api.ask.held import read_held
from api.ask.shapes import own_shapes
from api.failures import Failure
from graph.load import load
from graph.resources import cypher_dir
from graph.store import Store
from tests.asking import ROOT, Graph, samples  # noqa: F401
from tests.graph_records import five
from tests.http import client_of, problem

QUESTION = "哪些部门牵头各市的绿色园区任务?"
KEYS = ["query", "params", "answer", "rows", "readings"]


def parkgraph(store: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "api.cli", "ask", *arguments, "--store", str(store)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, **more}, check=False)


def test_command_as_json(samples: Path) -> None:  # noqa: F811
    done = parkgraph(samples, QUESTION, "--format", "json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    assert list(data) == KEYS
    assert (data["query"], data["params"], len(data["rows"])) == ("lead_agencies", {"theme": "green"}, 8)


def test_command_as_table_says_how_it_was_understood(samples: Path) -> None:  # noqa: F811
    said = parkgraph(samples, "Which agencies support green tasks in Zhumadian?").stdout
    assert "$ parkgraph query lead_agencies --theme green --region 411700 --role support" in said
    assert "zhumadian = region 411700" in said
    assert "推广绿色工厂建设" in said


def test_command_as_csv_and_without_an_answer(samples: Path) -> None:  # noqa: F811
    assert parkgraph(samples, QUESTION, "--format", "csv").stdout.startswith("region,region_code,agency,")
    done = parkgraph(samples, "今天常德的天气怎么样?", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["query"] is None


def test_command_goes_on_from_another_question(samples: Path) -> None:  # noqa: F811
    done = parkgraph(samples, "那池州呢?", "--before", "常德市的绿色任务由谁牵头", "--format", "json")
    assert json.loads(done.stdout)["params"] == {"theme": "green", "region": "341700"}


def test_a_setting_that_names_no_function_is_told_in_one_line(samples: Path) -> None:  # noqa: F811
    done = parkgraph(samples, QUESTION, **{SETTING: "no_such_module:read"})
    assert done.returncode == 2
    assert done.stderr.strip().count("\n") == 0
    assert SETTING in done.stderr


def test_the_setting_names_a_function(monkeypatch: pytest.MonkeyPatch) -> None:
    fallback.cache_clear()
    assert fallback() is None
    for name, good in (("json:loads", True), ("json:nothing", False), ("json", False)):
        fallback.cache_clear()
        monkeypatch.setenv(SETTING, name)
        if good:
            assert fallback() is json.loads
        else:
            with pytest.raises(Failure):
                fallback()
    fallback.cache_clear()


@pytest.fixture(scope="module")
def client(samples: Path) -> Iterator[TestClient]:  # noqa: F811
    with client_of(str(samples), pages=True, mcp=True) as made:
        yield made


def test_http(client: TestClient) -> None:
    answer = client.get("/api/v1/ask", params={"q": QUESTION})
    assert answer.status_code == 200
    assert list(answer.json()) == KEYS
    assert answer.json()["query"] == "lead_agencies"
    assert answer.headers["x-graph-revision"] == "1"
    assert answer.headers["x-total-count"] == "8"
    assert (
        client.get("/api/v1/ask", params={"q": QUESTION}, headers={"If-None-Match": answer.headers["etag"]}).status_code
        == 304
    )


def test_http_limits_rows_and_goes_on(client: TestClient) -> None:
    data = client.get(
        "/api/v1/ask", params={"q": "那驻马店呢", "before": ["常德市的绿色任务由谁牵头"], "limit": 2}
    ).json()
    assert data["params"] == {"theme": "green", "region": "411700"}
    assert len(data["rows"]) == 2


@pytest.mark.parametrize(
    "query", ["", "q=", f"q={'a' * 501}", "q=a&limit=0", "q=a&x=1", "q=a" + "&before=b" * 6, f"q=a&before={'b' * 501}"]
)
def test_http_refuses(client: TestClient, query: str) -> None:
    problem(client.get(f"/api/v1/ask?{query}"), 422, "invalid")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page(client: TestClient, lang: str) -> None:
    page = client.get("/ask", params={"q": QUESTION, "lang": lang})
    assert page.status_code == 200
    assert "驻马店市工业和信息化局" in page.text
    assert "/questions/lead_agencies?theme=green" in page.text
    assert '"name":"before","value":"' + QUESTION in page.text


def test_page_without_a_question_or_an_answer(client: TestClient) -> None:
    assert client.get("/ask").status_code == 200
    odd = "<img src=x onerror=alert(1)>"
    page = client.get("/ask", params={"q": odd, "before": odd})
    assert page.status_code == 200
    assert odd not in page.text


MADE = """/*
name: policy_issuers
title: {zh: 发文机关, en: Issuers}
description: {zh: 各机关印发了几份政策, en: How many policies each body has issued}
params:
  - {name: region, type: region, description: {zh: 地区, en: Region}}
columns:
  - {name: issuer, type: string, node: Agency, description: {zh: 机关, en: Body}}
  - {name: policies, type: integer, description: {zh: 份数, en: Policies}}
questions:
  zh: ["哪些机关发文最多?", 常德市的发文机关]
  en: ["Who has published the most paperwork?", paperwork published by bodies of Changde]
*/
MATCH (a:Agency)-[:ISSUED]->(p:Policy)
OPTIONAL MATCH (p)-[:APPLIES_IN]->(g:Region)
WITH a, p, g WHERE ($region IN g.ancestors OR $region IS NULL)
RETURN a.id AS issuer, count(DISTINCT p.id) AS policies
"""


@pytest.fixture
def another_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "cypher"
    shutil.copytree(cypher_dir(), folder)
    (folder / "policy_issuers.cypher").write_text(MADE, encoding="utf-8")
    monkeypatch.setattr(graph.queries, "cypher_dir", lambda: folder)
    for cached in (graph.queries.catalogue, own_shapes):
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in (graph.queries.catalogue, own_shapes):
        cached.cache_clear()


ASKED_OF_IT = [
    ("常德市哪些机关发文最多", {"region": "430700"}),
    ("请问发文最多的机关是哪些", {}),
    ("Which bodies of Changde have published paperwork?", {"region": "430700"}),
]


@pytest.mark.usefixtures("another_query")
def test_a_file_with_examples_is_asked_without_code(store: Store) -> None:
    load(store, five())
    asked = Graph(store, read_held(store))
    for question, params in ASKED_OF_IT:
        data = asked.ask(question).data()
        assert (data["query"], data["params"]) == ("policy_issuers", params), question
    assert asked.ask(QUESTION).data()["query"] == "lead_agencies"


def test_its_questions_are_not_understood_without_it(store: Store) -> None:
    load(store, five())
    asked = Graph(store, read_held(store))
    assert [asked.ask(question).query for question, _ in ASKED_OF_IT] == [None] * len(ASKED_OF_IT)


def test_both_engines_read_alike(store: Store) -> None:
    load(store, five())
    asked = Graph(store, read_held(store))
    data = asked.ask("Which agencies lead green tasks in Zhumadian?").data()
    assert (data["query"], data["params"]) == ("lead_agencies", {"theme": "green", "region": "411700"})
    assert {row["region_code"] for row in data["rows"]} == {"411700"}
