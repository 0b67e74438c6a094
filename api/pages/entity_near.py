"""The map of relations of a page: the node, a few of its neighbours, and the same as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Any, Literal

from markupsafe import Markup
from nicegui import ui

from api.pages import address
from api.pages.charts.near import KINDS, height, near
from api.pages.entity import section
from api.pages.frame import named
from api.pages.here import Here
from api.pages.text_html import el, joined, link, put
from graph.neighbourhood import NearNode, Neighbourhood, neighbourhood
from graph.schema import EDGES

Way = Literal["out", "in"]
_OF_A_TYPE = 6  # neighbours of each type of relationship, so that names do not lie over each other


async def near_map(here: Here, kind: str, id_: str) -> None:
    """Show it; nothing where the node stands alone."""
    key: Hashable = ("near", kind, id_, _OF_A_TYPE)
    _, found = await here.kept(key, lambda reader: neighbourhood(reader, kind, id_, limit=_OF_A_TYPE))
    if not any(node.kind in KINDS for node in found.nodes):
        return
    section(here.t("entity.near"))
    with ui.element("div").classes("pe-two"):
        _picture(here, found)
        put(_listed(here, found))


def _picture(here: Here, found: Neighbourhood) -> None:
    names = {kind: here.t(f"kind.{kind}") for kind in KINDS}
    edges = {edge.type: here.t.maybe(f"entity.edge.{edge.type}", edge.type) for edge in EDGES}

    def clicked(event: Any) -> None:
        data = event.data if isinstance(event.data, dict) else {}
        target = address.node(str(data.get("kind")), str(data.get("node")))
        if target and data.get("node") != found.centre.id:
            ui.navigate.to(target)

    chart = (
        ui.echart(near(found, names, edges), on_point_click=clicked)
        .classes("pe-near")
        .style(f"height:{height(found)}px")
    )
    named(chart, here.t("entity.near_of", name=found.centre.name)).props("role=img")


def _listed(here: Here, found: Neighbourhood) -> Markup:
    """The neighbours by type of relationship, with links, and how many more there are."""
    nodes = {(node.kind, node.id): node for node in found.nodes}
    of: defaultdict[tuple[str, Way], dict[tuple[str, str], NearNode]] = defaultdict(dict)
    for edge in found.edges:
        ends: dict[Way, tuple[str, str]] = {
            "out": (edge.target_kind, edge.target_id),
            "in": (edge.source_kind, edge.source_id),
        }
        way: Way = "in" if ends["out"] == (found.centre.kind, found.centre.id) else "out"
        if ends[way] in nodes and ends[way][0] in KINDS:
            of[edge.type, way][ends[way]] = nodes[ends[way]]
    totals = {(total.type, total.direction): total for total in found.totals}
    groups = []
    for (type_, way), members in sorted(of.items()):
        total = totals[type_, way]
        more = (
            el("li", here.t("entity.and_more", count=total.total - total.shown), class_="pg-quiet")
            if total.total > total.shown
            else None
        )
        items = [el("li", link(node.name, address.node(node.kind, node.id))) for node in members.values()]
        name = here.t(f"entity.edge.{type_}") if way == "out" else here.t(f"entity.edge_in.{type_}")
        groups.append(el("li", el("span", name, class_="pe-label"), el("ul", *items, more, class_="pe-list")))
    further = link(here.t("entity.explore_further"), address.explore(found.centre.kind, found.centre.id))
    return joined([el("ul", *groups, class_="pe-groups"), further])
