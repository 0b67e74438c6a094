"""Pages joined are the whole answer; when the graph changes between them, a page is of the old revision or refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from graph.load import load
from graph.queries import catalogue
from graph.store import open_store
from tests.graph_records import chizhou, five
from tests.http import API, client_of, problem

LISTS = ["policies", "tasks", "agencies", "parks", "industries", "themes", "regions", "unresolved", "coverage"]
ADDRESSES = [
    *(f"{API}/{name}" for name in LISTS),
    *(f"{API}/queries/{name}" for name, query in catalogue().items() if not any(p.required for p in query.params)),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    url = str(tmp_path_factory.mktemp("paging") / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    with client_of(url) as made:
        yield made


def follow(client: TestClient, address: str) -> list[object]:
    """All rows, by the Link header from page to page."""
    rows, answer = [], client.get(address)
    while True:
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        if "next" not in answer.links:
            assert answer.json()["next"] is None
            return rows
        answer = client.get(answer.links["next"]["url"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_pages_joined_are_the_whole(client: TestClient, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(ADDRESSES))
    whole = client.get(f"{address}?limit=1000&total=true").json()
    columns = [name for name, value in (whole["items"] or [{}])[0].items() if not isinstance(value, dict)]
    sort = data.draw(st.sampled_from(["", *columns, *(f"-{name}" for name in columns)]))
    limit = data.draw(st.integers(max(1, whole["total"] // 12), 1000))
    query = f"?limit={limit}" + (f"&sort={sort}" if sort else "")
    whole = client.get(f"{address}?limit=1000&total=true" + (f"&sort={sort}" if sort else "")).json()
    assert follow(client, address + query) == whole["items"]
    assert len(whole["items"]) == whole["total"]


@pytest.mark.parametrize("address", [f"{API}/tasks", f"{API}/queries/theme_matrix"])
def test_a_load_between_two_pages(url: str, address: str) -> None:
    """The page after the load is that of the old revision while that is kept, and refused when it is not."""
    join = "&" if "?" in address else "?"
    with open_store(url) as store:
        load(store, five())
        with client_of(url) as client, client_of(url, cached_rows=0) as forgetful:
            whole = client.get(f"{address}{join}limit=1000").json()["items"]
            first = client.get(f"{address}{join}limit=2").json()
            forgotten = forgetful.get(f"{address}{join}limit=2").json()
            assert first["items"] == forgotten["items"] == whole[:2]
            load(store, [], remove=[chizhou().document.sha256])
            second = client.get(f"{address}{join}limit=2&cursor={first['next']}").json()
            assert (second["revision"], second["items"]) == (1, whole[2:4])
            body = problem(forgetful.get(f"{address}{join}limit=2&cursor={forgotten['next']}"), 410, "revision-gone")
            assert body["revision"] == 2


def test_a_new_question_sees_the_load(url: str) -> None:
    with open_store(url) as store:
        load(store, five())
        with client_of(url) as client:
            before = client.get(f"{API}/policies?total=true").json()
            load(store, [], remove=[chizhou().document.sha256])
            after = client.get(f"{API}/policies?total=true").json()
            assert (before["revision"], after["revision"]) == (1, 2)
            assert after["total"] < before["total"]


@pytest.mark.parametrize("cursor", ["x", "!!", "WzEsIDNd", "a" * 400, "园", "eyJhIjoxfQ", "W" * 300])
def test_a_made_up_cursor_is_refused(client: TestClient, cursor: str) -> None:
    problem(client.get(f"{API}/tasks", params={"cursor": cursor}), 404, "cursor")


def test_a_cursor_is_for_its_own_question(client: TestClient) -> None:
    cursor = client.get(f"{API}/tasks?limit=2").json()["next"]
    problem(client.get(f"{API}/tasks?limit=2&theme=green&cursor={cursor}"), 404, "cursor")
    problem(client.get(f"{API}/agencies?limit=2&cursor={cursor}"), 404, "cursor")
    assert client.get(f"{API}/tasks?limit=7&cursor={cursor}").status_code == 200  # another size is no other question


def test_the_day_of_the_first_page_holds_for_the_others(tmp_path: Path) -> None:
    """Over midnight: what is in force is told for the day on which the reading began."""
    from datetime import date

    from starlette.testclient import TestClient as Client

    from api.app import create_app
    from api.settings import Settings
    from tests.http import BASE

    url = str(tmp_path / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    days = [date(2024, 6, 1)]
    with Client(create_app(Settings(store=url), today=lambda: days[-1]), base_url=BASE) as client:
        first = client.get(f"{API}/queries/policies_in_force?limit=2").json()
        days.append(date(2031, 6, 1))
        second = client.get(f"{API}/queries/policies_in_force?limit=2&cursor={first['next']}").json()
        assert (first["day"], second["day"]) == ("2024-06-01", "2024-06-01")
        assert client.get(f"{API}/queries/policies_in_force?limit=2").json()["day"] == "2031-06-01"
