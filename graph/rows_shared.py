"""Rows that several documents may assert: agencies, regions, parks, industries, themes and the edges between them.

A node that a row names and no list of the record describes is made from its name alone, so that no edge dangles.
"""

from __future__ import annotations

from collections import defaultdict

from graph.delta import Edge, Node, Ref, clean, edge
from graph.rows_tasks import Spans
from graph.themes import theme_names
from ingest.records import Agency, Record, Region

Rows = tuple[list[Node], list[Edge]]


def shared_rows(record: Record) -> Rows:
    """Every shared node and edge that the record asserts; DEVELOPS is not shared (it has its own sentence)."""
    nodes: dict[Ref, Node] = {}
    edges: list[Edge] = []
    for more_nodes, more_edges in (_regions(record), _agencies(record), _parks(record), _named(record)):
        for node in more_nodes:
            nodes.setdefault(node.ref, node)
        edges += more_edges
    for each in edges:
        for end in (each.source, each.target):
            nodes.setdefault(end, Node(end, {"name": end.id}))
    return list(nodes.values()), edges


def _regions(record: Record) -> Rows:
    by_code = {region.code: region for region in record.regions}
    nodes = [Node(Ref("Region", region.code), _region_props(region, by_code)) for region in record.regions]
    edges = [
        edge("PART_OF", Ref("Region", region.code), Ref("Region", region.parent))
        for region in record.regions
        if region.parent
    ]
    named = [record.policy.region_code, *(target.region for target in record.targets)]
    nodes += [Node(Ref("Region", code), {"name": code, "ancestors": [code]}) for code in named if code]
    return nodes, edges


def _region_props(region: Region, by_code: dict[str, Region]) -> dict[str, object]:
    ancestors, code = [region.code], region.parent
    while code and code not in ancestors:
        ancestors.append(code)
        code = by_code[code].parent if code in by_code else None
    own = {"name": region.name, "full_name": region.full_name, "level": region.level, "parent": region.parent}
    return clean({**own, "ancestors": ancestors})


def _agencies(record: Record) -> Rows:
    nodes = [Node(Ref("Agency", agency.id), _agency_props(agency)) for agency in record.agencies]
    edges = [
        edge("SERVES", Ref("Agency", agency.id), Ref("Region", agency.region))
        for agency in record.agencies
        if agency.region
    ]
    for step in record.successions:
        ends = Ref("Agency", step.predecessor), Ref("Agency", step.successor)
        edges.append(edge("SUCCEEDED_BY", *ends, {"since": step.since, "basis": step.basis}))
    named = [*record.policy.issuer_ids, *(duty.agency_id for duty in record.responsibilities)]
    named += [name for step in record.successions for name in (step.predecessor, step.successor)]
    nodes += [Node(Ref("Agency", name), {"name": name, "resolved": False}) for name in named]
    return nodes, edges


def _agency_props(agency: Agency) -> dict[str, object]:
    return clean(agency.model_dump(exclude={"id"}))


def _parks(record: Record) -> Rows:
    nodes, edges = [], []
    for park in record.parks:
        own = park.model_dump(include={"name", "park_class", "level", "region"})
        aliases = sorted(set(park.mentions) - {park.name})
        nodes.append(Node(Ref("Park", park.name), clean({**own, "aliases": aliases})))
        if park.region:
            edges.append(edge("LOCATED_IN", Ref("Park", park.name), Ref("Region", park.region)))
    named = [name for task in record.tasks for name in task.parks]
    named += [name for target in record.targets for name in target.parks]
    named += [row.park for row in record.park_industries]
    nodes += [Node(Ref("Park", name), {"name": name}) for name in named]
    return nodes, edges


def _named(record: Record) -> Rows:
    """Industries (with the words that stood for them) and themes."""
    mentions: dict[str, set[str]] = defaultdict(set)
    for row in record.park_industries:
        mentions[row.industry].add(row.mention)
    for name in (name for task in record.tasks for name in task.industries):
        mentions[name].add(name)
    nodes = [
        Node(Ref("Industry", name), clean({"name": name, "aliases": sorted(said - {name})}))
        for name, said in sorted(mentions.items())
    ]
    keys = sorted({theme.theme for task in record.tasks for theme in task.themes})
    nodes += [Node(Ref("Theme", key), clean({"name": key, **theme_names(key)})) for key in keys]
    return nodes, []


def develops(record: Record, spans: Spans) -> list[Edge]:
    """The industries that the text gives a park to develop, each with its sentence."""
    return [
        edge(
            "DEVELOPS",
            Ref("Park", row.park),
            Ref("Industry", row.industry),
            {"mention": row.mention, **spans.props(row.evidence, row.mention)},
            spans.policy,
            row.evidence.start,
            row.mention,
        )
        for row in record.park_industries
    ]
