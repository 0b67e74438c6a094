"""``/healthz``, ``/readyz`` and ``/metrics``: for those who run the server."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from starlette.responses import Response

from api.deps import ServiceDep
from api.errors import responses
from api.guard.figures import exposition

router = APIRouter(tags=["server"])


class Health(BaseModel):
    """That the process answers."""

    status: Literal["ok"] = "ok"


class Ready(Health):
    """That the store answers too."""

    revision: int


@router.get("/healthz", operation_id="get_health", responses=responses(403, 500))
async def health() -> Health:
    """Say that the process is alive."""
    return Health()


@router.get("/readyz", operation_id="get_readiness", responses=responses(403, 500, 503))
def ready(service: ServiceDep) -> Ready:
    """Say that questions can be answered: the store is there."""
    return Ready(revision=service.store.revision())


@router.get(
    "/metrics",
    operation_id="get_metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **responses(401, 403, 429, 500)},
)
def metrics() -> Response:
    """Give figures for Prometheus."""
    return Response(exposition(), media_type=CONTENT_TYPE_LATEST)
