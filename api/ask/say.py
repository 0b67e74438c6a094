"""The sentence that answers a question, in its language, made from the rows; and how the question was understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from api.ask.fill import Filled
from api.ask.held import Held
from api.ask.places import english_name
from api.ask.tables import answer_words
from api.ask.text import Lang
from graph.header import Column, Param, Query
from ingest.regions import regions
from ingest.tables import load_yaml

_NAMED = 3  # things that a sentence names
Row = Mapping[str, Any]


def words(key: str, lang: Lang, **given: object) -> str:
    """A text of the table, filled."""
    text: str = answer_words()[key][lang]
    return text.format(**given)


def described(query: Query, params: Mapping[str, Any], lang: Lang, held: Held) -> str:
    """A query with its parameters, as people say it."""
    title = query.title.model_dump()[lang]
    given = [
        _label(param, lang) + words("is", lang) + shown(param, params[param.name], lang, held)
        for param in query.params
        if param.name in params
    ]
    if not given:
        return words("bare", lang, title=title)
    return words("with", lang, title=title, given=words("join", lang).join(given))


def _label(param: Param, lang: Lang) -> str:
    known = answer_words()["params"].get(param.name) or answer_words()["params"].get(param.type)
    return str(known[lang]) if known else param.name


def shown(param: Param, value: Any, lang: Lang, held: Held) -> str:
    """A value of a parameter as people say it."""
    if param.type == "region" and regions().get(value):
        return regions()[value].name if lang == "zh" else english_name(value)
    if param.type == "theme":
        return _themes().get(value, {}).get(lang, str(value))
    if param.type == "policy":
        return held.policy_names.get(value, str(value))
    if param.type == "boolean":
        return words("yes" if value else "no", lang)
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def _themes() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in load_yaml("themes.yml")["themes"]}


def answered(query: Query, filled: Filled, rows: Sequence[Row], lang: Lang, held: Held) -> str:
    """The sentence for what was asked and answered: counts and first names, or that there is nothing, and why."""
    asked = described(query, filled.params, lang, held)
    if not rows:
        return nothing(asked, filled, lang, held)
    counts = [_count(kind, number, lang) for kind, number in _things(query.columns, rows).items()]
    found = (
        words("comma", lang).join(counts[:-1]) + words("and", lang) + counts[-1] if len(counts) > 1 else "".join(counts)
    )
    total = words("row" if len(rows) == 1 else "rows", lang, count=len(rows))
    named = _first(query.columns, rows, filled)
    key = "found" if counts and named else "found_plain"
    sentence = words(key, lang, asked=asked, rows=total, counts=found, names=words("list", lang).join(named))
    return sentence + _targets_note(query, lang)


def _targets_note(query: Query, lang: Lang) -> str:
    """Targets are what policies want, not what was reached."""
    return words("targets_note", lang) if any(param.name == "indicator" for param in query.params) else ""


def nothing(asked: str, filled: Filled, lang: Lang, held: Held) -> str:
    """Why there are no rows: no policy of that place is held, or none of those says it."""
    place = next(
        (each.options["region"][0] for each in (*filled.took.values(), *filled.places) if each.takes("region")), None
    )
    if place is None:
        return words("nothing", lang, asked=asked)
    name = regions()[place].name if lang == "zh" else english_name(place)
    count = held.policies_in.get(place, 0)
    key = "nothing_there" if count > 1 else "nothing_there_one" if count else "no_policies"
    return words(key, lang, asked=asked, place=name, count=count)


def _things(columns: Sequence[Column], rows: Sequence[Row]) -> dict[str, int]:
    """How many different things of each kind the rows name."""
    found: dict[str, set[str]] = {}
    for column in columns:
        if column.node and not column.at:
            found.setdefault(column.node, set()).update(_each(rows, column.id or column.name))
    return {kind: len(values) for kind, values in found.items() if values}


def _count(kind: str, number: int, lang: Lang) -> str:
    one, many = answer_words()["kinds"][kind][lang]
    return words("count", lang, number=number, thing=one if number == 1 else many)


def _each(rows: Sequence[Row], key: str) -> Iterator[str]:
    """Every value of a column, also of a column of lists."""
    for row in rows:
        values = row[key] if isinstance(row[key], list) else [row[key]]
        yield from (str(value) for value in values if value)


def _first(columns: Sequence[Column], rows: Sequence[Row], filled: Filled) -> list[str]:
    """The first names of the first column that tells something: not what was asked with, no place."""
    given = {str(value) for value in filled.params.values()}
    for column in columns:
        if column.node and column.node != "Region" and not column.at:
            told = [name for name in dict.fromkeys(_each(rows, column.name)) if name not in given]
            if told:
                return told[:_NAMED]
    return []
