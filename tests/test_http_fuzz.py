"""schemathesis over the whole OpenAPI document, all checks on, against a running server on either engine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph.load import load
from graph.store import open_store
from ingest.files import find_files
from ingest.pipeline import extract_many
from tests.served import served

SAMPLES = Path(__file__).parent.parent / "data" / "documents"


@pytest.mark.slow
def test_the_api_keeps_what_its_document_says(engine: str, url: str, tmp_path: Path) -> None:
    examples = {"ladybug": "20", "neo4j": "8"}[
        engine
    ]  # the same code takes what is asked; on a server each answer takes longer
    with open_store(url) as store:
        load(store, [each.record for each in extract_many(find_files([SAMPLES])) if each.record])
    with served(url, tmp_path, "--writes-per-minute", "0", "--log-level", "warning") as server:
        command = [Path(sys.executable).parent / "schemathesis", "run", f"{server.url}/openapi.json", "--header"]
        command += [f"Authorization: {server.headers['Authorization']}", "--max-examples", examples, "--checks", "all"]
        command += ["--generation-deterministic", "--no-color", "--suppress-health-check", "all"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=900, check=False)
        assert done.returncode == 0, done.stdout[-6000:]
        assert "Tested:" in done.stdout
        assert server.process.poll() is None
        assert "Traceback" not in server.log.read_text()
