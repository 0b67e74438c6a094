"""``/export``: the whole graph, or a part of it, in one answer that is sent while it is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from itertools import chain
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from api import __version__
from api.deps import ServiceDep
from api.errors import READ, responses
from api.listing import REVISION
from api.params import Day, Plain
from api.shapes.negotiate import GRAPHML, JSON_LINES, TURTLE, chosen
from api.steady import CutResponse, steadily
from graph.linked.names import BASE, URN, checked_base
from graph.part import KINDS, Choice, part
from graph.written import Form, written

GEXF = "application/gexf+xml"
FORMATS = {"jsonl": JSON_LINES, "turtle": TURTLE, "graphml": GRAPHML, "gexf": GEXF}
_ENDINGS = {"jsonl": "jsonl", "turtle": "ttl", "graphml": "graphml", "gexf": "gexf"}
_BLOCK = 64 * 2**10  # bytes that are sent at once
_AT_ONCE = 5 * 2**20  # bytes up to which an answer is made before it is sent, more than what is kept (api.guard.again)
Kind = StrEnum("Kind", {label: label for label in KINDS})  # type: ignore[misc]
router = APIRouter(tags=["graph"])


class ExportParams(Plain):
    """Which part of the graph in which form. Conditions on policies add up; without any, it is the whole graph."""

    format: Literal["jsonl", "turtle", "graphml", "gexf"] | None = Field(
        None, description="The form of the answer; else by Accept"
    )
    policy: list[Annotated[str, Field(min_length=1, max_length=300)]] = Field(
        [], max_length=100, description="Only what these policies say, by id or name; repeatable"
    )
    region: str | None = Field(
        None, min_length=1, max_length=300, description="Only policies of this region and those within it"
    )
    theme: str | None = Field(None, min_length=1, max_length=300, description="Only policies with a task on this theme")
    as_of: Day | None = Field(
        None, description="Only policies not known to be out of force on this day; Turtle tells their legal force then"
    )
    kind: list[Kind] = Field([], max_length=len(KINDS), description="Only nodes of these labels; repeatable")
    base: str = Field(
        URN,
        max_length=500,
        pattern=f"^(?:{BASE})$",
        description="Of Turtle: where addresses begin, such as that of this API; else they are URNs",
    )


@router.get(
    "/export",
    operation_id="export_graph",
    response_class=Response,
    responses={
        200: {
            "description": "The graph or a part of it; the connection breaks off if the graph changes meanwhile",
            "content": {media_type: {"schema": {"type": "string"}} for media_type in FORMATS.values()},
        },
        304: {"description": "It has not changed since the ETag that was given"},
        **responses(*READ),
    },
)
def export_graph(request: Request, service: ServiceDep, params: Annotated[ExportParams, Query()]) -> Response:
    """Give the whole graph, or a part of it, as JSON lines, Turtle, GraphML or GEXF.

    A part is what policies say: their tasks, targets and documents, and the agencies, parks, industries, themes, regions
    and policies that these are tied to. All of it is of one revision; every relationship has its sentence.
    """
    form = cast("Form", chosen(params.format, request.headers.get("accept"), FORMATS))
    base = checked_base(params.base)
    choice = Choice(
        tuple(params.policy), params.region, params.theme, params.as_of, tuple(each.value for each in params.kind)
    )
    now = service.store.revision()
    if _etag(now, form, params) in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=_headers(now, form, params))
    revision, begun = steadily(
        service, lambda reader: _Begun(written(part(reader, choice), form, base=base, as_of=choice.as_of))
    )
    headers = _headers(revision, form, params)
    if begun.complete:
        return Response(b"".join(begun.blocks), headers=headers, media_type=FORMATS[form])
    return CutResponse(chain(begun.blocks, begun.rest), headers=headers, media_type=FORMATS[form])


class _Begun:
    """A text in blocks of bytes: the first ones at hand, the rest to come."""

    def __init__(self, pieces: Iterator[str]) -> None:
        self.rest = _blocks(pieces)
        self.blocks: list[bytes] = []
        size = 0
        for block in self.rest:
            self.blocks.append(block)
            size += len(block)
            if size > _AT_ONCE:
                break
        self.complete = size <= _AT_ONCE


def _blocks(pieces: Iterator[str]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece.encode()
        if len(held) >= _BLOCK:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _headers(revision: int, form: Form, params: ExportParams) -> dict[str, str]:
    return {
        REVISION: str(revision),
        "ETag": _etag(revision, form, params),
        "Vary": "Accept",
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="parkgraph-{revision}.{_ENDINGS[form]}"',
    }


def _etag(revision: int, form: Form, params: ExportParams) -> str:
    """What a revision gives to the same question is the same; the bytes need not be known."""
    asked = [__version__, form, params.model_dump_json(exclude={"format"})]
    digest = hashlib.blake2b("\n".join(asked).encode(errors="surrogatepass"), digest_size=8).hexdigest()
    return f'"{revision}-{digest}"'
