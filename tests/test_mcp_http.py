"""``parkgraph mcp --http``: a real server, and its door."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from api.cli import main
from api.keys import Keys
from api.mcp.command import _open
from api.mcp.http import create_app
from api.settings import Settings
from graph.load import load
from graph.queries import run
from graph.store import Store, open_store
from tests.graph_records import five
from tests.mcp_session import ROOT, Session, session
from tests.ports import free_port
from tests.test_mcp import plain

VERSION = {"MCP-Protocol-Version": "2025-06-18", "Accept": "application/json, text/event-stream"}
SAMPLE = sorted((ROOT / "data" / "documents").glob("*.txt"))[2]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server in a process of its own, which ends by itself when it is told to."""
    folder, port = tmp_path_factory.mktemp("http"), free_port()
    with open_store(folder / "a.lbug") as store:
        load(store, five())
    command = [sys.executable, "-m", "api.cli", "mcp", "--store", "a.lbug", "--http", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True
    )
    url = f"http://127.0.0.1:{port}/mcp"
    try:
        wait_for(url, process)
        yield url
        process.send_signal(signal.SIGTERM)
        process.wait(10)
        assert process.stderr
        assert process.stderr.read() == f"parkgraph: serves a.lbug to assistants at {url} (Ctrl-C stops it)\n"
        with open_store(folder / "a.lbug") as store:  # closed in order, not torn off
            assert store.revision() == 1
        assert sorted(path.name for path in folder.iterdir()) == ["a.lbug"]
    finally:
        process.kill()


def wait_for(url: str, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        assert process.poll() is None
        with contextlib.suppress(httpx.HTTPError):
            httpx.get(url)
            return
        time.sleep(0.1)
    raise AssertionError("the server does not come up")


@pytest.fixture(scope="module", params=["auto", "legacy"])
def asked(request: pytest.FixtureRequest, address: str) -> Iterator[Session]:
    with session(address, request.param) as found:
        yield found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(tmp_path_factory.mktemp("same") / "b.lbug") as store:
        load(store, five())
        yield store


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lead_agencies", {"theme": "green"}),
        ("targets", {}),
        ("policies_in_force", {"as_of": "2021-06-01"}),
        ("theme_matrix", {}),
    ],
)
def test_the_rows_of_the_query(asked: Session, expected: Store, name: str, given: dict[str, Any]) -> None:
    rows = plain(run(expected, name, given).rows)
    assert rows
    assert asked.data(name, limit=200, **given)["rows"] == rows


def test_resources_and_errors(asked: Session) -> None:
    listed = asked.do("list_resources").resources
    assert json.loads(asked.do("read_resource", listed[0].uri).contents[0].text)["title"] == listed[0].title
    assert "not known" in asked.refused("targets", region="火星")
    assert "no tool none" in str(asked.error("call_tool", "none", {}))


@pytest.mark.parametrize(
    ("method", "headers", "body", "status"),
    [
        ("GET", {}, b"", 405),
        ("DELETE", {}, b"", 405),
        ("POST", {"Origin": "http://elsewhere.example"}, b"{}", 403),
        ("POST", {"Origin": "null"}, b"{}", 403),
        ("POST", {"Host": "elsewhere.example"}, b"{}", 403),
        ("POST", {"Authorization": "Bearer nonsense"}, b"{}", 401),
        ("POST", {"Content-Type": "text/plain"}, b"{}", 400),
        ("POST", {}, b" " * 70_000, 413),
        ("POST", {"Origin": "http://localhost:3000"}, b"{}", 400),
    ],
)  # fmt: skip
def test_the_door(address: str, method: str, headers: dict[str, str], body: bytes, status: int) -> None:
    headers = {"Content-Type": "application/json", **VERSION, **headers}
    answer = httpx.request(method, address, headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@contextlib.contextmanager
def served(settings: Settings, write: bool = False) -> Iterator[TestClient]:
    """The application in this process."""
    with TestClient(create_app(settings, lambda: _open(settings, write)), base_url="http://127.0.0.1:8001") as client:
        yield client


def ask(client: TestClient, tool: str, key: str | None = None, **arguments: Any) -> httpx.Response:
    headers = {**VERSION, **({"Authorization": f"Bearer {key}"} if key else {})}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}}
    return client.post("/mcp", json=message, headers=headers)  # type: ignore[return-value]


def test_elsewhere_everybody_needs_a_key(tmp_path: Path) -> None:
    with open_store(tmp_path / "a.lbug") as store:
        load(store, five())
    keys = Keys(tmp_path / "keys")
    settings = Settings(store=str(tmp_path / "a.lbug"), host="0.0.0.0", keys=keys.path)
    with served(settings) as client:
        secret = keys.add("reader", "read")
        assert ask(client, "stats").status_code == 401
        assert ask(client, "stats", "pg_wrong").status_code == 401
        answer = ask(client, "stats", secret)
        assert answer.status_code == 200
        assert answer.json()["result"]["structuredContent"]["revision"] == 1
        keys.remove("reader")
        assert ask(client, "stats", secret).status_code == 401


def test_writing_needs_a_key_that_may_write_on_loopback_too(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    secrets = {scope: keys.add(scope, scope) for scope in ("read", "write")}  # type: ignore[arg-type]
    settings = Settings(store=str(tmp_path / "a.lbug"), keys=keys.path)
    document = {"text": SAMPLE.read_text(encoding="utf-8"), "name": "a.txt"}
    with served(settings, write=True) as client:
        for key in (None, secrets["read"]):
            refused = ask(client, "add_document", key, **document).json()["result"]
            assert refused["isError"]
            assert "a key that may write" in refused["content"][0]["text"]
        written = ask(client, "add_document", secrets["write"], **document).json()["result"]["structuredContent"]
        assert (written["state"], written["revision"], written["documents"][0]["outcome"]) == ("done", 1, "loaded")
        assert ask(client, "stats").json()["result"]["structuredContent"]["held"] == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "0.0.0.0 can be reached from elsewhere, and there are no keys"),
        (["--host", "::"], ":: can be reached from elsewhere, and there are no keys"),
        (["--write"], "writing over HTTP needs a key"),
    ],
)
def test_it_does_not_listen_without_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    place = ["--store", str(tmp_path / "a.lbug"), "--keys", str(tmp_path / "keys"), "--port", "0"]
    assert main(["mcp", "--http", *place, *arguments]) == 2
    shown = capsys.readouterr()
    assert said in shown.err
    assert (shown.out, shown.err.count("\n")) == ("", 1)
