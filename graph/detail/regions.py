"""A region: its policies, their targets by indicator and year, its agencies and parks."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from pydantic import Field

from graph.detail import lists, related
from graph.detail.listed import AgencyRow, PolicyRow
from graph.detail.refs import ParkRef, PolicyTarget, RegionRef, View, made, shape
from graph.errors import NotFoundError
from graph.store import Reader

_TARGETS = "(:Region {id: $id})<-[:APPLIES_IN]-(:Policy)-[:TARGETS]->(n:Target)"
_BOUND = "(n:Target)-[:APPLIES_TO]->(:Region {id: $id})"


class RegionChild(RegionRef):
    """A region that is part of another one."""

    policies: int = Field(description="How many policies apply in it or in a part of it")


class IndicatorTargets(View):
    """The targets of one indicator."""

    indicator: str = Field(description="The indicator; the words of the document where no table knows it")
    unit: str | None = Field(None, description="The unit in which they can be compared")
    targets: list[PolicyTarget] = Field(description="The targets by year, those without one last")


class RegionDetail(RegionRef):
    """A region with what the graph knows of it."""

    parents: list[RegionRef] = Field([], description="What it is part of, the nearest first")
    children: list[RegionChild] = Field([], description="Its parts that the graph knows, by code")
    policies: list[PolicyRow] = Field(
        [], description="Policies of just this region, the latest first; at most the limit"
    )
    policies_total: int = Field(description="How many policies apply in just this region")
    policies_within: int = Field(description="How many policies apply in it or in a part of it")
    targets: list[IndicatorTargets] = Field(
        [], description="Targets of its policies and those that bind it, by indicator"
    )
    targets_total: int = Field(description="How many such targets there are; those of the latest policies are listed")
    agencies: list[AgencyRow] = Field(
        [], description="Agencies that serve it, the most duties first; at most the limit"
    )
    agencies_total: int = Field(description="How many agencies serve it")
    parks: list[ParkRef] = Field([], description="Parks that lie in just this region, by name")


def region(store: Reader, code: str, *, today: date, as_of: date | None = None, limit: int = 200) -> RegionDetail:
    """The region ``code``. With ``as_of`` without targets of policies known not to be in force on that day.

    Raises NotFoundError.
    """
    query = f"MATCH (g:Region {{id: $id}}) RETURN {shape(RegionRef, 'g')} AS region, g.ancestors AS ancestors"
    rows = store.read(query, {"id": code})
    if not rows:
        raise NotFoundError(f"region {code}: not in this graph")
    within = _policies_within(store, code)
    policies = lists.policies(store, region=code, within=False)
    agencies = sorted(lists.agencies(store, region=code, within=False), key=_most_duties)
    targets = _target_ids(store, code, as_of)
    return made(
        RegionDetail,
        rows[0]["region"],
        parents=_parents(store, rows[0]["ancestors"] or [], code),
        children=_children(store, code, within),
        policies=policies[:limit],
        policies_total=len(policies),
        policies_within=within[code],
        targets=_by_indicator(related.targets_in_full(store, targets[:limit], as_of or today)),
        targets_total=len(targets),
        agencies=agencies[:limit],
        agencies_total=len(agencies),
        parks=_parks(store, code),
    )


def _policies_within(store: Reader, code: str) -> Counter[str]:
    """How many policies apply in each region inside of ``code``, its parts included."""
    query = (
        "MATCH (p:Policy)-[:APPLIES_IN]->(g:Region) WHERE $id IN g.ancestors "
        "WITH g, count(DISTINCT p.id) AS policies RETURN g.ancestors AS ancestors, policies AS policies"
    )
    counts: Counter[str] = Counter()
    for row in store.read(query, {"id": code}):
        for ancestor in row["ancestors"]:
            counts[ancestor] += row["policies"]
    return counts


def _parents(store: Reader, ancestors: list[str], code: str) -> list[RegionRef]:
    query = f"MATCH (g:Region) WHERE g.id IN $ids RETURN {shape(RegionRef, 'g')} AS region"
    rows = store.read(query, {"ids": ancestors}) if ancestors else []
    found = {row["region"]["code"]: made(RegionRef, row["region"]) for row in rows}
    return [found[each] for each in ancestors if each in found and each != code]


def _children(store: Reader, code: str, within: Counter[str]) -> list[RegionChild]:
    query = f"MATCH (g:Region)-[:PART_OF]->(:Region {{id: $id}}) RETURN {shape(RegionRef, 'g')} AS region"
    rows = store.read(query, {"id": code})
    found = [made(RegionChild, row["region"], policies=within[row["region"]["code"]]) for row in rows]
    return sorted(found, key=lambda child: child.code)


def _most_duties(row: AgencyRow) -> tuple[int, str]:
    return -(row.lead + row.responsible + row.support), row.id


def _target_ids(store: Reader, code: str, as_of: date | None) -> list[str]:
    own = related.target_ids(store, _TARGETS, code, as_of)
    return list(dict.fromkeys([*own, *related.target_ids(store, _BOUND, code, as_of)]))


def _by_indicator(targets: list[PolicyTarget]) -> list[IndicatorTargets]:
    groups: defaultdict[tuple[str, str], list[PolicyTarget]] = defaultdict(list)
    for target in targets:
        groups[target.indicator or target.metric, target.base_unit or target.unit or ""].append(target)
    return [
        IndicatorTargets(indicator=name, unit=unit or None, targets=sorted(groups[name, unit], key=_year))
        for name, unit in sorted(groups)
    ]


def _year(target: PolicyTarget) -> tuple[bool, int, str, int, str]:
    return target.year is None, target.year or 0, target.policy.id, target.evidence.start, target.id


def _parks(store: Reader, code: str) -> list[ParkRef]:
    query = f"MATCH (k:Park)-[:LOCATED_IN]->(:Region {{id: $id}}) RETURN {shape(ParkRef, 'k')} AS park"
    return sorted((made(ParkRef, row["park"]) for row in store.read(query, {"id": code})), key=lambda park: park.id)
