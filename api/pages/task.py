"""Tasks and targets have no pages of their own: their addresses lead to their places in the policy."""

from __future__ import annotations

from collections.abc import Callable

from starlette.responses import RedirectResponse, Response

from api.pages import address
from api.pages.entity import as_of
from api.pages.here import Here, page
from graph.detail.targets import TargetDetail, target
from graph.detail.tasks import TaskDetail, task


@page("/tasks/{id:path}")
async def task_page(here: Here) -> Response:
    """The task in its policy."""
    return await _place(here, task)


@page("/targets/{id:path}")
async def target_page(here: Here) -> Response:
    """The target in its policy."""
    return await _place(here, target)


async def _place(here: Here, work: Callable[..., TaskDetail | TargetDetail]) -> Response:
    id_, on = here.part(), as_of(here)
    _, found = await here.read(lambda reader: work(reader, id_, today=here.today))
    kept = f"&as_of={on}" if on else ""
    return RedirectResponse(address.policy(found.policy.id, found.evidence.start) + kept)
