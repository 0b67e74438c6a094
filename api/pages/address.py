"""Addresses of pages and of answers of the API. Ids hold slashes, ``#`` and Chinese: all of it is percent-encoded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

API = "/api/v1"
STATIC = "/static"  # style sheets of the pages
_PLACES = {
    "Policy": "policies", "Task": "tasks", "Agency": "agencies", "Park": "parks", "Industry": "industries",
    "Theme": "themes", "Region": "regions", "Target": "targets",
}  # fmt: skip

LISTS = {kind: f"/{name}" for kind, name in _PLACES.items() if kind != "Target"}  # by kind of node


def node(kind: str, id_: str) -> str | None:
    """The page of a node; None for a kind without one."""
    return f"/{_PLACES[kind]}/{_part(id_)}" if kind in _PLACES else None


def policy(id_: str, at: int | None = None) -> str:
    """The page of a policy; ``at``: the character of its text to show."""
    return f"/policies/{_part(id_)}" + (f"?at={at}" if at is not None else "")


def task(id_: str) -> str:
    """The page of a task: its policy's, at the task."""
    return f"/tasks/{_part(id_)}"


def question(name: str, params: Mapping[str, Any] | None = None) -> str:
    """The page of a question, with its form filled."""
    return f"/questions/{_part(name)}" + _query(params or {})


def question_csv(name: str, params: Mapping[str, Any]) -> str:
    """All rows of the answer as CSV."""
    return f"/questions/{_part(name)}/all.csv" + _query(params)


def tasks(params: Mapping[str, Any]) -> str:
    """The list of tasks, narrowed by region, theme and the like."""
    return "/tasks" + _query(params)


def ask(text: str) -> str:
    """The page that answers a question in plain words."""
    return "/ask" + _query({"q": text})


def asked(text: str, before: Sequence[str]) -> str:
    """The same answer as data; ``before`` are the questions that it goes on from."""
    return f"{API}/ask?" + urlencode([("q", text), *(("before", each) for each in before)], quote_via=quote)


def search(text: str) -> str:
    """The page that lists what is found."""
    return "/search" + _query({"q": text})


def explore(kind: str, id_: str, as_of: date | None = None) -> str:
    """The explorer, begun at a node, with what holds on a day."""
    return "/explore" + _query({"node": f"{kind}:{id_}", "as_of": as_of})


def answer(path: str, params: Mapping[str, Any] | None = None, format_: str | None = None) -> str:
    """An answer of the API: ``answer("queries/targets", {"region": "430700"}, "csv")``."""
    form = {"format": format_} if format_ else {}
    return f"{API}/{path}" + _query({**(params or {}), **form})


def resource(kind: str, id_: str) -> str | None:
    """The address of a node in the API; None for a kind without one."""
    return f"{API}/{_PLACES[kind]}/{_part(id_)}" if kind in _PLACES else None


def with_param(path: str, query: str, name: str, value: str) -> str:
    """The same address with another value of one parameter."""
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != name]
    return f"{quote(path)}?{urlencode([*pairs, (name, value)])}"


def _part(text: str) -> str:
    return quote(text, safe="")


def _query(params: Mapping[str, Any]) -> str:
    given = {name: _text(value) for name, value in params.items() if value is not None and value != ""}
    return "?" + urlencode(given, quote_via=quote) if given else ""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
