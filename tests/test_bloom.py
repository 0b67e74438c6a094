"""The Bloom perspective: its form, and every name and phrase against a real Neo4j with the samples loaded."""

from __future__ import annotations

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import neo4j.graph
import pytest

from api.cli import main
from graph.bloom import perspective
from graph.bloom_lint import Problem, lint
from graph.browser import script
from graph.load import load
from graph.queries import catalogue
from graph.schema import EDGES, NODES
from graph.store import Store, open_store
from ingest.files import find_files
from ingest.pipeline import extract_many
from tests.conftest import GROUP, empty
from tests.neo4j_server import Server

SAMPLES = Path(__file__).parent.parent / "data" / "documents"
LANGS = ("zh", "en")
KEYS = {
    *("name", "id", "version", "type", "createdAt", "lastEditedAt", "categories", "labels", "relationshipTypes"),
    *("palette", "templates", "sceneActions", "hiddenRelationshipTypes", "hideUncategorisedData"),
    *("maxLimitToastMsgEnabled", "parentPerspectiveId", "metadata"),
}
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
Json = dict[str, Any]


@pytest.fixture(scope="module")
def loaded(neo4j_server: Server) -> Iterator[Store]:
    """A Neo4j with the five sample documents."""
    empty(neo4j_server)
    with open_store(neo4j_server.uri) as store:
        outcomes = extract_many(find_files([SAMPLES]))
        load(store, [outcome.record for outcome in outcomes if outcome.record])
        yield store


# the form


@pytest.mark.parametrize("lang", LANGS)
def test_it_has_the_form_of_version_2_21(lang: Any) -> None:
    made = perspective(lang)
    assert set(made) == KEYS
    assert (made["version"], made["type"], len(made["palette"]["colors"])) == ("2.21.0", "STANDARD_PERSPECTIVE", 14)
    assert UUID.fullmatch(made["id"])
    assert [each["id"] for each in made["categories"]] == list(range(len(made["categories"])))
    for each in (*made["categories"], *made["relationshipTypes"]):
        assert re.fullmatch("#[0-9A-F]{6}", each["color"])
        assert each["size"] > 0
        assert {"textSize", "textAlign", "captions", "captionKeys", "styleRules", "properties", "name"} <= set(each)
    assert {each["icon"] for each in made["categories"]} == {"no-icon"}
    types = {entry["dataType"] for entries in made["labels"].values() for entry in entries}
    assert types == {"string", "bigint", "number", "boolean", "array"}
    assert set(made["metadata"]) == {"pathSegments", "indexes"}
    assert json.loads(json.dumps(made)) == made


@pytest.mark.parametrize("lang", LANGS)
def test_all_of_the_graph_but_bookkeeping_is_in_it(lang: Any) -> None:
    made = perspective(lang)
    labels = {node.label for node in NODES if not node.internal}
    assert {label for each in made["categories"] for label in each["labels"]} == labels == set(made["labels"])
    types = {edge.type for edge in EDGES if not edge.internal}
    assert {each["name"] for each in made["relationshipTypes"]} == types
    assert set(made["hiddenRelationshipTypes"]) == {edge.type for edge in EDGES} - types
    named = {(each["label"], each["propertyKeys"][0]["key"]) for each in made["metadata"]["indexes"]}
    assert named == {(label, "id") for label in labels}
    internal = {"claims", "override", "record", "record_hash", "ingested_at", "subjects"}
    assert not internal & {entry["propertyKey"] for entries in made["labels"].values() for entry in entries}


@pytest.mark.parametrize("lang", LANGS)
def test_every_category_has_a_caption_and_its_own_name(lang: Any) -> None:
    categories = perspective(lang)["categories"][1:]
    assert len({each["name"] for each in categories}) == len(categories)
    assert len({each["color"] for each in categories}) == len(categories)
    for each in categories:
        assert [caption["key"] for caption in each["captions"] if caption["isCaption"]]
        assert all(("isGdsData" in caption) == (caption["type"] == "property") for caption in each["captions"])


def test_the_language_is_that_which_was_asked_for() -> None:
    zh, en = perspective("zh"), perspective("en")
    assert "部门" in {each["name"] for each in zh["categories"]}
    assert "Agency" in {each["name"] for each in en["categories"]}
    for each in en["templates"]:
        assert each["text"].isascii()
        assert each["name"].isascii()
    themes = {
        lang: json.dumps(made["templates"]).count(f"name_{lang} AS theme") for lang, made in (("zh", zh), ("en", en))
    }
    assert min(themes.values()) > 0
    assert zh["id"] != en["id"]


def test_every_query_of_the_catalogue_has_a_phrase() -> None:
    assert len(perspective()["templates"]) == len(catalogue())
    assert len({each["id"] for each in perspective()["templates"]}) == len(catalogue())
    for template in perspective()["templates"]:
        assert set(template) == {"name", "id", "createdAt", "text", "cypher", "params", "isUpdateQuery",
                                 "isWriteTransactionChecked", "hasCypherErrors"}  # fmt: skip
        for param in template["params"]:
            assert set(param) == {"name", "dataType", "collapsed", "suggestionLabel", "suggestionProp",
                                  "suggestionBoolean", "cypher"}  # fmt: skip
            assert (param["cypher"] is None) == (param["suggestionLabel"] is not None)


def test_it_is_the_same_in_each_process(tmp_path: Path) -> None:
    told = set()
    for seed in ("1", "2"):
        out = tmp_path / seed
        command = [sys.executable, "-m", "api.cli", "bloom", "--out", str(out)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        told.add(out.read_bytes())
    assert len(told) == 1


# the linter


@pytest.mark.parametrize("lang", LANGS)
def test_it_agrees_with_the_schema(lang: Any) -> None:
    assert lint(perspective(lang)) == []


WRONG: list[tuple[Callable[[Json], None], str]] = [
    (lambda p: p["categories"][1]["labels"].append("Person"), "no label Person in the schema"),
    (lambda p: p["categories"][1]["properties"].append({"name": "age"}), "Policy has no property age"),
    (lambda p: p["categories"][1]["captions"].append({"type": "property", "key": "nick"}), "Policy has no property nick"),
    (lambda p: p["labels"].update(Person=[]), "no label Person in the schema"),
    (lambda p: p["labels"]["Task"].append({"propertyKey": "age"}), "Task has no property age"),
    (lambda p: p["relationshipTypes"][0].update(name="KNOWS"), "no relationship type KNOWS in the schema"),
    (lambda p: p["relationshipTypes"][0]["properties"].append({"propertyKey": "age"}), "RESPONSIBLE_FOR has no property age"),
    (lambda p: p["hiddenRelationshipTypes"].append("KNOWS"), "no relationship type KNOWS in the schema"),
    (lambda p: p["metadata"]["pathSegments"][0].update(target="Park"), "no Agency-[:RESPONSIBLE_FOR]->Park in the schema"),
    (lambda p: p["metadata"]["indexes"][0].update(label="Person"), "no label Person in the schema"),
    (lambda p: p["templates"][0].update(text="Tasks of $body"), "its text, Cypher and parameters differ"),
    (lambda p: p["templates"][0].update(params=[]), "its text, Cypher and parameters differ"),
    (lambda p: p["templates"][0].update(text="$agency 的任务"), "cannot be typed: begins with a parameter, or another phrase is the same"),
    (lambda p: p["templates"][0]["params"][0].update(suggestionLabel="Person", suggestionProp="x"), "no label Person in the schema"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "cause"), WRONG, ids=[cause for _, cause in WRONG])
def test_what_is_wrong_is_seen(spoil: Callable[[Json], None], cause: str) -> None:
    made = copy.deepcopy(perspective())
    spoil(made)
    assert cause in {problem.cause for problem in lint(made)}


@GROUP
@pytest.mark.parametrize("lang", LANGS)
def test_every_name_exists_and_every_phrase_finds_something_whatever_is_suggested(loaded: Store, lang: Any) -> None:
    assert lint(perspective(lang), loaded, most=100 if lang == "zh" else 5) == []


@GROUP
@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_saved_query_finds_something_as_it_is(loaded: Store, name: str) -> None:
    rows = loaded.read(script(catalogue()[name]))
    assert rows
    kinds = neo4j.graph.Node, neo4j.graph.Path
    assert all(isinstance(value, kinds) for row in rows for value in row.values() if value is not None)


@GROUP
def test_check_of_the_command_line(loaded: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bloom", "--check", "--store", loaded.url]) == 0
    assert capsys.readouterr().out.endswith("every name exists, every phrase finds something; no problems\n")


WRONG_THERE: list[tuple[Callable[[Json], None], str]] = [
    (lambda p: p["labels"]["Theme"].pop(), r"Theme.name_en is in the database and not here"),
    (lambda p: p["relationshipTypes"].pop(0), r"RESPONSIBLE_FOR is in the database and not here"),
    (lambda p: p["metadata"]["indexes"][0]["propertyKeys"].append({"key": "title"}), r"the database has none on Policy\(title\)"),
    (lambda p: p["templates"][0].update(cypher="MATCH (a:Agency) WHERE a.id = $agency RETURN a.id"), "returns str, which Bloom"),
    (lambda p: p["templates"][0].update(cypher="MATCH (a:Agent {id: $agency}) RETURN a"), "finds nothing with"),
    (lambda p: p["templates"][0].update(cypher="MATCH (a {id: $agency}) RETURN b"), "fails with"),
    (lambda p: p["templates"][0].update(cypher="CREATE (a:Agency {id: $agency}) RETURN a"), "fails with"),
    (lambda p: p["templates"][0]["params"][0].update(cypher="MATCH (a:Agent) RETURN a.name"), "nothing is suggested for agency"),
    (lambda p: p["templates"][0]["params"][0].update(cypher="MATCH (a:Agency) RETURN b"), "its suggestions fail"),
    (lambda p: p["templates"][0]["params"][0].update(cypher="RETURN '无此局'"), "finds nothing with {'agency': '无此局'}"),
]  # fmt: skip


@GROUP
@pytest.mark.parametrize(("spoil", "cause"), WRONG_THERE, ids=[cause for _, cause in WRONG_THERE])
def test_what_is_wrong_there_is_seen(loaded: Store, spoil: Callable[[Json], None], cause: str) -> None:
    made = copy.deepcopy(perspective())
    made["templates"] = made["templates"][:1]
    assert lint(made, loaded, most=2) == []
    spoil(made)
    found = lint(made, loaded, most=2)
    assert any(re.search(re.escape(cause) if "{" in cause else cause, problem.cause) for problem in found), found
    assert all(isinstance(problem, Problem) for problem in found)
