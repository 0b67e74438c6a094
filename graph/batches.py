"""A delta as batches for Neo4j: each a query and the rows that it unwinds, and the batch that takes it back.

Rows are lists of plain JSON values (dates as ISO 8601 text), so that a batch can be kept in the store (graph.staging).
Both ends of an edge are matched by label and ``id``, which has a constraint: anything else is fifty times slower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.delta import Delta, Edge, Node, Props
from graph.errors import StoreError
from graph.schema import Prop, PropType, edge_props, node_props

Run = Callable[[str, dict[str, Any]], list[dict[str, Any]]]
Action = Literal["add", "change", "remove"]
Row = list[Any]
_KINDS: dict[PropType, Callable[[Any], Any]] = {"date": lambda value: value.isoformat(), "number": float}


@dataclass(frozen=True)
class Batch:
    """Rows of one label, or of one type between two labels, that are written alike. ``size`` is in bytes of text."""

    action: Action
    where: tuple[str, ...]  # (label,) or (type, label of the source, label of the target)
    rows: list[Row]
    size: int = 0

    def write(self, run: Run, *, strict: bool = True) -> None:
        """Write it. Raises StoreError, if ``strict``, where the graph has not what should be there."""
        result = run(_query(self.action, self.where), {"rows": self.rows})
        count = int(result[0]["n"]) if result else 0
        if strict and count != len(self.rows):
            raise StoreError(f"the store does not hold what it should: {len(self.rows)} rows to write, {count} found")

    def undoing(self, run: Run) -> Batch:
        """The batch that brings back what is there now, read before this one is written."""
        if self.action == "add":
            return Batch("remove", self.where, [row[: _names(self.where)] for row in self.rows])
        held = run(_before(self.where), {"rows": [row[: _names(self.where)] for row in self.rows]})
        rows = [_row(self.where, row["props"], [row["source"], row["target"]]) for row in held]
        return Batch("change" if self.action == "change" else "add", self.where, rows)


def batches(delta: Delta, rows: int, size: int) -> Iterator[Batch]:
    """Batches in an order that keeps every edge between two nodes, of at most ``rows`` rows and ``size`` bytes of text.

    A row that is larger stands alone. Raises UnicodeEncodeError for text that is not Unicode.
    """
    steps: tuple[tuple[Action, Iterable[Node | Edge]], ...] = (
        ("remove", (*delta.edges.removed, *delta.edges.changed)),
        ("remove", delta.nodes.removed),
        ("add", delta.nodes.added),
        ("change", delta.nodes.changed),
        ("add", (*delta.edges.added, *delta.edges.changed)),
    )
    for action, items in steps:
        for where, group in _grouped(items):
            made = (_short(where, item) if action == "remove" else _whole(where, item) for item in group)
            yield from _cut(action, where, made, rows, size)


def _cut(action: Action, where: tuple[str, ...], made: Iterable[Row], rows: int, size: int) -> Iterator[Batch]:
    held: list[Row] = []
    total = 0
    for row in made:
        length = sum(len(value.encode()) for value in row if type(value) is str)
        if held and (len(held) >= rows or total + length > size):
            yield Batch(action, where, held, total)
            held, total = [], 0
        held.append(row)
        total += length
    if held:
        yield Batch(action, where, held, total)


def _grouped(items: Iterable[Node | Edge]) -> list[tuple[tuple[str, ...], list[Node | Edge]]]:
    groups: dict[tuple[str, ...], list[Node | Edge]] = defaultdict(list)
    for item in items:
        where = (item.ref.label,) if isinstance(item, Node) else (item.type, item.source.label, item.target.label)
        groups[where].append(item)
    return sorted(groups.items())


def _short(where: tuple[str, ...], item: Node | Edge) -> Row:
    """What names a row: the id of a node; the ids of both ends and the key of an edge."""
    return [item.ref.id] if isinstance(item, Node) else [item.source.id, item.target.id, item.key]


def _whole(where: tuple[str, ...], item: Node | Edge) -> Row:
    if isinstance(item, Node):
        return _row(where, {**item.props, "id": item.ref.id, "kind": item.ref.label}, [])
    return _row(where, {**item.props, "key": item.key}, [item.source.id, item.target.id])


def _row(where: tuple[str, ...], props: Props, ends: Sequence[Any]) -> Row:
    return [*(ends if len(where) == 3 else ()), *(_value(prop, props.get(prop.name)) for prop in _props(where))]


def _value(prop: Prop, value: Any) -> Any:
    return value if value is None or prop.type not in _KINDS else _KINDS[prop.type](value)


def _props(where: tuple[str, ...]) -> tuple[Prop, ...]:
    return node_props(where[0]) if len(where) == 1 else edge_props(where[0])


def _names(where: tuple[str, ...]) -> int:
    """How many values at the start of a row name it."""
    return 1 if len(where) == 1 else 3


def _query(action: Action, where: tuple[str, ...]) -> str:
    first = 0 if len(where) == 1 else 2
    values = ", ".join(f"`{p.name}`: {_read(p, index)}" for index, p in enumerate(_props(where), first))
    if len(where) == 1:
        found = f"MATCH (n:{where[0]} {{id: r[0]}}) "
        body = {"add": f"CREATE (n:{where[0]} {{{values}}})", "change": found + f"SET n = {{{values}}}",
                "remove": found + "DELETE n"}[action]  # fmt: skip
    else:
        found = f"MATCH (a:{where[1]} {{id: r[0]}}) MATCH (b:{where[2]} {{id: r[1]}}) "
        body = {"add": found + f"CREATE (a)-[:{where[0]} {{{values}}}]->(b)", "change": "",
                "remove": found + f"MATCH (a)-[e:{where[0]} {{key: r[2]}}]->(b) DELETE e"}[action]  # fmt: skip
    return f"UNWIND $rows AS r {body} RETURN count(*) AS n"


def _read(prop: Prop, index: int) -> str:
    return f"date(r[{index}])" if prop.type == "date" else f"r[{index}]"


def _before(where: tuple[str, ...]) -> str:
    if len(where) == 1:
        found = f"MATCH (n:{where[0]} {{id: r[0]}}) RETURN NULL AS source, NULL AS target, properties(n) AS props"
    else:
        found = (
            f"MATCH (a:{where[1]} {{id: r[0]}}) MATCH (b:{where[2]} {{id: r[1]}}) MATCH (a)-[e:{where[0]} "
            "{key: r[2]}]->(b) RETURN a.id AS source, b.id AS target, properties(e) AS props"
        )
    return f"UNWIND $rows AS r {found}"


def as_json(batch: Batch) -> list[Any]:
    """The batch as plain JSON."""
    return [batch.action, list(batch.where), batch.rows]


def from_json(value: list[Any]) -> Batch:
    """The batch that ``as_json`` gave."""
    action, where, rows = value
    return Batch(action, tuple(where), rows)
