"""A question as words: what each stretch of it may mean, and what of it is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from api.ask.bodies import body_spans
from api.ask.described import described_spans
from api.ask.documents import document_spans
from api.ask.held import Held
from api.ask.names import Names
from api.ask.parks import park_spans
from api.ask.places import region_spans
from api.ask.span import Meaning, Span, cover, span
from api.ask.tables import asks_figure, word_spans
from api.ask.text import Lang, language, normal
from api.ask.things import thing_spans
from api.ask.when import days

_REST = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:['.-][a-z0-9]+)*")
_ASKED = frozenset({"lead", "support", "duty"})  # of which a follow-up that says one means that one
_ABOUT = re.compile(r"\"([^\"]{1,80})\"")


@dataclass(frozen=True)
class Read:
    """A question in its normal form, cut into ``spans``; ``unknown`` are the words that no span covers."""

    text: str
    lang: Lang
    spans: tuple[Span, ...]
    unknown: tuple[str, ...]
    figure: bool  # it asks for a figure itself (是多少)
    taken: frozenset[str] = frozenset()  # concepts of the question that it goes on from
    values: tuple[tuple[str, Any], ...] = ()  # values of parameters that words say

    @property
    def concepts(self) -> frozenset[str]:
        """What is asked, by the concepts of the table."""
        return self.taken | frozenset(name for each in self.spans for name in each.get("concept"))

    def after(self, earlier: Read, own: bool = False) -> Read:
        """The same as going on from an earlier question; ``own``: what it asks takes the place of what that one asked."""
        concepts = earlier.concepts
        if own:
            concepts = concepts - _ASKED if self.concepts & _ASKED else concepts
            return replace(self, taken=concepts, lang=self.lang)
        return replace(self, taken=concepts, values=earlier.values, figure=earlier.figure)

    @property
    def follows(self) -> bool:
        """Whether its words say that it goes on from another."""
        return any(each.get("follow") for each in self.spans)

    @property
    def beyond(self) -> tuple[str, ...]:
        """Words by which it asks for what is never answered here."""
        return tuple(self.text[each.start : each.end] for each in self.spans if each.get("beyond"))

    @property
    def refers(self) -> frozenset[str]:
        """Kinds of things that it speaks of as known without a name (the plan)."""
        return frozenset(kind for each in self.spans for kind in each.get("refer"))

    def said(self, each: Span) -> str:
        """The words of a span."""
        return self.text[each.start : each.end].strip()


def read(question: str, held: Held, today: date, learnt: Names | None = None) -> Read:
    """Read a question by the tables, the names of the graph and the words ``learnt`` from examples."""
    text = normal(question)
    places = list(region_spans(text, held.regions))
    found = [*word_spans(text), *places, *body_spans(text, held), *park_spans(text, held)]
    found += [
        *thing_spans(text, held),
        *document_spans(text, held),
        *described_spans(text, held, places),
        *days(text, today),
    ]
    found += [
        span(each.start(), each.end(), "text", each[1]) for each in _ABOUT.finditer(text) if _odd(text, each, found)
    ]
    if learnt:
        found += [
            span(start, end, "concept", name)
            for start, end, known in learnt.find(text)
            for names in known
            for name in names
        ]
    spans = tuple(_flag(each) for each in cover(text, found))
    unknown = tuple(text[start:end] for start, end in _unknown(_without(text, spans), spans))
    values = tuple(value for each in spans if not each.entity for value in each.get("value"))
    figure = asks_figure().search(text) is not None
    return Read(
        text,
        language(_without(text, (each for each in spans if each.entity)), text),
        spans,
        unknown,
        figure,
        values=values,
    )


def _odd(text: str, quoted: re.Match[str], found: list[Span]) -> bool:
    """Whether what stands in quotes has words that are not understood."""
    first, last = quoted.span(1)
    inside = cover(text, (each for each in found if first <= each.start and each.end <= last))
    return _REST.search(_without(text, inside)[first:last]) is not None


def _without(text: str, spans: Iterable[Span]) -> str:
    """A text with spaces in the place of spans."""
    rest = list(text)
    for each in spans:
        rest[each.start : each.end] = " " * (each.end - each.start)
    return "".join(rest)


def _unknown(rest: str, spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    """The extents of what no span covers; those with only a character of little meaning between are one (常得市)."""
    small = {each.start for each in spans if each.end - each.start == 1 and each.get("filler")}
    found: list[tuple[int, int]] = []
    for match in _REST.finditer(rest):
        start, end = match.span()
        if found and start - found[-1][1] == 1 and found[-1][1] in small:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _flag(each: Span) -> Span:
    """Words that are said to be beyond, or to follow, carry a value that tells so."""
    return replace(each, meanings=tuple(Meaning(m.kind, True) if m.value is None else m for m in each.meanings))
