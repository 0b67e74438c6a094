"""A record's part of the graph, as rows: what its own document says, and the shared nodes that it asserts.

Pure and deterministic. ``owned`` rows belong to this policy alone; ``shared`` rows (agencies, regions, parks …) may be
asserted by other documents too. Citations are given as ``Link``s without a target: that depends on what else is held.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from graph.delta import Edge, Node, Props, Ref, clean, edge
from graph.links import Link
from graph.names import known_keys, number_key, subjects, title_key
from graph.rows_shared import develops, shared_rows
from graph.rows_tasks import Spans, target_rows, task_rows
from ingest.records import Policy, Record, Reference


@dataclass(frozen=True)
class Contribution:
    """What one record gives: the policy's own row, owned and shared rows, and citations still to be resolved."""

    policy: Node
    nodes: dict[Ref, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)
    shared_nodes: dict[Ref, Node] = field(default_factory=dict)
    shared_edges: dict[str, Edge] = field(default_factory=dict)
    links: tuple[Link, ...] = ()


def contribution(record: Record) -> Contribution:
    """The rows of ``record``. Raises RecordError where it contradicts itself."""
    spans = Spans(record.policy.id, record.document)
    shared_nodes, shared_edges = shared_rows(record)
    nodes, edges = task_rows(record, spans)
    for more_nodes, more_edges in (target_rows(record, spans), _unresolved_rows(record, spans)):
        nodes += more_nodes
        edges += more_edges
    links = tuple(_link(spans, reference) for reference in record.references if not _overrides(reference))
    keys = [edge("KNOWN_AS", spans.policy_ref, Ref("Key", key)) for key in _known_keys(record.policy)]
    keys += [edge("CITED_AS", spans.policy_ref, Ref("Key", key)) for link in links for key in link.keys]
    ties = sorted({link.tie for link in links if link.tie})
    shared_edges += [edge("TIED_TO", Ref("Key", title), Ref("Key", number)) for title, number in ties]
    shared_nodes += [Node(each.target, {"name": each.target.id}) for each in keys]
    edges += [*_policy_edges(record, spans), *develops(record, spans), *keys]
    return Contribution(
        policy=Node(spans.policy_ref, policy_props(record, spans)),
        nodes={node.ref: node for node in nodes},
        edges={each.key: each for each in edges},
        shared_nodes={node.ref: node for node in shared_nodes},
        shared_edges={each.key: each for each in shared_edges},
        links=tuple(sorted(set(links), key=lambda link: link.order)),
    )


def policy_props(record: Record, spans: Spans) -> Props:
    """The Policy row that follows from the record alone (what others say of it is added by the load)."""
    policy = record.policy
    own = policy.model_dump(exclude={"id", "evidence", "issuer_ids"})
    clauses = [ref.evidence for ref in record.references if _overrides(ref)]
    first = min(clauses, key=lambda span: span.start, default=None)
    return clean(
        {
            **own,
            **spans.place(policy.evidence),
            "name": policy.title or policy.id,
            "held": True,
            "genre": policy.genre if policy.genre != "policy" else None,
            "subjects": subjects(policy.title) if policy.genre != "interpretation" else [],
            "override": json.dumps(clean(spans.place(first)), ensure_ascii=False) if first else None,
        }
    )


def _known_keys(policy: Policy) -> list[str]:
    return known_keys(policy.title, policy.doc_number, policy.issuers)


def _overrides(reference: Reference) -> bool:
    """Whether it is the clause that overrides earlier policies without naming one."""
    unnamed = title_key(reference.title) is None and number_key(reference.doc_number) is None
    return unnamed and reference.relation == "supersedes"


def _link(spans: Spans, reference: Reference) -> Link:
    return Link(
        source=spans.policy,
        relation=reference.relation,
        extent=reference.extent,
        basis="stated",
        cited_title=reference.title,
        cited_number=reference.doc_number,
        **spans.place(reference.evidence),
    )


def _policy_edges(record: Record, spans: Spans) -> list[Edge]:
    policy, here = spans.policy_ref, spans.props(record.policy.evidence)
    edges = [edge("ISSUED", Ref("Agency", agency), policy, here) for agency in record.policy.issuer_ids]
    if record.policy.region_code:
        edges.append(edge("APPLIES_IN", policy, Ref("Region", record.policy.region_code), here))
    for park in record.parks:
        props = {"mentions": sorted(park.mentions), **spans.props(park.evidence)}
        edges.append(edge("MENTIONS", policy, Ref("Park", park.name), props))
    return edges


def _unresolved_rows(record: Record, spans: Spans) -> tuple[list[Node], list[Edge]]:
    nodes, edges = [], []
    for item in sorted(set(record.unresolved), key=lambda item: (item.evidence.start, item.kind, item.text)):
        ref = Ref("Unresolved", f"{record.policy.id}!{item.kind}/{item.evidence.start}/{item.text}")
        said = {"category": item.kind, "text": item.text, "reason": item.reason, "name": item.text}
        nodes.append(Node(ref, clean({**said, **spans.props(item.evidence)})))
        edges.append(edge("NOTED_IN", ref, Ref("Document", record.document.sha256)))
    return nodes, edges
