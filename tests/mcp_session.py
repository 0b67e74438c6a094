"""A client of the SDK, for tests that are no coroutines; and what starts a server for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from anyio.from_thread import BlockingPortal, start_blocking_portal
from mcp import Client, MCPError, StdioServerParameters, types

ROOT = Path(__file__).parent.parent
SECRETS = ("NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE")


@dataclass
class Session:
    """A client that is connected."""

    portal: BlockingPortal
    client: Client

    def do(self, name: str, *arguments: Any, **named: Any) -> Any:
        """What a method of the client gives."""
        return self.portal.call(partial(getattr(self.client, name), *arguments, **named))

    def call(self, tool: str, **arguments: Any) -> types.CallToolResult:
        """The result of a tool; the client has checked its data against the schema."""
        found: types.CallToolResult = self.do("call_tool", tool, arguments)
        return found

    def data(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The data of a tool that must not fail."""
        found = self.call(tool, **arguments)
        assert not found.is_error, text(found)
        return found.structured_content

    def refused(self, tool: str, **arguments: Any) -> str:
        """What a tool says that must fail: in words, without data, traceback or path."""
        found = self.call(tool, **arguments)
        assert found.is_error
        assert found.structured_content is None
        said = text(found)
        assert not [odd for odd in ("Traceback", "/tmp", "/home", ".py", ".lbug", "pydantic") if odd in said]
        return said

    def error(self, name: str, *arguments: Any) -> MCPError:
        """The error of the protocol that a method of the client must end with."""
        try:
            found = self.do(name, *arguments)
        except MCPError as error:
            return error
        raise AssertionError(f"no error but {found}")


def text(result: types.CallToolResult) -> str:
    """The text of a result."""
    assert [block.type for block in result.content] == ["text"]
    return str(result.content[0].text)  # type: ignore[union-attr]


@contextmanager
def session(server: Any, mode: str = "auto") -> Iterator[Session]:
    """A client of ``server``: a command, an address, a transport, or a server in this process."""
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server, mode=mode)) as client:
        yield Session(portal, client)


def command(*arguments: str | Path, cwd: Path) -> StdioServerParameters:
    """``parkgraph mcp`` as an assistant starts it."""
    kept = {name: os.environ[name] for name in SECRETS if name in os.environ}
    env = {"PYTHONPATH": str(ROOT), **kept}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "api.cli", "mcp", *map(str, arguments)], env=env, cwd=cwd
    )
