"""A tool that tells where the pages of one policy differ."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from api.mcp.things import KINDS
from api.mcp.tool import TEXT, Params, Reply, Tool
from api.mcp.words import thing_text
from api.service import Service
from graph.detail.differences import PolicyDifferences, differences

_POLICY = next(kind for kind in KINDS if kind.name == "policy")


class CopiesParams(Params):
    """Of which policy."""

    policy: Annotated[
        str, Field(min_length=1, max_length=TEXT, description="Policy: id, number or title (编号、文号或标题)")
    ]


class CopiesAnswer(BaseModel):
    """Where its pages differ."""

    revision: int = Field(description="The revision of the graph")
    differences: PolicyDifferences = Field(
        description="The page that speaks for the policy, and how others differ from it"
    )


def copies_tools() -> list[Tool]:
    """The tool of this file."""
    return [
        Tool("get_policy_differences", "Pages of a policy that differ (各文本的差异)",
             "Where the pages on which one policy was found say different things: facts, tasks, duties, targets, words. "
             "同一政策各网页文本的差异:任务、职责、目标和文字。\n"
             'Example: {"policy": "驻政办〔2019〕125号"}',
             CopiesParams, CopiesAnswer, _run),
    ]  # fmt: skip


def _run(service: Service, given: CopiesParams) -> Reply:
    revision, found = service.read(lambda reader: differences(reader, _POLICY.find(reader, given.policy)))
    if all(copy.same for copy in found.copies):
        text = f"{found.policy.title}: {1 + len(found.copies)} page(s), none differs"
    else:
        text = thing_text(found.model_dump(mode="json"))
    return Reply(text, CopiesAnswer(revision=revision, differences=found))
