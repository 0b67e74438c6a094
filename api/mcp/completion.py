"""Completions: names that are in the graph for the arguments of prompts and of addresses of resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from mcp.types import Completion

from api.mcp.resources import templates
from api.service import Service
from graph.detail import lists
from graph.detail.refs import View
from graph.queries import catalogue
from graph.store import Reader

MOST = 100  # as the protocol has it
_LISTS: dict[str, Callable[[Reader], Sequence[View]]] = {
    "agency": lists.agencies, "industry": lists.industries, "park": lists.parks, "policy": lists.policies,
    "region": lists.regions, "theme": lists.themes,
}  # fmt: skip
_NAMES = {"policy": ("title", "id"), "region": ("full_name", "name", "code"), "theme": ("key", "name_zh", "name_en")}
_PLAIN = ("name", "id")


def of_argument(service: Service, prompt: str, argument: str, typed: str) -> Completion:
    """Values of an argument of a prompt: allowed values, yes and no, or names."""
    query = catalogue().get(prompt)
    param = next((each for each in query.params if each.name == argument), None) if query else None
    if param is None:
        return _made([], typed)
    if param.enum or param.type == "boolean":
        return _made(param.enum or ("true", "false"), typed)
    return _made(_names(service, param.type), typed)


def of_template(service: Service, uri: str, argument: str, typed: str) -> Completion:
    """Values of ``{id}`` in the address of a resource."""
    name = next((each.name for each in templates() if each.uri_template == uri), "")
    return _made(_names(service, name.removesuffix("_text")) if argument == "id" else [], typed)


def _names(service: Service, kind: str) -> list[str]:
    """Every name of a kind of thing, worked out once for each revision."""
    if kind not in _LISTS:
        return []

    def work(reader: Reader) -> list[str]:
        fields = _NAMES.get(kind, _PLAIN)
        return [value for row in _LISTS[kind](reader) for name in fields if (value := getattr(row, name))]

    return service.kept(("mcp:names", kind), work)[1]


def _made(values: Iterable[str], typed: str) -> Completion:
    """Those that begin with what is typed, then those that hold it."""
    wanted = typed.strip().lower()
    found = [value for value in dict.fromkeys(values) if wanted in value.lower()]
    found.sort(key=lambda value: not value.lower().startswith(wanted))
    return Completion(values=found[:MOST], total=len(found), has_more=len(found) > MOST)
