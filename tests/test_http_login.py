"""Reading from elsewhere with a browser: the page that asks for a key, the cookie, and what the cookie never allows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from api.guard.door import COOKIE
from api.keys import Keys
from api.pages.login import local
from api.pages.words import table
from graph.load import load
from graph.store import open_store
from tests.browser import Browser, browser, site
from tests.graph_records import five
from tests.http import API, bearer, client_of, problem
from tests.served import served

__all__ = ["browser", "site"]
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "parkgraph.keys"


@pytest.fixture
def secret(keys: Path) -> str:
    return bearer(keys, "write")["Authorization"].removeprefix("Bearer ")


@pytest.fixture
def client(tmp_path: Path, keys: Path, secret: str) -> Iterator[TestClient]:
    """A browser elsewhere, that follows no redirect by itself."""
    url = str(tmp_path / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    with client_of(url, keys, host="0.0.0.0", pages=True) as made:
        made.follow_redirects = False
        yield made


def logged_in(client: TestClient, key: str, next_: str = "/", **headers: str) -> httpx.Response:
    return client.post("/login", data={"key": key, "next": next_}, headers=headers)


@pytest.mark.parametrize(
    "asked",
    ["/", "/policies/a%2Fb%23c?at=7&lang=en", "/questions/targets?region=%E5%B8%B8%E5%BE%B7", f"{API}/policies"],
)
def test_a_browser_is_asked_for_a_key_and_comes_back(client: TestClient, secret: str, asked: str) -> None:
    answer = client.get(asked, headers=HTML)
    assert (answer.status_code, answer.headers["cache-control"]) == (303, "no-store")
    place = urlsplit(answer.headers["location"])
    target = parse_qs(place.query)["next"][0]
    assert (place.netloc, place.path, target) == ("", "/login", asked)
    assert f'value="{target.replace("&", "&amp;")}"' in client.get(answer.headers["location"]).text
    assert logged_in(client, secret, target).headers["location"] == asked


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {"Accept": "application/json"}),
        ("GET", f"{API}/policies", {}),
        ("HEAD", "/", HTML),
        ("POST", "/explore", HTML),
        ("POST", f"{API}/documents", HTML),
        ("GET", "/", {**HTML, "Authorization": "Bearer pg_wrong"}),
    ],
)
def test_programs_are_told(client: TestClient, method: str, path: str, headers: dict[str, str]) -> None:
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")


def test_the_page_needs_no_key_and_nothing_else_is_open(client: TestClient) -> None:
    page = client.get("/login", headers=HTML)
    assert page.status_code == 200
    assert "<script" not in page.text
    for link in ("/static/pages.css", "/static/login.css"):
        assert link in page.text
        assert client.get(link).headers["content-type"].startswith("text/css")
    for path in (
        "/search?q=a",
        "/_nicegui/x",
        "/loginx",
        "/login/x",
        "/docs",
        "/metrics",
        "/static/../policies/a",
        SOCKET,
    ):
        assert client.get(path).status_code == 401, path


def test_the_cookie_is_for_this_server_and_no_script(client: TestClient, secret: str) -> None:
    said = logged_in(client, secret).headers["set-cookie"]
    assert said.startswith(f"{COOKIE}={secret};")
    parts = {part.strip().lower() for part in said.split(";")[1:]}
    assert parts == {"httponly", "path=/", "samesite=strict"}
    client.base_url = "https://127.0.0.1:8000"
    assert "; Secure" in logged_in(client, secret).headers["set-cookie"]


def test_the_cookie_reads_and_never_writes(client: TestClient, secret: str, keys: Path) -> None:
    logged_in(client, secret)
    assert client.get(f"{API}/policies").status_code == 200
    assert client.head(f"{API}/policies").status_code != 401
    assert client.get("/", headers=HTML).status_code == 200
    assert "write0" in client.get("/login").text
    sha = "0" * 64
    for method, path in (
        ("POST", f"{API}/documents"),
        ("DELETE", f"{API}/documents/{sha}"),
        ("POST", "/mcp"),
        ("PUT", "/"),
    ):
        problem(client.request(method, path, headers=HTML), 401, "no-key")
    Keys(keys).remove("write0")
    assert client.get("/", headers=HTML).status_code == 303


@pytest.mark.parametrize(
    ("path", "cookie", "allowed"),
    [(SOCKET, True, True), (SOCKET, False, False), ("/elsewhere", True, False), ("/api/v1/policies", True, False)],
)
def test_the_socket_of_the_pages_needs_the_cookie(
    client: TestClient, secret: str, path: str, cookie: bool, allowed: bool
) -> None:
    headers = {"Cookie": f"{COOKIE}={secret if cookie else 'pg_wrong'}", "Upgrade": "websocket"}
    if allowed:
        with client.websocket_connect(path, headers=headers) as socket:
            assert socket.receive_text().startswith("0{")  # the greeting of Engine.IO
        return
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(path, headers=headers):
        pass
    assert refused.value.code == 1008


def test_logging_out(client: TestClient, secret: str) -> None:
    logged_in(client, secret)
    left = client.post("/logout")
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    assert client.get("/", headers=HTML).status_code == 303


def test_wrong_keys_are_slowed(client: TestClient, secret: str) -> None:
    for key in ("", "pg_wrong", "密", *("x" * number for number in range(1, 8))):
        answer = logged_in(client, key)
        assert (answer.status_code, answer.headers.get("set-cookie")) == (401, None)
        assert table()["login.wrong"]["zh"] in answer.text
    late = logged_in(client, secret)
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    assert "set-cookie" not in late.headers
    assert client.get(f"{API}/policies", headers={"Authorization": f"Bearer {secret}"}).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://127.0.0.1:8000", 303),
        ("http://evil.example", 403),
        ("null", 403),
        ("http://127.0.0.1:8000.evil.example", 403),
    ],
)
def test_no_page_elsewhere_logs_somebody_in(client: TestClient, secret: str, origin: str, status: int) -> None:
    assert logged_in(client, secret, Origin=origin).status_code == status


def test_a_body_that_is_too_large_is_no_key(client: TestClient, secret: str) -> None:
    assert client.post("/login", content=f"key={secret}&x={'x' * 5000}").status_code == 401


def test_what_is_given_is_escaped(client: TestClient) -> None:
    page = client.get('/login?next=/a"><b>&lang=en')
    assert "<b>" not in page.text
    assert "<script>" not in logged_in(client, "<script>").text


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/policies/a%2Fb?at=1#x", "/policies/a%2Fb?at=1#x"), ("/", "/"), (None, "/"), ("", "/"),
        ("//evil.example", "/"), ("/\\evil.example", "/"), ("/a\\b", "/"), ("https://evil.example/", "/"),
        ("javascript:alert(1)", "/"), ("/\t/evil.example", "/"), ("/a\r\nX: y", "/"), ("evil.example", "/"),
        ("/login?next=/login", "/"), ("/logout", "/"), ("/政策", "/"),
    ],
)  # fmt: skip
def test_only_addresses_of_this_server(target: str | None, expected: str) -> None:
    assert local(target) == expected


def test_on_this_machine_nobody_is_asked(tmp_path: Path, keys: Path, secret: str) -> None:
    with client_of(str(tmp_path / "b.lbug"), keys, pages=True) as client:
        client.cookies.set(COOKIE, "pg_old")
        assert client.get("/", headers=HTML, follow_redirects=False).status_code == 200
        assert table()["login.free"]["zh"] in client.get("/login").text


def test_a_server_without_pages_asks_nobody_to_log_in(tmp_path: Path, keys: Path, secret: str) -> None:
    with client_of(str(tmp_path / "b.lbug"), keys, host="0.0.0.0", pages=False) as client:
        client.cookies.set(COOKIE, secret)
        for path in ("/", "/login", f"{API}/policies"):
            problem(client.get(path, headers=HTML), 401, "no-key")


@pytest.mark.xdist_group("browser")
def test_a_real_browser_logs_in_and_out(browser: Browser, tmp_path: Path) -> None:
    with served(str(tmp_path / "a.lbug"), tmp_path, "--host", "0.0.0.0", pages=True) as server:
        driver, there = browser.driver, Browser(browser.driver, server.url)
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        there.forget()
        driver.get(f"{server.url}/questions?lang=en")
        assert urlsplit(driver.current_url).path == "/login"
        assert there.serious_findings() == []
        driver.find_element("css selector", "#key").send_keys(server.key + "\n")
        there.until(lambda: urlsplit(driver.current_url).path == "/questions", "back where it began")
        there.until(lambda: there.script("return !!window.socket?.connected"), "the page's own socket")
        assert there.script("return document.cookie").count(COOKIE) == 0
        assert there.console_errors() == []
        driver.get(f"{server.url}/login")
        driver.find_element("css selector", "form[action='/logout'] button").click()
        driver.get(f"{server.url}/")
        assert urlsplit(driver.current_url).path == "/login"
