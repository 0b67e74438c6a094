"""What the pages of all entities have in common: the day asked for, links to the same as data, lists with pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from markupsafe import Markup

from api.pages import address
from api.pages.entity_words import standing
from api.pages.here import Here
from api.pages.text_html import Child, el, link, put
from graph.detail.refs import Evidence
from graph.errors import QueryError

_WIDE = 2  # columns that a narrow window has room for
_LONGEST = 140  # characters of a quote that stands open


def as_of(here: Here) -> date | None:
    """The day asked for; None for today. Raises QueryError for what is not a day."""
    given = here.param("as_of")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise QueryError("as_of: not a day, such as 2022-06-30") from None


def place(here: Here, default: int = 1) -> int:
    """The number of the page of a list. Raises QueryError for what is not a number from 1 on."""
    given = here.param("page")
    if given is None:
        return default
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= 100_000:
        raise QueryError("page: not a number from 1 on")
    return int(given)


def bar(here: Here, kind: str, id_: str, more: Mapping[str, str] | None = None, dated: bool = True) -> None:
    """The day asked for, a link into the explorer, and the same as JSON and JSON-LD. ``more`` names further forms."""
    on = as_of(here)
    params = {"as_of": on.isoformat()} if on else {}
    path = address.resource(kind, id_) or ""
    forms = {"JSON": _with(path, params), "JSON-LD": _with(path, {**params, "format": "jsonld"})}
    if more:
        forms |= {here.t(f"entity.form.{name}"): target for name, target in more.items()}
    chips = [link(here.t("entity.explore"), address.explore(kind, id_), class_="pg-chip")]
    chips += [
        link(name, target, class_="pg-chip", aria_label=here.t("frame.as_data", form=name)) for name, target in forms.items()
    ]  # fmt: skip
    put(el("div", _day_form(here, on) if dated else None, el("div", *chips, class_="pe-chips"), class_="pe-bar"))


def _day_form(here: Here, on: date | None) -> Markup:
    """A form that asks for another day; what else stands in the address stays there."""
    kept = [
        el("input", type="hidden", name=name, value=value)
        for name, value in here.request.query_params.items()
        if name not in ("as_of", "page", "lang")
    ]
    today = link(here.t("entity.today"), here.request.url.path, class_="pe-today") if on else None
    return el(
        "form",
        *kept,
        el(
            "label",
            here.t("entity.as_of"),
            " ",
            el("input", type="date", name="as_of", value=on.isoformat() if on else ""),
        ),
        el("button", here.t("entity.show"), type="submit", class_="pe-plain"),
        today,
        method="get",
        class_="pe-day",
    )


def _with(path: str, params: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(params)}" if params else path


def here_with(here: Here, **params: str | int | None) -> str:
    """The address of this page with other parameters; None takes one away."""
    kept = {name: value for name, value in here.request.query_params.items() if name != "lang"}
    given = {name: str(value) for name, value in {**kept, **params}.items() if value not in (None, "")}
    return "?" + urlencode(given)


def turner(here: Here, at: int, size: int, total: int) -> Markup | None:
    """Links to the pages before and after; None where all is shown."""
    last = max(1, -(-total // size))
    if last == 1:
        return None
    ends = [
        link(here.t(f"entity.{name}"), here_with(here, page=to), rel=rel)
        if 1 <= to <= last
        else el("span", here.t(f"entity.{name}"), class_="pg-quiet")
        for name, to, rel in (("before", at - 1, "prev"), ("after", at + 1, "next"))
    ]
    said = el("span", here.t("entity.page", page=at, pages=last, total=f"{total:,}"))
    return el("nav", ends[0], said, ends[1], class_="pe-turner", aria_label=here.t("entity.pages"))


def of_all_times(here: Here, title: str) -> str:
    """A title that says where the day that is asked for does not count."""
    return f"{title} {here.t('entity.all_times')}" if as_of(here) else title


def section(title: str, *body: Child, count: int | None = None, id_: str | None = None) -> None:
    """A part of a page under a heading of the second level."""
    number = None if count is None else el("span", f"{count:,}", class_="pe-count")
    put(el("section", el("h2", title, number, class_="pg-h2"), *body, class_="pe-part", id=id_))


def table(head: Sequence[str], rows: Sequence[Sequence[Child]], caption: str) -> Markup:
    """A table with a heading for each column, named for screen readers."""
    columns = el("tr", *(el("th", name, scope="col") for name in head))
    body = [el("tr", *(el("td", cell, data_l=name) for name, cell in zip(head, row, strict=True))) for row in rows]
    return framed(columns, body, caption, stacked=len(head) > _WIDE)


def framed(head: Markup, rows: Sequence[Markup], caption: str, stacked: bool, look: str = "") -> Markup:
    """A table that can be scrolled sideways; on a narrow window the rows of a ``stacked`` one are shown as blocks."""
    inner = el(
        "table", el("thead", head), el("tbody", *rows), class_=f"pe-table {look}".strip(), aria_label=caption
    )  # fmt: skip
    around = "pe-scroll pe-stack" if stacked else "pe-scroll"
    return el("div", inner, class_=around, tabindex=0, role="region", aria_label=caption)


def quoted(here: Here, said: Evidence) -> Markup:
    """The words of the document, with a link to where they stand; long ones are folded."""
    text, target = said.quote, address.policy(said.policy, said.start)
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    whole = None
    if len(text) > _LONGEST:
        whole = el("details", el("summary", here.t("entity.whole")), el("blockquote", text, class_="pg-quote"))
    return el("div", link(short, target, class_="pe-quote"), " ", standing(here.t, said), whole, class_="pe-quoted")
