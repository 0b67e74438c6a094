"""The part that the explorer shows, as files: GraphML, JSON and CSV, at the address of the same view."""

from __future__ import annotations

import asyncio
from typing import Any

import orjson
from starlette.responses import Response

from api.errors import ProblemError
from api.listing import REVISION
from api.pages.explorer_part import Shown, shown
from api.pages.explorer_view import View, view_of
from api.pages.here import Here, page
from api.shapes.negotiate import GRAPHML, JSON
from api.shapes.table import to_csv
from graph.picked import graphml
from graph.store import Reader

FORMS = {"graphml": GRAPHML, "json": JSON, "csv": "text/csv; charset=utf-8"}
NAMES = {"graphml": "GraphML", "json": "JSON", "csv": "CSV"}
_COLUMNS = ("source_kind", "source_id", "source", "type", "role", "target_kind", "target_id", "target", "policy",
            "document", "start", "end", "quote", "page", "table", "row", "column")  # fmt: skip


@page("/explore/part.{form}")
async def part(here: Here) -> Response:
    """The part of the address's query string in the form of its ending."""
    form = here.part("form")
    if form not in FORMS:
        raise ProblemError(404, "")
    view = view_of(here.request.query_params)
    revision, body = await asyncio.to_thread(here.service.read, lambda reader: _written(reader, view, form))
    headers = {REVISION: str(revision), "Cache-Control": "no-cache"}
    headers["Content-Disposition"] = f'attachment; filename="parkgraph-part.{form}"'
    return Response(body, headers=headers, media_type=FORMS[form])


def _written(reader: Reader, view: View, form: str) -> bytes:
    found = shown(reader, view)
    if form == "graphml":
        return "".join(graphml(reader, found.nodes.values(), found.edges.values())).encode()
    rows = _rows(found)
    if form == "csv":
        return to_csv(_COLUMNS, ({**row["properties"], **row} for row in rows), bom=True)
    return orjson.dumps({"nodes": [node.model_dump() for node in found.nodes.values()], "edges": rows})


def _rows(found: Shown) -> list[dict[str, Any]]:
    """The relationships, with the names of their ends and where it is said."""
    return [
        {
            **edge.model_dump(),
            "source": found.names.get((edge.source_kind, edge.source_id)),
            "target": found.names.get((edge.target_kind, edge.target_id)),
            **(found.said[edge.key].model_dump() if edge.key in found.said else {}),
        }
        for edge in found.edges.values()
    ]
