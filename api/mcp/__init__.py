"""The catalogue for assistants: tools, resources and prompts of the Model Context Protocol, by its official SDK.

The SDK (``mcp``) is an optional extra; only this module and ``command`` may be imported without it.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from api.settings import Settings

if TYPE_CHECKING:
    from api.mcp.http import Endpoint


def installed() -> bool:
    """Whether the SDK is there."""
    return importlib.util.find_spec("mcp") is not None


def endpoint(settings: Settings) -> Endpoint | None:
    """The endpoint that ``parkgraph serve`` mounts; None without the SDK."""
    if not installed():
        return None
    from api.mcp.http import Endpoint

    return Endpoint(settings)
