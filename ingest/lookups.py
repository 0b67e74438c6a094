"""Recorded human decisions on mentions (``data/lookups.yml``), consulted before every table."""

from __future__ import annotations

from datetime import date
from functools import cache

import yaml
from pydantic import BaseModel, ConfigDict

from ingest.tables import lookups_path

_ANYWHERE = "*"


class Decision(BaseModel):
    """One decision; ``canonical`` None: looked at, and not to be settled."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    mention: str
    region: str
    canonical: str | None
    reason: str
    date: date


@cache
def decisions() -> dict[tuple[str, str], Decision]:
    """Every decision by (mention, region code). Raises ValueError where a mention is decided twice."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(lookups_path().read_text(encoding="utf-8"), Loader=loader) or []
    found: dict[tuple[str, str], Decision] = {}
    for row in rows:
        decision = Decision.model_validate(row)
        key = (decision.mention, decision.region)
        if key in found:
            raise ValueError(f"lookups.yml: {decision.mention} is decided twice for {decision.region}")
        found[key] = decision
    return found


def lookup(mention: str, code: str) -> Decision | None:
    """The decision on a mention in a document of that region, else the one for any region, else None."""
    known = decisions()
    return known.get((mention, code)) or known.get((mention, _ANYWHERE))
