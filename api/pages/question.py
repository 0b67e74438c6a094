"""A page for each question of the catalogue: form, picture and table, all made from the header of its file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from nicegui import ui
from starlette.responses import Response

from api.errors import ProblemError, of_graph
from api.listing import REVISION
from api.pages import address
from api.pages.charts import drawing
from api.pages.controls import Control, control, theme_names
from api.pages.frame import frame, heading, script
from api.pages.here import Here, page
from api.pages.later import later, refusal
from api.pages.table import MOST, answer_table
from api.shapes.negotiate import CSV
from api.shapes.table import to_csv
from graph.errors import GraphError
from graph.header import Query
from graph.picture import Heatmap
from graph.queries import catalogue, run
from graph.store import Reader

_API_MOST = 1000  # rows of one answer of the API
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")  # signs of Chinese sentences
Rows = list[dict[str, Any]]


@page("/questions")
async def questions(here: Here) -> None:
    """All questions as cards."""
    title = here.t("nav.questions")
    with frame(here, title, nav="questions", json=address.answer("queries")):
        heading(title)
        ui.label(here.t("questions.intro")).classes("pg-quiet pg-text")
        question_cards(here)


def question_cards(here: Here) -> None:
    """A card for each question, that opens it with its example."""
    with ui.element("div").classes("pg-cards"):
        for query in catalogue().values():
            with ui.link(target=address.question(query.name, query.example)).classes("pg-card"):
                ui.label(query.title.model_dump()[here.lang]).classes("pg-card-title")
                ui.label(_about(here, query)).classes("pg-quiet")


def _about(here: Here, query: Query) -> str:
    """What a question is about: in words for people, where its header speaks of columns and their values."""
    text = here.t.maybe(f"question.about.{query.name}", query.description.model_dump()[here.lang])
    return text.translate(_FULL_WIDTH) if here.lang == "zh" else text


@page("/questions/{name}/all.csv")
async def whole(here: Here) -> Response:
    """Every row of the answer to what stands in the address, as CSV: as in the API, but not page by page."""
    query = catalogue().get(here.part("name"))
    if query is None:
        raise ProblemError(404, "")
    given = {param.name: text for param in query.params if (text := here.param(param.name))}
    revision, rows = await here.kept(*_work(here, query, given))
    body = await asyncio.to_thread(to_csv, [column.name for column in query.columns], rows, bom=True)
    headers = {REVISION: str(revision), "Content-Disposition": f'attachment; filename="{query.name}.csv"'}
    return Response(body, headers=headers, media_type=f"{CSV}; charset=utf-8")


def _work(here: Here, query: Query, given: Mapping[str, str]) -> tuple[Hashable, Callable[[Reader], Rows]]:
    """The answer's name among those that are kept, and what makes it."""
    today = here.today
    key = ("question", query.name, tuple(sorted(given.items())), today)
    return key, lambda reader: run(reader, query.name, given, today=today).rows


@page("/questions/{name}")
async def question(here: Here) -> None:
    """One question, with the answer to what stands in the address; without what it needs, its example."""
    query = catalogue().get(here.part("name"))
    if query is None:
        raise ProblemError(404, "")
    asked = {param.name: text for param in query.params if (text := here.param(param.name))}
    example = any(param.required and param.name not in asked for param in query.params)
    given = {name: str(value) for name, value in query.example.items()} if example else asked
    title = query.title.model_dump()[here.lang]
    api = f"queries/{query.name}"
    json = address.answer(api, {**given, "limit": _API_MOST})
    csv = address.answer(api, {**given, "limit": _API_MOST, "bom": True}, "csv")
    with frame(here, title, nav="questions", json=json, csv=csv):
        heading(title)
        ui.label(_about(here, query)).classes("pg-quiet pg-text")
        await _form(here, query, given)
        if example and asked != given:
            ui.label(here.t("question.example")).classes("pg-note")
        await _answer(here, query, given)


async def _form(here: Here, query: Query, given: Mapping[str, str]) -> None:
    if not query.params:
        return
    with ui.element("form").classes("pg-form").props("role=form") as form:
        form.props["aria-label"] = here.t("question.form")
        controls = {param.name: await control(here, query, param, given.get(param.name)) for param in query.params}
        ask = ui.button(here.t("question.ask"), color=None).props("unelevated no-caps type=submit").classes("pg-ask")
    form.on("submit.prevent", lambda: ui.navigate.to(address.question(query.name, _filled(query, controls))))
    ask.props["data-question"] = query.name


def _filled(query: Query, controls: Mapping[str, Control]) -> dict[str, Any]:
    """What differs from the defaults."""
    values = {param.name: controls[param.name]() for param in query.params}
    return {
        param.name: values[param.name] for param in query.params if values[param.name] not in (None, "", param.default)
    }


async def _answer(here: Here, query: Query, given: Mapping[str, str]) -> None:
    """The answer in its place, under a form that stays."""
    script("grid")  # before the page is sent: a script that comes later does not run

    async def show(kept: tuple[int, Rows]) -> None:
        await _found(here, query, given, kept[1])

    try:
        await later(here, here.kept(*_work(here, query, given)), show)
    except GraphError as error:
        refusal(here, of_graph(error))


async def _found(here: Here, query: Query, given: Mapping[str, str], rows: list[dict[str, Any]]) -> None:
    with ui.element("div").classes("pg-count").props("role=status"):
        ui.label(_count(here, len(rows)))
    if len(rows) > _API_MOST:
        with ui.element("div").classes("pg-row pg-quiet"):
            ui.label(here.t("question.part_of_all", most=f"{_API_MOST:,}"))
            ui.link(here.t("question.all", count=f"{len(rows):,}"), address.question_csv(query.name, given))
    if not rows:
        return
    names = await theme_names(here)
    await drawing.picture(here, query, rows, given, names)
    heading(here.t("question.table"), 2)
    title = query.title.model_dump()[here.lang]
    answer_table(here, title, query.columns, rows[_start(here, rows) :], names, _links(query))
    _turn(here, query, given, rows)


def _links(query: Query) -> dict[str, Any]:
    """Cells that open the list of tasks, as those of the picture do."""
    picture = query.picture
    if not isinstance(picture, Heatmap) or not picture.open:
        return {}
    return {picture.value: lambda row: address.tasks({name: row[column] for name, column in picture.open.items()})}


def _count(here: Here, count: int) -> str:
    if count <= MOST:
        return here.t("question.rows", count=count)
    return here.t("question.rows_of", count=count, most=MOST)


def _start(here: Here, rows: list[Any]) -> int:
    """The first row of the part that is shown; parts are numbered from 1 in the address."""
    part = here.param("part") or "1"
    place = (int(part) - 1) * MOST if part.isdecimal() and len(part) < 7 else 0
    return place if 0 < place < len(rows) else 0


def _turn(here: Here, query: Query, given: Mapping[str, str], rows: list[Any]) -> None:
    """Links to the parts of a long answer."""
    if len(rows) <= MOST:
        return
    with ui.element("nav").classes("pg-row") as parts:
        parts.props["aria-label"] = here.t("question.parts")
        for number in range(1, min(-(-len(rows) // MOST), 40) + 1):
            link = ui.link(str(number), address.question(query.name, {**given, "part": number})).classes("pg-chip")
            if (number - 1) * MOST == _start(here, rows):
                link.props("aria-current=page")
