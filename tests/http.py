"""An HTTP client of the application in this process, on a store that a test gives."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.keys import Keys
from api.settings import Settings
from graph.load import load
from graph.store import Store
from tests.graph_records import five

TODAY = date(2024, 6, 1)
BASE = "http://127.0.0.1:8000"
API = "/api/v1"


@contextlib.contextmanager
def client_of(url: str, keys: Path | None = None, **settings: Any) -> Iterator[TestClient]:
    """A client on this machine, for whom 1 June 2024 is today. ``keys`` is the file of keys."""
    made = Settings(**{"store": url, "keys": keys or Path("no.keys"), "pages": False, "mcp": False, **settings})
    app = create_app(made, today=lambda: TODAY)
    with TestClient(app, base_url=BASE, raise_server_exceptions=False, client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture(scope="module")
def held(module_store: Store) -> Store:
    """A store of the five hand-made documents, on either engine."""
    load(module_store, five())
    return module_store


@pytest.fixture(scope="module")
def client(held: Store) -> Iterator[TestClient]:
    """A client of it."""
    with client_of(held.url) as made:
        yield made


def bearer(keys: Path, scope: Any = "read") -> dict[str, str]:
    """The header with a new key of ``scope``."""
    store = Keys(keys)
    return {"Authorization": f"Bearer {store.add(f'{scope}{len(store.all())}', scope)}"}


def problem(response: httpx.Response, status: int, kind: str) -> dict[str, Any]:
    """Check that a response is a problem of this kind, and return it."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert (body["type"], body["status"]) == (f"urn:parkgraph:problem:{kind}", status)
    assert body["title"]
    assert body["request_id"] == response.headers["x-request-id"]
    return body
