"""What of a policy follows from its properties and has a term of its own: its legal force, and the time that it covers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

Force = Literal["in_force", "not_in_force", "partially_in_force"]


def legal_force(in_force: bool | None, *, partly: bool) -> Force | None:
    """Whether a policy holds; ``partly``: a later one states that it replaces what does not agree. None: not known."""
    if in_force is None:
        return None
    if not in_force:
        return "not_in_force"
    return "partially_in_force" if partly else "in_force"


def temporal_coverage(row: Mapping[str, Any]) -> str | None:
    """The days on which a policy holds, as an interval of ISO 8601; ``..`` for no end. None: not known.

    Of a policy that has been replaced on a day that is not known, the end is not known, which is not the same as none.
    """
    begins, ended = row.get("in_force_from"), row.get("ended_on")
    if begins is None or row.get("status") == "draft":
        return None
    last = ended - timedelta(days=1) if ended else row.get("in_force_to")
    if last is None and row.get("superseded"):
        return None
    if last is not None and last < begins:
        return None
    return f"{begins.isoformat()}/{last.isoformat() if last else '..'}"
