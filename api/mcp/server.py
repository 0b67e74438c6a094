"""The server: what the protocol asks for, handed to tools, resources and prompts; errors in plain words."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, TypeVar

import anyio.to_thread
from mcp import types
from mcp.server import Server, ServerRequestContext
from mcp.shared.exceptions import MCPError

from api import __version__
from api.errors import ProblemError, of_graph
from api.mcp import completion, prompts, resources
from api.mcp.tool import Tool, ToolFailureError
from api.mcp.tools import all_tools
from api.service import Service
from api.writing import Writer
from graph.errors import GraphError

T = TypeVar("T")
Context = ServerRequestContext[Any, Any]
Listed = types.PaginatedRequestParams | None
log = logging.getLogger("parkgraph.mcp")
INSTRUCTIONS = """\
A graph of Chinese policy documents on industrial parks (产业园区政策): which agency leads or supports which task, which
targets are to be reached by when, which policy replaces or cites which, and what each says of parks and industries.
- Every fact comes with its policy and a quote: the words of the document. Cite both; claim nothing that no row says.
- in_force tells whether a policy holds (yes, no, or empty: not known). Say so where it does not. as_of asks for a day.
- Regions, agencies, policies, parks, industries and themes go by any usual name (常德, 常德市工信局, a document number). An
  unknown name is answered with those that come near. Names in the graph are Chinese.
- Begin with the tool that fits the question; search when you do not know a name, stats to see what is held at all.
- A long answer comes in parts: ask again with cursor and the same parameters. An empty one means that the documents that
  are held do not say it, not that it is not so; unresolved and citations_not_held tell what is missing."""


def build(service: Service, writer: Writer | None = None) -> Server[Any]:
    """A server over ``service``; with a ``writer`` it has the tools that write too. Raises CatalogueError."""
    hands = _Hands(service, all_tools(writer))
    return Server(
        "parkgraph",
        version=__version__,
        title="parkgraph",
        description="Policy documents of industrial parks as a graph with evidence",
        instructions=INSTRUCTIONS,
        get_tool_input_schema=hands.schema,
        on_list_tools=hands.list_tools,
        on_call_tool=hands.call_tool,
        on_list_resources=hands.list_resources,
        on_list_resource_templates=hands.list_templates,
        on_read_resource=hands.read_resource,
        on_list_prompts=hands.list_prompts,
        on_get_prompt=hands.get_prompt,
        on_completion=hands.complete,
    )


class _Hands:
    """A method for each request of the protocol. The graph is read in threads."""

    def __init__(self, service: Service, tools: dict[str, Tool]) -> None:
        self.service = service
        self.tools = tools
        self.listed = {name: _listed(tool) for name, tool in tools.items()}

    def schema(self, name: str) -> dict[str, Any] | None:
        return self.listed[name].input_schema if name in self.listed else None

    async def list_tools(self, context: Context, params: Listed) -> types.ListToolsResult:
        return types.ListToolsResult(tools=list(self.listed.values()))

    async def call_tool(self, context: Context, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = self.tools.get(params.name)
        if tool is None:
            near = get_close_matches(params.name[:100], self.tools, n=3) or list(self.tools)
            raise MCPError(types.INVALID_PARAMS, f"no tool {params.name[:100]}; there is {', '.join(near)}")
        try:
            if tool.writes:
                _allow(context)
            given = tool.read(params.arguments or {})
            reply = await anyio.to_thread.run_sync(tool.run, self.service, given)
        except Exception as error:
            return types.CallToolResult(content=[types.TextContent(text=told(error))], is_error=True)
        data = reply.data.model_dump(mode="json")
        return types.CallToolResult(content=[types.TextContent(text=reply.text)], structured_content=data)

    async def list_resources(self, context: Context, params: Listed) -> types.ListResourcesResult:
        found = await _in_thread(resources.listing, self.service, params.cursor if params else None)
        return types.ListResourcesResult(resources=found.resources, next_cursor=found.next)

    async def list_templates(self, context: Context, params: Listed) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=resources.templates())

    async def read_resource(
        self, context: Context, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        return types.ReadResourceResult(contents=[await _in_thread(resources.read, self.service, params.uri)])

    async def list_prompts(self, context: Context, params: Listed) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=prompts.prompts())

    async def get_prompt(self, context: Context, params: types.GetPromptRequestParams) -> types.GetPromptResult:
        return await _in_thread(prompts.prompt, params.name, params.arguments or {})

    async def complete(self, context: Context, params: types.CompleteRequestParams) -> types.CompleteResult:
        name, typed = params.argument.name, params.argument.value
        if isinstance(params.ref, types.PromptReference):
            found = await _in_thread(completion.of_argument, self.service, params.ref.name, name, typed)
        else:
            found = await _in_thread(completion.of_template, self.service, params.ref.uri, name, typed)
        return types.CompleteResult(completion=found)


def told(error: Exception) -> str:
    """What a client is told of an error: no traceback, no path. An error of this program goes to the log."""
    if isinstance(error, ToolFailureError):
        return str(error)
    if isinstance(error, GraphError):
        error = of_graph(error)
    if isinstance(error, ProblemError):
        return error.detail
    log.error("failed", exc_info=error)
    return "an error of this program; its log knows more"


async def _in_thread(work: Callable[..., T], *arguments: Any) -> T:
    """What ``work`` gives, its errors as those of the protocol."""
    try:
        return await anyio.to_thread.run_sync(functools.partial(work, *arguments))
    except (GraphError, ProblemError, ToolFailureError) as error:
        raise MCPError(types.INVALID_PARAMS, told(error)) from None
    except Exception as error:
        raise MCPError(types.INTERNAL_ERROR, told(error)) from None


def _allow(context: Context) -> None:
    """Over HTTP writing needs a key that may write, on this machine too; over stdio the user has started the server."""
    if context.request is None:
        return
    key = context.request.scope.get("state", {}).get("key")
    if key is None or key.scope != "write":
        raise ToolFailureError("writing needs a key that may write: Authorization: Bearer KEY")


def _listed(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.input_schema(),
        output_schema=tool.output_schema(),
        annotations=types.ToolAnnotations(
            title=tool.title, read_only_hint=not tool.writes, open_world_hint=False, idempotent_hint=True,
            destructive_hint=tool.destructive,
        ),
    )  # fmt: skip
