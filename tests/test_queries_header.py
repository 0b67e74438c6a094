"""A header that is wrong is refused, naming file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import CatalogueError
from graph.header import parse

GOOD = """/*
name: q
title: {zh: 题, en: Title}
description: {zh: 说明, en: What it says}
params:
  - name: region
    type: region
    description: {zh: 地区, en: Region}
columns:
  - {name: agency, type: string, description: {zh: 部门, en: Agency}}
order: [agency]
example: {region: 常德}
*/
MATCH (a:Agency)-[:SERVES]->(g:Region) WHERE $region IN g.ancestors OR $region IS NULL // not $this
RETURN a.id AS agency, '$that' AS x
"""


def write(folder: Path, text: str, name: str = "q") -> Path:
    path = folder / f"{name}.cypher"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_header_is_read(tmp_path: Path) -> None:
    query = parse(write(tmp_path, GOOD))
    assert (query.name, query.title.en, query.params[0].type) == ("q", "Title", "region")
    assert query.cypher.startswith("MATCH")
    assert not query.uses_at


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("/*", "//", 1, "no header"),
        ("zh: 题,", "zh: 题: x,", 3, "mapping values|expected"),
        ("type: region", "type: place", 7, "params.0.type"),
        ("name: region", "name: Region", 6, "params.0.name"),
        ("zh: 部门, en: Agency", "zh: 部门", 10, "columns.0.description.en"),
        ("title:", "titel:", 2, "titel|title"),
        ("name: q", "name: other", 2, "not its file's"),
        ("$region IN", "$place IN", 1, "place: used and not declared"),
        ("$region", "1", 1, "region: declared and not used"),
        ("example: {region: 常德}", "example: {city: 常德}", 1, "city: given in the example"),
        ("order: [agency]", "order: [-task]", 1, "task: sorted by"),
        ("    type: region", "    type: region\n    required: true\n    default: x", 6, "required and has a default"),
        ("    type: region", "    type: string\n    enum: [a]\n    default: x", 6, "not one of its allowed"),
        ("a.id AS agency", "$at AS agency", 1, r"as_of: used and not declared \(\$at needs as_of\)"),
    ],
)
def test_a_wrong_header_is_refused(tmp_path: Path, old: str, new: str, line: int, cause: str) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(CatalogueError, match=cause) as error:
        parse(path)
    assert str(error.value).startswith(f"{path}:{line}:")
    assert "\n" not in str(error.value)


DRAWN = """graph:
  phrase: {zh: 地区 $region 的部门, en: Agencies of $region}
  cypher: |
    MATCH path = (:Agency)-[:SERVES]->(g:Region) WHERE $region IN [g.id, '$no'] RETURN path
  suggest:
    region: MATCH (g:Region) RETURN g.full_name
*/
"""


def test_a_graph_form_is_read(tmp_path: Path) -> None:
    query = parse(write(tmp_path, GOOD.replace("*/\n", DRAWN)))
    assert query.graph
    assert query.graph.names == ["region"]
    assert parse(write(tmp_path, GOOD)).graph is None


@pytest.mark.parametrize(
    ("old", "new", "line", "cause"),
    [
        ("en: Agencies of $region", "en: Agencies of a region", 13, "region: not in both the phrase .en. and its Cypher"),
        ("zh: 地区 $region", "zh: 地区 $place", 13, "place, region: not in both the phrase .zh. and its Cypher"),
        ("    region: MATCH", "    place: MATCH", 13, "place: suggested and not used"),
        ("RETURN path", "DELETE g", 13, "should return something and change nothing"),
        ("RETURN path", "SET g.x = 1 RETURN path", 13, "should return something and change nothing"),
        ("RETURN g.full_name", "", 13, "should return something and change nothing"),
        ("  suggest:", "  example: {place: 1}\n  suggest:", 13, "place: given in the example and not used"),
        ("  suggest:", "  colour: red\n  suggest:", 17, "graph.colour"),
        ("example: {region: 常德}\n", "", 1, "region: without an example"),
        ("region", "place", 1, "place: used in the graph form and not declared"),
    ],
)  # fmt: skip
def test_a_wrong_graph_form_is_refused(tmp_path: Path, old: str, new: str, line: int, cause: str) -> None:
    text = GOOD.replace("*/\n", DRAWN.replace(old, new))
    if old.startswith("example"):
        text = text.replace(old, new)
    path = write(tmp_path, text)
    with pytest.raises(CatalogueError, match=cause) as error:
        parse(path)
    assert str(error.value).startswith(f"{path}:{line}:")
