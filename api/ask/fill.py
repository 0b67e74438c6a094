"""Parameters of a query from the things that a question names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from api.ask.documents import Named
from api.ask.link import Entity
from api.ask.read import Read
from api.ask.span import Span
from api.ask.tables import stray_patterns, swapped
from api.ask.text import clause
from graph.header import Param, Query

_KINDS = {"region", "theme", "agency", "policy", "park", "industry"}
_NAMED = {"indicator": "indicator", "path": "path", "id": "id"}  # texts that are told by their parameter's name
_NEAR = 4  # characters between a day and what is said of it
_JOINT = re.compile(r"^\s*(?:和|与|及|以及|、|,|或|and|or|&|as well as)?\s*$")
_AS_OF = re.compile(r"(?:截至|截止到?|截止|至|as (?:of|at)|by the end of|at the end of)\s*(?:the )?(?:end of )?$")


@dataclass
class Filled:
    """Parameters with the things that gave them; ``unused`` are things that the query has no use for."""

    params: dict[str, Any] = field(default_factory=dict)
    took: dict[str, Entity] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    unused: tuple[Entity, ...] = ()
    more: dict[str, list[Entity]] = field(default_factory=dict)  # parameter → further things of its kind that are named
    places: tuple[
        Entity, ...
    ] = ()  # that the rows are narrowed to, where the query takes one place and several are named
    aside: tuple[Entity, ...] = ()  # unused, in words that only tell what the answer is for
    unknown: tuple[Entity, ...] = ()  # things that it took and that the graph does not have


def fill(query: Query, question: Read, entities: tuple[Entity, ...]) -> Filled:
    """The parameters of ``query`` that a question gives. What equals a default is left out."""
    found, left = Filled(), list(entities)
    for param in query.params:
        each = next((one for one in left if _suits(param, one, query, question)), None)
        if each is None:
            continue
        left.remove(each)
        found.took[param.name] = each
        found.params[param.name] = _value(param, each)
    _order(query, question, found)
    found.params |= dict(_said(query, question))
    given = {name: value for name, value in found.params.items() if value != _default(query, name)}
    found.params = {param.name: given[param.name] for param in query.params if param.name in given}
    found.missing = tuple(param.name for param in query.params if param.required and param.name not in found.params)
    same = [_means(each) for each in found.took.values()]
    unused = [each for each in left if not each.soft and not any(_means(each) & one for one in same)]
    found.aside = tuple(each for each in unused if found.took and _aside(question.text, each))
    found.unused = tuple(each for each in unused if each not in found.aside)
    _widen(query, found)
    _also(query, question, found)
    found.unknown = tuple(
        each for each in found.took.values() if each.takes("policy") and each.options["policy"][0].id is None
    )
    return found


def _aside(text: str, each: Entity) -> bool:
    """Whether a thing stands in a clause that tells what the answer is for (招商手册要用:…)."""
    start, end = clause(text, each.start)
    return any(pattern.search(text[start:end]) for pattern in stray_patterns("purpose"))


def _widen(query: Query, found: Filled) -> None:
    """Two places for a query that takes one: it is asked without, but for one of pairs of places, and the rest left out."""
    more = tuple(each for each in found.unused if each.takes("region"))
    if not more or "region" not in found.took:
        return
    found.places = (found.took["region"], *more)
    found.unused = tuple(each for each in found.unused if each not in more)
    if sum(column.node == "Region" for column in query.columns) < 2:
        del found.params["region"], found.took["region"]


def _also(query: Query, question: Read, found: Filled) -> None:
    """A second theme, agency … for a parameter that takes one: another reading, and no reason to refuse."""
    types = {param.name: param.type for param in query.params}
    for name, each in found.took.items():
        kind = types[name] if types[name] in _KINDS else _NAMED.get(name)
        if kind and kind != "region" and each.takes(kind):
            pairs = sum(column.node == kind.title() for column in query.columns) > 1
            further = [
                other for other in found.unused if other.takes(kind) and (pairs or _joined(question, each, other))
            ]
            if further:
                found.more[name] = further
                found.unused = tuple(other for other in found.unused if other not in further)


def _joined(question: Read, one: Entity, other: Entity) -> bool:
    """Whether one stands beside the other in a list (绿色和安全)."""
    first, last = sorted((one, other), key=lambda each: each.start)
    return _JOINT.match(question.text[first.end : last.start]) is not None


def _means(each: Entity) -> set[tuple[str, str]]:
    return {
        (kind, str([value.id or value.said if isinstance(value, Named) else value for value in values]))
        for kind, values in each.options.items()
    }


def _default(query: Query, name: str) -> Any:
    return next(param.default for param in query.params if param.name == name)


def _suits(param: Param, each: Entity, query: Query, question: Read) -> bool:
    if param.type in _KINDS:
        return each.takes(param.type)
    if param.type == "date":
        return each.takes("day") and not (_as_year(each, question) and any(p.name == "year" for p in query.params))
    if param.type == "integer" and param.name == "year":
        return each.takes("day") and _as_year(each, question)
    kind = _NAMED.get(param.name)
    if param.type == "string" and not param.enum:
        return each.takes(kind or "text")
    return False


def _as_year(each: Entity, question: Read) -> bool:
    when = each.options["day"][0]
    if when.whole_year is None or _AS_OF.search(question.text[max(0, each.start - 24) : each.start]):
        return False
    return not any(_of_force(each, other) for other in question.spans if "in_force" in other.get("concept"))


def _of_force(each: Entity, other: Span) -> bool:
    """Whether a day says when policies are in force: right before or behind words for that (2022年底有效, valid in 2022)."""
    return 0 <= other.start - each.end <= _NEAR or 0 <= each.start - other.end <= _NEAR


def _value(param: Param, each: Entity) -> Any:
    if param.type == "date":
        return each.options["day"][0].day
    if param.type == "integer":
        return each.options["day"][0].whole_year
    kind = param.type if param.type in _KINDS else _NAMED.get(param.name, "text")
    values = each.options[kind]
    first = values[0]
    if isinstance(first, Named):
        return first.id or first.said
    forms = each.body.forms if each.body else each.form
    return forms[0] if len(values) > 1 and forms else first


def _said(query: Query, question: Read) -> Iterator[tuple[str, Any]]:
    """Values that words say: 配合 is role support. Of several the one furthest from the default wins."""
    for param in query.params:
        values = [value for name, value in question.values if name == param.name]
        if param.enum:
            values = [value for value in values if value in param.enum]
        other = [value for value in values if value != param.default]
        if values:
            yield param.name, (other or values)[0]


def _order(query: Query, question: Read, found: Filled) -> None:
    """Exchange two regions where the words say that the second one has what the first lacks."""
    pair = [param.name for param in query.params if param.type == "region" and param.name in found.took]
    if len(pair) != 2:
        return
    text = question.text
    marks = {found.took[name].options["region"]: str(n) for n, name in enumerate(pair, 1)}
    said = [(each, tuple(each.get("region")[0])) for each in question.spans if each.get("region")]
    for each, codes in reversed(said):
        text = text[: each.start] + marks.get(codes, "") + text[each.end :]
    if any(pattern.search(text) for pattern in swapped()):
        one, other = pair
        found.took[one], found.took[other] = found.took[other], found.took[one]
        found.params[one], found.params[other] = found.params[other], found.params[one]


def others(filled: Filled, query: Query) -> Iterator[dict[str, Any]]:
    """The same parameters with the other things that a name may mean."""
    for param in query.params:
        each = filled.took.get(param.name)
        kind = param.type if param.type in _KINDS else None
        if each and kind and len(each.options[kind]) > 1:
            start = 0 if each.body or each.form else 1
            for value in islice(each.options[kind], start, 8):
                yield {**filled.params, param.name: value}
        for further in filled.more.get(param.name, ()):
            yield {**filled.params, param.name: _value(param, further)}


def fewer(filled: Filled, query: Query) -> Iterator[dict[str, Any]]:
    """The same parameters with one of those that only narrow left out."""
    for param in reversed(query.params):
        if param.name in filled.params and not param.required and param.type != "agency" and len(filled.params) > 1:
            yield {name: value for name, value in filled.params.items() if name != param.name}


def plain(params: dict[str, Any]) -> dict[str, Any]:
    """Parameters as JSON has them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in params.items()}
