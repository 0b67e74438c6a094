"""``/ask``: a question in plain words."""

from __future__ import annotations

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from api.ask.answer import ask
from api.ask.asked import Asked
from api.ask.fallback import fallback
from api.ask.held import read_held
from api.ask.text import LONGEST
from api.deps import ServiceDep
from api.errors import READ, responses
from api.listing import REVISION
from api.params import Plain
from api.service import Service
from api.shapes.negotiate import JSON

router = APIRouter(tags=["queries"])
MOST_BEFORE = 5


class AskParams(Plain):
    """What is asked."""

    q: str = Field(
        min_length=1, max_length=LONGEST, examples=["哪些部门牵头各市的绿色园区任务?"],
        description="The question, in Chinese or English",
    )  # fmt: skip
    before: list[Annotated[str, Field(max_length=LONGEST)]] = Field(
        [], max_length=MOST_BEFORE, description="The questions that it goes on from, the oldest first; repeatable"
    )
    limit: Annotated[int, Field(ge=1, le=1000, description="Rows at most; the query itself gives the others")] = 100


class Reading(BaseModel):
    """Another reading of the question."""

    query: str = Field(description="A question of the catalogue")
    params: dict[str, Any] = Field(description="Its parameters: regions as codes, things as ids")
    question: str = Field(description="The same in words")


class Answered(BaseModel):
    """The answer to a question in plain words."""

    query: str | None = Field(description="The question of the catalogue that was read; null where none is sure")
    params: dict[str, Any] = Field(description="Its parameters: regions as codes, things as ids; defaults are left out")
    answer: str = Field(description="One sentence in the language of the question")
    rows: list[dict[str, Any]] = Field(description="The rows of that question, with their evidence")
    readings: list[Reading] = Field(description="Other readings; where none is sure, the nearest that can be answered")


def answer(service: Service, question: str, before: list[str]) -> tuple[int, Asked]:
    """The answer of a server's graph, and its revision. Raises what ``ask`` raises, and BudgetError."""
    _, held = service.kept("names for ask", read_held)
    return service.read(lambda reader: ask(reader, question, held, service.today(), before, fallback()))


@router.get("/ask", operation_id="ask", response_model=Answered, responses=responses(*READ))
def get_ask(request: Request, service: ServiceDep, params: Annotated[AskParams, Query()]) -> Response:
    """Ask in plain words: the right question of the catalogue with its answer, or what comes near."""
    revision, asked = answer(service, params.q, params.before)
    headers = {REVISION: str(revision), "X-Total-Count": str(len(asked.rows))}
    return Response(orjson.dumps(asked.data(params.limit)), headers=headers, media_type=JSON)
