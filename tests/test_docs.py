"""What can be called is in the README, and the README tells of nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli import build
from api.failures import MEANINGS
from graph.queries import catalogue

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(build()).commands)  # type: ignore[attr-defined]


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_command_is_documented(command: str) -> None:
    assert re.search(rf"^\| `parkgraph {command}\b", README, re.MULTILINE)


def test_documented_commands_exist() -> None:
    assert set(re.findall(r"parkgraph ([a-z]+)\b", section("Your own documents"))) <= set(COMMANDS)


def test_queries_are_documented() -> None:
    assert re.findall(r"^\| `(\w+)`", section("The questions"), re.MULTILINE) != []
    assert set(re.findall(r"^\| `(\w+)`", section("The questions"), re.MULTILINE)) == set(catalogue())


def test_exit_codes_are_documented() -> None:
    table = dict(re.findall(r"^\| (\d+) \| (.*?) \|$", section("Your own documents"), re.MULTILINE))
    assert {int(code) for code in table} == {code.value for code in MEANINGS}
    for code, meaning in MEANINGS.items():
        assert table[str(code.value)].replace("`", "").startswith(meaning)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README))))
def test_make_target_exists(target: str) -> None:
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:cypher|data|ingest|graph|api)/[\w./]*)`", README))))
def test_named_path_exists(path: str) -> None:
    assert (ROOT / path).exists()
