"""Every curl example of the documentation is run against a server with the sample documents."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.load import load
from graph.store import open_store
from ingest.files import find_files
from ingest.pipeline import extract_many
from tests.served import Served, served

ROOT = Path(__file__).parent.parent
BLOCKS = [
    block
    for name in ("README.md", "docs/api.md")
    for block in re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
]
EXAMPLES = list(dict.fromkeys(line for block in BLOCKS for line in block.splitlines() if line.startswith("curl ")))
SAMPLES = sorted((ROOT / "data" / "documents").glob("*.txt"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("readme")
    with open_store(folder / "a.lbug") as store:
        load(store, [each.record for each in extract_many(find_files([ROOT / "data" / "documents"])) if each.record])
    shutil.copy(SAMPLES[0], folder / "plan.txt")
    shutil.copy(SAMPLES[1], folder / "notice.txt")
    with served(str(folder / "a.lbug"), folder) as made:
        yield made


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 12


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
@pytest.mark.parametrize("line", EXAMPLES)
def test_an_example_works(server: Served, line: str) -> None:
    command = line.replace("http://127.0.0.1:8000", server.url).replace(
        "curl ", "curl --silent --show-error --fail-with-body ", 1
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=server.log.parent, env={**os.environ, "KEY": server.key},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    output = re.search(r"--output (\S+)", line)
    text = (server.log.parent / output[1]).read_text(encoding="utf-8") if output else done.stdout
    if output or "atom" in line or "csv" in line:
        assert len(text) > 500
        return
    body = json.loads(text)
    found = body.get("items", body.get("files", body))
    assert found
    if "documents" in line:
        outcomes = {each["outcome"] for each in body["files"]}
        assert outcomes == ({"extracted"} if "dry_run" in line else {"removed"} if "DELETE" in line else {"loaded"})
