"""Rows of lists: every policy, task, agency, park, industry, theme and region that some filters leave, in a fixed order.

Each list is one query: ``tasks(store, year=2020)`` gives all rows, ``task_list(year=2020)`` the question, that can be
asked for a part of them. Text filters (``q``) look into names, in small or capital letters; an empty one is none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from graph.detail.listed import AgencyRow, IndustryRow, ParkRow, PolicyRow, RegionRow, TaskRow, ThemeRow
from graph.detail.listing import Listing, rows_of
from graph.detail.refs import (
    ROLES,
    AgencyRef,
    IndustryRef,
    ParkRef,
    PolicyRef,
    PolicyStatus,
    RegionRef,
    Role,
    ThemeRef,
    View,
    dated,
    fields,
    latest_first,
    made,
)
from graph.errors import QueryError
from graph.regions import resolve_region
from graph.store import Row

V = TypeVar("V", bound=View)
_LATEST = "`on` IS NULL, `on` DESC"
_IN_FORCE = (  # as graph.detail.validity.holds
    "p.status <> 'draft' AND p.in_force_from <= $as_of "
    "AND (p.ended_on > $as_of OR (p.ended_on IS NULL AND NOT p.superseded))"
)
_POLICY_ABOUT = "EXISTS { MATCH (p)-[:HAS_TASK]->(:Task)-[:ABOUT]->(h:Theme) WHERE h.id = $theme }"
_WITHIN, _JUST = "$region IN g.ancestors", "g.id = $region"
_IN_REGION = f"EXISTS {{ MATCH (p)-[:APPLIES_IN]->(g:Region) WHERE {_WITHIN} }}"
_IN_JUST_REGION = f"EXISTS {{ MATCH (p)-[:APPLIES_IN]->(g:Region) WHERE {_JUST} }}"


def policy_list(
    *,
    region: str | None = None,
    within: bool = True,
    year: int | None = None,
    status: PolicyStatus | None = None,
    held: bool | None = None,
    theme: str | None = None,
    as_of: date | None = None,
    q: str | None = None,
) -> Listing[PolicyRow]:
    """Policies, the latest first. ``region``: code or usual name, with all ``within`` it; ``year``: that of their day.

    ``as_of`` leaves those that are known to be in force on that day.
    Raises QueryError for an unknown region.
    """
    given = {**_common(region, year, theme, q), "status": status, "held": held, "as_of": as_of}
    own = "doc_type genre region region_code status issued_on published_on in_force_from in_force_to superseded"
    return _listing(
        PolicyRow,
        "MATCH (p:Policy)",
        given,
        {
            "region": _IN_REGION if within else _IN_JUST_REGION,
            "first": f"{dated('p')} >= $first",
            "last": f"{dated('p')} <= $last",
            "theme": _POLICY_ABOUT,
            "q": "(toLower(p.name) CONTAINS $q OR toLower(p.doc_number) CONTAINS $q)",
            "status": "p.status = $status",
            "held": "p.held = $held",
            "as_of": _IN_FORCE,
        },
        f"{fields(PolicyRef, 'p')}, {_own('p', own)}, {dated('p')} AS `on`, "
        "COUNT { MATCH (p)-[:HAS_TASK]->(:Task) } AS tasks, COUNT { MATCH (p)-[:TARGETS]->(:Target) } AS targets",
        order=f"{_LATEST}, id",
        key=lambda row: (latest_first(row["on"]), row["id"]),
    )


def task_list(
    *,
    region: str | None = None,
    year: int | None = None,
    theme: str | None = None,
    agency: str | None = None,
    role: Role | None = None,
    policy: str | None = None,
    q: str | None = None,
) -> Listing[TaskRow]:
    """Tasks: those of the latest policies first, in the order of the document. ``agency`` and ``policy`` are ids.

    ``role`` narrows ``agency``, or asks for any agency of that role. Raises QueryError for an unknown region.
    """
    given = {**_common(region, year, theme, q), "agency": agency, "role": role, "policy": policy}
    by = [text for name, text in (("agency", "a.id = $agency"), ("role", "r.role = $role")) if given[name]]
    answered = f"EXISTS {{ MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(t) WHERE {' AND '.join(by)} }}"
    return _listing(
        TaskRow,
        f"MATCH (p:Policy{' {id: $policy}' if policy else ''})-[:HAS_TASK]->(t:Task)",
        given,
        {
            "region": _IN_REGION,
            "first": f"{dated('p')} >= $first",
            "last": f"{dated('p')} <= $last",
            "theme": "EXISTS { MATCH (t)-[:ABOUT]->(h:Theme) WHERE h.id = $theme }",
            "q": "toLower(t.title) CONTAINS $q",
            "agency": answered,
            "role": answered,
        },
        "t.id AS id, t.path AS path, t.title AS title, t.start AS start, p.id AS policy, p.name AS policy_title, "
        "p.doc_number AS doc_number, p.held AS held, p.region_code AS region_code, "
        f"{dated('p')} AS `on`, COUNT {{ MATCH (:Agency)-[:RESPONSIBLE_FOR]->(t) }} AS duties",
        order=f"{_LATEST}, policy, start, path",
        key=lambda row: (latest_first(row["on"]), row["policy"], row["start"], row["path"]),
        make=_task_rows,
    )


def _task_rows(rows: list[Row]) -> list[TaskRow]:
    """Rows of tasks, each policy made once: there may be a hundred thousand, and maps in their place take twice as long."""
    refs: dict[str, PolicyRef] = {}
    found = []
    for row in rows:
        ref = refs.get(row["policy"])
        if ref is None:
            title, number, held = row["policy_title"], row["doc_number"], bool(row["held"])
            ref = refs[row["policy"]] = PolicyRef(id=row["policy"], title=title, doc_number=number, held=held)
        found.append(
            TaskRow(
                id=row["id"], path=row["path"], title=row["title"], policy=ref, region_code=row["region_code"],
                on=row["on"], duties=row["duties"],
            )
        )  # fmt: skip
    return found


def agency_list(
    *, region: str | None = None, within: bool = True, function: str | None = None, q: str | None = None
) -> Listing[AgencyRow]:
    """Agencies by id. ``region``: code or usual name, with all ``within`` it. Raises QueryError for an unknown region."""
    return _listing(
        AgencyRow,
        "MATCH (a:Agency)",
        {**_common(region, None, None, q), "function": function},
        {
            "region": f"EXISTS {{ MATCH (a)-[:SERVES]->(g:Region) WHERE {_WITHIN if within else _JUST} }}",
            "function": "a.`function` = $function",
            "q": "(toLower(a.name) CONTAINS $q OR toLower(a.short_name) CONTAINS $q)",
        },
        f"{fields(AgencyRef, 'a')}, lead AS lead, responsible AS responsible, support AS support, policies AS policies",
        more="OPTIONAL MATCH (a)-[r:RESPONSIBLE_FOR]->(:Task) WITH a, count(DISTINCT r.policy) AS policies, "
        + ", ".join(f"sum(CASE WHEN r.role = '{role}' THEN 1 ELSE 0 END) AS {role}" for role in ROLES),
    )


def park_list(
    *,
    region: str | None = None,
    park_class: str | None = None,
    industry: str | None = None,
    q: str | None = None,
) -> Listing[ParkRow]:
    """Parks by id. ``region``: code or usual name, with all within it; ``industry``: the id of one that they develop.

    Raises QueryError for an unknown region.
    """
    return _listing(
        ParkRow,
        "MATCH (k:Park)",
        {**_common(region, None, None, q), "park_class": park_class, "industry": industry},
        {
            "region": "EXISTS { MATCH (k)-[:LOCATED_IN]->(g:Region) WHERE $region IN g.ancestors }",
            "park_class": "k.park_class = $park_class",
            "industry": "EXISTS { MATCH (k)-[:DEVELOPS]->(i:Industry) WHERE i.id = $industry }",
            "q": "toLower(k.name) CONTAINS $q",
        },
        f"{fields(ParkRef, 'k')}, k.aliases AS aliases, COUNT {{ MATCH (:Policy)-[:MENTIONS]->(k) }} AS policies, "
        "COUNT { MATCH (:Task)-[:MENTIONS]->(k) } AS tasks, COUNT { MATCH (:Target)-[:APPLIES_TO]->(k) } AS targets",
    )


def industry_list(*, q: str | None = None) -> Listing[IndustryRow]:
    """Industries by id."""
    return _listing(
        IndustryRow,
        "MATCH (i:Industry)",
        _common(None, None, None, q),
        {"q": "toLower(i.name) CONTAINS $q"},
        f"{fields(IndustryRef, 'i')}, i.aliases AS aliases, "
        "COUNT { MATCH (:Task)-[:PROMOTES]->(i) } AS tasks, COUNT { MATCH (:Park)-[:DEVELOPS]->(i) } AS developments",
    )


def theme_list() -> Listing[ThemeRow]:
    """Themes by key."""
    columns = f"{fields(ThemeRef, 'h')}, COUNT {{ MATCH (:Task)-[:ABOUT]->(h) }} AS tasks"
    return _listing(ThemeRow, "MATCH (h:Theme)", {}, {}, columns, order="key", key=lambda row: row["key"])


def region_list(*, region: str | None = None, level: str | None = None, q: str | None = None) -> Listing[RegionRow]:
    """Regions by code. ``region``: code or usual name of one that they are within. Raises QueryError."""
    return _listing(
        RegionRow,
        "MATCH (g:Region)",
        {**_common(region, None, None, q), "level": level},
        {"region": "$region IN g.ancestors", "level": "g.level = $level", "q": "g.full_name CONTAINS $q"},
        f"{fields(RegionRef, 'g')}, g.parent AS parent_code, "
        "COUNT { MATCH (:Policy)-[:APPLIES_IN]->(g) } AS policies, COUNT { MATCH (:Agency)-[:SERVES]->(g) } AS agencies, "
        "COUNT { MATCH (:Park)-[:LOCATED_IN]->(g) } AS parks",
        order="code",
        key=lambda row: row["code"],
    )


policies, tasks, agencies = rows_of(policy_list), rows_of(task_list), rows_of(agency_list)
parks, industries = rows_of(park_list), rows_of(industry_list)
themes, regions = rows_of(theme_list), rows_of(region_list)


def _common(region: str | None, year: int | None, theme: str | None, q: str | None) -> dict[str, Any]:
    if year is not None and not date.min.year <= year <= date.max.year:
        raise QueryError(f"year {year}: no such year")
    return {
        "region": resolve_region(region) if region else None,
        "first": date(year, 1, 1) if year is not None else None,
        "last": date(year, 12, 31) if year is not None else None,
        "theme": theme,
        "q": q.strip().lower() if q else None,
    }


def _listing(
    view: type[V],
    match: str,
    given: Mapping[str, Any],
    where: Mapping[str, str],
    columns: str,
    *,
    more: str = "",
    order: str = "id",
    key: Callable[[Row], Any] = lambda row: row["id"],
    make: Callable[[list[Row]], list[V]] | None = None,
) -> Listing[V]:
    """The list of what ``match`` finds and the filters leave for which a value is given."""
    used = {name: value for name, value in given.items() if value is not None and value != ""}
    conditions = " AND ".join(dict.fromkeys(where[name] for name in used if name in where))
    found = f"{match} WHERE {conditions}" if conditions else match
    return Listing(
        view, found, used, columns, order, key, make or (lambda rows: [made(view, row) for row in rows]), more
    )


def _own(variable: str, names: str) -> str:
    return ", ".join(f"{variable}.{name} AS {name}" for name in names.split())
