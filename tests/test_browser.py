"""Files for Neo4j Browser: the style sheet as its reader takes it, and the archive of saved Cypher."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from api.cli import main
from graph.browser import grass, saved_cypher, script
from graph.phrase import names_in
from graph.queries import catalogue
from graph.schema import EDGES, NODES, node_props


def rules(text: str) -> dict[str, dict[str, str]]:
    """Read a style sheet as Browser does: quotes only switch, a value that holds ``:`` or ``;`` is lost."""
    found: dict[str, dict[str, str]] = {}
    for selector, body in re.findall(r'([^{}]+)\{((?:[^{}"]|"[^"]*")*)\}', text):
        pairs = (part.split(":") for part in body.replace('"', "").split(";") if part.strip())
        found["".join(selector.split())] = {pair[0].strip(): pair[1].strip() for pair in pairs if len(pair) == 2}
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_label_has_a_style(lang: Any) -> None:
    found = rules(grass(lang))
    labels = {node.label for node in NODES if not node.internal}
    assert {name.removeprefix("node.") for name in found if name.startswith("node.")} == labels
    for label in labels:
        style = found[f"node.{label}"]
        assert set(style) == {"color", "border-color", "text-color-internal", "diameter", "caption"}
        assert all(re.fullmatch("#[0-9A-F]{6}", value) for name, value in style.items() if "color" in name)
        assert re.fullmatch(r"\d+px", style["diameter"])
        named = re.findall(r"\{(\w+)\}", style["caption"])
        assert named
        assert set(named) <= {prop.name for prop in node_props(label)}
    assert found["node.Theme"]["caption"] == f"{{name_{lang}}}"


def test_relationships_have_a_style() -> None:
    found = rules(grass())
    types = {name.removeprefix("relationship.") for name in found if name.startswith("relationship.")}
    assert types < {edge.type for edge in EDGES if not edge.internal}
    assert "RESPONSIBLE_FOR" in types
    assert {"node", "relationship"} <= set(found)
    assert found["relationship"]["caption"] == "<type>"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_archive_has_a_script_for_each_query(lang: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(saved_cypher(lang))) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(held) == {f"parkgraph/{name}.cypher" for name in catalogue()}
    names = [text.splitlines()[0] for text in held.values()]
    assert len(set(names)) == len(names)
    for text in held.values():
        assert text.startswith("// ")
        assert names_in(text) == []
        assert ";" not in text


def test_it_is_the_same_every_time() -> None:
    assert saved_cypher() == saved_cypher()
    assert saved_cypher() != saved_cypher("en")


def test_values_are_literals() -> None:
    assert script(catalogue()["policies_in_force"]).startswith("// 在 2021-06-01 有效的政策\nMATCH")
    assert "date('2021-06-01')" in script(catalogue()["policies_in_force"])
    assert "toInteger(2025)" in script(catalogue()["targets_due"])
    assert "'411700' IN [w.id, w.full_name]" in script(catalogue()["industry_overlap"])
    query = catalogue()["targets"]
    assert query.graph
    odd = query.model_copy(update={"example": {"indicator": "a'b\\c"}})
    assert r"n.indicator = 'a\'b\\c'" in script(odd)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = {name: tmp_path / name for name in ("p.json", "s.grass", "q.zip")}
    options = ["--out", paths["p.json"], "--grass", paths["s.grass"], "--saved", paths["q.zip"], "--lang", "en"]
    assert main(["bloom", *map(str, options)]) == 0
    assert json.loads(paths["p.json"].read_text(encoding="utf-8"))["name"] == "Park policies"
    assert paths["s.grass"].read_text() == grass("en")
    assert paths["q.zip"].read_bytes() == saved_cypher("en")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ([], 2, ["--out", "--grass", "--saved", "--check"]),
        (["--out", "p.json", "--lang", "fr"], 2, ["zh", "en"]),
        (["--check", "--store", "a.lbug"], 2, ["a.lbug", "Neo4j"]),
        (["--saved", "/dev/null/x"], 4, ["/dev/null"]),
    ],
)
def test_wrong_calls(
    arguments: list[str], code: int, words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["bloom", *arguments]) == code
    shown = capsys.readouterr().err
    assert [word for word in words if word not in shown] == []
    assert shown.count("\n") == 1
