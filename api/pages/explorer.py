"""The graph explorer: a part of the graph as a picture and in words, walked node by node."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from nicegui import ui

from api.pages.explorer_card import Do, button, card
from api.pages.explorer_files import NAMES
from api.pages.explorer_filters import filters
from api.pages.explorer_lists import node_list, paths, relation_list, statement
from api.pages.explorer_part import Shown, around, shown
from api.pages.explorer_picture import CROWDED, options, placed
from api.pages.explorer_start import begin, node_box
from api.pages.explorer_view import FURTHER, LIMIT, MOST, Key, Pin, View, mark_of, view_of
from api.pages.frame import frame, heading, named, script, stylesheet
from api.pages.here import Here, page
from api.pages.problems import told
from graph.errors import GraphError


@page("/explore")
async def explore(here: Here) -> None:
    """The part of the graph that the address asks for."""
    view = view_of(here.request.query_params)
    found = await _find(here, view) if view.roots or view.path else None
    with frame(here, here.t("nav.explore"), nav="explore", search=False):
        stylesheet("explore")
        script("explore")
        heading(here.t("nav.explore"))
        if found is None:
            await begin(here)
        else:
            await Explorer(here, found).build()


async def _find(here: Here, view: View) -> Shown:
    _, found = await here.kept(("explore", view), lambda reader: placed(shown(reader, view)))
    made: Shown = found
    return made


class Explorer:
    """One open explorer: what it shows, and what can be done with it."""

    def __init__(self, here: Here, found: Shown) -> None:
        self.here, self.found = here, found
        self.client = ui.context.client
        self.turn = asyncio.Lock()  # clicks are done one after the other

    async def build(self) -> None:
        """Make the page; what changes is made by ``draw``."""
        node_box(self.here, self.here.t("explore.add"), lambda key: self.change(lambda view: view.began_at(key)))
        with ui.element("details").classes("pg-details") as more:
            more.props.set_bool("open", self.found.view.filtered)
            with ui.element("summary"):
                ui.label(self.here.t("explore.filters")).classes("pg-inline")
            await filters(self.here, self.found.view, self.change)
        self.status = ui.element("div").classes("ex-bar").props("role=status")
        with ui.element("div").classes("ex-main"):
            with ui.element("div"):
                self.chart = ui.echart(options(self.here.t, self.found), renderer="svg").classes("ex-chart ex-picture")
                self._tall()
                named(self.chart, self.here.t("explore.picture")).props("role=img")
                self.chart.on("componentClick", self._clicked, ["dataType", "data"])
                self._tools()
            self.card = named(ui.element("section").classes("ex-card"), self.here.t("explore.card"))
        self.below = ui.element("div").classes("ex-words")
        await self.draw()

    async def change(self, other: Callable[[View], View]) -> None:
        """Show another view of the present one; where it cannot be had, say why and stay."""
        async with self.turn:
            with self.client:  # what was clicked will be gone
                await self._change(other)

    async def _change(self, other: Callable[[View], View]) -> None:
        try:
            self.found = await _find(self.here, other(self.found.view))
        except GraphError as error:
            ui.notify(told(self.here.t, str(error)) or self.here.t("problem.422"), type="warning")
            return
        if not self.found.nodes:
            ui.navigate.to("/explore")
            return
        self._tall()
        self.chart.options.update(options(self.here.t, self.found))
        self.chart.update()
        await self.draw()
        query = self.found.view.query()
        ui.navigate.history.replace(f"/explore?{query}")
        ui.run_javascript("pgExplore.drawnAnew()")

    async def draw(self) -> None:
        """Make anew all that the view decides, beside the picture."""
        found = self.found
        key = found.key(found.view.at) or next(iter(found.nodes), None)
        about = (await self.here.kept(("around", key), lambda reader: around(reader, key)))[1] if key else None
        for form, link in self.files.items():
            link.props["href"] = f"/explore/part.{form}?{found.view.query()}"
            link.update()
        self.status.clear()
        with self.status:
            self._status()
        self.card.clear()
        if key and about:
            with self.card:
                card(self.here, found, key, about, self._actions())
        self.below.clear()
        with self.below:
            paths(self.here, found, lambda: self.change(lambda view: replace(view, path=())))
            node_list(self.here, found, self._choose)
            relation_list(self.here, found)
            statement(self.here, found)
        ui.run_javascript(f"pgExplore.fit({self.chart.id}, {len(found.nodes)})")

    def _tall(self) -> None:
        """Give many nodes more room."""
        many = len(self.found.nodes) > CROWDED
        self.chart.classes(add="ex-tall" if many else None, remove=None if many else "ex-tall")

    def _status(self) -> None:
        t, found, view = self.here.t, self.found, self.found.view
        ui.label(t("explore.count", nodes=len(found.nodes), edges=len(found.edges)))
        if found.cut:
            ui.label(t("explore.cut", count=found.cut))
            if view.limit < MOST:
                further = min(view.limit + FURTHER, MOST)
                button(t("explore.further"), "further", lambda: self.change(lambda view: replace(view, limit=further)))
        if view.limit > LIMIT:
            button(t("explore.fewer"), "fewer", lambda: self.change(lambda view: replace(view, limit=LIMIT)))
        if len(found.nodes) > CROWDED:
            ui.label(t("explore.closer_names")).classes("pg-quiet")
        if found.filtered:
            ui.label(t("explore.filtered", count=found.filtered))
        if view.hidden:
            show = t("explore.unhide", count=len(view.hidden))
            button(show, "unhide", lambda: self.change(lambda view: replace(view, hidden=())))

    def _tools(self) -> None:
        """What can be done with the picture, and the part as files."""
        t = self.here.t
        with named(ui.element("div").classes("ex-tools ex-below").props("role=group"), t("explore.tools")):
            for name, code in (("closer", "zoom({id}, 1.3)"), ("wider", "zoom({id}, 1 / 1.3)"), ("fit", "refit({id})"),
                               ("png", "png({id})"), ("svg", "svg({id})")):  # fmt: skip
                made = ui.element("button").classes("ex-button").props(f"type=button data-k=tool.{name}")
                with made:
                    ui.label(t(f"explore.tool.{name}")).classes("pg-inline")
                made.on("click", js_handler=f"() => pgExplore.{code.format(id=self.chart.id)}")
            self.files = {form: ui.link(name, "#").classes("ex-button") for form, name in NAMES.items()}
            for form, link in self.files.items():
                named(link, t("frame.as_data", form=NAMES[form])).props["data-part"] = form

    def _actions(self) -> dict[str, Do]:
        return {"grow": self._grow, "close": self._close, "pin": self._pin, "hide": self._hide, "end": self._end}

    async def _clicked(self, event: Any) -> None:
        data = event.args.get("data") if isinstance(event.args, dict) else None
        if event.args.get("dataType") == "node" and isinstance(data, dict):
            key = self.found.key(str(data.get("id")))
            if key:
                await self._choose(key)

    async def _choose(self, key: Key) -> None:
        await self.change(lambda view: replace(view, at=mark_of(key)))

    async def _grow(self, key: Key, type_: str, count: int) -> None:
        await self.change(lambda view: view.grown(mark_of(key), type_, min(count, MOST)))

    async def _close(self, key: Key) -> None:
        await self.change(lambda view: view.closed(mark_of(key)))

    async def _hide(self, key: Key) -> None:
        def without(view: View) -> View:
            if key in view.roots:
                return replace(view, roots=tuple(each for each in view.roots if each != key))
            return replace(view, hidden=(*view.hidden, mark_of(key)))

        await self.change(without)

    async def _end(self, key: Key) -> None:
        def longer(view: View) -> View:
            return replace(view, path=(*view.path, key) if len(view.path) == 1 and view.path[0] != key else (key,))

        await self.change(longer)

    async def _pin(self, key: Key) -> None:
        mark = mark_of(key)
        place = await ui.run_javascript(f"return pgExplore.place({self.chart.id}, '{mark}')", timeout=5)
        found = isinstance(place, list) and len(place) == 2 and all(isinstance(each, int) for each in place)
        pin = Pin(mark, *place) if found else Pin(mark)

        def switched(view: View) -> View:
            left = tuple(each for each in view.pins if each.mark != mark)
            return replace(view, pins=left if len(left) < len(view.pins) else (*left, pin))

        await self.change(switched)
