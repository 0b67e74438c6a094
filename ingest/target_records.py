"""Targets as records: quotes in offsets of the text as read, canonical indicators, figures in comparable units, regions."""

from __future__ import annotations

from spacy.tokens import Doc

from ingest.indicators import indicator
from ingest.parks import park_at
from ingest.records import Region, Target, Unresolved
from ingest.regions import regions
from ingest.targets import Placed, Targets
from ingest.units import to_base
from ingest.view import View

LEVELS = {
    "市": ("prefecture",),
    "州": ("prefecture",),
    "省": ("province",),
    "县": ("county",),
    "区": ("county", "province"),
    "国": ("country",),
}


def target_records(doc: Doc) -> tuple[Target, ...]:
    """Every target of a document, in the order of the text."""
    region = doc._.header.region
    view: View = doc._.view
    held: Targets = doc._.targets
    ordered = sorted(held.placed, key=lambda row: (row.found.start, row.found.end))
    parks = bound_parks(doc, {row.found.scope for row in ordered if row.found.scope})
    return tuple(dict.fromkeys(record_of(view, row, region, parks.get(row.found.scope or "")) for row in ordered))


def bound_parks(doc: Doc, scopes: set[str]) -> dict[str, str]:
    """The individual parks that scopes name (常德经开区 → its full name); classes of parks are left out."""
    known = {park.name for park in doc._.parks}
    return {scope: name for scope in scopes if (name := park_at(doc, scope)) is not None and name in known}


def lost_numbers(doc: Doc) -> list[Unresolved]:
    """The numbers of target sections that no target quotes, with reasons."""
    rows = []
    view: View = doc._.view
    for item in doc._.targets.lost:
        span = view.span(item.start, item.end)
        rows.append(Unresolved(kind="number", text=span.quote, reason=item.reason, evidence=span))
    return rows


def record_of(view: View, row: Placed, region: Region | None, park: str | None) -> Target:
    """One target."""
    found = row.found
    base = to_base(found.value, found.unit)
    top = to_base(found.value_max, found.unit) if found.value_max is not None else None
    return Target(
        path=row.path,
        metric=found.metric,
        indicator=indicator(found.metric),
        scope="".join(found.scope.split()) if found.scope else None,
        op=found.op,
        value=found.value,
        value_max=found.value_max,
        unit=found.unit,
        base_value=base[0] if base else None,
        base_value_max=top[0] if top else None,
        base_unit=(base[1] or None) if base else None,
        year=found.year,
        per_year=found.per_year,
        baseline=found.baseline,
        parks=(park,) if park else (),
        region=bound(found.scope, region),
        evidence=view.span(found.start, found.end),
    )


def bound(scope: str | None, region: Region | None) -> str | None:
    """The code of the region that a scope like 全市园区 or 我省 binds: the document's own, or the one above it of that level."""
    if scope is None or region is None or scope[:1] not in ("全", "我") or len(scope) < 2:
        return None
    wanted = LEVELS.get(scope[1], ())
    for candidate in (region, *regions().ancestors(region.code)):
        municipal = scope[1] == "市" and regions().is_municipality(candidate.code)
        if candidate.level in wanted or municipal:
            return candidate.code
    return None
