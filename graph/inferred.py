"""Supersession that no citation states: clauses that override without naming."""

from __future__ import annotations

import json

from graph.delta import Props
from graph.links import Facts, Link


def inferred(source: Facts, target: Facts) -> list[Link]:
    """The inferred links from ``source`` to ``target``: two held policies of one region."""
    if source.id == target.id or source.region is None or source.region != target.region or source.status == "draft":
        return []
    found = _override(source, target)
    return [found] if found else []


def _override(source: Facts, target: Facts) -> Link | None:
    """市内已有政策与本方案不一致的,按照本方案执行: every earlier policy on the same subject, in part."""
    earlier = source.on and target.on and target.on < source.on
    if not (source.override and earlier and set(source.subjects) & set(target.subjects)) or target.status == "draft":
        return None
    return _link(source, target, "inconsistent_parts", json.loads(source.override))


def _link(source: Facts, target: Facts, extent: str, place: Props) -> Link:
    return Link(
        source=source.id,
        relation="supersedes",
        extent=extent,
        basis="inferred",
        cited_title=None,
        cited_number=None,
        target=target.id,
        **place,
    )
