"""Reading for strangers, on both engines: a query can neither write nor take more than it may."""

from __future__ import annotations

import pytest

from graph.budget import Budgeted
from graph.errors import BudgetError, StoreError
from graph.load import load
from graph.store import Store
from tests.graph_records import five

MANY = "UNWIND range(1, 30) AS n RETURN n"
LONG = "MATCH (a), (b), (c), (d) WHERE a.id + b.id + c.id + d.id = 'x' RETURN count(*) AS n"


@pytest.fixture(scope="module")
def held(module_store: Store) -> Store:
    load(module_store, five())
    return module_store


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE (:Theme {id: 'x'})",
        "MATCH (t:Theme) SET t.name = 'x' RETURN t.id AS id",
        "MATCH (m:Meta) DETACH DELETE m",
        "MERGE (:Theme {id: 'x'})",
    ],
)
def test_a_reading_query_cannot_write(held: Store, statement: str) -> None:
    before = held.read("MATCH (n) RETURN count(n) AS n")
    with pytest.raises(StoreError):
        held.read(statement)
    assert held.read("MATCH (n) RETURN count(n) AS n") == before
    assert held.read("MATCH (t:Theme {name: 'x'}) RETURN t.id AS id") == []


def test_an_answer_may_have_so_many_rows_and_no_more(held: Store) -> None:
    assert len(Budgeted(held, seconds=60, rows=30).read(MANY)) == 30
    with pytest.raises(BudgetError, match="more than 29 rows"):
        Budgeted(held, seconds=60, rows=29).read(MANY)


def test_a_query_that_takes_too_long_is_stopped(held: Store) -> None:
    with pytest.raises(BudgetError, match="too long"):
        Budgeted(held, seconds=0.3, rows=10).read(LONG)
    assert held.read(MANY)  # and the store goes on


def test_the_time_is_for_all_queries_together(held: Store) -> None:
    limited = Budgeted(held, seconds=0, rows=10)
    with pytest.raises(BudgetError, match="too long"):
        limited.read("RETURN 1 AS n")


def test_the_revision_is_that_of_the_store(held: Store) -> None:
    assert Budgeted(held, seconds=1, rows=1).revision() == held.revision() == 1
