"""A Python client made from the OpenAPI document by openapi-python-client, used against a running server."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from graph.load import load
from graph.queries import catalogue
from graph.store import open_store
from tests.graph_records import changde, five
from tests.http import API
from tests.served import Served, served


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModuleType, Served]]:
    """The generated package, and a server with the sample graph."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(create_app(Settings(pages=False)).openapi()))
    here = Path(sys.executable).parent
    command = [here / "openapi-python-client", "generate", "--path", "openapi.json", "--meta", "none"]
    path = f"{here}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [*command, "--output-path", "parkgraph_client"], cwd=folder, capture_output=True, encoding="utf-8",
        env={**os.environ, "PATH": path}, check=True,
    )  # fmt: skip
    assert "WARNING" not in done.stdout, done.stdout  # every address and every model has come through
    with open_store(folder / "a.lbug") as store:
        load(store, five())
    with pytest.MonkeyPatch.context() as patch, served(str(folder / "a.lbug"), folder) as server:
        patch.syspath_prepend(str(folder))
        yield importlib.import_module("parkgraph_client"), server


def call(package: ModuleType, server: Served, place: str, *path: Any, **params: Any) -> Any:
    """Call the one function of an operation."""
    module = importlib.import_module(f"{package.__name__}.api.{place}")
    client = package.AuthenticatedClient(base_url=server.url, token=server.key)
    return module.sync(*path, client=client, **params)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_each_query_is_a_method(made: tuple[ModuleType, Served], name: str) -> None:
    package, server = made
    example = catalogue()[name].example
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in example.items()}
    expected = httpx.get(f"{server.url}{API}/queries/{name}", params=plain).json()
    answer = call(package, server, f"queries.query_{name}", **example)
    assert answer.to_dict()["items"] == expected["items"] != []


def test_a_policy_and_its_text(made: tuple[ModuleType, Served]) -> None:
    package, server = made
    id_ = changde().policy.id
    policy = call(package, server, "resources.get_policy", id_)
    assert (policy.title, len(policy.tasks)) == (changde().policy.title, len(changde().tasks))
    text = call(package, server, "resources.get_policy_text", id_)
    assert text.text == changde().document.text
    for task in policy.tasks:
        assert text.text[task.evidence.start : task.evidence.end] == task.evidence.quote


def test_a_problem_is_a_problem(made: tuple[ModuleType, Served]) -> None:
    package, server = made
    found = call(package, server, "resources.get_policy", "没有/这个")
    assert (type(found).__name__, found.status, found.type_) == ("Problem", 404, "urn:parkgraph:problem:not-found")


def test_search(made: tuple[ModuleType, Served]) -> None:
    package, server = made
    found = call(package, server, "graph.search", q="绿色 园区")
    assert found.items
    assert all("绿色" in each.excerpt + each.name for each in found.items)
