"""The nodes and relationships that a view of the explorer shows, found again from what was opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from api.pages.explorer_view import FEW, Key, Opening, View, mark_of
from graph.between import between
from graph.detail.refs import Evidence
from graph.neighbourhood import NearEdge, NearNode, Neighbourhood, neighbourhood
from graph.part import Choice
from graph.part import _policies as policies_of
from graph.picked import ends, told
from graph.store import Reader, from_each, read_many

PATHS = 3
_ABOUT = from_each("t:Task", "(t)-[:ABOUT]->(h:Theme)", "h") + "RETURN t.id AS id, h.id AS theme"


@dataclass
class Shown:
    """What is drawn. ``view`` says the same, with nothing in it that leads nowhere."""

    view: View
    nodes: dict[Key, NearNode] = field(default_factory=dict)
    edges: dict[str, NearEdge] = field(default_factory=dict)
    said: dict[str, Evidence] = field(default_factory=dict)
    paths: list[list[NearEdge]] = field(default_factory=list)
    names: dict[Key, str] = field(default_factory=dict)
    places: dict[Key, tuple[float, float]] = field(default_factory=dict)
    cut: int = 0  # nodes over the limit
    filtered: int = 0  # nodes that the filters leave out

    def key(self, mark: str) -> Key | None:
        """The node that has a mark, if it is drawn."""
        return next((key for key in self.nodes if mark_of(key) == mark), None)


def shown(reader: Reader, view: View) -> Shown:
    """Everything that ``view`` shows. Raises NotFoundError for a node to begin at that there is not, and QueryError."""
    made = Shown(view)
    _begin(reader, made)
    _open(reader, made)
    made.said = told(reader, made.edges.values())
    made.names = {key: node.name for key, node in made.nodes.items()}
    fixed = {*view.roots, *view.path, *(key for path in made.paths for edge in path for key in ends(edge))}
    _filter(reader, made, fixed)
    _cut(made, fixed)
    return made


def around(reader: Reader, key: Key) -> Neighbourhood:
    """A node with how many relationships of which types it has."""
    return neighbourhood(reader, *key, limit=0)


def _begin(reader: Reader, made: Shown) -> None:
    view = made.view
    for key in dict.fromkeys([*view.roots, *view.path]):
        found = around(reader, key)
        made.nodes[key] = found.centre
    if len(view.path) == 2:
        made.paths = between(reader, *view.path, limit=PATHS)
        for edge in (edge for path in made.paths for edge in path):
            made.edges[edge.key] = edge
        for key in (key for edge in made.edges.values() for key in ends(edge) if key not in made.nodes):
            made.nodes[key] = around(reader, key).centre
    if view.opened is None:
        first = [] if made.paths else [each for key in view.roots for each in _first(around(reader, key))]
        made.view = replace(view, opened=tuple(first), at=view.at or next(map(mark_of, made.nodes), ""))


def _first(found: Neighbourhood) -> Iterable[Opening]:
    """What is opened before anybody asks: a few of each type."""
    mark = mark_of((found.centre.kind, found.centre.id))
    types = dict.fromkeys(total.type for total in found.totals)
    return [Opening(mark, type_, FEW) for type_ in types if type_ not in ("STATED_IN", "NOTED_IN")]


def _open(reader: Reader, made: Shown) -> None:
    """Go through what was opened, in order; what leads nowhere is forgotten."""
    hidden, kept = set(made.view.hidden), list[Opening]()
    marks = {mark_of(key): key for key in made.nodes}
    for (mark, many), some in groupby(made.view.opened or (), key=lambda each: (each.mark, each.many)):
        key, openings = marks.get(mark), list(some)
        if key is None or mark in hidden:
            continue
        kept += openings
        found = neighbourhood(reader, *key, types=[each.type for each in openings], limit=many)
        for node in found.nodes:
            made.nodes.setdefault((node.kind, node.id), node)
            marks[mark_of((node.kind, node.id))] = (node.kind, node.id)
        made.edges |= {edge.key: edge for edge in found.edges}
    gone = {key for key in made.nodes if mark_of(key) in hidden and key not in made.view.path}
    _drop(made, gone.__contains__)
    _unattached(made, {*made.view.roots, *made.view.path} - gone)
    made.view = replace(made.view, opened=tuple(kept))


def _filter(reader: Reader, made: Shown, fixed: set[Key]) -> None:
    """Leave out what the filters do not leave, and what hangs on it alone; where it began always stays."""
    view, before = made.view, len(made.nodes)
    if not view.filtered:
        return
    policies = None
    if view.region or view.theme or view.as_of:
        policies = set(policies_of(reader, Choice(region=view.region, theme=view.theme, as_of=view.as_of)))
    off_theme = _off_theme(reader, made) if view.theme else set()

    def out(key: Key) -> bool:
        own = key[1] if key[0] == "Policy" else made.nodes[key].properties.get("policy")
        foreign = policies is not None and own is not None and own not in policies
        return key not in fixed and (key[0] in view.without or foreign or key in off_theme)

    if policies is not None:
        on_path = {edge.key for path in made.paths for edge in path}
        for key in [key for key, said in made.said.items() if said.policy not in policies and key not in on_path]:
            made.edges.pop(key, None)
    _drop(made, out)
    _unattached(made, fixed)
    made.filtered = before - len(made.nodes)


def _off_theme(reader: Reader, made: Shown) -> set[Key]:
    tasks = {id_ for kind, id_ in made.nodes if kind == "Task"}
    on = {row["id"] for row in read_many(reader, _ABOUT, tasks) if row["theme"] == made.view.theme}
    return {("Task", id_) for id_ in tasks - on}


def _cut(made: Shown, fixed: set[Key]) -> None:
    """Leave as many nodes as can be read: where it began, what is pinned, then in the order of their coming."""
    pinned = {pin.mark for pin in made.view.pins}
    first = [key for key in made.nodes if key in fixed or mark_of(key) in pinned]
    order = [*first, *(key for key in made.nodes if key not in set(first))]
    kept = set(order[: max(made.view.limit, len(fixed))])
    made.cut = len(order) - len(kept)
    _drop(made, lambda key: key not in kept)


def _drop(made: Shown, out: Callable[[Key], bool]) -> None:
    made.nodes = {key: node for key, node in made.nodes.items() if not out(key)}
    made.edges = {key: edge for key, edge in made.edges.items() if all(end in made.nodes for end in ends(edge))}


def _unattached(made: Shown, roots: set[Key]) -> None:
    """Leave out what nothing ties to where it began."""
    beside: dict[Key, set[Key]] = {key: set() for key in made.nodes}
    for one, other in map(ends, made.edges.values()):
        beside[one].add(other)
        beside[other].add(one)
    reached: set[Key] = set()
    waiting = [key for key in roots if key in made.nodes]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += beside[key]
    _drop(made, lambda key: key not in reached)
