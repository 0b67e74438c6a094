"""The tool that takes a question in plain words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.ask.text import LONGEST
from api.mcp.questions import MOST_ROWS, ROWS
from api.mcp.tool import Params, Reply, Tool
from api.mcp.words import rows_text
from api.routes.ask import MOST_BEFORE, Answered, answer
from api.service import Service


class AskParams(Params):
    """What is asked."""

    question: Annotated[
        str, Field(min_length=1, max_length=LONGEST, description="In Chinese or English (中文或英文问题)")
    ]
    before: list[Annotated[str, Field(max_length=LONGEST)]] = Field(
        [], max_length=MOST_BEFORE, description="Questions that it goes on from, the oldest first (前面的问题)"
    )
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows at most")] = ROWS


def ask_tools() -> list[Tool]:
    """The tool of this file."""
    return [
        Tool("ask", "Ask in plain words (用自然语言提问)",
             "Reads a question in plain Chinese or English by tables, and answers with the tool that fits: its name, its "
             "parameters, rows with their evidence, and other readings. query is null where none is sure. 用中文或英文提问。\n"
             'Gives: query, params, answer, rows, readings.\nExample: {"question": "哪些部门牵头各市的绿色园区任务?"}',
             AskParams, Answered, _ask),
    ]  # fmt: skip


def _ask(service: Service, given: AskParams) -> Reply:
    _, asked = answer(service, given.question, given.before)
    data = Answered.model_validate(asked.data(given.limit))
    head = f"{asked.answer}\nquery: {data.query} {asked.params}"
    others = "".join(f"\nor: {each.query} {each.params}" for each in asked.readings)
    return Reply(f"{head}{others}\n{rows_text(data.rows)}".strip(), data)
