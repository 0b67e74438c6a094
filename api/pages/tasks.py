"""The list of tasks, narrowed by what stands in the address: the tasks behind a cell of the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from nicegui import ui

from api.pages import address
from api.pages.controls import theme_names
from api.pages.frame import frame, heading
from api.pages.here import Here, page
from api.pages.table import MOST, grid
from graph.detail import lists
from graph.detail.listed import TaskRow

_FILTERS = ("region", "theme", "agency", "policy", "q")
_FIELDS = (("title", 320), ("path", 90), ("policy", 360), ("on", 130), ("duties", 110))


@page("/tasks")
async def tasks(here: Here) -> None:
    """Tasks by ``?region=&theme=&agency=&policy=&q=``, as in the API."""
    asked: dict[str, Any] = {name: here.param(name) for name in _FILTERS if here.param(name)}
    _, rows = await here.kept(("tasks", *sorted(asked.items())), lambda reader: lists.tasks(reader, **asked))
    title = here.t("tasks.title")
    json, csv = (address.answer("tasks", {**asked, "limit": 1000}, form) for form in (None, "csv"))
    with frame(here, title, json=json, csv=csv):
        heading(title)
        ui.label(" · ".join(await _said(here, asked))).classes("pg-quiet")
        ui.label(here.t("question.rows", count=len(rows))).classes("pg-quiet").props("role=status")
        if rows:
            grid(here, title, [_definition(here, name, width) for name, width in _FIELDS], _data(rows))


async def _said(here: Here, asked: dict[str, Any]) -> list[str]:
    names = await theme_names(here)
    return [
        f"{here.t(f'param.{name}')}: {names.get(text, text) if name == 'theme' else text}"
        for name, text in asked.items()
    ]


def _definition(here: Here, name: str, width: int) -> dict[str, Any]:
    made = {"field": name, "headerName": here.t(f"tasks.{name}"), "width": width, "wrapText": True, "autoHeight": True}
    return {**made, ":cellRenderer": "window.pgCell"}


def _data(rows: Sequence[TaskRow]) -> list[dict[str, Any]]:
    return [
        {
            "title": row.title, "_title": address.task(row.id), "path": row.path,
            "policy": row.policy.title, "_policy": address.policy(row.policy.id),
            "on": row.on.isoformat() if row.on else "", "duties": row.duties,
        }
        for row in rows[:MOST]
    ]  # fmt: skip
