"""``/documents``: adding documents to the graph and removing them, and the jobs that do so. A key that may write is needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from api.deps import ServiceDep
from api.errors import WRITE, ProblemError, responses
from api.params import Plain
from api.service import Service
from api.shapes.negotiate import JSON
from api.uploads import FileResult, Upload, UploadError
from api.writing import ENDED, BusyError, ClosedError, Job
from ingest.pool import WorkerError

router = APIRouter(tags=["documents"])
_FORM, _JSON = "multipart/form-data", JSON
_KEY: dict[str, Any] = {"security": [{"key": []}]}


class FileOutcome(BaseModel):
    """What came of one document."""

    name: str = Field(description="The name that it was given")
    sha256: str = Field(description="SHA-256 of its bytes")
    outcome: Literal["extracted", "loaded", "skipped", "removed", "missing"] = Field(
        description="extracted: read and not loaded; skipped: not read, problem says why"
    )
    problem: str | None = Field(default=None, description="Why it was skipped")
    policy: str | None = Field(default=None, description="Id of the policy that it states")
    counts: dict[str, int] = Field({}, description="How much was found in it")
    record: dict[str, Any] | None = Field(default=None, description="All that was found in it")


class LoadOutcome(BaseModel):
    """What a load has changed."""

    revision: int = Field(description="The revision of the graph from now on")
    nodes_added: int
    nodes_changed: int
    nodes_removed: int
    edges_added: int
    edges_changed: int
    edges_removed: int


class JobInfo(BaseModel):
    """A job of loading or removing documents."""

    id: str | None = Field(description="Id of the job, for /jobs/{id}; null where nothing was to be loaded")
    state: Literal["queued", "running", "done", "failed", "refused"] = Field(description="How far it is")
    created: datetime | None = Field(default=None, description="When it was asked for")
    started: datetime | None = Field(default=None, description="When it began")
    ended: datetime | None = Field(default=None, description="When it ended")
    problem: str | None = Field(default=None, description="Why it failed; nothing was loaded then")
    files: list[FileOutcome] = Field(default=[], description="What came of each document")
    load: LoadOutcome | None = Field(default=None, description="What was changed, once it is done")


class Text(Plain):
    """A document as plain text."""

    text: str = Field(min_length=1, description="The text of the document")
    name: str | None = Field(None, max_length=200, description="The name that it goes by")


class AddParams(Plain):
    """How documents are added."""

    dry_run: bool = Field(False, description="Only read them, and tell what would be loaded")


_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            _JSON: {"schema": Text.model_json_schema()},
            _FORM: {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "additionalProperties": False,
                    "properties": {
                        "files": {
                            "type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"},
                            "description": "Documents in any of the formats that are read",
                        }
                    },
                }
            },
        },
    }
}  # fmt: skip
_ACCEPTED: dict[int | str, dict[str, Any]] = {
    202: {
        "model": JobInfo,
        "description": "It takes longer; ask for the job at Location",
        "headers": {"Location": {"schema": {"type": "string"}, "description": "The address of the job"}},
    }
}


@router.post(
    "/documents",
    operation_id="add_documents",
    response_model=JobInfo,
    responses={**_ACCEPTED, **responses(*WRITE)},
    openapi_extra={**_BODY, **_KEY},
)
async def add(request: Request, service: ServiceDep, params: Annotated[AddParams, Query()]) -> Response:
    """Read documents and load them as one revision; the same document again changes nothing.

    Answers with what was found in each, or with 202 and a job where it takes longer.
    """
    uploads = await _uploads(request, service)
    if params.dry_run:
        files = await run_in_threadpool(_guarded, lambda: service.writer.preview(uploads))
        return _answer(JobInfo(id=None, state="done", files=[_file(each) for each in files]))
    return await run_in_threadpool(_done, request, service, lambda: service.writer.submit(uploads))


@router.delete(
    "/documents/{sha256}",
    operation_id="remove_document",
    response_model=JobInfo,
    responses={**_ACCEPTED, **responses(*WRITE)},
    openapi_extra=_KEY,
)
def remove(
    request: Request,
    service: ServiceDep,
    sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the document")],
    params: Annotated[Plain, Query()],
) -> Response:
    """Remove a document, and with it everything that nothing else asserts."""
    if not service.store.read("MATCH (d:Document {id: $id}) RETURN d.id AS id", {"id": sha256}):
        raise ProblemError(404, "no such document in the graph")
    return _done(request, service, lambda: service.writer.submit(remove=[sha256]))


@router.get(
    "/jobs/{id}",
    operation_id="get_job",
    response_model=JobInfo,
    responses=responses(401, 403, 404, 405, 422, 429, 500, 503),
)
def get_job(
    service: ServiceDep,
    id: Annotated[str, Path(max_length=64, description="Id of the job")],
    params: Annotated[Plain, Query()],
) -> Response:
    """Say how far a job is; it is remembered for an hour after its end."""
    job = service.writer.job(id)
    if job is None:
        raise ProblemError(404, "no such job; it is remembered for an hour after its end")
    return _answer(_info(job))


async def _uploads(request: Request, service: Service) -> list[Upload]:
    """The documents in the body. Raises ProblemError 400, 413, 415, 422."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _JSON:
        try:
            given = Text.model_validate_json(await request.body())
            return [Upload.of_text(given.text, given.name)]
        except ValidationError as error:
            detail = "; ".join(f"body.{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
            raise ProblemError(422, detail) from error
        except UploadError as error:
            raise ProblemError(422, str(error)) from error
    if kind != _FORM:
        raise ProblemError(415, f"the body is {_FORM} with files, or {_JSON} with text")
    return await _files(request, service)


async def _files(request: Request, service: Service) -> list[Upload]:
    most = service.settings.upload_files
    async with request.form(max_files=most, max_fields=10, max_part_size=service.settings.upload_bytes) as form:
        given = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
        if not given or any(name != "files" for name in form):
            raise ProblemError(422, "body.files: one file or more is needed, and nothing else")
        return [Upload.of(each.filename, await each.read()) for each in given]


def _guarded(work: Callable[[], Any]) -> Any:
    """What ``work`` gives. Raises ProblemError 503 where the writer cannot do it now."""
    try:
        return work()
    except BusyError as error:
        raise ProblemError(503, str(error), "busy", {"Retry-After": str(error.retry_after)}) from error
    except (ClosedError, WorkerError) as error:
        raise ProblemError(503, "documents cannot be read now", headers={"Retry-After": "10"}) from error


def _done(request: Request, service: Service, submit: Callable[[], Job]) -> Response:
    """Wait for a job and answer with it, or say where it can be asked for."""
    alone = service.settings.workers == 1
    job = service.writer.wait(_guarded(submit), service.settings.wait_seconds if alone else float("inf"))
    if job.state not in ENDED:
        place = f"{request.url.path.partition('/documents')[0]}/jobs/{job.id}"
        return _answer(_info(job), 202, {"Location": place, "Retry-After": "2"})
    if job.state != "done":
        conflict = "at the same time" in (job.problem or "")
        raise ProblemError(409 if conflict else 503, job.problem or job.state, headers={"Retry-After": "10"})
    return _answer(_info(job))


def _info(job: Job) -> JobInfo:
    result = job.result
    load = LoadOutcome(**{name: getattr(result, name) for name in LoadOutcome.model_fields}) if result else None
    return JobInfo(
        id=job.id, state=job.state, created=job.created, started=job.started, ended=job.ended, problem=job.problem,
        files=[_file(each) for each in job.files], load=load,
    )  # fmt: skip


def _file(result: FileResult) -> FileOutcome:
    return FileOutcome(
        name=result.name, sha256=result.sha256, outcome=result.outcome, problem=result.problem, policy=result.policy,
        counts=dict(result.counts), record=result.record,
    )  # fmt: skip


def _answer(info: JobInfo, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(info.model_dump_json(), status, {"Cache-Control": "no-store", **(headers or {})}, JSON)
