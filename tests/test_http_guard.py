"""Who may come in, and what nobody can do: hosts, keys, rates, bodies, headers; errors have one shape and tell no secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from starlette.testclient import TestClient

from api.keys import Keys, KeysError
from api.service import Service
from api.settings import Settings, is_loopback
from graph.errors import BudgetError, StoreError
from graph.load import load
from graph.store import open_store
from tests.graph_records import five
from tests.http import API, BASE, bearer, client_of, problem

SOMETHING = f"{API}/policies"


@pytest.fixture(scope="module")
def store_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("guard") / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    return url


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "parkgraph.keys"


@pytest.fixture
def client(store_url: str, keys: Path) -> Iterator[TestClient]:
    with client_of(store_url, keys) as made:
        yield made


@pytest.mark.parametrize(
    ("host", "known"),
    [
        ("127.0.0.1:8000", True), ("localhost", True), ("localhost:9", True), ("[::1]:8000", True), ("[::1]", True),
        ("127.8.9.1", True), ("evil.example", False), ("evil.example:8000", False), ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False), ("10.0.0.1", False),
    ],
)  # fmt: skip
def test_a_page_elsewhere_cannot_come_in_under_its_own_name(client: TestClient, host: str, known: bool) -> None:
    answer = client.get(SOMETHING, headers={"Host": host})
    if known:
        assert answer.status_code == 200
    else:
        problem(answer, 403, "host")


def test_a_host_name_can_be_made_known(store_url: str) -> None:
    with client_of(store_url, hosts=("parks.example",)) as client:
        assert client.get(SOMETHING, headers={"Host": "parks.example:80"}).status_code == 200
        problem(client.get(SOMETHING, headers={"Host": "other.example"}), 403, "host")


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("10.1.2.3", False)],
)
def test_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_reading_is_free_on_loopback_and_writing_is_not(client: TestClient, keys: Path) -> None:
    assert client.get(SOMETHING).status_code == 200
    refused = client.post(f"{API}/documents")
    problem(refused, 401, "no-key")
    assert refused.headers["www-authenticate"].startswith("Bearer")
    problem(client.post(f"{API}/documents", headers=bearer(keys, "read")), 403, "not-allowed")
    problem(client.delete(f"{API}/documents/{'0' * 64}"), 401, "no-key")


@pytest.mark.parametrize(
    "header", [{"Authorization": "Bearer pg_wrong"}, {"X-API-Key": "x"}, {"Authorization": "Basic eDp5"}]
)
def test_a_wrong_key_is_refused_even_where_none_is_needed(
    client: TestClient, keys: Path, header: dict[str, str]
) -> None:
    bearer(keys)
    problem(client.get(SOMETHING, headers=header), 401, "no-key")


def test_elsewhere_everything_but_health_needs_a_key(store_url: str, keys: Path) -> None:
    read = bearer(keys, "read")
    with client_of(store_url, keys, host="0.0.0.0") as client:
        for address in (SOMETHING, f"{API}/queries", "/metrics", "/openapi.json", "/docs"):
            problem(client.get(address), 401, "no-key")
            assert client.get(address, headers=read).status_code == 200
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ok", "revision": 1}
        assert client.get(SOMETHING, headers={"X-API-Key": read["Authorization"][7:]}).status_code == 200


def test_a_removed_key_is_refused_at_once(store_url: str, keys: Path) -> None:
    secret = Keys(keys).add("a", "read")
    header = {"Authorization": f"Bearer {secret}"}
    with client_of(store_url, keys, host="0.0.0.0") as client:
        assert client.get(SOMETHING, headers=header).status_code == 200
        Keys(keys).remove("a")
        problem(client.get(SOMETHING, headers=header), 401, "no-key")


def test_keys_are_kept_hashed_and_only_their_owner_may_read_the_file(keys: Path) -> None:
    secret = Keys(keys).add("a", "write")
    assert secret not in keys.read_text()
    assert keys.stat().st_mode & 0o777 == 0o600
    assert [(key.name, key.scope, len(key.sha256)) for key in Keys(keys).all()] == [("a", "write", 64)]
    assert (Keys(keys).find(secret) or Keys(keys).all()[0]).name == "a"
    assert Keys(keys).find(secret[:-1]) is None
    with pytest.raises(KeysError, match="remove it first"):
        Keys(keys).add("a", "read")
    with pytest.raises(KeysError, match="is of letters"):
        Keys(keys).add("a\nb", "read")


@pytest.mark.parametrize("text", ["", "[]", '{"keys": [{"name": "a"}]}', '{"keys": 1}', "\x00"])
def test_a_spoilt_file_of_keys_lets_nobody_in(store_url: str, keys: Path, text: str) -> None:
    keys.write_text(text)
    with client_of(store_url, keys) as client:
        problem(client.get(SOMETHING, headers={"Authorization": "Bearer x"}), 503, "not-now")


def test_too_many_requests_are_told_when_to_come_again(store_url: str, keys: Path) -> None:
    first, second = bearer(keys), bearer(keys)
    with client_of(store_url, keys, reads_per_minute=3) as client:
        for _ in range(3):
            assert client.get(SOMETHING, headers=first).status_code == 200
        refused = client.get(SOMETHING, headers=first)
        problem(refused, 429, "too-many")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert client.get(SOMETHING, headers=second).status_code == 200  # it is counted by key


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_is_too_large_is_refused(store_url: str, keys: Path, chunked: bool) -> None:
    with client_of(store_url, keys, upload_bytes=1000) as client:
        body: Any = (b"x" * 10_000 for _ in range(20)) if chunked else b"x" * 200_000
        headers = {**bearer(keys, "write"), "Content-Type": "multipart/form-data; boundary=x"}
        problem(client.post(f"{API}/documents", content=body, headers=headers), 413, "too-large")


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/_nicegui/client/x/upload/1", 200_000, 413), ("/_nicegui_ws/x", 5_000_000, 413), ("/login", 200_000, 413),
        ("/_nicegui_ws/x", 200_000, 404), ("/nothing", 1000, 404),
    ],
)  # fmt: skip
def test_bodies_are_bounded_beside_the_api_too(store_url: str, path: str, size: int, status: int) -> None:
    with client_of(store_url, upload_bytes=1000) as client:
        assert client.post(path, content=b"x" * size).status_code == status


PROBLEMS = [
    ("GET", f"{API}/nothing", {}, 404, "not-found"),
    ("GET", "/nothing", {"Accept": "application/json"}, 404, "not-found"),
    ("GET", f"{API}/policies/nothing", {}, 404, "not-found"),
    ("GET", f"{API}/regions/999999", {}, 404, "not-found"),
    ("GET", f"{API}/policies", {"Accept": "image/png"}, 406, "format"),
    ("GET", f"{API}/policies", {"Accept": "text/csv;q=0, application/json;q=0"}, 406, "format"),
    ("GET", f"{API}/search", {}, 422, "invalid"),
    ("GET", f"{API}/changes?since=99", {}, 404, "ahead"),
    ("GET", f"{API}/changes?since=x", {}, 422, "invalid"),
    ("PATCH", f"{API}/policies", {"key": "write"}, 405, "method"),
    ("POST", f"{API}/queries/targets", {"key": "write"}, 405, "method"),
]


@pytest.mark.parametrize(("method", "address", "headers", "status", "kind"), PROBLEMS)
def test_every_error_has_one_shape(
    client: TestClient, keys: Path, method: str, address: str, headers: dict[str, str], status: int, kind: str
) -> None:
    given = bearer(keys, headers["key"]) if "key" in headers else headers
    answer = client.request(method, address, headers=given)
    problem(answer, status, kind)
    assert answer.headers["cache-control"] == "no-store"
    if status == 405:
        assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (StoreError("bolt://10.9.8.7: no Neo4j answers there"), 503, "not-now"),
        (BudgetError("the query takes too long"), 503, "budget"),
        (RuntimeError("secret in /root/parks.lbug"), 500, "internal"),
        (RecursionError(), 500, "internal"),
    ],
)
def test_what_goes_wrong_inside_is_not_told(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int, kind: str
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(Service, "kept", fail)
    answer = client.get(SOMETHING)
    problem(answer, status, kind)
    assert not re.search(r"/root|10\.9|secret|Traceback|\.py|\.lbug", answer.text)
    if status == 503:
        assert int(answer.headers["retry-after"]) > 0


def test_the_budget_of_a_server_holds(store_url: str) -> None:
    with client_of(store_url, rows=1) as client:
        body = problem(client.get(f"{API}/queries/theme_matrix"), 503, "budget")
        assert "more than 1 rows" in body["detail"]


def test_every_status_is_in_the_document(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        for operation in operations.values():
            said = set(operation["responses"])
            if path.startswith(API):
                assert {"401", "403", "404", "405", "422", "429", "500", "503"} <= said, path
            for status in (each for each in said if each >= "400"):
                assert list(operation["responses"][status]["content"]) == ["application/problem+json"], (path, status)


def test_operation_ids_are_stable_and_unique(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    ids = [operation["operationId"] for operations in paths.values() for operation in operations.values()]
    assert len(ids) == len(set(ids))
    assert {"query_lead_agencies", "list_policies", "get_policy", "get_policy_text", "search", "list_changes"} <= set(
        ids
    )
    assert all(re.fullmatch(r"[a-z_]+", each) for each in ids)


def test_headers_of_an_answer(client: TestClient) -> None:
    headers = client.get(SOMETHING).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert re.fullmatch(r"[0-9a-f]{32}", headers["x-request-id"])
    assert "access-control-allow-origin" not in headers
    assert client.get(SOMETHING, headers={"X-Request-ID": "my-1"}).headers["x-request-id"] == "my-1"
    assert client.get(SOMETHING, headers={"X-Request-ID": "a b<c>"}).headers["x-request-id"] != "a b<c>"


def test_only_listed_sites_may_call_from_a_browser(store_url: str) -> None:
    with client_of(store_url, origins=("https://good.example",)) as client:
        good = client.get(SOMETHING, headers={"Origin": "https://good.example"})
        assert good.headers["access-control-allow-origin"] == "https://good.example"
        bad = client.get(SOMETHING, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in bad.headers


def test_logs_hold_neither_secrets_nor_texts(client: TestClient, keys: Path) -> None:
    header = bearer(keys)
    with structlog.testing.capture_logs() as lines:
        client.get(f"{API}/search?q=秘密的词", headers=header)
        client.get(f"{API}/policies/{'秘密' * 10}", headers={"X-API-Key": "pg_secret"})
    said = json.dumps(lines, ensure_ascii=False)
    assert [line["status"] for line in lines] == [200, 401]
    assert lines[0]["key"] == "read0"
    assert lines[0]["route"].endswith("/search")
    assert "秘密" not in said
    assert "pg_" not in said


def test_figures_are_counted_by_route(client: TestClient) -> None:
    for _ in range(3):
        client.get(f"{API}/parks/不存在")
    text = client.get("/metrics").text
    found = re.search(
        r'parkgraph_http_requests_total\{method="GET",route="[^"]*/parks/\{id:path\}",status="404"\} (\d+)', text
    )
    assert found
    assert int(found[1]) >= 3
    assert "不存在" not in text


def test_the_interface_needs_nothing_from_elsewhere(client: TestClient) -> None:
    for address in ("/docs", "/redoc"):
        page = client.get(address).text
        links = re.findall(r"""(?:src|href)=["']([^"']+)["']""", page)
        assert links
        assert not [link for link in links if link.startswith(("http:", "https:", "//"))]
        assert all(client.get(link).status_code == 200 for link in links)


def test_settings_tell_what_is_free() -> None:
    assert (Settings().open_reads, Settings().reads) == (True, 0)
    assert (Settings(host="0.0.0.0").open_reads, Settings(host="0.0.0.0").reads) == (False, 6000)
    assert BASE.startswith("http://127.")
