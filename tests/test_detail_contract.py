"""Every view, list, suggestion and neighbourhood is the same on both engines, to the last value and its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import graph.detail as detail
from graph.detail import lists
from graph.detail.listing import Listing
from graph.detail.refs import View
from graph.neighbourhood import neighbourhood
from graph.store import Store
from graph.suggest import KINDS, suggest
from tests.conftest import GROUP
from tests.test_contract_queries import Pair, pair

pytestmark = GROUP
TODAY = date(2024, 6, 1)
__all__ = ["pair"]
VIEWS: dict[str, Callable[..., Any]] = {
    "Policy": detail.policy,
    "Task": detail.task,
    "Agency": detail.agency,
    "Park": detail.park,
    "Industry": detail.industry,
    "Theme": detail.theme,
    "Region": detail.region,
    "Target": detail.target,
}


def ids(store: Store, label: str) -> list[str]:
    """Every third of many."""
    found = sorted(row["id"] for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id"))
    return found if len(found) < 30 else found[::3]


@pytest.mark.parametrize("label", VIEWS)
def test_views(pair: Pair, label: str) -> None:
    embedded, bolt = pair
    wanted = ids(embedded, label)
    assert wanted
    for id_ in wanted:
        for as_of in (None, date(2021, 6, 1)):
            one, other = (VIEWS[label](store, id_, today=TODAY, as_of=as_of) for store in (embedded, bolt))
            assert one.model_dump_json() == other.model_dump_json()


def test_texts(pair: Pair) -> None:
    embedded, bolt = pair
    for row in lists.policies(embedded, held=True):
        one, other = (detail.policy_text(store, row.id) for store in (embedded, bolt))
        assert one.model_dump_json() == other.model_dump_json()


@pytest.mark.parametrize(
    "listing",
    [
        lists.policy_list, lists.task_list, lists.agency_list, lists.park_list, lists.industry_list, lists.theme_list,
        lists.region_list,
    ],
)  # fmt: skip
def test_lists(pair: Pair, listing: Callable[..., Listing[View]]) -> None:
    for filters in [{}, {"q": "产业"}] if listing is not lists.theme_list else [{}]:
        one, other = (listing(**filters).all(store) for store in pair)
        assert one == other


@pytest.mark.parametrize("label", [*KINDS, "Target", "Document", "Unresolved"])
def test_neighbourhoods(pair: Pair, label: str) -> None:
    for id_ in ids(pair[0], label)[:10]:
        assert neighbourhood(pair[0], label, id_, limit=5) == neighbourhood(pair[1], label, id_, limit=5)


@pytest.mark.parametrize("text", ["常德", "园区", "发展", "绿色", "4", "局"])
def test_suggestions(pair: Pair, text: str) -> None:
    assert suggest(pair[0], text, 30) == suggest(pair[1], text, 30)
