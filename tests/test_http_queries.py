"""The catalogue over HTTP, on both engines: each file in cypher/ is an address, and answers as the query does."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.routes.queries import _field
from graph.errors import CatalogueError
from graph.header import Param, Words
from graph.queries import catalogue, run
from graph.store import Store
from tests.http import API, TODAY, client, held, problem

__all__ = ["client", "held"]
QUERIES = sorted(catalogue())


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", QUERIES)
def test_an_address_answers_as_its_query(client: TestClient, held: Store, name: str) -> None:
    example = {key: as_json(value) for key, value in catalogue()[name].example.items()}
    expected = run(held, name, example, today=TODAY)
    answer = client.get(f"{API}/queries/{name}", params={**example, "limit": 1000, "total": True})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["items"] == [{key: as_json(value) for key, value in row.items()} for row in expected.rows]
    assert (body["revision"], body["day"], body["next"]) == (1, "2024-06-01", None)
    assert body["total"] == len(expected.rows) > 0
    assert answer.headers["x-total-count"] == str(body["total"])
    assert "link" not in answer.headers


@pytest.mark.parametrize("name", QUERIES)
def test_a_csv_has_the_columns_and_rows_of_the_json(client: TestClient, name: str) -> None:
    example = catalogue()[name].example
    items = client.get(f"{API}/queries/{name}", params=example).json()["items"]
    answer = client.get(f"{API}/queries/{name}", params=example, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    header, *rows = csv.reader(io.StringIO(answer.content.decode()))
    assert header == [column.name for column in catalogue()[name].columns]
    assert len(rows) == len(items)
    assert all(
        said == shown(item[column])
        for row, item in zip(rows, items, strict=True)
        for column, said in zip(header, row, strict=True)
    )


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return "、".join(value) if isinstance(value, list) else str(value)


def test_excel_gets_its_mark_when_it_asks(client: TestClient) -> None:
    address = f"{API}/queries/theme_matrix?format=csv"
    assert not client.get(address).content.startswith(b"\xef\xbb\xbf")
    assert client.get(f"{address}&bom=true").content.startswith(b"\xef\xbb\xbfregion,")


def test_a_text_that_a_spreadsheet_would_run_is_only_text() -> None:
    from api.shapes.table import to_csv

    rows = [{"a": "=HYPERLINK(1)", "b": ["@x", "y"]}, {"a": '二"三,四\n五', "b": None}]
    assert to_csv(["a", "b"], rows) == 'a,b\r\n\'=HYPERLINK(1),\'@x、y\r\n"二""三,四\n五",\r\n'.encode()


def test_the_list_says_what_can_be_asked(client: TestClient) -> None:
    items = {each["name"]: each for each in client.get(f"{API}/queries").json()["items"]}
    assert sorted(items) == QUERIES
    lead = items["lead_agencies"]
    assert lead["url"] == f"{API}/queries/lead_agencies"
    assert lead["title"] == {"zh": catalogue()["lead_agencies"].title.zh, "en": catalogue()["lead_agencies"].title.en}
    assert [param["name"] for param in lead["params"]] == [param.name for param in catalogue()["lead_agencies"].params]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("lead_agencies?them=green", "query.them"),
        ("lead_agencies?as_of=yesterday", "query.as_of"),
        ("lead_agencies?as_of=0", "query.as_of"),
        ("lead_agencies?as_of=2021-02-30", "query.as_of"),
        ("lead_agencies?limit=0", "query.limit"),
        ("lead_agencies?limit=1001", "query.limit"),
        ("lead_agencies?format=xml", "query.format"),
        ("lead_agencies?sort=nothing", "query.sort"),
        ("targets?year=soon", "query.year"),
        ("compare_targets", "query.indicator"),
        ("compare_targets?indicator=", "query.indicator"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, query: str, where: str) -> None:
    body = problem(client.get(f"{API}/queries/{query}"), 422, "invalid")
    assert [each["where"] for each in body["errors"]] == [where]


def test_an_unknown_name_is_not_found_and_near_ones_are_told(client: TestClient) -> None:
    body = problem(client.get(f"{API}/queries/lead_agencies?region=常得市"), 404, "not-found")
    assert body["detail"].startswith("lead_agencies: region 常得市: not known")
    body = problem(client.get(f"{API}/queries/lead_agencies?theme=gren"), 404, "not-found")
    assert "green" in body["detail"]


def test_rows_are_sorted_by_a_column(client: TestClient) -> None:
    address = f"{API}/queries/theme_matrix?limit=1000&sort="
    up = [row["tasks"] for row in client.get(address + "tasks").json()["items"]]
    down = [row["tasks"] for row in client.get(address + "-tasks").json()["items"]]
    assert up == sorted(up) != down == sorted(down, reverse=True)


def test_a_parameter_cannot_have_the_name_of_a_common_one() -> None:
    query = catalogue()["targets"]
    with pytest.raises(CatalogueError, match="targets: parameter limit"):
        _field(query, Param(name="limit", type="integer", description=Words(zh="数", en="number")))
