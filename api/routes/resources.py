"""Single things by id: one table, an address for each row of it. Ids may hold slashes and brackets, percent-encoded."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import orjson
from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.deps import ServiceDep
from api.errors import READ, responses
from api.listing import REVISION
from api.params import Day, Plain
from api.shapes.jsonld import to_jsonld
from api.shapes.negotiate import JSON, JSON_LD, chosen
from graph.detail.agencies import AgencyDetail, agency
from graph.detail.differences import PolicyDifferences, differences
from graph.detail.industries import IndustryDetail, industry
from graph.detail.parks import ParkDetail, park
from graph.detail.policies import PolicyDetail, policy
from graph.detail.refs import View
from graph.detail.regions import RegionDetail, region
from graph.detail.targets import TargetDetail, target
from graph.detail.tasks import TaskDetail, task
from graph.detail.texts import PolicyText, policy_text
from graph.detail.themes import ThemeDetail, theme

_FORMATS = {"json": JSON, "jsonld": JSON_LD}


class OneParams(Plain):
    """How a single thing is wanted."""

    as_of: Day | None = Field(None, description="The day that validity is told for; else today")
    format: Literal["json", "jsonld"] | None = Field(None, description="The form of the answer; else by Accept")


class SomeParams(OneParams):
    """The same, where there may be many tasks or targets."""

    limit: int = Field(100, ge=1, le=1000, description="How many tasks, targets or duties of a kind at most")


class TextParams(Plain):
    """Which text of a policy is wanted."""

    document: str | None = Field(
        None, max_length=64, description="SHA-256 of a document of the policy; else the one that speaks for it"
    )


@dataclass(frozen=True)
class One:
    """A kind of thing: the word in its address, what reads it, and its model."""

    word: str
    summary: str
    work: Callable[..., View]
    model: type[View]
    params: type[OneParams] = OneParams

    @property
    def name(self) -> str:
        """The name of the operation."""
        return f"get_{self.work.__name__}"


ONES = (
    One("policies", "A policy with everything that is known of it", policy, PolicyDetail),
    One("tasks", "A task, with who answers for it", task, TaskDetail),
    One("agencies", "An agency and its duties", agency, AgencyDetail, SomeParams),
    One("parks", "A park: its industries, tasks and targets", park, ParkDetail, SomeParams),
    One("industries", "An industry: who develops and promotes it", industry, IndustryDetail, SomeParams),
    One("themes", "A theme and its tasks", theme, ThemeDetail, SomeParams),
    One("targets", "A target", target, TargetDetail),
    One("regions", "A region by its code: policies, targets, agencies", region, RegionDetail, SomeParams),
)


def router() -> APIRouter:
    """An address for each kind of thing, and one for the text of a policy."""
    made = APIRouter(tags=["resources"])
    made.get(
        "/policies/{id:path}/text", operation_id="get_policy_text", response_model=PolicyText,
        responses=responses(*READ),
    )(_text)  # fmt: skip
    made.get(
        "/policies/{id:path}/differences", operation_id="get_policy_differences", response_model=PolicyDifferences,
        responses=responses(*READ),
    )(_differences)  # fmt: skip
    for one in ONES:
        name = "code" if one.word == "regions" else "id"
        made.get(
            f"/{one.word}/{{{name}:path}}",
            operation_id=one.name,
            summary=one.summary,
            response_model=one.model,
            responses={
                200: {"content": {JSON_LD: {"schema": {"type": "object"}}}, "description": "As JSON or as JSON-LD"},
                **responses(*READ),
            },
        )(_route(one, name))
    return made


def _text(
    request: Request,
    service: ServiceDep,
    id: Annotated[str, Path(max_length=2000, description="Id of the policy")],
    params: Annotated[TextParams, Query()],
) -> Response:
    """Give the text of a policy, and where in it everything stands that was understood."""
    revision, found = service.read(lambda reader: policy_text(reader, id, document=params.document))
    return Response(found.model_dump_json(), headers={REVISION: str(revision)}, media_type=JSON)


def _differences(
    request: Request, service: ServiceDep, id: Annotated[str, Path(max_length=2000, description="Id of the policy")]
) -> Response:
    """Tell where the pages of a policy differ from the one that speaks for it: facts, tasks, duties, targets, words."""
    revision, found = service.read(lambda reader: differences(reader, id))
    return Response(found.model_dump_json(), headers={REVISION: str(revision)}, media_type=JSON)


def _route(one: One, name: str) -> Callable[..., Response]:
    """The function behind one kind's address."""

    def answer(request: Request, service: ServiceDep, params: OneParams, **place: str) -> Response:
        wanted = chosen(params.format, request.headers.get("accept"), _FORMATS)
        given = params.model_dump(exclude={"format"})
        revision, found = service.read(lambda reader: one.work(reader, place[name], today=service.today(), **given))
        headers = {REVISION: str(revision), "Vary": "Accept"}
        if wanted == "json":
            return Response(found.model_dump_json(), headers=headers, media_type=JSON)
        data = to_jsonld(found, f"{request.base_url}api/v1")
        return Response(orjson.dumps(data), headers=headers, media_type=JSON_LD)

    path = Annotated[str, Path(max_length=2000, description="Code of GB/T 2260" if name == "code" else "Its id")]
    annotations: dict[str, Any] = {
        "request": Request, "service": ServiceDep, name: path, "params": Annotated[one.params, Query()],
    }  # fmt: skip
    kind = inspect.Parameter.KEYWORD_ONLY
    keywords = [inspect.Parameter(each, kind, annotation=annotation) for each, annotation in annotations.items()]
    answer.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    answer.__annotations__ = annotations
    return answer
