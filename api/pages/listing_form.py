"""The filters of a list: a plain form whose values stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from api.pages.entity import as_of
from api.pages.entity_words import theme_name
from api.pages.here import Here
from api.pages.listing_kinds import Kind
from api.pages.text_html import el, link
from graph.detail import lists
from graph.detail.refs import ROLES
from graph.errors import QueryError
from graph.store import Reader

Choice = tuple[str, str]
_ALL = "all"
_BOXES = {"q": "search", "year": "number", "as_of": "date", "agency": "search", "policy": "search"}
_BY_ADDRESS = ("agency", "policy")  # ids, that people do not type
_LONGEST = 300  # characters of a text that is looked for
_HELD = {"": True, "true": True, "false": False, _ALL: None}  # policies that are only cited are many, and say little


def given(here: Here, kind: Kind) -> dict[str, Any]:
    """The filters as the address gives them. Raises QueryError for values that cannot be."""
    values: dict[str, Any] = {}
    for name in kind.filters:
        text = (here.param(name) or "").strip()[:_LONGEST]
        values[name] = _READ[name](here, text) if name in _READ else text or None
    return {name: value for name, value in values.items() if value is not None}


def _year(_: Here, text: str) -> int | None:
    if text and not (text.isascii() and text.isdigit() and len(text) == 4):
        raise QueryError("year: not a year, such as 2022")
    return int(text) if text else None


def _held(_: Here, text: str) -> Any:
    return _one_of(_HELD, "held", text)


def _status(_: Here, text: str) -> Any:
    return _one_of({"": None, "issued": "issued", "draft": "draft"}, "status", text)


def _role(_: Here, text: str) -> Any:
    return _one_of({"": None, **{role: role for role in ROLES}}, "role", text)


def _one_of(values: Mapping[str, Any], name: str, text: str) -> Any:
    if text not in values:
        raise QueryError(f"{name}: one of {', '.join(filter(None, values))}")
    return values[text]


_READ: dict[str, Callable[[Here, str], Any]] = {
    "year": _year, "held": _held, "status": _status, "role": _role, "as_of": lambda here, _: as_of(here),
}  # fmt: skip


async def form(here: Here, kind: Kind) -> Markup:
    """The form with what it was given; an empty element where there is nothing to filter."""
    if not kind.filters:
        return el("div")
    _, choices = await here.kept(("choices", kind.name), lambda reader: _choices(reader, kind))
    fields = [_field(here, name, choices) for name in kind.filters if name not in _BY_ADDRESS or here.param(name)]
    sort = here.param("sort")
    kept = [el("input", type="hidden", name="sort", value=sort)] if sort else []
    clear = link(here.t("listing.clear"), f"/{kind.name}") if any(here.param(name) for name in kind.filters) else None
    button = el("button", here.t("listing.filter"), type="submit")
    return el("form", *fields, *kept, button, clear, method="get", class_="pe-filter", role="search")


def _choices(reader: Reader, kind: Kind) -> dict[str, list[str]]:
    """The values that occur, for filters that choose among them. Regions come as code and name."""
    found: dict[str, Any] = {}
    if "region" in kind.filters:
        rows = lists.regions(reader)
        found["region"] = [(row.code, row.full_name or row.name) for row in rows]
    if "function" in kind.filters:
        found["function"] = _distinct(reader, "Agency", "function")
    if "park_class" in kind.filters:
        found["park_class"] = _distinct(reader, "Park", "park_class")
    if "theme" in kind.filters:
        found["theme"] = [row.key for row in lists.themes(reader)]
    return found


def _distinct(reader: Reader, label: str, name: str) -> list[str]:
    rows = reader.read(f"MATCH (n:{label}) RETURN DISTINCT n.`{name}` AS value")
    return sorted({row["value"] for row in rows if row["value"]})


def _field(here: Here, name: str, choices: dict[str, Any]) -> Markup:
    value, t = here.param(name) or "", here.t
    if name in _BOXES:
        kind = _BOXES[name]
        box = el("input", type=kind, name=name, value=value, size=18 if name == "q" else None)
    else:
        box = _select(
            name, value, t("listing.held.true" if name == "held" else "listing.any"), _options(here, name, choices)
        )
    return el("label", t(f"listing.filter.{name}"), box)


def _options(here: Here, name: str, choices: dict[str, Any]) -> list[Choice]:
    t = here.t
    if name == "region":
        return list(choices["region"])
    if name == "theme":
        return [(key, theme_name(t, key)) for key in choices["theme"]]
    if name == "role":
        return [(each, t(f"role.{each}")) for each in ROLES]
    if name == "held":
        return [("false", t("listing.held.false")), (_ALL, t("listing.held.all"))]
    if name == "status":
        return [(each, t(f"policy.status.{each}")) for each in ("issued", "draft")]
    if name == "level":
        return [(each, t(f"entity.level.{each}")) for each in ("country", "province", "prefecture", "county")]
    return [(each, each) for each in choices[name]]


def _select(name: str, value: str, any_: str, options: list[Choice]) -> Markup:
    known = [(key, text) for key, text in options]
    if value and value not in {key for key, _ in known} and name == "region":
        known.append((value, value))  # a region may be named in the address by any usual name
    items = [el("option", text, value=key, selected=key == value) for key, text in known]
    return el("select", el("option", any_, value=""), *items, name=name)
