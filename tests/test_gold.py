"""The sample documents against records that people made of them (tests/gold)."""

import json
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from ingest.guideline import to_guideline
from ingest.pipeline import extract
from ingest.read import read_document

GOLD = sorted((Path(__file__).parent / "gold").glob("*.json"))
DOCUMENTS = Path(__file__).parent.parent / "data" / "documents"


def fold(value: object) -> object:
    """Width and bracket styles aside, only wording counts."""
    if not isinstance(value, str):
        return value
    folded = unicodedata.normalize("NFKC", value).translate(str.maketrans("〈〉［］—–～", "()[]--~"))
    return "".join(folded.split())


@pytest.fixture(params=GOLD, ids=lambda path: path.stem)
def pair(
    request: pytest.FixtureRequest,
) -> tuple[dict[str, list[dict[str, object]]], dict[str, list[dict[str, object]]]]:
    gold = json.loads(request.param.read_text("utf-8"))
    path = DOCUMENTS / f"{request.param.stem}.txt"
    return gold, json.loads(json.dumps(to_guideline(extract(read_document(path, path.name)))))


def test_policy(pair) -> None:  # type: ignore[no-untyped-def]
    gold, found = pair
    for field, wanted in gold["policy"].items():
        got = found["policy"][field]
        assert (sorted(map(fold, got)) if isinstance(wanted, list) else fold(got)) == (
            sorted(map(fold, wanted)) if isinstance(wanted, list) else fold(wanted)
        ), field


def test_tasks(pair) -> None:  # type: ignore[no-untyped-def]
    gold, found = pair
    assert [(row["path"], fold(row["title"])) for row in found["tasks"]] == [
        (row["path"], fold(row["title"])) for row in gold["tasks"]
    ]


def test_responsibilities(pair) -> None:  # type: ignore[no-untyped-def]
    gold, found = pair
    rows = [
        Counter((row["task"], fold(row["agency"]), row["role"]) for row in side["responsibilities"]) for side in pair
    ]
    assert rows[0] == rows[1]
    names = {(row["task"], fold(row["agency"])): row["canonical"] for row in found["responsibilities"]}
    for row in gold["responsibilities"]:
        if row["canonical"]:
            assert names[row["task"], fold(row["agency"])] == row["canonical"]


def test_green_tasks(pair) -> None:  # type: ignore[no-untyped-def]
    gold, found = pair
    assert [row["path"] for row in found["tasks"] if "green" in row["themes"]] == gold["themes"]["green"]


def test_every_quote_stands_in_the_document(pair) -> None:  # type: ignore[no-untyped-def]
    _, found = pair
    text = (DOCUMENTS / found["document"]["source"]).read_text("utf-8")

    def spans(value: object):  # type: ignore[no-untyped-def]
        if isinstance(value, dict):
            if set(value) == {"start", "end", "quote"}:
                yield value
            for inner in value.values():
                yield from spans(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from spans(inner)

    seen = list(spans(found))
    assert len(seen) > 10
    for span in seen:
        assert text[span["start"] : span["end"]] == span["quote"]
