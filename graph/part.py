"""The graph, or a part of it, read piece by piece: nodes by label and id, edges by type and ends, with all they hold.

A part is what some policies say: they themselves, their tasks, targets and documents, what was not understood of them,
every edge that they assert with both of its ends (agencies, parks, industries, themes, regions, cited policies), and
edges of tables (LOCATED_IN, SERVES …) between these. What other policies say of the same things is not in it.

Only ids are held in memory, and the rows of one piece; the same graph comes in the same order, on any engine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from graph.detail.refs import dated
from graph.detail.validity import facts, holds
from graph.entities import resolve_entity
from graph.errors import QueryError
from graph.linked.derived import Force, legal_force
from graph.regions import resolve_region
from graph.schema import EDGES, NODES, EdgeType, edge_props, node_props, returned
from graph.store import Reader, Row, from_each, from_end, present, read_many

KINDS = tuple(sorted(node.label for node in NODES if not node.internal))
PIECE = 2_000  # nodes that are read at once, or nodes whose edges are
_EDGES = sorted((edge for edge in EDGES if not edge.internal), key=lambda edge: edge.type)
_OF_POLICY = {  # the way from a policy to what belongs to it alone
    "Policy": "",
    "Document": "-[:STATED_IN]->(n:Document)",
    "Task": "-[:HAS_TASK]->(n:Task)",
    "Target": "-[:TARGETS]->(n:Target)",
    "Unresolved": "-[:STATED_IN]->(:Document)<-[:NOTED_IN]-(n:Unresolved)",
}
_WHERE = {
    "region": "EXISTS { MATCH (p)-[:APPLIES_IN]->(g:Region) WHERE $region IN g.ancestors }",
    "theme": "EXISTS { MATCH (p)-[:HAS_TASK]->(:Task)-[:ABOUT]->(h:Theme) WHERE h.id = $theme }",
}

_FACTS = f"UNWIND $ids AS i MATCH (p:Policy {{id: i}}) RETURN p.id AS id, {facts('p')} AS facts"
_PARTLY = (
    from_each("p:Policy", "(q:Policy)-[r:SUPERSEDES]->(p)", "q") + "AND q.held AND q.status <> 'draft' "
    "AND r.extent = 'inconsistent_parts' AND r.basis = 'stated' "
    f"RETURN p.id AS id, coalesce(q.in_force_from, {dated('q')}) AS since"
)


class EdgeRow(NamedTuple):
    """An edge with its type, the labels and ids of its ends, and its properties, ``key`` among them."""

    type: str
    source: tuple[str, str]
    target: tuple[str, str]
    props: Row


@dataclass(frozen=True)
class Choice:
    """Which part: what the policies say that meet every condition; of that, nodes of ``kinds`` alone. By default all.

    ``policies`` are ids or names; ``region`` takes in all regions within it; ``theme``: with a task on it; ``as_of``:
    held, and not known not to be in force on that day.
    """

    policies: tuple[str, ...] = ()
    region: str | None = None
    theme: str | None = None
    as_of: date | None = None
    kinds: tuple[str, ...] = ()

    @property
    def all_policies(self) -> bool:
        """Whether no condition is set on policies."""
        return not (self.policies or self.region or self.theme or self.as_of)


class Part:
    """The ids of a part, by label and sorted, and what is read of them. ``policies``: whose edges are in; None: all."""

    def __init__(self, store: Reader, ids: Mapping[str, Collection[str]], policies: Collection[str] | None) -> None:
        self.store = store
        self.ids = {label: sorted(ids.get(label, ())) for label in KINDS}
        self._has = {label: frozenset(found) for label, found in self.ids.items()}
        self._policies = None if policies is None else frozenset(policies)

    def nodes(self, left_out: Mapping[str, Collection[str]] | None = None) -> Iterator[tuple[str, Row]]:
        """Each node with its label: what is absent and bookkeeping left out, and so are properties ``left_out`` of labels."""
        for label, ids in self.ids.items():
            props = [prop for prop in node_props(label) if prop.name not in (left_out or {}).get(label, ())]
            query = f"UNWIND $ids AS i MATCH (n:{label} {{id: i}}) RETURN {returned('n', props)}"
            for piece in _pieces(ids):
                rows = sorted(read_many(self.store, query, piece), key=lambda row: str(row["id"]))
                yield from ((label, present(row)) for row in rows)

    def edges(self) -> Iterator[EdgeRow]:
        """Each edge, all of it."""
        for edge in _EDGES:
            for ends in edge.ends:
                columns = f"a.id AS `from`, b.id AS `to`, {returned('r', edge_props(edge.type))}"
                for piece in self._read(edge, ends, columns):
                    for row in sorted(piece, key=lambda row: (row["from"], row["to"], row["key"])):
                        source, target = (ends[0], row.pop("from")), (ends[1], row.pop("to"))
                        yield EdgeRow(edge.type, source, target, present(row))

    def legal_force(self, on: date) -> dict[str, Force]:
        """The legal force on a day of the policies of the part, by id, where it is known."""
        found: dict[str, Force] = {}
        for piece in _pieces(self.ids["Policy"]):
            partly = {row["id"] for row in read_many(self.store, _PARTLY, piece) if row["since"] and row["since"] <= on}
            for row in read_many(self.store, _FACTS, piece):
                force = legal_force(holds(row["facts"], on), partly=row["id"] in partly)
                if force:
                    found[row["id"]] = force
        return found

    def _read(self, edge: EdgeType, ends: tuple[str, str], columns: str) -> Iterator[Iterable[Row]]:
        """Edges by pieces of the nodes at the end that belongs to one policy, so that no piece grows with the graph."""
        source, target = ends
        at: Literal["a", "b"] = "b" if source not in _OF_POLICY and target in _OF_POLICY else "a"
        anchor = target if at == "b" else source
        query = from_end(edge.type, ends, at) + f"RETURN {columns}"
        for piece in _pieces(self.ids[anchor]):
            yield [row for row in read_many(self.store, query, piece) if self._is_in(row, ends)]

    def _is_in(self, row: Row, ends: tuple[str, str]) -> bool:
        said = self._policies is None or "policy" not in row or row["policy"] in self._policies
        return said and row["from"] in self._has[ends[0]] and row["to"] in self._has[ends[1]]


def part(store: Reader, choice: Choice = Choice()) -> Part:
    """The part that ``choice`` asks for. Raises QueryError for an unknown kind, UnknownNameError for another name."""
    unknown = [kind for kind in choice.kinds if kind not in KINDS]
    if unknown:
        raise QueryError(f"{unknown[0]}: no such kind of node; there are {', '.join(KINDS)}")
    policies = None if choice.all_policies else _policies(store, choice)
    found = _everything(store) if policies is None else _said_by(store, policies)
    ids = {label: found[label] for label in KINDS if label in (choice.kinds or KINDS)}
    return Part(store, ids, policies)


def _policies(store: Reader, choice: Choice) -> list[str]:
    """The ids of the policies that meet the conditions."""
    given = {
        "region": resolve_region(choice.region) if choice.region else None,
        "theme": resolve_entity(store, "theme", choice.theme)[0] if choice.theme else None,
    }
    named = {id_ for name in choice.policies for id_ in resolve_entity(store, "policy", name)}
    used = {name: value for name, value in given.items() if value is not None}
    where = " AND ".join(_WHERE[name] for name in used)
    columns = f"p.id AS id, p.held AS held, {facts('p')} AS facts"
    query = f"MATCH (p:Policy) {f'WHERE {where} ' if where else ''}RETURN {columns}"
    rows = [row for row in store.read(query, used) if not choice.policies or row["id"] in named]
    if choice.as_of:
        day = choice.as_of
        rows = [row for row in rows if row["held"] and holds(row["facts"], day) is not False]
    return [row["id"] for row in rows]


def _everything(store: Reader) -> dict[str, set[str]]:
    return {label: {row["id"] for row in store.read(f"MATCH (n:{label}) RETURN n.id AS id")} for label in KINDS}


def _said_by(store: Reader, policies: Collection[str]) -> dict[str, set[str]]:
    """The nodes of these policies, and the ends of the edges that they assert."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for label, way in _OF_POLICY.items():
        start = from_each("p:Policy", f"(p){way}", "n") if way else "UNWIND $ids AS i MATCH (n:Policy {id: i}) "
        query = start + "RETURN DISTINCT n.id AS id"
        for piece in _pieces(sorted(policies)):
            found[label] |= {row["id"] for row in read_many(store, query, piece)}
    own = {label: frozenset(ids) for label, ids in found.items()}
    for edge in _EDGES:
        if edge.evidenced:
            for ends in edge.ends:
                for source, target in _ends(store, edge, ends, own, frozenset(policies)):
                    found[ends[0]].add(source)
                    found[ends[1]].add(target)
    return found


def _ends(
    store: Reader, edge: EdgeType, ends: tuple[str, str], own: Mapping[str, frozenset[str]], policies: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """The ends of the edges of a type that these policies assert."""
    source, target = ends
    at: Literal["a", "b"] = "a" if source in _OF_POLICY else "b"
    label = source if at == "a" else target
    columns = "RETURN a.id AS source, b.id AS target, r.policy AS policy"
    if label in _OF_POLICY:
        query = from_end(edge.type, ends, at) + columns
        ids = own.get(label, frozenset())
    else:
        pattern = f"(a:{source})-[r:{edge.type}]->(b:{target})"
        query, ids = f"MATCH {pattern} WHERE r.policy IN $ids {columns}", policies
    for piece in _pieces(sorted(ids)):
        for row in read_many(store, query, piece):
            if row["policy"] in policies:
                yield row["source"], row["target"]


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + PIECE] for start in range(0, len(ids), PIECE))
