"""A part of the graph as Turtle (RDF 1.1), written node by node: nothing but the part's own ids is held in memory.

Each node and each edge is one block that ends with `` .`` on its last line. An edge is there twice: as triples between
its ends, and as a statement with an address of its own, which has its role, its quote and where that stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from graph.linked.derived import temporal_coverage
from graph.linked.names import URN, iri
from graph.linked.triples import Iri, Value, classes, links, properties, statement
from graph.linked.vocabulary import EDGE, vocabulary
from graph.part import EdgeRow, Part
from graph.store import Row

_ESCAPES = {
    **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **{ord("\\"): "\\\\", ord('"'): '\\"', ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"},
}  # rdflib's own n3() breaks on a text of several lines that ends with a backslash and a quotation mark
_TYPES = {"number": "xsd:double", "date": "xsd:date"}


def turtle(part: Part, base: str = URN, as_of: date | None = None) -> Iterator[str]:
    """The text of the file, in pieces. With ``as_of``, policies tell their legal force on that day."""
    for prefix, address in vocabulary().prefixes.items():
        yield f"@prefix {prefix}: <{address}> .\n"
    force = part.legal_force(as_of) if as_of else {}
    for label, row in part.nodes():
        yield _node(label, {**row, **_derived(label, row, force)}, base)
    for edge in part.edges():
        yield _edge(edge, base)


def _derived(label: str, row: Row, force: Mapping[str, str]) -> Row:
    if label != "Policy":
        return {}
    return {"temporal_coverage": temporal_coverage(row), "legal_force": force.get(row["id"])}


def _node(label: str, row: Row, base: str) -> str:
    return _block(iri(label, row["id"], base), classes(label), properties(label, row, base))


def _edge(edge: EdgeRow, base: str) -> str:
    source, target = (Iri(iri(*end, base)) for end in (edge.source, edge.target))
    direct = [
        f"<{link.source}> {link.term} <{link.target}> .\n" for link in links(edge.type, source, target, edge.props)
    ]
    said = statement(edge.type, source, target, edge.props, base)
    return "".join(direct) + _block(iri(EDGE, edge.props["key"], base), classes(EDGE), said)


def _block(subject: str, types: Iterable[str], pairs: Iterable[tuple[str, Iri | Value]]) -> str:
    lines = [f"  a {', '.join(types)}", *(f"  {term} {_object(made)}" for term, made in pairs)]
    return f"<{subject}>\n" + " ;\n".join(lines) + " .\n"


def _object(made: Iri | Value) -> str:
    if isinstance(made, Iri):
        return f"<{made}>"
    if made.type in ("boolean", "integer"):
        return str(made.value).lower()
    if made.type in _TYPES:
        return f'"{made.value}"^^{_TYPES[made.type]}'
    return f'"{str(made.value).translate(_ESCAPES)}"' + (f"@{made.lang}" if made.lang else "")
