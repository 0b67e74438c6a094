"""Every file in ``cypher/`` and every other read gives the same rows on both engines, over the same data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from graph.check import check
from graph.export import export_hash
from graph.load import load
from graph.queries import catalogue, run
from graph.stats import stats
from graph.store import Store, open_store
from graph.unresolved import coverage, unresolved
from ingest.files import find_files
from ingest.pipeline import extract_many
from ingest.records import Record
from tests.conftest import GROUP, empty
from tests.graph_records import five
from tests.neo4j_server import Server

pytestmark = GROUP
SAMPLES = Path(__file__).parent.parent / "data" / "documents"
TODAY = date(2024, 6, 1)
NAMES = sorted(catalogue())
Pair = tuple[Store, Store]


def samples() -> list[Record]:
    found = [outcome.record for outcome in extract_many(find_files([SAMPLES]))]
    return [record for record in found if record is not None]


@pytest.fixture(scope="module", params=["hand-made", "samples"])
def pair(
    request: pytest.FixtureRequest, neo4j_server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """The same documents in both engines, one at a time here and all at once there."""
    records = five() if request.param == "hand-made" else samples()
    empty(neo4j_server)
    path = tmp_path_factory.mktemp("pair") / "a.lbug"
    with open_store(path) as embedded, open_store(neo4j_server.uri) as bolt:
        load(embedded, records)
        for record in records:
            load(bolt, [record])
        yield embedded, bolt


@pytest.mark.parametrize("name", NAMES)
def test_the_example_gives_the_same_rows(pair: Pair, name: str) -> None:
    example = catalogue()[name].example
    try:
        expected = run(pair[0], name, example, today=TODAY).rows
    except Exception as error:  # the hand-made documents do not know every name that an example asks for
        with pytest.raises(type(error)):
            run(pair[1], name, example, today=TODAY)
    else:
        assert run(pair[1], name, example, today=TODAY).rows == expected


@pytest.mark.parametrize("name", NAMES)
def test_without_options_and_on_another_day_too(pair: Pair, name: str) -> None:
    query = catalogue()[name]
    try:
        run(pair[0], name, query.example, today=TODAY)
    except Exception:
        pytest.skip("the example is of other documents")
    needed = {param.name: query.example[param.name] for param in query.params if param.required}
    options = [needed, *({**query.example, param.name: value} for param in query.params for value in tries(param.name))]
    for given in options:
        assert run(pair[1], name, given, today=TODAY).rows == run(pair[0], name, given, today=TODAY).rows


def tries(name: str) -> list[object]:
    values: dict[str, list[object]] = {
        "as_of": ["2021-06-01", "2016-01-01"],
        "region": ["常德", "湖南", "驻马店", "100000"],
        "theme": ["green"],
        "history": [False],
        "role": ["support", "responsible"],
        "missing_only": [False],
        "industry": ["装备制造"],
    }
    return values.get(name, [])


def test_what_is_counted_listed_and_exported_is_the_same(pair: Pair) -> None:
    embedded, bolt = pair
    assert check(bolt) == check(embedded) == []
    assert unresolved(bolt) == unresolved(embedded)
    assert coverage(bolt) == coverage(embedded)
    assert {**vars(stats(bolt)), "revision": 0} == {**vars(stats(embedded)), "revision": 0}
    assert export_hash(bolt) == export_hash(embedded)
