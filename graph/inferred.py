"""Supersession that no citation states: clauses that override without naming, and drafts that became final."""

from __future__ import annotations

import json

from graph.links import Facts, Link
from graph.names import title_key


def inferred(source: Facts, target: Facts) -> list[Link]:
    """The inferred links from ``source`` to ``target``: two held policies of one region."""
    if source.id == target.id or source.region is None or source.region != target.region or source.status == "draft":
        return []
    return [link for link in (_override(source, target), _final(source, target)) if link]


def _override(source: Facts, target: Facts) -> Link | None:
    """市内已有政策与本方案不一致的,按照本方案执行: every earlier policy on the same subject, in part."""
    earlier = source.on and target.on and target.on < source.on
    if not (source.override and earlier and set(source.subjects) & set(target.subjects)) or target.status == "draft":
        return None
    span = json.loads(source.override)
    return _link(source, target, "inconsistent_parts", span["start"], span["end"], span["quote"])


def _final(source: Facts, target: Facts) -> Link | None:
    """A draft is replaced as a whole by the issued policy of the same title that is not older."""
    older = source.on and target.on and source.on < target.on
    same = title_key(source.title) is not None and title_key(source.title) == title_key(target.title)
    if target.status != "draft" or not same or older:
        return None
    return _link(source, target, "whole", source.start, source.end, source.quote)


def _link(source: Facts, target: Facts, extent: str, start: int, end: int, quote: str) -> Link:
    return Link(
        source=source.id,
        relation="supersedes",
        extent=extent,
        basis="inferred",
        cited_title=None,
        cited_number=None,
        document=source.document,
        start=start,
        end=end,
        quote=quote,
        target=target.id,
    )
