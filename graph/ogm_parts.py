"""What ``graph.ogm`` is made of: properties and relations of py2neo's object mapper that read, and never write.

py2neo (2021.2.4, no longer maintained) tells relations apart by type and direction alone, asks for every node by
itself, and pulls within a writing transaction; here one reading query asks for one relation, label of its end included.
"""

from __future__ import annotations

import os
from typing import Any, NoReturn

from graph.bolt_address import parse_address
from graph.errors import StoreError

try:
    from py2neo import Graph, ogm
    from py2neo.data import PropertyDict
except ModuleNotFoundError as error:
    raise ImportError("graph.ogm needs py2neo: pip install 'parkgraph[py2neo]'") from error

_READ_ONLY = "graph.ogm reads only: documents are loaded by `parkgraph ingest`, with the official driver"


def connect(url: str | None = None) -> Any:
    """A ``py2neo.Graph`` at ``url`` (else NEO4J_URI), with credentials as ``graph.bolt_address`` finds them.

    py2neo speaks to one server by ``bolt://`` and ``bolt+s://``; of ``neo4j://`` the same server is asked. Raises
    StoreError.
    """
    address = parse_address(url or os.environ.get("NEO4J_URI") or "bolt://localhost:7687")
    scheme, _, place = address.uri.partition("://")
    if scheme.partition("+")[0] not in ("bolt", "neo4j"):
        raise StoreError(f"{address.uri}: should be bolt://HOST[:PORT]")
    try:
        return Graph(f"{scheme.replace('neo4j', 'bolt')}://{place}", auth=address.auth, name=address.database)
    except Exception as error:  # py2neo raises what it pleases: of its own, of socket, of ssl
        raise StoreError(f"{address.url}: {' '.join(str(error).split()) or type(error).__name__}") from error


class Property(ogm.Property):
    """A property as plain Python: dates are ``datetime.date``; None where it is absent."""

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, owner)
        return value.to_native() if hasattr(value, "to_native") else value

    def __set__(self, instance: Any, value: Any) -> NoReturn:
        raise StoreError(_READ_ONLY)


class Relations(ogm.RelatedObjects):
    """Objects at the other end of one kind of relation, ordered by id; read when they are first asked for.

    Iteration gives objects, ``triples()`` also the properties of the relation: where two nodes have several relations
    of one type (an agency leads a task and is named again), each has its own triple, and its own ``quote``.
    """

    def __init__(self, subject: Any, node: Any, direction: int, kind: str, model: type[Entity]) -> None:
        super().__init__(subject, node, direction, kind, model)
        ends = "(a)-[r:{}]->(b:{})" if direction > 0 else "(a)<-[r:{}]-(b:{})"
        self._pattern = ends.format(kind, model.__name__)
        self._held: list[tuple[Any, Any]] | None = None

    @property
    def _related_objects(self) -> list[tuple[Any, Any]]:
        if self._held is None:
            self.__db_pull__(None)
        return self._held or []

    def __db_pull__(self, tx: object) -> None:
        node = self.node
        query = f"MATCH (a:{type(self.subject).__name__} {{id: $id}}) MATCH {self._pattern} RETURN b, r ORDER BY b.id, r.key"
        found = node.graph.query(query, {"id": node["id"]}) if node.graph else ()
        self._held = [(self.related_class.wrap(row["b"]), PropertyDict(row["r"])) for row in found]

    def __db_push__(self, tx: object) -> NoReturn:
        raise StoreError(_READ_ONLY)

    def add(self, obj: object, properties: object = None, **more: object) -> NoReturn:
        """Refuse: nothing is written."""
        raise StoreError(_READ_ONLY)

    update = add

    def remove(self, obj: object) -> NoReturn:
        """Refuse: nothing is written."""
        raise StoreError(_READ_ONLY)

    def clear(self) -> NoReturn:
        """Refuse: nothing is written."""
        raise StoreError(_READ_ONLY)


class _Reads:
    """A descriptor that gives ``Relations``, the same ones each time."""

    related_class: Any
    relationship_type: str
    direction: int

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        model = ogm._resolve_class(self.related_class, owner.__module__)
        held = instance.__ogm__._related
        key = (self.direction, self.relationship_type, model)
        if key not in held:
            node = instance.__node__
            held[key] = Relations(instance, node, self.direction, self.relationship_type, model)
        return held[key]


class RelatedTo(_Reads, ogm.RelatedTo):
    """Objects that relations from here lead to."""


class RelatedFrom(_Reads, ogm.RelatedFrom):
    """Objects from which relations lead here."""


class Entity(ogm.GraphObject):
    """A node: ``Class.match(graph, id).first()``, ``Class.match(graph).where(name=…)``. Everything that writes refuses."""

    __primarykey__ = "id"
    id = Property()
    kind = Property()
    name = Property()

    def _refuse(self, *arguments: object, **keywords: object) -> NoReturn:
        raise StoreError(_READ_ONLY)

    __db_create__ = __db_merge__ = __db_push__ = __db_delete__ = _refuse
