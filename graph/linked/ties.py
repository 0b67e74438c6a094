"""What the fields of the views of ``graph.detail`` are in the graph: nodes, edges or properties."""

from __future__ import annotations

from typing import NamedTuple

from graph.detail.policies import PolicyDocument
from graph.detail.refs import (
    AgencyRef,
    IndustryRef,
    ParkRef,
    PolicyRef,
    RegionRef,
    TargetSummary,
    TaskRef,
    ThemeRef,
    View,
)


class Tie(NamedTuple):
    """What a field of a view is in the graph: an edge to ``other`` of each item, or to the item itself."""

    type: str
    other: str = ""
    back: bool = False


LABELS: dict[type[View], str] = {
    PolicyRef: "Policy", TaskRef: "Task", AgencyRef: "Agency", ParkRef: "Park", IndustryRef: "Industry",
    ThemeRef: "Theme", RegionRef: "Region", TargetSummary: "Target", PolicyDocument: "Document",
}  # fmt: skip
TIES: dict[tuple[str, str], Tie] = {
    ("Policy", "issued_by"): Tie("ISSUED", back=True),
    ("Policy", "region"): Tie("APPLIES_IN"),
    ("Policy", "documents"): Tie("STATED_IN"),
    ("Policy", "tasks"): Tie("HAS_TASK"),
    ("Policy", "targets"): Tie("TARGETS"),
    ("Policy", "references_out"): Tie("", "policy"),
    ("Policy", "references_in"): Tie("", "policy", back=True),
    ("Policy", "parks"): Tie("MENTIONS", "park"),
    ("Task", "policy"): Tie("HAS_TASK", back=True),
    ("Task", "duties"): Tie("RESPONSIBLE_FOR", "agency", back=True),
    ("Task", "themes"): Tie("ABOUT", "theme"),
    ("Task", "industries"): Tie("PROMOTES"),
    ("Task", "parks"): Tie("MENTIONS"),
    ("Task", "targets"): Tie("TARGETS"),
    ("Task", "target_ids"): Tie("TARGETS"),
    ("Agency", "region"): Tie("SERVES"),
    ("Agency", "predecessors"): Tie("SUCCEEDED_BY", "agency", back=True),
    ("Agency", "successors"): Tie("SUCCEEDED_BY", "agency"),
    ("Agency", "duties"): Tie("RESPONSIBLE_FOR", "task"),
    ("Agency", "issued"): Tie("ISSUED", "policy"),
    ("Park", "region"): Tie("LOCATED_IN"),
    ("Park", "industries"): Tie("DEVELOPS", "industry"),
    ("Park", "policies"): Tie("MENTIONS", "policy", back=True),
    ("Park", "tasks"): Tie("MENTIONS", back=True),
    ("Park", "targets"): Tie("APPLIES_TO", back=True),
    ("Industry", "parks"): Tie("DEVELOPS", "park", back=True),
    ("Industry", "tasks"): Tie("PROMOTES", back=True),
    ("Theme", "tasks"): Tie("ABOUT", back=True),
    ("Region", "parents"): Tie("PART_OF"),
    ("Region", "children"): Tie("PART_OF", back=True),
    ("Region", "policies"): Tie("APPLIES_IN", back=True),
    ("Region", "agencies"): Tie("SERVES", back=True),
    ("Region", "parks"): Tie("LOCATED_IN", back=True),
    ("Target", "policy"): Tie("TARGETS", back=True),
    ("Target", "tasks"): Tie("TARGETS", back=True),
    ("Target", "bound_parks"): Tie("APPLIES_TO"),
    ("Target", "bound_region"): Tie("APPLIES_TO"),
}
PROPERTIES: dict[tuple[str, str], tuple[str, ...]] = {  # fields that are called otherwise in the graph
    ("Task", "title"): ("title", "name"),
    ("Target", "metric"): ("metric", "name"),
    ("Target", "region_code"): ("region",),
    ("Agency", "region_code"): ("region",),
    ("Park", "region_code"): ("region",),
    ("Theme", "key"): ("id", "name"),
    ("Region", "code"): ("id",),
    ("Document", "sha256"): ("id",),
    ("Document", "source"): ("source", "name"),
}
STANDS_AT = {  # the end whose sentence is that of the edge, where the view has no sentence of the edge's own
    "HAS_TASK": "Task", "PROMOTES": "Task", "MENTIONS": "Task", "TARGETS": "Target", "APPLIES_TO": "Target",
    "ISSUED": "Policy", "APPLIES_IN": "Policy",
}  # fmt: skip
IDS = {"Theme": "key", "Region": "code", "Document": "sha256"}  # fields that hold the id, where it is not id


def label_of(view: View) -> str:
    """The label of the node that a view shows."""
    return next(label for kind, label in LABELS.items() if isinstance(view, kind))


def tie_of(label: str, name: str, value: object) -> Tie | None:
    """What a field is in the graph, if it is an edge; rows of lists have numbers and names in fields of the same name."""
    return TIES.get((label, name)) if isinstance(value, (View, list)) else None
