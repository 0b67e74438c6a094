"""How single values are said: quantities, days, names of themes, whether something holds."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from api.pages.text_html import el
from api.pages.words import Words
from graph.detail.refs import Evidence, TargetSummary
from graph.themes import theme_names

_SIGNS = {">=": "≥ ", "<=": "≤ ", "=": "", "~": "≈ ", "range": ""}


def number(value: float | None) -> str:
    """Without the zeros that nobody wrote: 15, 0.8, 12,000."""
    return "" if value is None else f"{value:,.6f}".rstrip("0").rstrip(".")


def quantity(t: Words, target: TargetSummary) -> str:
    """What is to be reached, and when: ≥ 15 万元/亩, by 2025."""
    upper = f"–{number(target.value_max)}" if target.value_max is not None else ""
    unit = target.unit or ""
    space = " " if unit and unit not in "%‰％" else ""
    value = f"{_SIGNS[target.op]}{number(target.value)}{upper}{space}{unit}"
    when = t("entity.per_year", value=value) if target.per_year else value
    return f"{when} · {due(t, target)}" if target.year else when


def due(t: Words, target: TargetSummary) -> str:
    """The year by which it is to be reached; empty where none is known."""
    return t("entity.by_year", year=target.year) if target.year else ""


def theme_name(t: Words, key: str) -> str:
    """The name of a theme in the language of the page."""
    names = theme_names(key)
    return names["name_zh" if t.lang == "zh" else "name_en"] or key


def day(value: date | None) -> str | None:
    """A day as it is written."""
    return value.isoformat() if value else None


def day_cell(t: Words, value: date | None) -> Markup:
    """A day that is not broken into two lines; a word where none is known."""
    return el("span", day(value) or t("unknown"), class_="pe-value")


def holding(t: Words, in_force: bool | None) -> Markup | None:
    """A sign beside what does not hold, or of which nobody can tell; nothing beside what does."""
    if in_force:
        return None
    name = "entity.unknown_force" if in_force is None else "entity.not_in_force"
    return el("span", t(name), class_="pe-state" if in_force is None else "pe-state pe-state-off")


def standing(t: Words, said: Evidence) -> Markup | None:
    """Where in the file itself it is said: the page, and in a table the row and cell; None where it has neither."""
    cell = "row" if said.column is None else "cell"
    parts = [
        t("entity.at.page", page=said.page) if said.page else None,
        t(f"entity.at.{cell}", table=said.table, row=said.row, column=said.column) if said.table else None,
    ]
    words = " · ".join(part for part in parts if part)
    return el("span", words, class_="pe-at pg-quiet") if words else None


def role_sign(t: Words, role: str, target: str | None = None, at: str | None = None) -> Markup:
    """The role of an agency: told by its word, and by its look."""
    tag = "a" if target else "span"
    return el(tag, t(f"role.{role}"), href=target, data_at=at, class_=f"pe-role pe-role-{role}")
