"""Tools beside the catalogue: search, the words of a policy, what the graph holds and what was not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field
from pydantic.json_schema import SkipJsonSchema

from api.mcp.questions import Answer, PageParams, paged
from api.mcp.things import KINDS
from api.mcp.tool import TEXT, Params, Reply, Tool
from api.mcp.words import rows_text, thing_text
from api.paging import page
from api.service import Service
from api.shapes.told import GraphStats, NotUnderstood
from graph import unresolved as not_understood
from graph.detail.texts import PolicyText, policy_text
from graph.indexes import SEARCHED
from graph.search import Hit, search
from graph.stats import stats
from graph.store import Reader

_POLICY = next(kind for kind in KINDS if kind.name == "policy")
_CATEGORIES = Literal["agency", "number", "clause", "park", "citation", "task"]
_NOTED = tuple(NotUnderstood.model_fields)
_LENGTH = 8_000  # characters of a text at once


class SearchParams(Params):
    """What is looked for."""

    text: Annotated[
        str, Field(min_length=1, max_length=TEXT, description="One to eight words (关键词), all of which must be there")
    ]
    kinds: Annotated[
        list[Literal[tuple(SEARCHED)]] | SkipJsonSchema[None],  # type: ignore[valid-type]
        Field(description="Only these kinds of things; else all"),
    ] = None
    limit: Annotated[int, Field(ge=1, le=100, description="How many at most")] = 20


class Found(BaseModel):
    """What was found, the best first."""

    revision: int = Field(description="The revision of the graph")
    hits: list[Hit] = Field(description="Kind, id, name, id of the policy, and the place in the text")
    truncated: bool = Field(description="Whether there are more")


class TextParams(Params):
    """Which part of which text is wanted."""

    policy: Annotated[
        str, Field(min_length=1, max_length=TEXT, description="Policy: id, number or title (编号、文号或标题)")
    ]
    start: Annotated[int, Field(ge=0, le=2**31, description="From which character on")] = 0
    length: Annotated[int, Field(ge=1, le=40_000, description="How many characters at most")] = _LENGTH


class Part(BaseModel):
    """A part of the text of a policy."""

    revision: int = Field(description="The revision of the graph")
    policy_id: str = Field(description="Id of the policy")
    title: str = Field(description="Its title")
    document: str = Field(description="SHA-256 of the document")
    source: str = Field(description="Name of the file")
    characters: int = Field(description="Length of the whole text")
    start: int = Field(description="Where this part begins, in characters")
    end: int = Field(description="Where it ends")
    truncated: bool = Field(description="Whether the text goes on after it")
    text: str = Field(description="The words of the document")


class UnresolvedParams(PageParams):
    """What of it is wanted."""

    category: Annotated[_CATEGORIES | SkipJsonSchema[None], Field(description="Only this category")] = None


class UnresolvedAnswer(Answer):
    """Rows of what was not understood."""

    rows: list[NotUnderstood]


def finding_tools() -> list[Tool]:
    """The tools of this file."""
    return [
        Tool("search", "Search (搜索)",
             "Finds policies, tasks, agencies, parks, industries and targets by words in their names and texts. "
             "Begin here when you do not know the exact name of something, or when no other tool fits. "
             "按关键词搜索政策、任务、部门、园区、产业和目标。\n"
             'Gives hits of: kind, id, name, policy, excerpt.\nExample: {"text": "循环化改造", "kinds": ["Task"]}',
             SearchParams, Found, _search),
        Tool("get_policy_text", "Words of a policy (政策原文)",
             "The text of a policy's document, part by part, to read a quote in its context. 政策原文,可分段读取。\n"
             'Example: {"policy": "驻政办〔2019〕125号", "start": 0}',
             TextParams, Part, _text),
        Tool("stats", "What the graph holds (概况)",
             "How many policies, tasks, agencies, targets and relationships there are, and which regions and years are "
             "covered. Ask this first to know whether the graph can answer at all. 图谱中有多少政策、任务、部门,涉及哪些地区和年份。",
             Params, GraphStats, _stats),
        Tool("unresolved", "What was not understood (未能识别的内容)",
             "What was seen in the documents and not understood: agencies without an official name, cited policies that "
             "are not held, tasks without an owner, numbers, clauses. Says how far an answer can be trusted. "
             f"文件中未能识别的内容。\nGives rows of: {', '.join(_NOTED)}.\nExample: {{\"category\": \"agency\"}}",
             UnresolvedParams, UnresolvedAnswer, _unresolved),
    ]  # fmt: skip


def _search(service: Service, given: SearchParams) -> Reply:
    def work(reader: Reader) -> list[Hit]:
        return search(reader, given.text, given.kinds, given.limit + 1)

    revision, hits = service.read(work)
    data = Found(revision=revision, hits=hits[: given.limit], truncated=len(hits) > given.limit)
    more = "\nThere are more; ask with another word or a larger limit." if data.truncated else ""
    return Reply(f"{len(data.hits)} found (graph revision {revision})\n{_hits(data.hits)}{more}".strip(), data)


def _hits(hits: Sequence[Hit]) -> str:
    """Hits as rows: what belongs to a policy names it."""
    return rows_text({**asdict(hit), "policy_id": hit.policy, "policy": None} for hit in hits)


def _text(service: Service, given: TextParams) -> Reply:
    def work(reader: Reader) -> PolicyText:
        return policy_text(reader, _POLICY.find(reader, given.policy))

    revision, found = service.read(work)
    part = found.text[given.start : given.start + given.length]
    end = given.start + len(part)
    data = Part(
        revision=revision, policy_id=found.policy.id, title=found.policy.title, document=found.sha256,
        source=found.source, characters=found.characters, start=given.start, end=end,
        truncated=end < found.characters, text=part,
    )  # fmt: skip
    more = f"\n(the text goes on; ask with start {end})" if data.truncated else ""
    head = f"{data.title} [{data.policy_id}], document {data.document[:8]}, characters {given.start}–{end} of {data.characters}"
    return Reply(f"{head}\n{part}{more}", data)


def _stats(service: Service, given: Params) -> Reply:
    _, found = service.read(stats)
    data = GraphStats(**asdict(found))
    return Reply(thing_text(data.model_dump()), data)


def _unresolved(service: Service, given: UnresolvedParams) -> Reply:
    def work(reader: Reader, day: date) -> list[dict[str, Any]]:
        rows = not_understood.unresolved(reader)
        return [row for row in rows if given.category in (None, row["category"])]

    found = page(service, "unresolved", given.asked(), work, limit=given.limit, cursor=given.cursor or None, total=True)
    return paged("unresolved", list(_NOTED), found, UnresolvedAnswer)
