"""Single things as JSON-LD 1.1: the thing with what it is tied to inside it, and each tie with its sentence.

What is nearer to the thing holds what is farther away; what has been told once is an ``@id`` elsewhere. ``@included``
holds a statement (``rdf:Statement``) for each tie that says more than its ends: role, place in the document, quote.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from typing import Any

from graph.delta import Ref
from graph.detail.refs import View
from graph.linked.context import compact, context, key
from graph.linked.names import URN, iri
from graph.linked.triples import Iri, Value, classes, links, properties, statement
from graph.linked.views import Fact, Facts
from graph.linked.vocabulary import EDGE

_SAME = "owl:sameAs"


def to_jsonld(detail: View, base: str = URN) -> dict[str, Any]:
    """A view of ``graph.detail`` as JSON-LD; addresses are below ``base`` (a URL, a path or a URN)."""
    facts = Facts()
    main = facts.take(detail)
    framed = _Frame(facts, main, base)
    node = framed.node(main)
    if base != URN:
        framed.terms.add(_SAME)
        node[_SAME] = {"@id": iri(main.label, main.id)}
    included = framed.statements()
    body = {**node, **({"@included": included} if included else {})}
    return {"@context": context(framed.terms), **body}


class _Frame:
    """The facts of a view as a tree from ``main``, and the terms that it uses."""

    def __init__(self, facts: Facts, main: Ref, base: str) -> None:
        self.facts = facts
        self.base = base
        self.terms: set[str] = set()
        self.told: dict[Ref, list[tuple[Fact, bool]]] = defaultdict(list)
        self._order(main)

    def node(self, ref: Ref) -> dict[str, Any]:
        """A node with its properties, and with the ties that it is the one to tell."""
        made: dict[str, list[Any]] = defaultdict(list)
        back: dict[str, list[Any]] = defaultdict(list)
        self._put(made, properties(ref.label, self.facts.nodes[ref], self.base))
        for fact, first in self.told[ref]:
            self._tell(ref, fact, first, made, back)
        types = [key(name) for name in self._used(classes(ref.label))]
        found = {"@id": self._iri(ref), "@type": types, **_single(made)}
        return {**found, "@reverse": _single(back)} if back else found

    def statements(self) -> list[dict[str, Any]]:
        """The ties that say more than their ends."""
        found = []
        for fact in self.facts.edges:
            if any(value is not None for value in fact.props.values()):
                made: dict[str, list[Any]] = defaultdict(list)
                ends = self._iri(fact.source), self._iri(fact.target)
                self._put(made, statement(fact.type, *ends, fact.props, self.base))
                found.append({"@type": [key(name) for name in self._used(classes(EDGE))], **_single(made)})
        return found

    def _order(self, main: Ref) -> None:
        """Have each tie told by the end that is nearer to ``main``, and each node told where it is reached first."""
        of: dict[Ref, list[Fact]] = defaultdict(list)
        for fact in self.facts.edges:
            for end in {fact.source, fact.target}:
                of[end].append(fact)
        seen, done, waiting = {main}, set[int](), deque([main])
        while waiting:
            here = waiting.popleft()
            for fact in of[here]:
                if id(fact) not in done:
                    done.add(id(fact))
                    other = fact.target if fact.source == here else fact.source
                    self.told[here].append((fact, other not in seen))
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)

    def _tell(self, ref: Ref, fact: Fact, first: bool, made: dict[str, list[Any]], back: dict[str, list[Any]]) -> None:
        forth = fact.source == ref
        other = fact.target if forth else fact.source
        here, there = self._iri(ref), {"@id": str(self._iri(other))}
        ties = [
            (made if link.source == here else back, link.term)
            for link in links(fact.type, self._iri(fact.source), self._iri(fact.target), fact.props)
        ]
        ties.sort(key=lambda tie: (tie[0] is back, not tie[1].startswith("schema:")))
        for number, (place, term) in enumerate(ties):
            self.terms.add(term)
            value = self.node(other) if first and number == 0 else there
            if value not in place[key(term)]:
                place[key(term)].append(value)

    def _put(self, made: dict[str, list[Any]], pairs: Iterable[tuple[str, Iri | Value]]) -> None:
        for term, value in pairs:
            self.terms.add(term)
            written = compact(term, value)
            if written not in made[key(term)]:
                made[key(term)].append(written)

    def _used(self, names: Iterable[str]) -> list[str]:
        self.terms.update(names)
        return list(names)

    def _iri(self, ref: Ref) -> Iri:
        return Iri(iri(ref.label, ref.id, self.base))


def _single(made: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: values[0] if len(values) == 1 else values for name, values in made.items()}
