"""All tools of a server."""

from __future__ import annotations

from api.mcp.asking import ask_tools
from api.mcp.copies import copies_tools
from api.mcp.finding import finding_tools
from api.mcp.questions import question_tools
from api.mcp.things import thing_tools
from api.mcp.tool import Tool
from api.mcp.writes import write_tools
from api.writing import Writer
from graph.errors import CatalogueError


def all_tools(writer: Writer | None = None) -> dict[str, Tool]:
    """The tools by name; those that write only with a ``writer``. Raises CatalogueError where two have one name."""
    beside = [*ask_tools(), *finding_tools(), *copies_tools(), *thing_tools(), *(write_tools(writer) if writer else [])]
    found = {tool.name: tool for tool in question_tools()}
    for tool in beside:
        if tool.name in found:
            raise CatalogueError(f"{tool.name}: a tool of this name is there already; call the query otherwise")
        found[tool.name] = tool
    return found
