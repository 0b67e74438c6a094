"""Content that may take a while: in its place at once if it is there soon, else when it is; the page does not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from nicegui import ui

from api.errors import ProblemError, of_graph
from api.pages.here import Here
from api.pages.problems import told
from graph.errors import GraphError

T = TypeVar("T")
PATIENCE = 0.2  # seconds after which the page comes without the content
CONNECTING = 60.0  # seconds that a browser has to come back for it


async def later(here: Here, work: Awaitable[T], show: Callable[[T], Awaitable[None]]) -> None:
    """Show what ``work`` gives. The rest of the page has to be built by then: where work takes long, it is sent first.

    An error of the graph is raised while the page is not sent, so that it can decide what to say; later it is told in
    the place of the content.
    """
    task = asyncio.ensure_future(work)
    with ui.element("div").classes("pg-answer") as place:
        await asyncio.wait({task}, timeout=PATIENCE)
        if task.done():
            await show(task.result())
            return
        ui.label(here.t("question.working")).classes("pg-note").props("role=status data-working")
        await ui.context.client.connected(timeout=CONNECTING)
        await asyncio.wait({task})
        if ui.context.client.is_deleted:
            return
        place.clear()
        try:
            found = task.result()
        except GraphError as error:
            refusal(here, of_graph(error))
            return
        await show(found)


def refusal(here: Here, error: ProblemError) -> None:
    """Say why there is no answer; what stands around it stays."""
    ui.context.client.status_code = error.status
    with ui.element("div").classes("pg-warning").props("role=alert"):
        ui.label(here.t("problem.503" if error.status == 503 else "problem.422"))
        ui.label(told(here.t, error.detail))
