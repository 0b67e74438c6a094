"""Surfaces to agencies: rows by hand, every example of the tables, and what must hold for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from ingest.agency_chain import reforms
from ingest.agency_groups import group, takes_level
from ingest.agency_names import fill
from ingest.agency_table import agency_table
from ingest.lookups import decisions
from ingest.records import Agency, Region
from ingest.regions import regions
from ingest.resolve import agency_resolver
from ingest.tables import names, read_csv
from tests.agency_cases import GOLD, MORE

FILES = ("government", "party", "people", "vertical", "central", "central_party", "parks")
NOT_SETTLED = "-"


def place(name: str | None) -> Region | None:
    return regions().find(name)[0] if name else None


def day(text: str) -> date | None:
    return date.fromisoformat({4: f"{text}-06-15", 7: f"{text}-15"}[len(text)]) if text else None


def canonical(surface: str, region: str | None, on: date | None) -> str | None:
    agency = agency_resolver().resolve(surface, place(region), on)
    return agency_resolver().canonical(agency) if agency else ""


def rows() -> Iterator[tuple[str, str | None, int | None, str | None]]:
    for region, year, surfaces in GOLD + MORE:
        for surface, expected in surfaces.items():
            yield surface, region, year, expected


@pytest.mark.parametrize(("surface", "region", "year", "expected"), list(rows()))
def test_canonical(surface: str, region: str | None, year: int | None, expected: str | None) -> None:
    assert canonical(surface, region, day(str(year or ""))) == expected


@pytest.mark.parametrize("file", FILES)
def test_every_example_of_the_tables(file: str) -> None:
    for row in read_csv(f"agencies/{file}.csv"):
        assert row["examples"], row
        for example in names(row["examples"]):
            asked, expected = example.rsplit("=", 1)
            surface, region, on = asked.split("@")
            assert (canonical(surface, region or None, day(on)) or NOT_SETTLED) == expected, example


def test_every_form_leads_back_to_its_row() -> None:
    table = agency_table()
    for form, bodies in table.strong.items():
        for body in bodies:
            assert body in table.bodies(form, body.levels[0])


def test_every_override_holds_where_it_says() -> None:
    inside = {"p": "province", "c": "prefecture", "x": "county"}
    for row in read_csv("agencies/overrides.csv"):
        home = regions().find(row["region"])[0]
        code = home.code
        if home.level != inside[row["level"]]:
            code = next(c for c in regions().codes() if regions()[c].parent == home.code)
        assert agency_table().override(names(row["forms"])[0], home, row["level"], day(row["since"])) or row["until"]
        assert fill(row["name"], code)


@pytest.mark.parametrize("row", list(read_csv("agencies/collective.csv")), ids=lambda row: row["pattern"][:20])
def test_collective_and_vague_examples(row: dict[str, str]) -> None:
    for example in names(row["examples"]):
        assert group(example) == row["kind"], example


@pytest.mark.parametrize("surface", ["各区县市人民政府", "各园区", "各县区人民政府", "各区、县级市", "各项目牵头单位"])
def test_collective_agencies(surface: str) -> None:
    agency = agency_resolver().resolve(surface, place("常德市"), None)
    assert agency is not None
    assert (agency.id, agency.collective, agency.resolved) == (f"常德市{surface}", True, True)
    assert agency_resolver().canonical(agency) is None


@pytest.mark.parametrize("row", list(read_csv("agencies/level_free.csv")), ids=lambda row: row["pattern"][:20])
def test_names_without_a_level(row: dict[str, str]) -> None:
    assert not [example for example in names(row["examples"]) if takes_level(example)]


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("工信局", True), ("市监局", True), ("市场监管局", True), ("公安局", True), ("国家安全局", True), ("委组织部", True),
        ("政府办", True), ("税务局", True), ("工商联", True), ("区域合作局", True), ("供电公司", True),
        ("团市委", False), ("省工信厅", False), ("市发改委", False), ("长沙海关", False), ("越秀区", False),
        ("武陵区人民政府", False), ("各园区", False), ("有关部门", False), ("高新区管委会", False),
        ("人民银行常德市中心支行", False), ("财政部", False), ("县级政府", False),
    ],
)  # fmt: skip
def test_takes_level(surface: str, expected: bool) -> None:
    assert takes_level(surface) is expected


def test_the_document_itself_settles_rivals() -> None:
    resolver = agency_resolver()
    on = date(2021, 6, 1)
    cases = [
        ("商洛市", "市自然资源局", ["市自然资源和规划局"], "商洛市自然资源和规划局"),
        ("商洛市", "市自然资源局", ["市财政局"], None),
        ("商洛市", "市自然资源局", ["市自然资源局"], None),
        ("贵港市", "市自然资源局", [], "贵港市自然资源局"),
        ("赣州市", "市行政审批局", ["市行政审批服务局"], "赣州市行政审批服务局"),
        ("赣州市", "市城管局", ["市城市管理和综合执法局", "市财政局"], "赣州市城市管理和综合执法局"),
    ]
    for region, surface, siblings, expected in cases:
        agency = resolver.resolve(surface, place(region), on, siblings=siblings)
        assert agency is not None
        assert resolver.canonical(agency) == expected, (region, surface, siblings)


def test_unsettled_agencies_keep_region_and_surface() -> None:
    agency = agency_resolver().resolve("市优化办", place("常德市"), None)
    assert agency is not None
    assert (agency.id, agency.resolved, agency.region, agency.level) == ("常德市优化办", False, "430700", "prefecture")


def test_records_of_agencies() -> None:
    agency = agency_resolver().resolve("市委组织部", place("常德市"), None)
    assert agency is not None
    assert (agency.party, agency.function, agency.level) == (True, "组织", "prefecture")
    central = agency_resolver().resolve("国家发改委", place("常德市"), None)
    assert central is not None
    assert (central.level, central.region, central.short_name) == ("central", "100000", "发展改革委")


def test_one_name_is_one_record() -> None:
    found: dict[str, Agency] = {}
    table = agency_table()
    for region, mark in (("湖南省", "省"), ("常德市", "市"), ("桃源县", "县"), ("北京市", "市"), ("广州市", "市")):
        home = place(region)
        for on in (None, date(2008, 6, 1), date(2015, 6, 1), date(2021, 6, 1), date(2024, 6, 1)):
            for form in (*table.strong, *table.weak):
                surface = form.replace("{}", region) if "{}" in form else mark + form
                agency = agency_resolver().resolve(surface, home, on)
                if agency is not None:
                    assert found.setdefault(agency.id, agency) == agency, surface


def test_a_canonical_name_names_itself() -> None:
    for region, year, surfaces in GOLD + MORE:
        for expected in filter(None, surfaces.values()):
            assert canonical(expected, region, day(str(year or ""))) == expected


CHAINS = [
    ("市经信委", "常德市", [("常德市经济和信息化委员会", "常德市工业和信息化局", 2019)]),
    ("市自然资源和规划局", "常德市", [("常德市国土资源局", "常德市自然资源和规划局", 2019)]),
    ("市环保局", "常德市", [("常德市环境保护局", "常德市生态环境局", 2019)]),
    (
        "市税务局",
        "常德市",
        [
            ("常德市国家税务局", "国家税务总局常德市税务局", 2018),
            ("常德市地方税务局", "国家税务总局常德市税务局", 2018),
        ],
    ),
    (
        "省工信厅",
        "湖南省",
        [
            ("湖南省信息产业厅", "湖南省经济和信息化委员会", 2009),
            ("湖南省经济和信息化委员会", "湖南省工业和信息化厅", 2018),
            ("湖南省经济委员会", "湖南省经济和信息化委员会", 2009),
        ],
    ),
    (
        "市科技和信息化局",
        "广州市",
        [("广州市科技创新委员会", "广州市科学技术局", 2019), ("广州市科技和信息化局", "广州市科技创新委员会", 2015)],
    ),
    ("市发改委", "常德市", []),
]


@pytest.mark.parametrize(("surface", "region", "expected"), CHAINS)
def test_chain(surface: str, region: str, expected: list[tuple[str, str, int]]) -> None:
    agency = agency_resolver().resolve(surface, place(region), None)
    assert agency is not None
    others, steps = agency_resolver().chain(agency)
    assert sorted((s.predecessor, s.successor, s.since) for s in steps) == sorted(expected)
    assert {a.id for a in others} == {n for s in expected for n in s[:2]} - {agency.id}
    assert all(step.basis for step in steps)


def test_reforms_have_no_cycle_and_name_known_agencies() -> None:
    rows = reforms(regions())
    steps = {(row.predecessor, row.successor) for row in rows}
    assert not {(b, a) for a, b in steps} & steps
    for row in rows:
        assert agency_table().has(row.predecessor), row
        assert agency_table().has(row.successor), row
        assert set(row.certain) <= set(row.levels)
        assert 1998 <= row.since <= 2026
    for code in ("430000", "430700", "430725", "110000", "440100", "120000", "100000"):
        _assert_acyclic(code)


def _assert_acyclic(code: str) -> None:
    for row in reforms(regions()):
        agency = agency_resolver().named(row.predecessor, code, date(row.since - 1, 1, 1))
        if agency is not None:
            _, steps = agency_resolver().chain(agency)
            after = {s.successor for s in steps if s.predecessor == agency.id}
            assert agency.id not in after
            assert all(s.predecessor != s.successor for s in steps)


def test_recorded_decisions_come_first() -> None:
    for (mention, code), decision in decisions().items():
        region = regions().get(code)
        agency = agency_resolver().resolve(mention, region, None)
        assert agency is not None
        assert agency_resolver().canonical(agency) == decision.canonical
        assert decision.reason
