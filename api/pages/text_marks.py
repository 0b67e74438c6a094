"""A text with its mentions marked: flat stretches, each of which knows all mentions that cover it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markupsafe import Markup

from api.pages.text_html import el, joined
from graph.detail.texts import TextSpan

_LINE = re.compile(r"[^\n]+")


def marked(text: str, spans: Sequence[TextSpan]) -> Markup:
    """The text, a paragraph for each line, which says where it begins (``data-o``, in characters of the text).

    A stretch that is mentioned becomes ``mark data-m``: the places in ``spans`` of what covers it, the narrowest first.
    Tasks are too long to be coloured: they get a sign where they begin (``data-p`` is their number) and a line beside
    their text.
    """
    stretches = _Stretches(text, spans)
    return joined(stretches.line(match.start(), match.end()) for match in _LINE.finditer(text) if match[0].strip())


class _Stretches:
    """The stretches of a text between places where a mention begins or ends, line by line from the first to the last."""

    def __init__(self, text: str, spans: Sequence[TextSpan]) -> None:
        self.text = text
        self.spans = spans
        self.coloured = [place for place, span in enumerate(spans) if span.kind != "task"]
        self.tasks: defaultdict[int, list[int]] = defaultdict(list)
        for place, span in enumerate(spans):
            if span.kind == "task":
                self.tasks[span.start].append(place)
        self.signs = sorted(self.tasks)
        self.task_ends = 0
        self.next = 0
        self.open: list[int] = []

    def line(self, start: int, end: int) -> Markup:
        """One line as a paragraph."""
        self.open = [place for place in self.open if self.spans[place].end > start]
        while self.next < len(self.coloured) and self.spans[self.coloured[self.next]].start < end:
            if self.spans[self.coloured[self.next]].end > start:
                self.open.append(self.coloured[self.next])
            self.next += 1
        signs = self.signs[bisect_left(self.signs, start) : bisect_left(self.signs, end)]
        inside = [joined(self._pieces(start, end, signs))]
        own = max((self.spans[place].end for at in signs for place in self.tasks[at]), default=0)
        self.task_ends = max(self.task_ends, own)
        return el("p", *inside, data_o=start, class_="tx-line" if self.task_ends > start else None)

    def _pieces(self, start: int, end: int, signs: Sequence[int]) -> Iterator[Markup]:
        cuts = {start, end, *signs}
        for place in self.open:
            cuts |= {at for at in (self.spans[place].start, self.spans[place].end) if start < at < end}
        ordered = sorted(cuts)
        for here, there in pairwise(ordered):
            yield from (self._sign(place) for place in self.tasks.get(here, ()))
            yield self._stretch(here, there)

    def _stretch(self, start: int, end: int) -> Markup:
        over = [place for place in self.open if self.spans[place].start <= start and self.spans[place].end >= end]
        text = self.text[start:end]
        if not over:
            return joined([text])
        over.sort(key=lambda place: (not self.spans[place].exact, self.spans[place].end - self.spans[place].start))
        return el("mark", text, class_=look([self.spans[place] for place in over]), data_m=" ".join(map(str, over)))

    def _sign(self, place: int) -> Markup:
        path = self.spans[place].id.partition("#")[2]
        return el("span", class_="tx-sign", data_m=place, data_p=path)


def look(over: Sequence[TextSpan]) -> str:
    """The classes of a stretch: the colour of its first mention, and a line below of the next one of another kind."""
    kind = over[0].kind
    below = next((span.kind for span in over if span.kind != kind), None)
    classes = [f"tx-{kind}", "" if over[0].exact else "tx-loose", f"tx-u-{below}" if below else ""]
    return " ".join(name for name in classes if name)
