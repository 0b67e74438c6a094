"""The answer to a question in plain words: how it was understood, its rows, other readings, and a field to go on."""

from __future__ import annotations

from nicegui import ui

from api.ask.asked import Alternative, Asked
from api.ask.text import LONGEST
from api.pages import address
from api.pages.asking import asked
from api.pages.controls import theme_names
from api.pages.frame import frame, heading, script, stylesheet
from api.pages.here import Here, page
from api.pages.table import MOST, answer_table
from api.routes.ask import MOST_BEFORE

_EXAMPLES = 6  # questions that an empty page offers


@page("/ask")
async def ask(here: Here) -> None:
    """The answer to ``?q=``; each ``before`` is a question that it goes on from."""
    question = (here.param("q") or "").strip()[:LONGEST]
    before = [each[:LONGEST] for each in here.request.query_params.getlist("before") if each.strip()][-MOST_BEFORE:]
    title = question or here.t("ask.title")
    json = address.asked(question, before) if question else None
    with frame(here, title, json=json):
        stylesheet("ask")
        heading(title)
        if not question:
            _form(here, [])
            _examples(here)
            return
        script("grid")
        if before:
            ui.label(here.t("ask.after", question=before[-1])).classes("pg-quiet")
        found = await asked(here, question, before)
        _sentence(here, found)
        _readings(here, found)
        _form(here, [*before, question])
        await _rows(here, found)
        with ui.element("p"):
            ui.link(here.t("ask.search", text=question), address.search(question))


def _sentence(here: Here, found: Asked) -> None:
    with ui.element("div").classes("pg-card" if found.query else "pg-warning").props("role=status id=answer"):
        ui.label(found.answer)
        if found.query:
            ui.link(here.t("ask.form"), address.question(found.query.name, found.params))
    known = [each for each in found.words if each.kind not in ("concept", "unknown") and each.value]
    with ui.element("div").classes("pg-row") as read:
        read.props["aria-label"] = here.t("ask.words")
        for each in known:
            label = here.t.maybe(f"param.{each.kind}", each.kind)
            ui.label(f"{each.said} = {label} {each.value}").classes("pg-chip")


def _readings(here: Here, found: Asked) -> None:
    if not found.readings:
        return
    heading(here.t("ask.others" if found.query else "ask.nearest"), 2)
    with ui.element("ul").props("id=readings"):
        for each in found.readings:
            with ui.element("li"):
                ui.link(each.question, _open(each))


def _open(each: Alternative) -> str:
    return address.question(each.query, each.params)


def _form(here: Here, before: list[str]) -> None:
    """A plain form: the next question, with those that it may go on from."""
    with ui.element("form").classes("pg-ask-form").props("method=get action=/ask role=search"):
        for each in before[-MOST_BEFORE:]:
            hidden = ui.element("input").props("type=hidden name=before")
            hidden.props["value"] = each
        words = here.t("ask.more" if before else "ask.label")
        field = ui.element("input").props(f"type=text name=q required maxlength={LONGEST}").classes("pg-ask-field")
        field.props["aria-label"] = field.props["placeholder"] = words
        with ui.element("button").props("type=submit").classes("pg-ask-button"):
            ui.label(here.t("ask.ask")).classes("pg-inline")


def _examples(here: Here) -> None:
    from graph.queries import catalogue

    with ui.element("ul"):
        for query in list(catalogue().values())[:_EXAMPLES]:
            asked_so = getattr(query.questions, here.lang)
            for example in asked_so[:1]:
                with ui.element("li"):
                    ui.link(example, address.ask(example))


async def _rows(here: Here, found: Asked) -> None:
    if not found.query or not found.rows:
        return
    heading(here.t("question.table"), 2)
    if len(found.rows) > MOST:
        ui.label(here.t("question.rows_of", count=len(found.rows), most=MOST)).classes("pg-quiet")
    title = found.query.title.model_dump()[here.lang]
    answer_table(here, title, found.query.columns, found.rows, await theme_names(here), {})
