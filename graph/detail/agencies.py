"""An agency: what it was and became, what it answers for, what it issued, and with whom it works."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from pydantic import Field

from graph.detail.refs import (
    ROLES,
    AgencyRef,
    Evidence,
    PolicyRef,
    RegionRef,
    Role,
    TaskRef,
    View,
    dated,
    latest_first,
    made,
    made_or_none,
    shape,
)
from graph.detail.validity import facts, holds
from graph.errors import NotFoundError
from graph.store import Reader, Row

_ONE = "MATCH (a:Agency {id: $id})"
_DUTIES = f"{_ONE}-[r:RESPONSIBLE_FOR]->(t:Task)<-[:HAS_TASK]-(p:Policy)"


class Succession(View):
    """A step of a reform: the agency before or after this one."""

    agency: AgencyRef = Field(description="The other agency")
    since: int | None = Field(None, description="Year of the reform")
    basis: str | None = Field(None, description="The reform")


class AgencyDuty(View):
    """A task that an agency answers for."""

    task: TaskRef = Field(description="The task")
    policy: PolicyRef = Field(description="Its policy")
    on: date | None = Field(None, description="Day of issue of the policy, else of publication, else of effect")
    year: int | None = Field(None, description="The year of that day")
    in_force: bool | None = Field(None, description="Whether the policy holds on the day asked for; null: not known")
    position: int = Field(description="Its place among those that the clause names in this role; 1 is the first")
    basis: str = Field(description="stated by the text, or first_named of a plain list")
    mention: str | None = Field(None, description="The agency as it stands in the text")
    evidence: Evidence = Field(description="The clause or the row of the table that says it")


class DutyGroup(View):
    """What an agency does in one role."""

    role: Role = Field(description="lead, responsible or support")
    total: int = Field(description="How many duties there are in this role")
    policies: int = Field(description="How many policies they are of")
    duties: list[AgencyDuty] = Field([], description="The latest of them, by day of the policy; at most the limit")


class DutyYear(View):
    """How many duties the policies of one year give an agency."""

    year: int | None = Field(None, description="Year of the policies; null where no day is known")
    lead: int = Field(0, description="Duties as lead")
    responsible: int = Field(0, description="Duties where the text tells no lead")
    support: int = Field(0, description="Duties as support")


class CoAgency(View):
    """An agency that answers for the same tasks."""

    agency: AgencyRef = Field(description="The other agency")
    tasks: int = Field(description="Tasks that both answer for, in whatever role")


class IssuedPolicy(View):
    """A policy that an agency issued."""

    policy: PolicyRef = Field(description="The policy")
    on: date | None = Field(None, description="Day of issue, else of publication, else of effect")


class AgencyDetail(AgencyRef):
    """An agency with what the graph knows of it."""

    party: bool = Field(False, description="Whether it is of the party")
    region: RegionRef | None = Field(None, description="The region that it serves")
    mentions: list[str] = Field([], description="How policies call it, in full")
    predecessors: list[Succession] = Field([], description="What it was before reforms, the latest first")
    successors: list[Succession] = Field([], description="What it became in reforms, the earliest first")
    duties: list[DutyGroup] = Field([], description="What it answers for: as lead, as responsible, as support")
    years: list[DutyYear] = Field([], description="Duties by year of the policy, the earliest first")
    issued: list[IssuedPolicy] = Field([], description="Policies that it issued, the latest first; at most the limit")
    issued_total: int = Field(0, description="How many policies it issued")
    co_agencies: list[CoAgency] = Field(
        [], description="Who shares the most tasks with it; at most the limit of others"
    )
    co_agencies_total: int = Field(0, description="How many agencies share tasks with it")


def agency(
    store: Reader, id_: str, *, today: date, as_of: date | None = None, limit: int = 100, others: int = 20
) -> AgencyDetail:
    """The agency ``id_``, with at most ``limit`` duties a role and as many issued policies, and ``others`` beside it.

    With ``as_of`` only duties of policies that had begun by then and were not known to have ended.
    Raises NotFoundError.
    """
    query = (
        f"{_ONE} OPTIONAL MATCH (a)-[:SERVES]->(g:Region) RETURN {shape(AgencyRef, 'a')} AS agency, a.party AS party, "
    )
    rows = store.read(query + f"{shape(RegionRef, 'g')} AS region", {"id": id_})
    if not rows:
        raise NotFoundError(f"agency {id_}: not in this graph")
    duties = [row for row in _duties(store, id_) if as_of is None or holds(row["facts"], as_of) is not False]
    issued, shared = _issued(store, id_), _shared(store, id_)
    return made(
        AgencyDetail,
        {**rows[0]["agency"], "party": rows[0]["party"]},
        region=made_or_none(RegionRef, rows[0]["region"]),
        mentions=sorted({row["agency_name"] for row in duties if row["agency_name"]}),
        predecessors=_succession(store, "(b:Agency)-[r:SUCCEEDED_BY]->(a)", id_, -1),
        successors=_succession(store, "(a)-[r:SUCCEEDED_BY]->(b:Agency)", id_, 1),
        duties=_groups(store, id_, duties, limit, as_of or today),
        years=_years(duties),
        issued=issued[:limit],
        issued_total=len(issued),
        co_agencies=shared[:others],
        co_agencies_total=len(shared),
    )


def _succession(store: Reader, pattern: str, id_: str, sign: int) -> list[Succession]:
    query = f"{_ONE} MATCH {pattern} RETURN {shape(AgencyRef, 'b')} AS agency, r.since AS since, r.basis AS basis"
    rows = sorted(store.read(query, {"id": id_}), key=lambda row: (sign * (row["since"] or 0), row["agency"]["id"]))
    return [made(Succession, {**row, "agency": made(AgencyRef, row["agency"])}) for row in rows]


def _duties(store: Reader, id_: str) -> list[Row]:
    """Every duty in brief, in the order in which they are shown."""
    rows = store.read(
        f"{_DUTIES} RETURN r.key AS key, r.role AS role, r.agency_name AS agency_name, p.id AS policy, r.start AS start, "
        f"{dated('p')} AS `on`, {facts('p')} AS facts",
        {"id": id_},
    )
    return sorted(rows, key=lambda row: (latest_first(row["on"]), row["policy"], row["start"], row["key"]))


def _groups(store: Reader, id_: str, duties: list[Row], limit: int, day: date) -> list[DutyGroup]:
    of: dict[Role, list[Row]] = {role: [row for row in duties if row["role"] == role] for role in ROLES}
    found = _in_full(store, id_, [row["key"] for rows in of.values() for row in rows[:limit]], day)
    return [
        DutyGroup(
            role=role,
            total=len(rows),
            policies=len({row["policy"] for row in rows}),
            duties=[found[row["key"]] for row in rows[:limit] if row["key"] in found],
        )
        for role, rows in of.items()
        if rows
    ]


def _in_full(store: Reader, id_: str, keys: list[str], day: date) -> dict[str, AgencyDuty]:
    query = (
        f"{_DUTIES} WHERE r.key IN $keys RETURN r.key AS key, {shape(TaskRef, 't')} AS task, "
        f"{shape(PolicyRef, 'p')} AS policy, {dated('p')} AS `on`, r.position AS position, r.basis AS basis, "
        f"r.mention AS mention, {shape(Evidence, 'r')} AS evidence, {facts('p')} AS facts"
    )
    return {row["key"]: _duty(row, day) for row in (store.read(query, {"id": id_, "keys": keys}) if keys else [])}


def _duty(row: Row, day: date) -> AgencyDuty:
    views = {
        "task": made(TaskRef, row["task"]),
        "policy": made(PolicyRef, row["policy"]),
        "evidence": made(Evidence, row["evidence"]),
    }
    said = {name: row[name] for name in ("on", "position", "basis", "mention")}
    return made(
        AgencyDuty, said, year=row["on"].year if row["on"] else None, in_force=holds(row["facts"], day), **views
    )


def _years(duties: list[Row]) -> list[DutyYear]:
    counts: defaultdict[int | None, Counter[str]] = defaultdict(Counter)
    for row in duties:
        counts[row["on"].year if row["on"] else None][row["role"]] += 1
    return [DutyYear(year=year, **counts[year]) for year in sorted(counts, key=lambda year: (year is None, year or 0))]


def _issued(store: Reader, id_: str) -> list[IssuedPolicy]:
    query = f"{_ONE}-[:ISSUED]->(p:Policy) RETURN {shape(PolicyRef, 'p')} AS policy, {dated('p')} AS `on`"
    found = [
        IssuedPolicy(policy=made(PolicyRef, row["policy"]), on=row["on"]) for row in store.read(query, {"id": id_})
    ]
    return sorted(found, key=lambda each: (latest_first(each.on), each.policy.id))


def _shared(store: Reader, id_: str) -> list[CoAgency]:
    query = (
        f"{_ONE}-[:RESPONSIBLE_FOR]->(t:Task)<-[:RESPONSIBLE_FOR]-(b:Agency) WHERE b.id <> $id "
        f"WITH b, count(DISTINCT t.id) AS tasks RETURN {shape(AgencyRef, 'b')} AS agency, tasks AS tasks"
    )
    rows = store.read(query, {"id": id_})
    found = [CoAgency(agency=made(AgencyRef, row["agency"]), tasks=row["tasks"]) for row in rows]
    return sorted(found, key=lambda each: (-each.tasks, each.agency.id))
