"""The picture of an answer, as its query declares it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui

from api.pages import address
from api.pages.charts import bars, heatmap, network, timeline
from api.pages.charts.ink import Chart
from api.pages.frame import heading, named
from api.pages.here import Here
from graph import picture as kinds
from graph.detail.policies import policy
from graph.entities import resolve_entity
from graph.errors import GraphError
from graph.header import Query

Rows = list[dict[str, Any]]
_OPEN = """(event) => {
  const target = event.data && event.data.href;
  if (typeof target === "string" && target.startsWith("/")) location.href = target;
}"""


async def picture(here: Here, query: Query, rows: Rows, given: Mapping[str, str], themes: Mapping[str, str]) -> None:
    """Show the picture that ``query`` declares, if it declares one; the table beside it says the same in words."""
    charts = await _charts(here, query, rows, given, themes)
    if not charts:
        return
    heading(here.t("question.picture"), 2)
    for chart in charts:
        show(here, chart)


def show(here: Here, chart: Chart, *, titled: bool = True) -> None:
    """One chart under its title, in a frame that scrolls where it is wider than the screen; a click on a part opens its page."""
    if chart.title and titled:
        heading(chart.title, 3)
    with ui.element("div").classes("pg-chart-scroll"):
        drawn = ui.echart(chart.options).classes("pg-chart").style(_size(chart))
        named(drawn, here.t("chart.name", title=chart.title or here.t("question.picture"))).props("role=img")
        drawn.on("componentClick", js_handler=_OPEN)
    if chart.note:
        ui.label(here.t(chart.note[0], **chart.note[1])).classes("pg-quiet")


def _size(chart: Chart) -> str:
    widest = f"; max-width: {chart.widest}px" if chart.widest else ""
    height = f"min({chart.height}px, 100vw)" if chart.square else f"{chart.height}px"
    return f"height: {height}; min-width: {chart.width}px{widest}"


async def _charts(
    here: Here, query: Query, rows: Rows, given: Mapping[str, str], themes: Mapping[str, str]
) -> list[Chart]:
    columns = {column.name: column for column in query.columns}
    match query.picture:
        case kinds.Heatmap() as declared:
            return heatmap.heatmap(declared, columns, rows, themes)
        case kinds.Matrix() as declared:
            return heatmap.matrix(declared, columns, rows)
        case kinds.Bars() as declared:
            return bars.bars(here.t, declared, columns, rows)
        case kinds.Network() as declared:
            return network.network(declared, columns, rows)
        case kinds.Timeline() as declared:
            around = await _around(here, given.get(declared.around or ""))
            return timeline.timeline(here.t, declared, columns, rows, around)
    return []


async def _around(here: Here, name: str | None) -> timeline.Event | None:
    """The policy that a timeline is told of, if its day is known."""
    if not name:
        return None
    today = here.today

    def find(reader: Any) -> timeline.Event | None:
        found = policy(reader, resolve_entity(reader, "policy", name)[0], today=today)
        day = found.issued_on or found.published_on or found.effective_on
        return timeline.Event(day, found.title, address.policy(found.id)) if day else None

    try:
        return (await here.kept(("around", name, today), find))[1]
    except GraphError:
        return None
