"""Prompts: each question of the catalogue as something that a user picks and fills in."""

from __future__ import annotations

from collections.abc import Mapping

from mcp.types import GetPromptResult, Prompt, PromptArgument, PromptMessage, TextContent

from graph.errors import QueryError
from graph.header import Query
from graph.queries import catalogue

_WAY = (
    "Give the quote and the policy for everything you say, and say where a policy is not in force. "
    "Answer in the language of the user. (回答须附原文和政策名称,并说明政策是否有效。)"
)


def prompts() -> list[Prompt]:
    """A prompt for each question."""
    return [_prompt(query) for query in catalogue().values()]


def prompt(name: str, arguments: Mapping[str, str]) -> GetPromptResult:
    """The prompt filled in. Raises QueryError for one that is not known, and for a wrong or missing argument."""
    query = catalogue().get(name)
    if query is None:
        raise QueryError(f"no prompt {name[:100]}")
    known = {param.name: param for param in query.params}
    wrong = next((given for given in arguments if given not in known), None)
    if wrong is not None:
        raise QueryError(f"{name}: no argument {wrong[:100]}; it takes {', '.join(known)}")
    missing = next((each.name for each in query.params if each.required and not arguments.get(each.name)), None)
    if missing:
        raise QueryError(f"{name}: {missing} is required")
    given = ", ".join(f"{key}: {value}" for key, value in arguments.items() if value)
    text = f"{query.title.en} ({query.title.zh}): {query.description.en}.\nAsk the tool {name} with {given or 'no parameters'}. {_WAY}"
    return GetPromptResult(
        description=query.description.en,
        messages=[PromptMessage(role="user", content=TextContent(text=text))],
    )


def _prompt(query: Query) -> Prompt:
    arguments = [
        PromptArgument(
            name=each.name, description=f"{each.description.en} ({each.description.zh})", required=each.required
        )
        for each in query.params
    ]
    title = f"{query.title.zh} / {query.title.en}"
    return Prompt(
        name=query.name,
        title=title,
        description=f"{query.description.en} ({query.description.zh})",
        arguments=arguments,
    )
