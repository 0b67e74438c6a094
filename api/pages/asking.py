"""Questions in plain words, for the pages: what is asked of the one Service, and where a typed text leads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from api.ask.asked import Asked
from api.ask.held import read_held
from api.ask.read import read
from api.ask.shapes import own_shapes
from api.pages import address
from api.pages.here import Here
from api.routes.ask import answer


async def asked(here: Here, question: str, before: Sequence[str]) -> Asked:
    """The answer to a question. Raises what the API's does."""
    _, found = await asyncio.to_thread(answer, here.service, question, list(before))
    return found


async def leads_to(here: Here, text: str) -> str:
    """The address that a text of the search box leads to: its answer where it asks something, else what is found."""
    return address.ask(text) if await asyncio.to_thread(_asks, here, text) else address.search(text)


def _asks(here: Here, text: str) -> bool:
    """Whether a text says more than names."""
    _, held = here.service.kept("names for ask", read_held)
    return bool(read(text, held, here.today, own_shapes().learnt).concepts)
