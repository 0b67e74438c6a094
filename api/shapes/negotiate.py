"""Which form of an answer is wanted: ``?format=`` if given, else the ``Accept`` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from api.errors import ProblemError

JSON, CSV, JSON_LD = "application/json", "text/csv", "application/ld+json"
GRAPHML, TURTLE, JSON_LINES = "application/graphml+xml", "text/turtle", "application/x-ndjson"
ATOM = "application/atom+xml"


def chosen(format_: str | None, accept: str | None, offered: Mapping[str, str]) -> str:
    """The short name of one of ``offered`` (short name to media type), whose first is the usual one.

    Raises ProblemError 406 where none of them is accepted.
    """
    if format_:
        return format_
    ranges = _ranges(accept or "*/*")
    best = max(offered, key=lambda name: _quality(offered[name], ranges))
    if _quality(offered[best], ranges) <= 0:
        raise ProblemError(406, f"there is {', '.join(offered.values())}")
    return best


def _ranges(accept: str) -> dict[str, float]:
    found = {}
    for part in accept.lower().split(","):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            found[kind] = min(max(float(quality), 0.0), 1.0)
        except ValueError:
            found[kind] = 0.0
    return found


def _quality(media_type: str, ranges: Mapping[str, float]) -> float:
    """How much a media type is wanted: by the most specific range that holds it."""
    whole = media_type.partition("/")[0] + "/*"
    for kind in (media_type, whole, "*/*"):
        if kind in ranges:
            return ranges[kind]
    return 0.0
