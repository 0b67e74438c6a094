"""`parkgraph serve` as a process: what it refuses, how it ends, and what a crash in mid-write leaves behind."""

from __future__ import annotations

import concurrent.futures
import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from api.keys import Keys
from graph.export import export_hash
from graph.load import load
from graph.store import Store, open_store
from tests.graph_records import five
from tests.http import API
from tests.served import served

SAMPLES = sorted((Path(__file__).parent.parent / "data" / "documents").glob("*.txt"))


@pytest.fixture
def store_url(tmp_path: Path) -> str:
    url = str(tmp_path / "a.lbug")
    with open_store(url) as store:
        load(store, five())
    return url


def refused(*options: str) -> str:
    """What a server says that does not start."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "serve", *options],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode in (2, 3), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_it_listens_elsewhere_with_keys_only(store_url: str, tmp_path: Path) -> None:
    keys = tmp_path / "k"
    assert "there are no keys" in refused("--store", store_url, "--host", "0.0.0.0", "--keys", str(keys))
    Keys(keys).add("a", "read")
    keys.write_text("{}")
    assert "not a file of keys" in refused("--store", store_url, "--host", "0.0.0.0", "--keys", str(keys))


def test_several_workers_need_neo4j(store_url: str) -> None:
    assert "one process only" in refused("--store", store_url, "--workers", "2")


def test_a_second_process_is_refused(store_url: str, tmp_path: Path) -> None:
    with served(store_url, tmp_path) as server:
        assert "in use by another process" in refused("--store", store_url, "--port", "0")
        taken = server.url.rpartition(":")[2]
        assert "Address already in use" in refused("--store", str(tmp_path / "b.lbug"), "--port", taken)


def test_a_port_of_another_program_is_told(store_url: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert "Address already in use" in refused("--store", store_url, "--port", str(other.getsockname()[1]))


def test_it_finishes_what_is_under_way_when_it_is_stopped(store_url: str, tmp_path: Path) -> None:
    """A document that is being read and loaded when the signal comes is loaded, and its sender is answered."""
    with served(store_url, tmp_path) as server, concurrent.futures.ThreadPoolExecutor() as pool:
        body = {"text": SAMPLES[0].read_text(encoding="utf-8")}
        answer = pool.submit(httpx.post, f"{server.url}{API}/documents", json=body, headers=server.headers, timeout=60)
        time.sleep(0.3)
        assert server.stop(signal.SIGTERM) in (0, -signal.SIGTERM)
        assert answer.result().json()["load"]["revision"] == 2
    with open_store(store_url) as store:
        assert store.revision() == 2


def settled(store: Store) -> tuple[int, str]:
    """Revision and hash, when they hold still: Neo4j ends a commit that it has begun, and shows a reader its parts."""
    now = store.revision(), export_hash(store)
    while now != (now := (store.revision(), export_hash(store))):
        pass
    return now


@pytest.mark.parametrize("delay", [0.02, 0.2, 0.4, 0.6])
def test_a_kill_in_mid_write_leaves_the_old_revision_or_the_new_one(url: str, tmp_path: Path, delay: float) -> None:
    with open_store(url) as store:
        load(store, five())
        old = export_hash(store)
    files = [("files", (path.name, path.read_bytes())) for path in SAMPLES]
    with served(url, tmp_path) as server:
        ready = httpx.post(f"{server.url}{API}/documents?dry_run=true", files=files, headers=server.headers, timeout=60)
        assert ready.status_code == 200  # the readers are warm, so that the delay falls into the load
        threading.Timer(delay, server.process.kill).start()
        with contextlib.suppress(httpx.HTTPError):
            httpx.post(f"{server.url}{API}/documents", files=files, headers=server.headers, timeout=60)
        server.process.wait(60)
    with open_store(url) as store:
        killed = settled(store)
        assert killed[0] in (1, 2)
        assert (killed[0] == 1) == (killed[1] == old)
    with served(url, tmp_path) as server:
        again = httpx.post(f"{server.url}{API}/documents", files=files, headers=server.headers, timeout=60).json()
        assert again["load"]["revision"] == 2
        assert again["load"]["nodes_added"] == 0 or killed[0] == 1
        server.stop()
    with open_store(url) as store:
        complete = export_hash(store)
        assert complete == killed[1] or killed[0] == 1


def test_logs_are_lines_of_json(store_url: str, tmp_path: Path) -> None:
    with served(store_url, tmp_path) as server:
        httpx.get(f"{server.url}{API}/stats", headers={"X-Request-ID": "abc"})
        server.stop()
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    asked = [line for line in lines if line.get("request_id") == "abc"]
    assert [(line["event"], line["method"], line["status"]) for line in asked] == [("request", "GET", 200)]


def test_keys_on_the_command_line(tmp_path: Path) -> None:
    def keys(*arguments: str) -> str:
        command = [sys.executable, "-m", "api.cli", "keys", *arguments, "--keys", str(tmp_path / "k")]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        return done.stdout

    secret = keys("add", "reader", "--scope", "read").strip()
    keys("add", "writer", "--scope", "write")
    listed = json.loads(keys("list", "--format", "json"))
    assert [(row["name"], row["scope"]) for row in listed] == [("reader", "read"), ("writer", "write")]
    found = Keys(tmp_path / "k").find(secret)
    assert found
    assert found.name == "reader"
    keys("remove", "reader")
    assert Keys(tmp_path / "k").find(secret) is None
