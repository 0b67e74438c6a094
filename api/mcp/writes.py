"""Tools that change the graph: there only when the server is started with ``--write``."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from api.mcp.tool import Params, Reply, Tool, ToolFailureError
from api.mcp.words import thing_text
from api.service import Service
from api.uploads import Upload, UploadError
from api.writing import ENDED, BusyError, ClosedError, Job, State, Writer

CHARACTERS = 2_000_000  # of a document
_SHA = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the document: the column document of other answers")


class AddParams(Params):
    """A document to load."""

    text: Annotated[
        str, Field(min_length=1, max_length=CHARACTERS, description="The whole text of the document (全文)")
    ]
    name: Annotated[str, Field(min_length=1, max_length=200, description="A name to find it by, such as plan.txt")]


class RemoveParams(Params):
    """A document to remove."""

    sha256: Annotated[str, _SHA]


class JobParams(Params):
    """A write that was begun."""

    job: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="The job of the answer of add_document")]


class Outcome(BaseModel):
    """What came of one document."""

    name: str = Field(description="Its name")
    sha256: str = Field(description="SHA-256 of its bytes: its id")
    outcome: str = Field(description="loaded, removed, skipped, missing, or extracted and not loaded")
    problem: str | None = Field(description="Why it was skipped")
    policy: str | None = Field(description="Id of the policy that it states")
    counts: dict[str, int] = Field(description="How much was understood")


class Written(BaseModel):
    """How a write stands."""

    job: str = Field(description="What to ask get_job for, while it is not done")
    state: State = Field(description="queued, running, done, failed or refused")
    revision: int | None = Field(description="The revision of the graph after it; null while it is not done")
    problem: str | None = Field(description="Why it failed")
    documents: list[Outcome] = Field(description="What came of the documents")


def write_tools(writer: Writer) -> list[Tool]:
    """The tools that write through ``writer``."""

    def add(service: Service, given: AddParams) -> Reply:
        try:
            upload = Upload.of_text(given.text, given.name)
        except UploadError as error:
            raise ToolFailureError(str(error)) from error
        return _written(writer, _submit(writer, upload=upload), service)

    def remove(service: Service, given: RemoveParams) -> Reply:
        return _written(writer, _submit(writer, remove=given.sha256), service)

    def job(service: Service, given: JobParams) -> Reply:
        found = writer.job(given.job)
        if found is None:
            raise ToolFailureError(f"job {given.job}: not known, or done too long ago")
        return _written(writer, found, service)

    return [
        Tool("add_document", "Load a document (载入文件)",
             "Reads the text of a policy document and loads what it says into the graph, for everybody. Loading the same "
             "text again changes nothing. 把一份政策文件的全文载入图谱。",
             AddParams, Written, add, writes=True),
        Tool("remove_document", "Remove a document (删除文件)",
             "Takes a document out of the graph, and all that only it says. 从图谱中删除一份文件及只有它说明的内容。",
             RemoveParams, Written, remove, writes=True, destructive=True),
        Tool("get_job", "How a write stands (写入进度)",
             "Asks how a write stands that was not done when add_document or remove_document answered. 查询写入进度。",
             JobParams, Written, job),
    ]  # fmt: skip


def _submit(writer: Writer, *, upload: Upload | None = None, remove: str | None = None) -> Job:
    try:
        return writer.submit([upload] if upload else (), [remove] if remove else ())
    except (BusyError, ClosedError) as error:
        raise ToolFailureError(str(error)) from error


def _written(writer: Writer, job: Job, service: Service) -> Reply:
    """How the job stands after some waiting. Raises ToolFailureError for one that has failed."""
    job = writer.wait(job, service.settings.wait_seconds)
    if job.state in ("failed", "refused"):
        raise ToolFailureError(job.problem or "nothing was written")
    documents = [
        Outcome(name=file.name, sha256=file.sha256, outcome=file.outcome, problem=file.problem, policy=file.policy,
                counts=dict(file.counts))
        for file in job.files
    ]  # fmt: skip
    revision = job.result.revision if job.result else None
    data = Written(job=job.id, state=job.state, revision=revision, problem=job.problem, documents=documents)
    head = "" if job.state in ENDED else "not done yet; ask get_job for it\n"
    return Reply(head + thing_text(data.model_dump()), data)
