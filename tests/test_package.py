"""The wheel holds the code and its data, and nothing at the top of site-packages but its packages."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
                   cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return set(wheel.namelist())


def test_only_packages_at_the_top(names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"api", "graph", "ingest"}


@pytest.mark.parametrize("package", ["api", "graph", "ingest"])
def test_all_code_is_there(names: set[str], package: str) -> None:
    assert {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")} <= names


@pytest.mark.parametrize(("source", "place"), [("cypher", "graph/cypher"), ("data/tables", "ingest/tables")])
def test_all_data_is_there(names: set[str], source: str, place: str) -> None:
    files = [path for path in (ROOT / source).rglob("*") if path.is_file()]
    assert files
    assert {f"{place}/{path.relative_to(ROOT / source).as_posix()}" for path in files} <= names


def test_lookups_are_there(names: set[str]) -> None:
    assert "ingest/lookups.yml" in names
