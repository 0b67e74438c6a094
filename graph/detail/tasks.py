"""Tasks with who answers for them and what they are about: the outline of a policy, and a single task."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field

from graph.detail.refs import (
    ROLES,
    AgencyRef,
    Evidence,
    IndustryRef,
    ParkRef,
    PolicyRef,
    Role,
    TargetSummary,
    TaskRef,
    ThemeRef,
    View,
    evidence_of,
    made,
    shape,
)
from graph.detail.validity import Validity, validity
from graph.errors import NotFoundError
from graph.store import Reader, Row

OF_POLICY = "MATCH (p:Policy {id: $id})-[:HAS_TASK]->(t:Task)"
_OF_TASK = "MATCH (t:Task {id: $id})"
_TAGS = "(t)-[r:ABOUT|PROMOTES|MENTIONS|TARGETS]->(m:Theme|Industry|Park|Target)"
_TAG_FIELDS = ["kind", "id", "name", "name_zh", "name_en", "park_class", "level", "region", "start"]


class Duty(View):
    """An agency tied to a task."""

    agency: AgencyRef = Field(description="The agency")
    role: Role = Field(description="lead, support, or responsible where the text tells no lead")
    position: int = Field(description="Its place among those that the clause names in this role; 1 is the first")
    basis: Literal["stated", "first_named"] = Field(description="Stated by the text, or first of a plain list")
    mention: str | None = Field(None, description="The agency as it stands in the text: 工信局")
    agency_name: str | None = Field(None, description="The same with what the text leaves out: 市工信局")
    evidence: Evidence = Field(description="The clause or the row of the table that says it")


class ThemeMention(View):
    """A theme that a task is about, with the words that gave it."""

    theme: ThemeRef = Field(description="The theme")
    terms: list[str] = Field([], description="The words of the text that gave it")
    evidence: Evidence = Field(description="The sentence of the first of them")


class TaskItem(TaskRef):
    """A task of an outline."""

    depth: int = Field(description="How deep it stands in the numbered tree; 1 is the top")
    duties: list[Duty] = Field([], description="Who answers for it: lead, responsible, support; as named in each")
    themes: list[ThemeMention] = Field([], description="What it is about, by key of the theme")
    industries: list[IndustryRef] = Field([], description="Industries that it promotes, by name")
    parks: list[ParkRef] = Field([], description="Parks that it names, by name")
    target_ids: list[str] = Field([], description="Ids of the targets that it sets, in the order of the document")
    evidence: Evidence = Field(description="The whole item")


class TaskDetail(TaskItem):
    """A task, with its policy and its targets."""

    text: str = Field(description="Its text")
    policy: PolicyRef = Field(description="The policy that it is part of")
    validity: Validity = Field(description="Whether the policy holds on the day asked for")
    targets: list[TargetSummary] = Field([], description="The targets that it sets, in the order of the document")


def task(store: Reader, id_: str, *, today: date, as_of: date | None = None) -> TaskDetail:
    """The task ``id_``, its policy as it stands on ``as_of`` (else ``today``). Raises NotFoundError."""
    query = (
        f"MATCH (p:Policy)-[:HAS_TASK]->(t:Task {{id: $id}}) RETURN {shape(PolicyRef, 'p')} AS policy, t.text AS text"
    )
    rows = store.read(query, {"id": id_})
    if not rows:
        raise NotFoundError(f"task {id_}: not in this graph")
    item = _items(store, _OF_TASK, id_)[0]
    policy = made(PolicyRef, rows[0]["policy"])
    return TaskDetail(
        **dict(item),
        text=rows[0]["text"] or "",
        policy=policy,
        validity=validity(store, policy.id, as_of or today),
        targets=_targets(store, id_),
    )


def outline(store: Reader, policy: str) -> list[TaskItem]:
    """The tasks of ``policy`` in the order of the document, by three queries, however many there are."""
    return _items(store, OF_POLICY, policy)


def depth(path: str) -> int:
    """How deep an item of this path stands: 2.3.1 is 3, and each part of an item (3.2.2#1) is one deeper."""
    return 1 + path.count(".") + path.count("#")


def target_order(target: TargetSummary) -> tuple[str, int, int, str]:
    """The order of targets: as in the document."""
    return target.evidence.document, target.evidence.start, target.evidence.end, target.id


def _targets(store: Reader, task: str) -> list[TargetSummary]:
    query = f"{_OF_TASK} MATCH (t)-[:TARGETS]->(n:Target) RETURN {shape(TargetSummary, 'n')} AS target, "
    rows = store.read(query + f"{shape(Evidence, 'n')} AS evidence", {"id": task})
    found = [made(TargetSummary, row["target"], evidence=made(Evidence, row["evidence"])) for row in rows]
    return sorted(found, key=target_order)


def _items(store: Reader, anchor: str, id_: str) -> list[TaskItem]:
    duties, tags = _duties(store, anchor, id_), _tags(store, anchor, id_)
    query = f"{anchor} RETURN {shape(TaskRef, 't')} AS task, {shape(Evidence, 't')} AS evidence"
    rows = sorted(store.read(query, {"id": id_}), key=_place)
    return [
        TaskItem(
            **row["task"],
            depth=depth(row["task"]["path"]),
            duties=duties[row["task"]["id"]],
            evidence=made(Evidence, row["evidence"]),
            **_about(tags[row["task"]["id"]]),
        )
        for row in rows
    ]


def _place(row: Row) -> tuple[int, int, str]:
    return row["evidence"]["start"], -row["evidence"]["end"], row["task"]["path"]


def _duties(store: Reader, anchor: str, id_: str) -> dict[str, list[Duty]]:
    query = (
        f"{anchor} MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(t) RETURN t.id AS task, {shape(AgencyRef, 'a')} AS agency, "
        "r.role AS role, r.position AS position, r.basis AS basis, r.mention AS mention, r.agency_name AS agency_name, "
        f"{shape(Evidence, 'r')} AS evidence"
    )
    found: defaultdict[str, list[Duty]] = defaultdict(list)
    for row in store.read(query, {"id": id_}):
        said = {name: value for name, value in row.items() if name not in ("task", "agency", "evidence")}
        views = {"agency": made(AgencyRef, row["agency"]), "evidence": made(Evidence, row["evidence"])}
        found[row["task"]].append(made(Duty, said, **views))
    for each in found.values():
        each.sort(key=duty_order)
    return found


def duty_order(duty: Duty) -> tuple[int, int, int, str, str]:
    """Lead, responsible, support; in each as the document names them."""
    return ROLES.index(duty.role), duty.evidence.start, duty.position, duty.agency.id, duty.mention or ""


def _tags(store: Reader, anchor: str, id_: str) -> dict[str, list[Row]]:
    fields = ", ".join(f"m.{name} AS m_{name}" for name in _TAG_FIELDS)
    query = (
        f"{anchor} MATCH {_TAGS} RETURN t.id AS task, {fields}, r.terms AS terms, {shape(Evidence, 'r')} AS evidence"
    )
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in store.read(query, {"id": id_}):
        found[row["task"]].append({name.removeprefix("m_"): value for name, value in row.items()})
    return found


def _about(tags: list[Row]) -> Mapping[str, Any]:
    """What a task is about, from the nodes that it is tied to."""
    of: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(tags, key=lambda row: (row["start"] or 0, row["id"])):
        of[row["kind"]].append(row)
    return {
        "themes": [_theme(row) for row in of["Theme"]],
        "industries": [IndustryRef(id=row["id"], name=row["name"]) for row in of["Industry"]],
        "parks": [_park(row) for row in of["Park"]],
        "target_ids": [row["id"] for row in of["Target"]],
    }


def _theme(row: Row) -> ThemeMention:
    theme = ThemeRef(key=row["id"], name_zh=row["name_zh"], name_en=row["name_en"])
    return ThemeMention(theme=theme, terms=row["terms"] or [], evidence=evidence_of(row["evidence"]))


def _park(row: Row) -> ParkRef:
    said = {name: row[name] for name in ("id", "name", "park_class", "level")}
    return ParkRef(**said, region_code=row["region"])
