"""The map of relations of a page: the node, a few of its neighbours, and the same as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from datetime import date
from typing import Any, Literal

from markupsafe import Markup
from nicegui import ui

from api.pages import address
from api.pages.charts.near import KINDS, height, near
from api.pages.entity import as_of, section
from api.pages.frame import named
from api.pages.here import Here
from api.pages.text_html import el, joined, link, put
from graph.detail.validity import facts, holds
from graph.neighbourhood import NearEdge, NearNode, Neighbourhood, RelationTotal, neighbourhood
from graph.picked import told
from graph.schema import EDGES
from graph.store import Reader, read_many

Way = Literal["out", "in"]
_LOOKED_AT = 400  # of each type, among which those of a day are looked for
_FACTS = f"UNWIND $ids AS i MATCH (p:Policy {{id: i}}) RETURN p.id AS id, {facts('p')} AS facts"
_OF_A_TYPE = 6  # neighbours of each type of relationship, so that names do not lie over each other


async def near_map(here: Here, kind: str, id_: str) -> None:
    """Show it; nothing where the node stands alone."""
    on = as_of(here)
    key: Hashable = ("near", kind, id_, _OF_A_TYPE, on)
    _, found = await here.kept(key, lambda reader: _around(reader, kind, id_, on))
    if not any(node.kind in KINDS for node in found.nodes):
        return
    section(here.t("entity.near"))
    with ui.element("div").classes("pe-two"):
        _picture(here, found)
        put(_listed(here, found))


def _around(reader: Reader, kind: str, id_: str, on: date | None) -> Neighbourhood:
    """The neighbourhood; for a day only what policies say that are not known to have been without force on it."""
    found = neighbourhood(reader, kind, id_, limit=_OF_A_TYPE if on is None else _LOOKED_AT)
    if on is None:
        return found
    said = {key: evidence.policy for key, evidence in told(reader, found.edges).items()}
    asserted = {edge.key: said.get(edge.key) or _own_policy(edge) for edge in found.edges}
    dead = _without_force(reader, {policy for policy in asserted.values() if policy}, on)
    return _narrowed(found, [edge for edge in found.edges if asserted[edge.key] not in dead])


def _own_policy(edge: NearEdge) -> str | None:
    """The policy at an end, for relationships that stand in no sentence."""
    ends = {edge.source_kind: edge.source_id, edge.target_kind: edge.target_id}
    return ends.get("Policy")


def _without_force(reader: Reader, policies: Collection[str], on: date) -> set[str]:
    return {row["id"] for row in read_many(reader, _FACTS, policies) if holds(row["facts"], on) is False}


def _narrowed(found: Neighbourhood, edges: Sequence[NearEdge]) -> Neighbourhood:
    """The same with the first of these relationships of each type only, and how many there are."""
    centre = (found.centre.kind, found.centre.id)
    by_type: defaultdict[tuple[str, Way], list[NearEdge]] = defaultdict(list)
    for edge in edges:
        by_type[edge.type, "out" if (edge.source_kind, edge.source_id) == centre else "in"].append(edge)
    shown = [edge for group in by_type.values() for edge in group[:_OF_A_TYPE]]
    ends = {end for edge in shown for end in ((edge.source_kind, edge.source_id), (edge.target_kind, edge.target_id))}
    totals = [
        RelationTotal(type=type_, direction=way, total=len(group), shown=min(len(group), _OF_A_TYPE))
        for (type_, way), group in by_type.items()
    ]
    nodes = [node for node in found.nodes if (node.kind, node.id) in ends]
    return found.model_copy(update={"nodes": nodes, "edges": shown, "totals": totals})


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
    further = link(here.t("entity.explore_further"), address.explore(found.centre.kind, found.centre.id, as_of(here)))
    return joined([el("ul", *groups, class_="pe-groups"), further])
