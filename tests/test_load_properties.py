"""Loading, for any sequence of steps: what is stored equals what is built at once from what is left.

And who follows the steps by the feed of changes has the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.check import check
from graph.export import export_hash, export_lines
from graph.load import load, remove
from graph.store import Store, open_store
from ingest.records import Park, Record, Succession
from tests.conftest import empty
from tests.follower import Follower
from tests.graph_records import CHANGDE, CHINA, CHIZHOU, HUNAN, Draft
from tests.neo4j_server import Server

TITLES = ("园区办法", "常德市园区高质量发展方案", "开发区意见", "农业规划")
NUMBERS = (None, "常政发〔2018〕1号", "湘政发〔2020〕2号")
REGIONS = (CHANGDE, CHANGDE, HUNAN, CHIZHOU, CHINA, None)
DATES = (None, date(2018, 1, 1), date(2020, 1, 1), date(2022, 1, 1))
RELATIONS = ("supersedes", "supersedes", "based_on", "cites", "amends", "interprets", "forwards")
ISSUERS = ((), ("常德市人民政府",))


@dataclass(frozen=True)
class Shape:
    """What a generated document is made of; few values, so that documents meet."""

    title: int
    number: int
    region: int
    on: int
    draft: bool
    own_id: bool
    cites: tuple[tuple[int, int, int], ...]
    agencies: tuple[int, ...]
    park: int
    issuer: int = 0


shapes = st.builds(
    Shape,
    title=st.integers(0, 3),
    number=st.integers(0, 2),
    region=st.integers(0, 5),
    on=st.integers(0, 3),
    draft=st.booleans(),
    own_id=st.booleans(),
    cites=st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 2), st.integers(0, 6)), max_size=4).map(tuple),
    agencies=st.lists(st.integers(0, 2), max_size=2, unique=True).map(tuple),
    park=st.integers(0, 3),
    issuer=st.integers(0, 1),
)
# pages of one policy, or nearly: with its number, without it, with another one; a draft of it
pages = st.builds(
    Shape,
    title=st.just(1),
    number=st.sampled_from((0, 0, 1, 2)),
    region=st.just(0),
    on=st.sampled_from((1, 1, 2)),
    draft=st.sampled_from((False, False, True)),
    own_id=st.just(False),
    cites=st.lists(st.tuples(st.just(1), st.just(0), st.sampled_from((0, 5))), max_size=1).map(tuple),
    agencies=st.lists(st.integers(0, 2), max_size=2, unique=True).map(tuple),
    park=st.integers(0, 1),
    issuer=st.just(1),
)


def build(shape: Shape) -> Record:
    number = NUMBERS[shape.number]
    unnumbered = f"{TITLES[shape.title]} {DATES[shape.on]}" if shape.issuer else TITLES[shape.title]
    id_ = f"{shape.title}/{shape.region}/{shape.on}" if shape.own_id else number or unnumbered
    draft = Draft(id_, REGIONS[shape.region], TITLES[shape.title], DATES[shape.on])
    draft.policy |= {
        "doc_number": number,
        "status": "draft" if shape.draft else "issued",
        "issuers": ISSUERS[shape.issuer],
    }
    draft.write(repr(shape))
    for index, agency in enumerate(shape.agencies):
        draft.task(str(index), f"任务{index}", "绿色" if index else None)
        draft.duty(str(index), f"第{agency}局")
    if len(shape.agencies) == 2:
        names = [duty.agency_id for duty in draft.items["responsibilities"]]
        draft.add("successions", Succession(predecessor=names[0], successor=names[1], since=2019, basis="改革"))
    if shape.park:
        mentions = tuple(f"园{index}" for index in range(shape.park))
        draft.add("parks", Park(name="某园", mentions=mentions, park_class="甲" if shape.park > 1 else None,
                                region="430700" if shape.park > 2 else None, evidence=draft.head))  # fmt: skip
    for title, cited, relation in shape.cites:
        name, cited_number = (None if title < 0 else TITLES[title]), NUMBERS[cited]
        if RELATIONS[relation] == "supersedes" or name or cited_number:
            draft.cite(name, cited_number, RELATIONS[relation])
    return draft.record()


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("stores")
    with open_store(folder / "a.lbug") as one, open_store(folder / "b.lbug") as other:
        yield one, other


def clear(store: Store) -> None:
    remove(store, [row["id"] for row in store.read("MATCH (d:Document) RETURN d.id AS id")])


def left_over(store: Store) -> list[dict[str, object]]:
    return store.read("MATCH (n) WHERE NOT n.kind IN ['Meta', 'Change'] RETURN n.kind AS kind, n.id AS id")


steps = st.lists(
    st.one_of(
        st.tuples(st.just("load"), st.lists(st.tuples(st.integers(0, 4), shapes | pages), min_size=1, max_size=3)),
        st.tuples(st.just("remove"), st.integers(0, 4)),
    ),
    min_size=1,
    max_size=6,
)


def any_steps(store: Store, fresh: Store, steps: list[tuple[str, object]]) -> None:
    clear(store)
    clear(fresh)
    assert left_over(store) == left_over(fresh) == []
    places: dict[str, Record] = {}
    start = str(store.revision())
    follower = Follower(start)
    for what, value in steps:
        if what == "load" and isinstance(value, list):
            records = {f"/d/{place}": build(shape) for place, shape in value}
            load(store, list(records.values()), locations=list(records))
            places |= records
            assert load(store, list(records.values()), locations=list(records)).changed is False
        else:
            gone = places.get(f"/d/{value}")
            if gone:
                remove(store, [gone.document.sha256])
                places = {k: r for k, r in places.items() if r.document.sha256 != gone.document.sha256}
        assert check(store) == []
        follower.follow(store)
    order = sorted(places, reverse=True)
    load(fresh, [places[place] for place in order], locations=order)
    assert follower.lines() == list(export_lines(store)) == list(export_lines(fresh))
    late = Follower(start)
    late.follow(store, limit=11)
    assert late == follower


def any_order(store: Store, fresh: Store, documents: list[Shape], data: st.DataObject) -> None:
    clear(store)
    clear(fresh)
    records = [build(shape) for shape in documents]
    load(fresh, records, locations=[f"/{r.document.sha256}" for r in records])
    for record in data.draw(st.permutations(records)):
        load(store, [record], locations=[f"/{record.document.sha256}"])
    assert export_hash(store) == export_hash(fresh)


def examples(count: int) -> settings:
    return settings(max_examples=count, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


some = st.lists(shapes | pages, min_size=1, max_size=5, unique=True)


@examples(25)
@given(steps=steps)
def test_any_steps_equal_building_anew(stores: tuple[Store, Store], steps: list[tuple[str, object]]) -> None:
    any_steps(*stores, steps)


@examples(15)
@given(documents=some, data=st.data())
def test_one_by_one_in_any_order_equals_all_at_once(
    stores: tuple[Store, Store], documents: list[Shape], data: st.DataObject
) -> None:
    any_order(*stores, documents, data)


@pytest.fixture(scope="module")
def bolt(neo4j_server: Server) -> Iterator[Store]:
    empty(neo4j_server)
    with open_store(neo4j_server.uri) as store:
        yield store


@examples(5)
@given(steps=steps)
def test_any_steps_on_neo4j(bolt: Store, stores: tuple[Store, Store], steps: list[tuple[str, object]]) -> None:
    """Beside the other engine, built at once."""
    any_steps(bolt, stores[0], steps)


@examples(4)
@given(documents=some, data=st.data())
def test_any_order_on_neo4j(
    bolt: Store, stores: tuple[Store, Store], documents: list[Shape], data: st.DataObject
) -> None:
    any_order(bolt, stores[0], documents, data)
