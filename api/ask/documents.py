"""Policies in a question: by number, by title in 《》, or by words of a title; and items of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.ask.held import GRAM, Held
from api.ask.span import Span, span
from graph.names import number_key, title_key
from ingest.regions import regions

_YEAR_NUMBER = re.compile(r"[〔\[(【<](?:19|20)\d\d[〕\])】>]\s?第?\d{1,5}\s?号")
_LETTERS = re.compile(r"[\u4e00-\u9fff]{1,12}$")
# what stands before a number and is none of it
_OTHER = re.compile(r"^.*[年月日号件实了的是由被把在与和及按据替止代于谁份里中对]")
_QUOTED = re.compile(r"《[^《》]{2,120}》|\"[^\"]{6,120}\"")
_ITEM = "(?:[这那该]?一?(?:条|项|款|节|点))"
_NUMBER = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3})+(?![\d.])")
_PATHS = (
    re.compile(rf"第?(?P<path>\d{{1,3}}(?:\.\d{{1,3}})+)(?:{_ITEM})?"),
    re.compile(rf"第(?P<path>\d{{1,3}}){_ITEM}"),
    re.compile(r"(?<=[\u4e00-\u9fff》\"]) ?(?P<path>\d{1,2})(?:[这那]一?|号)(?:条|项|款|点)"),
    re.compile(
        r"(?:items?|sections?|paragraphs?|clauses?|articles?|points?|path|number|no\.|#) ?(?P<path>\d{1,3}(?:\.\d{1,3})*)"
    ),
)
_TYPE = re.compile("(?:实施|行动|工作|专项|管理|指导)?(?:方案|计划|意见|办法|要点|通知|规定|细则|条例|规划)")
_STATE = re.compile(r" ?\(?(?:征求意见稿|送审稿|讨论稿|草案)\)?")  # a title is held without it
_LEAST = 0.5  # share of a title that its words have to make up
_FEW = 6  # characters that a title is told by at the least
_APART = "\0"  # a character of no title
_PART = 2  # characters of a word of a title
_MANY = 40  # titles that have the same words: too many to tell one by them
_NODE = re.compile(r"title:[^\s,。,;?!？!]{2,}")
_WORD_RUN = re.compile(r"[\w]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A policy as a question names it; ``id`` is None where the graph does not know it."""

    said: str
    id: str | None


def document_spans(text: str, held: Held) -> Iterator[Span]:
    """Every stretch that names a policy (``policy``), an item of one (``path``) or both at once (``id``)."""
    for match in _YEAR_NUMBER.finditer(text):
        start, named = _numbered(text, match, held)
        yield span(start, match.end(), "policy", named)
        item = re.compile(r"#(\d+(?:\.\d+)*)").match(text, match.end())
        if item and named.id:
            yield span(start, item.end(), "id", f"{named.id}#{item[1]}")
    for match in _QUOTED.finditer(text):
        named = _titled(match[0][1:-1], held)
        if match[0][0] == "《" or named.id:
            yield span(match.start(), match.end(), "policy", named)
    for match in _NODE.finditer(text):
        if match[0] in held.policy_names:
            yield span(match.start(), match.end(), "id", match[0])
            yield span(match.start(), match.end(), "policy", Named(match[0], match[0]))
    yield from _by_words(text, held)
    for pattern in _PATHS:
        for match in pattern.finditer(text):
            yield span(match.start(), match.end(), "path", match["path"])


def _numbered(text: str, match: re.Match[str], held: Held) -> tuple[int, Named]:
    """Where a number begins, and whose it is: with the most characters before it that make a number that is held."""
    run = _LETTERS.search(text, max(0, match.start() - 12), match.start())
    first = run.start() if run else match.start()
    for start in range(first, match.start() + 1):
        if id_ := held.numbers.get(number_key(text[start : match.end()]) or ""):
            return start, Named(text[start : match.end()], id_)
    first += len(other[0]) if (other := _OTHER.match(text[first : match.start()])) else 0
    return first, Named(text[first : match.end()], None)


def _titled(title: str, held: Held) -> Named:
    folded = (title_key(title) or "").partition(":")[2]
    if folded in held.titles:
        return Named(title, held.titles[folded])
    holding = {found for gram in _grams(folded) for found in held.grams.get(gram, ()) if folded in found}
    return Named(title, held.titles[holding.pop()] if len(holding) == 1 else None)


def _grams(folded: str) -> Iterator[str]:
    return (folded[at : at + GRAM] for at in range(len(folded) - GRAM + 1))


def _by_words(text: str, held: Held) -> Iterator[Span]:
    """Titles of which a run of the question is a large part; the question may leave out words of the title."""
    text = _NUMBER.sub(lambda match: _APART * len(match[0]), text)  # the 2 of an item 2.4 is not that of a year
    folded = [(at, char) for at, char in enumerate(text) if char.isalnum() or char == _APART]
    bare = "".join(char for _, char in folded)
    at = done = 0
    while at <= len(bare) - GRAM:
        titles = held.grams.get(bare[at : at + GRAM], set())
        tried = sorted(titles) if len(titles) <= _MANY else ()
        found = [(*_run(bare, done, at, title), title) for title in tried]
        first, last, title = min(found, key=lambda each: (each[0] - each[1], each[2]), default=(at, at, ""))
        if title and _enough(bare, first, last, title):
            other = _TYPE.match(bare, last)  # 行动方案 is said of what is held as 实施意见: another one
            last = other.end() if other else last
            start, end = folded[first][0], folded[last - 1][0] + 1
            state = _STATE.match(text, end)
            end = state.end() if state else end
            yield span(start, end, "policy", Named(text[start:end], None if other else held.titles[title]))
            at = done = last
        else:
            at += 1


def _run(bare: str, done: int, at: int, title: str) -> tuple[int, int]:
    """From where to where the text around ``at`` is the title, with words of the title left out between."""
    end = at + GRAM
    while end < len(bare) and bare[at : end + 1] in title:
        end += 1
    start, before, behind = at, title.find(bare[at:end]), title.find(bare[at:end]) + end - at
    while (size := _part(bare[done:start][::-1], title[:before][::-1])) is not None:
        start, before = start - size[1], before - size[0] - size[1]
    while (size := _part(bare[end:], title[behind:])) is not None:
        end, behind = end + size[1], behind + size[0] + size[1]
    return start, end


def _part(text: str, title: str) -> tuple[int, int] | None:
    """How many characters the title has before what the text begins with, and how many of those there are."""
    if len(text) < _PART or (skipped := title.find(text[:_PART])) < 0:
        return None
    size = _PART
    while size < len(text) and title.startswith(text[: size + 1], skipped):
        size += 1
    return skipped, size


def _enough(bare: str, first: int, last: int, title: str) -> bool:
    """Whether a run says a large part of a title, and more than a year and a place."""
    if bare[max(0, first - 1) : first + 1].isdigit() and first:
        return False
    rest = re.sub(r"^\d{4}年?", "", bare[first:last])
    place = max((length for length, _ in regions().prefixes(rest)), default=0)
    whole = len(re.sub(r"\d+年?$", "", title))
    return last - first >= max(_LEAST * whole, _FEW) and len(rest) - place >= GRAM
