"""The model as GraphObjects of py2neo, for analysts in notebooks: ``pip install 'parkgraph[py2neo]'``.

    from graph.ogm import Agency, connect
    graph = connect("bolt://localhost:7687")
    agency = Agency.match(graph, "常德市工业和信息化局").first()
    for _, (_, duty), task in agency.tasks.triples():
        print(duty["role"], task.title, duty["quote"])

py2neo is no longer maintained: this reads and never writes; loading goes through the official driver (``graph.bolt``).
Attributes are those of ``graph.schema``, and a test holds them together.
"""

from __future__ import annotations

from graph.ogm_parts import Entity, Property, RelatedFrom, RelatedTo, connect

__all__ = [
    "Agency",
    "Document",
    "Industry",
    "MODELS",
    "Park",
    "Policy",
    "Region",
    "Target",
    "Task",
    "Theme",
    "connect",
]


class _Placed(Entity):
    """A node with evidence: its quote stands in the text of ``document`` from ``start`` to ``end``.

    ``page``, and in a table ``table``, ``row`` and ``column``, are those of the file, where its format has them.
    """

    document = Property()
    start = Property()
    end = Property()
    quote = Property()
    page = Property()
    table = Property()
    row = Property()
    column = Property()


class Policy(_Placed):
    """A policy; ``held`` is false for one that is only cited."""

    title = Property()
    doc_number = Property()
    doc_type = Property()
    genre = Property()
    status = Property()
    region = Property()
    region_code = Property()
    issuers = Property()
    issued_on = Property()
    published_on = Property()
    effective_on = Property()
    expires_on = Property()
    in_force_from = Property()
    in_force_to = Property()
    ended_on = Property()
    held = Property()
    superseded = Property()

    tasks = RelatedTo("Task", "HAS_TASK")
    targets = RelatedTo("Target", "TARGETS")
    parks = RelatedTo("Park", "MENTIONS")
    regions = RelatedTo("Region", "APPLIES_IN")
    documents = RelatedTo("Document", "STATED_IN")
    issued_by = RelatedFrom("Agency", "ISSUED")
    based_on = RelatedTo("Policy", "BASED_ON")
    basis_of = RelatedFrom("Policy", "BASED_ON")
    supersedes = RelatedTo("Policy", "SUPERSEDES")
    superseded_by = RelatedFrom("Policy", "SUPERSEDES")
    amends = RelatedTo("Policy", "AMENDS")
    amended_by = RelatedFrom("Policy", "AMENDS")
    interprets = RelatedTo("Policy", "INTERPRETS")
    interpreted_by = RelatedFrom("Policy", "INTERPRETS")
    forwards = RelatedTo("Policy", "FORWARDS")
    forwarded_by = RelatedFrom("Policy", "FORWARDS")
    draft_of = RelatedTo("Policy", "DRAFT_OF")
    drafts = RelatedFrom("Policy", "DRAFT_OF")
    cites = RelatedTo("Policy", "CITES")
    cited_by = RelatedFrom("Policy", "CITES")


class Document(Entity):
    """A text as read; its id is the sha256 of its bytes."""

    source = Property()
    media_type = Property()
    text = Property()
    characters = Property()
    covered = Property()

    policies = RelatedFrom("Policy", "STATED_IN")


class Task(_Placed):
    """An item of a policy that somebody is to do."""

    policy = Property()
    path = Property()
    title = Property()
    text = Property()

    policies = RelatedFrom("Policy", "HAS_TASK")
    agencies = RelatedFrom("Agency", "RESPONSIBLE_FOR")
    targets = RelatedTo("Target", "TARGETS")
    themes = RelatedTo("Theme", "ABOUT")
    industries = RelatedTo("Industry", "PROMOTES")
    parks = RelatedTo("Park", "MENTIONS")


class Agency(Entity):
    """An agency by its full official name."""

    short_name = Property()
    function = Property()
    level = Property()
    region = Property()
    collective = Property()
    party = Property()
    resolved = Property()

    tasks = RelatedTo("Task", "RESPONSIBLE_FOR")
    policies = RelatedTo("Policy", "ISSUED")
    regions = RelatedTo("Region", "SERVES")
    successors = RelatedTo("Agency", "SUCCEEDED_BY")
    predecessors = RelatedFrom("Agency", "SUCCEEDED_BY")


class Target(_Placed):
    """A quantity that a policy commits to reach."""

    policy = Property()
    path = Property()
    metric = Property()
    indicator = Property()
    scope = Property()
    op = Property()
    value = Property()
    value_max = Property()
    unit = Property()
    base_value = Property()
    base_value_max = Property()
    base_unit = Property()
    baseline = Property()
    year = Property()
    per_year = Property()
    region = Property()
    parks = Property()

    policies = RelatedFrom("Policy", "TARGETS")
    tasks = RelatedFrom("Task", "TARGETS")
    binds_parks = RelatedTo("Park", "APPLIES_TO")
    binds_regions = RelatedTo("Region", "APPLIES_TO")


class Park(Entity):
    """An industrial park."""

    aliases = Property()
    park_class = Property()
    level = Property()
    region = Property()

    policies = RelatedFrom("Policy", "MENTIONS")
    tasks = RelatedFrom("Task", "MENTIONS")
    targets = RelatedFrom("Target", "APPLIES_TO")
    industries = RelatedTo("Industry", "DEVELOPS")
    regions = RelatedTo("Region", "LOCATED_IN")


class Industry(Entity):
    """An industry."""

    aliases = Property()

    parks = RelatedFrom("Park", "DEVELOPS")
    tasks = RelatedFrom("Task", "PROMOTES")


class Region(Entity):
    """A region by its code of GB/T 2260."""

    full_name = Property()
    level = Property()
    parent = Property()
    ancestors = Property()

    part_of = RelatedTo("Region", "PART_OF")
    parts = RelatedFrom("Region", "PART_OF")
    policies = RelatedFrom("Policy", "APPLIES_IN")
    parks = RelatedFrom("Park", "LOCATED_IN")
    agencies = RelatedFrom("Agency", "SERVES")
    targets = RelatedFrom("Target", "APPLIES_TO")


class Theme(Entity):
    """A theme, by its key."""

    name_zh = Property()
    name_en = Property()

    tasks = RelatedFrom("Task", "ABOUT")


MODELS: tuple[type[Entity], ...] = (Policy, Document, Task, Agency, Target, Park, Industry, Region, Theme)
