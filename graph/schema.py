"""The schema of the graph as data: every node label and relationship type, with typed properties.

An ``internal`` label, type or property is bookkeeping of the load (where a file was found, how many documents
assert a shared node, what each load has changed): it is kept in the store and left out of the export and its hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

SCHEMA_VERSION = 3

PropType = Literal["string", "integer", "number", "boolean", "date", "strings"]


@dataclass(frozen=True)
class Prop:
    """A property and its type; a value may always be absent."""

    name: str
    type: PropType = "string"
    internal: bool = False


@dataclass(frozen=True)
class NodeType:
    """A label. Every node also has ``id``, ``kind`` and ``name``. ``shared``: several documents may assert it."""

    label: str
    props: tuple[Prop, ...]
    shared: bool = False
    internal: bool = False


@dataclass(frozen=True)
class EdgeType:
    """A relationship type between pairs of labels. Every edge also has a ``key``."""

    type: str
    ends: tuple[tuple[str, str], ...]
    props: tuple[Prop, ...] = ()
    shared: bool = False
    internal: bool = False

    @property
    def evidenced(self) -> bool:
        """Whether its edges say where in which document they stand."""
        return "quote" in {prop.name for prop in self.props}


def _strings(names: str) -> tuple[Prop, ...]:
    return tuple(Prop(name) for name in names.split())


def _typed(kind: PropType, names: str) -> tuple[Prop, ...]:
    return tuple(Prop(name, kind) for name in names.split())


CLAIMS = Prop("claims", internal=True)
PLACE = (
    *(Prop("document"), Prop("start", "integer"), Prop("end", "integer"), Prop("quote")),
    *_typed("integer", "page table row column"),  # absent where the document's format has none
)
EVIDENCE = (Prop("policy"), *PLACE)
CITED = _strings("cited_title cited_number")
LINK = (*CITED, *EVIDENCE)

NODES: tuple[NodeType, ...] = (
    NodeType(
        "Policy",
        (
            *_strings("title doc_number doc_type genre status region region_code"),
            Prop("issuers", "strings"),
            *_typed("date", "issued_on published_on effective_on expires_on in_force_from in_force_to ended_on"),
            *_typed("boolean", "held superseded"),
            *PLACE,
            Prop("subjects", "strings", internal=True),
            Prop("override", internal=True),
            CLAIMS,
        ),
    ),
    NodeType(
        "Document",
        (
            *_strings("source media_type text"),
            *_typed("integer", "characters covered"),
            *(Prop(name, internal=True) for name in ("ingested_at", "record", "record_hash")),
        ),
    ),
    NodeType("Task", (*_strings("path title text"), *EVIDENCE)),
    NodeType(
        "Agency",
        (*_strings("short_name function level region"), *_typed("boolean", "collective party resolved"), CLAIMS),
        shared=True,
    ),
    NodeType(
        "Target",
        (
            *_strings("path metric indicator scope op unit base_unit baseline region"),
            *_typed("number", "value value_max base_value base_value_max"),
            Prop("year", "integer"),
            Prop("per_year", "boolean"),
            Prop("parks", "strings"),
            *EVIDENCE,
        ),
    ),
    NodeType("Park", (Prop("aliases", "strings"), *_strings("park_class level region"), CLAIMS), shared=True),
    NodeType("Industry", (Prop("aliases", "strings"), CLAIMS), shared=True),
    NodeType("Region", (*_strings("full_name level parent"), Prop("ancestors", "strings"), CLAIMS), shared=True),
    NodeType("Theme", (*_strings("name_zh name_en"), CLAIMS), shared=True),
    NodeType("Unresolved", (*_strings("category text reason relation extent basis target"), *LINK)),
    NodeType("Location", (CLAIMS,), shared=True, internal=True),
    NodeType("Key", (CLAIMS,), shared=True, internal=True),
    NodeType(
        "Change",  # a part of what one revision has changed (graph.log)
        (*_typed("integer", "revision part first count"), *_strings("at body summary")),
        internal=True,
    ),
    NodeType("Meta", _typed("integer", "schema_version revision"), internal=True),
)

EDGES: tuple[EdgeType, ...] = (
    EdgeType(
        "RESPONSIBLE_FOR",
        (("Agency", "Task"),),
        (*_strings("role basis mention agency_name"), Prop("position", "integer"), *EVIDENCE),
    ),
    EdgeType("TARGETS", (("Policy", "Target"), ("Task", "Target")), EVIDENCE),
    EdgeType("APPLIES_TO", (("Target", "Park"), ("Target", "Region")), EVIDENCE),
    EdgeType("SUPERSEDES", (("Policy", "Policy"),), (*_strings("extent basis"), *LINK)),
    EdgeType("BASED_ON", (("Policy", "Policy"),), LINK),
    EdgeType("CITES", (("Policy", "Policy"),), LINK),
    EdgeType("AMENDS", (("Policy", "Policy"),), LINK),
    EdgeType("INTERPRETS", (("Policy", "Policy"),), LINK),
    EdgeType("FORWARDS", (("Policy", "Policy"),), LINK),
    EdgeType("DRAFT_OF", (("Policy", "Policy"),), (Prop("basis"), *LINK)),
    EdgeType("HAS_TASK", (("Policy", "Task"),), EVIDENCE),
    EdgeType("ISSUED", (("Agency", "Policy"),), EVIDENCE),
    EdgeType("STATED_IN", (("Policy", "Document"),), (Prop("primary", "boolean"),)),
    EdgeType("APPLIES_IN", (("Policy", "Region"),), EVIDENCE),
    EdgeType("ABOUT", (("Task", "Theme"),), (Prop("terms", "strings"), *EVIDENCE)),
    EdgeType("PROMOTES", (("Task", "Industry"),), EVIDENCE),
    EdgeType("MENTIONS", (("Task", "Park"), ("Policy", "Park")), (Prop("mentions", "strings"), *EVIDENCE)),
    EdgeType("DEVELOPS", (("Park", "Industry"),), (Prop("mention"), *EVIDENCE)),
    EdgeType("LOCATED_IN", (("Park", "Region"),), (CLAIMS,), shared=True),
    EdgeType("PART_OF", (("Region", "Region"),), (CLAIMS,), shared=True),
    EdgeType("SERVES", (("Agency", "Region"),), (CLAIMS,), shared=True),
    EdgeType("SUCCEEDED_BY", (("Agency", "Agency"),), (Prop("since", "integer"), Prop("basis"), CLAIMS), shared=True),
    EdgeType("NOTED_IN", (("Unresolved", "Document"),)),
    EdgeType("FOUND_AT", (("Document", "Location"),), _strings("source stamp"), internal=True),
    EdgeType("KNOWN_AS", (("Policy", "Key"),), internal=True),
    EdgeType("COPY_AS", (("Document", "Key"),), _strings("own_id number"), internal=True),  # pages of one policy
    EdgeType("CITED_AS", (("Policy", "Key"),), internal=True),
    EdgeType("TIED_TO", (("Key", "Key"),), (CLAIMS,), shared=True, internal=True),  # a title to a number cited with it
)

NODE_TYPES: dict[str, NodeType] = {node.label: node for node in NODES}
EDGE_TYPES: dict[str, EdgeType] = {edge.type: edge for edge in EDGES}
LINK_TYPES: dict[str, str] = {
    "supersedes": "SUPERSEDES",
    "based_on": "BASED_ON",
    "cites": "CITES",
    "amends": "AMENDS",
    "interprets": "INTERPRETS",
    "forwards": "FORWARDS",
    "draft_of": "DRAFT_OF",
}
BASE_NODE_PROPS = _strings("id kind name")


def returned(variable: str, props: Iterable[Prop], *, internal: bool = False) -> str:
    """What a query returns to have ``props`` of a variable, each under its name; ``internal``: with those that are."""
    return ", ".join(f"{variable}.`{prop.name}` AS `{prop.name}`" for prop in props if internal or not prop.internal)


def node_props(label: str) -> tuple[Prop, ...]:
    """All properties of a label, ``id`` first."""
    return BASE_NODE_PROPS + NODE_TYPES[label].props


def edge_props(edge_type: str) -> tuple[Prop, ...]:
    """All properties of a relationship type, ``key`` first."""
    return (Prop("key"), *EDGE_TYPES[edge_type].props)
