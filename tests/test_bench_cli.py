"""``parkgraph-bench`` as a command: what it writes, what it says of extraction, one line for what cannot be done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.slow


def bench(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made")
    done = bench("make", "--documents", 40, "--seed", 11, "--out", out, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("40 documents of seed 11 in ")
    return out


def table(output: str) -> dict[str, list[float]]:
    """The numbers of each line of the table that ``score`` ends with."""
    lines = output.partition("F1\n")[2].splitlines()
    return {line.split()[0]: [float(cell) for cell in line.split()[1:]] for line in lines}


def test_responsibilities_and_targets_are_found(folder: Path) -> None:
    found = table(bench("score", folder, "--misses", 0, "--workers", 1).stdout)
    for kind in ("responsibilities", "targets"):
        hit, gold, *_, f1 = found[kind]
        assert hit <= gold
        assert gold > 100
        assert f1 >= 0.99


def test_a_row_that_the_text_does_not_say_is_listed_with_its_sentence(folder: Path, tmp_path: Path) -> None:
    for kind, name in (("texts", "000000.txt"), ("gold", "000000.json")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).write_bytes((folder / kind / name).read_bytes())
    path = tmp_path / "gold" / "000000.json"
    gold = json.loads(path.read_text("utf-8"))
    row = {**gold["responsibilities"][0], "agency": "市童话局", "sentence": "（责任单位：市童话局）"}
    path.write_text(json.dumps({**gold, "responsibilities": [*gold["responsibilities"], row]}), "utf-8")
    said = bench("score", tmp_path, "--workers", 1).stdout
    line = next(line for line in said.splitlines() if "市童话局" in line)
    assert line.startswith("000000\tresponsibilities\tmissed\t")
    assert line.endswith("\t（责任单位：市童话局）")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("make", "--documents", "0"), "not a number above zero: 0"),
        (("make", "--documents", "many"), "not a number above zero: many"),
        (("score", "nowhere"), "no gold here"),
        (("make", "--documents", "1", "--out", "README.md"), "parkgraph-bench: README.md"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: tuple[str, ...], said: str) -> None:
    done = bench(*arguments)
    assert done.returncode != 0
    assert said in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
