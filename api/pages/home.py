"""The home page: what the graph holds, what is new in it, and what can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui

from api.pages import address
from api.pages.charts.counts import counts
from api.pages.charts.drawing import show
from api.pages.frame import frame, heading
from api.pages.here import Here, page
from api.pages.question import question_cards
from api.pages.searchbox import searchbox
from graph.recent import PolicyChange, Revision, recent
from graph.stats import Stats, stats
from graph.store import Reader

_KINDS = ("Task", "Target", "Agency", "Park", "Industry", "Theme")
_BARS = 12  # regions that are drawn
_ROWS = 40  # of a table beside a chart
_REVISIONS, _POLICIES = 5, 8
_SIGNS = {"added": "+", "removed": "−", "changed": "±"}


def _read(reader: Reader) -> tuple[Stats, list[Revision]]:
    return stats(reader), recent(reader, _REVISIONS)


@page("/")
async def home(here: Here) -> None:
    """The home page."""
    _, (counted, revisions) = await here.kept("home", _read)
    with frame(here, "parkgraph", nav="home", json=address.answer("stats"), search=False):
        with ui.element("section").classes("pg-hero"):
            heading(here.t("home.title"))
            ui.label(here.t("home.intro")).classes("pg-quiet pg-text")
            with ui.element("div").classes("pg-hero-search").props("role=search"):
                searchbox(here)
        if not counted.held:
            _empty(here)
            return
        _totals(here, counted)
        with ui.element("div").classes("pg-grid"):
            _counts(here, "home.by_region", "home.no_region", counted.regions, largest=True)
            _counts(here, "home.by_year", "home.no_year", counted.years, largest=False)
        heading(here.t("home.questions"), 2)
        question_cards(here)
        _news(here, revisions)


def _empty(here: Here) -> None:
    with ui.element("div").classes("pg-warning"):
        ui.label(here.t("home.empty"))
        ui.link(here.t("add.title"), "/add")


def _totals(here: Here, counted: Stats) -> None:
    """How many there are of each kind, with ways to the lists of them."""
    totals = {"Policy": counted.held, **{kind: counted.nodes.get(kind, 0) for kind in _KINDS}}
    with ui.element("dl").classes("pg-totals").props("id=totals"):
        for kind, count in totals.items():
            with ui.element("div"):
                with ui.element("dt"):
                    if kind in address.LISTS:
                        ui.link(here.t(f"kinds.{kind}"), address.LISTS[kind])
                    else:
                        ui.label(here.t(f"kinds.{kind}")).classes("pg-quiet")
                with ui.element("dd"):
                    ui.label(f"{count:,}")
    if counted.cited_only:
        ui.label(here.t("home.cited", count=counted.cited_only)).classes("pg-quiet")


def _counts(here: Here, title: str, nameless: str, counted: Mapping[str, int], *, largest: bool) -> None:
    """Policies by something: a small chart, and the same as a table for those who do not see it."""
    named = {name or here.t(nameless): count for name, count in counted.items()}
    rows = sorted(named.items(), key=lambda item: (-item[1], item[0])) if largest else sorted(named.items())
    with ui.element("section"):
        heading(here.t(title), 2)
        show(
            here,
            counts(here.t(title), dict(rows[:_BARS] if largest else rows[-_BARS:]), across=not largest),
            titled=False,
        )
        with ui.element("details").classes("pg-details"):
            with ui.element("summary"):
                ui.label(here.t("home.table")).classes("pg-inline")
            _plain_table(here, here.t(title), rows)


def _plain_table(here: Here, title: str, rows: list[tuple[str, int]]) -> None:
    with ui.element("table").classes("pg-plain"):
        with ui.element("thead"), ui.element("tr"):
            for text in (title, here.t("kinds.Policy")):
                with ui.element("th").props("scope=col"):
                    ui.label(text)
        with ui.element("tbody"):
            for name, count in rows[:_ROWS]:
                with ui.element("tr"):
                    with ui.element("td"):
                        ui.label(name)
                    with ui.element("td").classes("pg-number"):
                        ui.label(f"{count:,}")


def _news(here: Here, revisions: list[Revision]) -> None:
    """The last loads."""
    if not revisions:
        return
    heading(here.t("home.recent"), 2)
    with ui.element("ol").classes("pg-news").props("id=recent"):
        for revision in revisions:
            with ui.element("li"):
                day = revision.at[:16].replace("T", " ")
                ui.label(here.t("home.revision", revision=revision.revision, at=day)).classes("pg-quiet")
                with ui.element("ul"):
                    for change in revision.policies[:_POLICIES]:
                        _change(here, change)
                if others := revision.others + len(revision.policies[_POLICIES:]):
                    ui.label(here.t("home.others", count=others)).classes("pg-quiet")
                if not revision.policies:
                    ui.label(here.t("home.no_policies")).classes("pg-quiet")


def _change(here: Here, change: PolicyChange) -> None:
    with ui.element("li"):
        ui.label(f"{_SIGNS[change.op]} {here.t(f'change.{change.op}')}").classes("pg-change")
        if change.op == "removed":
            ui.label(change.title).classes("pg-inline")
        else:
            ui.link(change.title, address.policy(change.id))
