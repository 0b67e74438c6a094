"""Pages whose content takes a while come without it, and say so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.load import load
from graph.store import open_store
from tests.test_contract_queries import samples

WORKING, CONTENT = "正在查询", "驻马店"
PATHS = [
    "/policies",
    "/tasks?theme=green",
    "/search?q=驻马店",
    "/questions/policies_in_force",
    "/policies/驻政办〔2019〕125号",
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = str(tmp_path_factory.mktemp("later") / "g.lbug")
    with open_store(store) as made:
        load(made, samples())
    with TestClient(create_app(Settings(store=store)), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("path", PATHS)
def test_what_is_there_soon_comes_with_the_page(client: TestClient, path: str) -> None:
    text = client.get(path).text
    assert WORKING not in text
    assert CONTENT in text


@pytest.mark.parametrize("path", PATHS)
def test_a_page_does_not_wait_for_what_takes_long(
    client: TestClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.pages.later.PATIENCE", 0.0)
    monkeypatch.setattr("api.pages.later.CONNECTING", 0.1)
    page = client.get(path)
    assert page.status_code == 200
    assert WORKING in page.text
    assert "data-working" in page.text


@pytest.mark.parametrize("path", ["/policies?region=Atlantis", "/tasks?region=Atlantis"])
def test_an_error_that_comes_soon_is_a_page_of_its_own(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert "Atlantis" in page.text
