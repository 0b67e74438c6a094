"""Everything that the picture of the explorer shows, in words: nodes, relationships with their sentences, paths, Cypher."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from nicegui import ui

from api.pages import address
from api.pages.explorer_card import Do, button
from api.pages.explorer_part import Shown
from api.pages.explorer_picture import LOOKS, label, relation
from api.pages.explorer_view import Key, mark_of
from api.pages.frame import heading, named
from api.pages.here import Here
from api.pages.text_html import el, joined, link, put
from graph.detail.refs import Evidence
from graph.neighbourhood import NearEdge
from graph.picked import cypher, ends

_LONGEST = 120  # characters of a quote


def node_list(here: Here, shown: Shown, choose: Do) -> None:
    """The nodes by kind, each a button that shows its card."""
    of: defaultdict[str, list[Key]] = defaultdict(list)
    for key in shown.nodes:
        of[key[0]].append(key)
    heading(here.t("explore.nodes"), 2)
    with ui.element("div").classes("ex-nodes"):
        for kind in (kind for kind in LOOKS if kind in of):
            with ui.element("section"):
                heading(f"{LOOKS[kind].sign} {here.t(f'explore.kinds.{kind}')} · {len(of[kind])}", 3)
                with ui.element("ul"):
                    for key in of[kind]:
                        _node(here, shown, key, choose)


def _node(here: Here, shown: Shown, key: Key, choose: Do) -> None:
    with ui.element("li"):
        made = button(label(here.t, shown, key), f"node.{mark_of(key)}", _chooser(choose, key))
        made.props["aria-pressed"] = str(mark_of(key) == shown.view.at).lower()


def _chooser(choose: Do, key: Key) -> Callable[[], Any]:
    return lambda: choose(key)


def relation_list(here: Here, shown: Shown) -> None:
    """The relationships as a table, each with a link to its sentence."""
    t = here.t
    heading(t("explore.relations"), 2)
    head = el("tr", *(el("th", t(f"explore.column.{name}"), scope="col") for name in ("from", "says", "to", "quote")))
    rows = [_row(here, shown, edge) for edge in shown.edges.values()]
    table = el("table", el("thead", head), el("tbody", *rows), class_="ex-table", aria_label=t("explore.relations"))
    put(el("div", table, class_="ex-scroll", tabindex=0, role="region", aria_label=t("explore.relations")))


def _row(here: Here, shown: Shown, edge: NearEdge) -> Markup:
    source, target = (_name(here, shown, key) for key in ends(edge))
    said = _said(shown.said.get(edge.key)) or el("span", here.t("explore.by_table"), class_="pg-quiet")
    return el("tr", *(el("td", cell) for cell in (source, relation(here.t, edge), target, said)))


def _said(said: Evidence | None) -> Markup | None:
    if said is None:
        return None
    quote = " ".join(said.quote.split())
    short = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST]}…"
    return link(short, address.policy(said.policy, said.start))


def _name(here: Here, shown: Shown, key: Key) -> Markup:
    name = label(here.t, shown, key) if key in shown.nodes else shown.names.get(key, key[1])
    return link(name, address.node(*key))


def paths(here: Here, shown: Shown, forget: Do) -> None:
    """The shortest paths as text, each step with its sentence."""
    t, view = here.t, shown.view
    if not view.path:
        return
    heading(t("explore.path"), 2)
    told = [shown.names.get(key, key[1]) for key in view.path]
    if len(view.path) == 1:
        ui.label(t("explore.path_waits", name=told[0])).props("role=status")
    elif not shown.paths:
        ui.label(t("explore.no_path", start=told[0], end=told[1])).props("role=status")
    for number, steps in enumerate(shown.paths, 1):
        ui.label(t("explore.path_number", number=number, steps=len(steps))).classes("pg-quiet")
        put(_steps(here, shown, steps))
    with ui.element("div").classes("ex-tools"):
        button(t("explore.forget_path"), "forget", forget)


def _steps(here: Here, shown: Shown, steps: list[NearEdge]) -> Markup:
    at, items = shown.view.path[0], []
    for edge in steps:
        source, target = ends(edge)
        onwards = source == at
        other = target if onwards else source
        arrow = f" —{relation(here.t, edge)}→ " if onwards else f" ←{relation(here.t, edge)}— "
        said = _said(shown.said.get(edge.key)) or el("span", here.t("explore.by_table"), class_="pg-quiet")
        items.append(el("li", joined([_name(here, shown, at), arrow, _name(here, shown, other)]), el("div", said)))
        at = other
    return el("ol", *items, class_="ex-path")


def statement(here: Here, shown: Shown) -> None:
    """The same part as a statement for Neo4j."""
    heading(here.t("explore.cypher"), 2)
    ui.label(here.t("explore.cypher_note")).classes("pg-quiet")
    with ui.element("div").classes("ex-tools"):
        copy = ui.element("button").classes("ex-button")
        copy.props["type"], copy.props["data-k"] = "button", "copy"
        with copy:
            words = ui.label(here.t("explore.copy")).classes("pg-inline")
        copy.on("click", js_handler=f"() => pgExplore.copy('c{words.id}', {_js(here.t('explore.copied'))})")
        named(copy, here.t("explore.copy"))
    text = cypher(shown.nodes.values(), shown.edges.values())
    put(
        el(
            "pre",
            el("code", text, data_cypher=True),
            class_="ex-cypher",
            tabindex=0,
            role="region",
            aria_label="Cypher",
        )
    )


def _js(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
