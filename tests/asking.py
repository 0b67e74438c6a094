"""The five sample documents in a store, and questions asked of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.ask.answer import ask
from api.ask.asked import Asked
from api.ask.held import Held, read_held
from graph.store import Store, open_store

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 22)
PARTS: dict[str, list[dict[str, Any]]] = yaml.safe_load((ROOT / "tests/data/questions.yml").read_text(encoding="utf-8"))
QUESTIONS = [row for rows in PARTS.values() for row in rows]


@dataclass(frozen=True)
class Graph:
    """A store with its names."""

    store: Store
    held: Held

    def ask(self, question: str, before: Sequence[str] = (), **more: Any) -> Asked:
        """The answer on a fixed day."""
        return ask(self.store, question, self.held, TODAY, before, **more)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the sample documents; nobody has it open."""
    path = tmp_path_factory.mktemp("asked") / "samples.lbug"
    command = [sys.executable, "-m", "api.cli", "ingest", "data/documents", "--store", str(path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return path


@pytest.fixture(scope="module")
def graph(samples: Path) -> Iterator[Graph]:
    """The sample documents, to be asked."""
    with open_store(str(samples)) as store:
        yield Graph(store, read_held(store))
