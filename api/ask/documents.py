"""Policies in a question: by number, by title in 《》, or by words of a title; and items of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from api.ask.held import GRAM, Held, folded
from api.ask.span import Span, span
from api.ask.text import normal
from graph.names import NUMBER, TITLE, number_key
from ingest.regions import regions

_YEAR_NUMBER = re.compile(r"[〔\[(【<](?:19|20)\d\d[〕\])】>]\s?第?\d{1,5}\s?号")
# the same without its brackets: 湘政办发2021年19号文, 湘政办发19号文
_BARE_NUMBER = re.compile(
    r"(?<![\d.])(?:(?P<year>(?:19|20)\d\d)\s?年?\s?)?第?(?P<number>\d{1,5})\s?号(?:文件?)?(?![楼院线馆令])"
)
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
_KIND_WORDS = re.compile("实施|行动|工作|专项|管理|指导|发展|推进|相关|有关|规划|建设|政策|计划|方案")
_TYPE = re.compile("(?:实施|行动|工作|专项|管理|指导)?(?:方案|计划|意见|办法|要点|通知|规定|细则|条例|规划)")
_STATE = re.compile(r" ?\(?(?:征求意见稿|送审稿|讨论稿|草案)\)?")  # a title is held without it
_LEAST = 0.5  # share of a title that its words have to make up
_SPACE = re.compile(r"[\s,。?!;]|$")
_FEW = 6  # characters that a title is told by at the least
_APART = "\0"  # a character of no title
_PART = 2  # characters of a word of a title
_TOLD = 2  # characters of a part of a title that are more than its kind
_FEW_WORDS = 4  # characters that words apart from their kind have at the least
_LONGEST = 8  # characters of such a part before its kind
_MANY = 40  # titles that have the same words: too many to tell one by them
_WORD_RUN = re.compile(r"[\w]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A policy as a question names it; ``id`` is None where the graph does not know it."""

    said: str
    id: str | None


def document_spans(text: str, held: Held) -> Iterator[Span]:
    """Every stretch that names a policy (``policy``), an item of one (``path``) or both at once (``id``).

    ``refer`` is a policy of which no more is said than several share.
    """
    yield from _ids(text, held)
    yield from _bare_numbers(text, held)
    yield from _parts(text, held)
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
    yield from _by_words(text, held)
    for pattern in _PATHS:
        for match in pattern.finditer(text):
            yield span(match.start(), match.end(), "path", match["path"])


def _numbered(text: str, match: re.Match[str], held: Held) -> tuple[int, Named]:
    """Where a number begins, and whose it is: with the most characters before it that make a number that is held."""
    first = _letters_before(text, match.start())
    for start in range(first, match.start() + 1):
        if id_ := held.numbers.get(number_key(text[start : match.end()]) or ""):
            return start, Named(text[start : match.end()], id_)
    first += len(other[0]) if (other := _OTHER.match(text[first : match.start()])) else 0
    return first, Named(text[first : match.end()], None)


def _letters_before(text: str, at: int) -> int:
    """Where the Chinese letters begin that stand right before a place."""
    run = _LETTERS.search(text, max(0, at - 12), at)
    return run.start() if run else at


def _ids(text: str, held: Held) -> Iterator[Span]:
    """Ids of nodes as the graph writes them (title:…), the longest that stands there."""
    for match in re.finditer(rf"{TITLE}|{NUMBER}", text):
        ids = [id_ for id_ in held.policy_names if text.startswith(normal(id_), match.start())]
        longest = max(ids, key=len, default="")
        end = match.start() + len(normal(longest)) if longest else _space(text, match.end())
        named = Named(text[match.start() : end], longest or None)
        yield span(match.start(), end, "id", longest or named.said)
        yield span(match.start(), end, "policy", named)


def _space(text: str, start: int) -> int:
    """Where the next space or mark is, or the end."""
    return next(match.start() for match in _SPACE.finditer(text, start))


def _bare_numbers(text: str, held: Held) -> Iterator[Span]:
    """Numbers of policies that are held, without the brackets around the year, or without the year where one has it."""
    for match in _BARE_NUMBER.finditer(text):
        for start in range(_letters_before(text, match.start()), match.start() - 1):
            letters, ending = text[start : match.start()], f"〕{match['number']}号"
            head = f"{NUMBER}{letters}〔{match['year'] or ''}"
            ids = [id_ for number, id_ in held.numbers.items() if number.startswith(head) and number.endswith(ending)]
            if len(ids) == 1:
                yield span(start, match.end(), "policy", Named(text[start : match.end()], ids[0]))
                break


def _parts(text: str, held: Held) -> Iterator[Span]:
    """A kind of document with the words before it in titles: the one policy that is so called; of several none."""
    for match in _TYPE.finditer(text):
        found: tuple[int, set[str]] | None = None
        for start in range(match.start(), max(0, match.start() - _LONGEST) - 1, -1):
            part = "".join(char for char in text[start : match.end()] if char.isalnum())
            titles = {title for gram in _grams(part)[:1] for title in held.grams.get(gram, ()) if _holds(title, part)}
            if not titles and len(part) >= GRAM + _PART:
                break
            if titles and len(_KIND_WORDS.sub("", part)) >= _TOLD:
                found = start, titles
        if found:
            start, titles = found
            if len(titles) == 1:
                yield span(start, match.end(), "policy", Named(text[start : match.end()], held.titles[titles.pop()]))
            else:
                yield span(start, match.end(), "refer", "policy")


def _holds(title: str, part: str) -> bool:
    """Whether a title holds words with their kind: side by side, or the kind further on (攻坚方案 for 攻坚专项行动实施方案)."""
    words, kind = part[:-_PART], part[-_PART:]
    at = title.find(words)
    return part in title or (
        len(_KIND_WORDS.sub("", words)) >= _FEW_WORDS and at >= 0 and kind in title[at + len(words) :]
    )


def _titled(title: str, held: Held) -> Named:
    key = folded(title)
    if key in held.titles:
        return Named(title, held.titles[key])
    holding = {found for gram in _grams(key) for found in held.grams.get(gram, ()) if key in found}
    return Named(title, held.titles[holding.pop()] if len(holding) == 1 else None)


def _grams(title: str) -> list[str]:
    return [title[at : at + GRAM] for at in range(len(title) - GRAM + 1)]


def _by_words(text: str, held: Held) -> Iterator[Span]:
    """Titles of which a run of the question is a large part; the question may leave out words of the title."""
    text = _NUMBER.sub(lambda match: _APART * len(match[0]), text)  # the 2 of an item 2.4 is not that of a year
    chars = [(at, char) for at, char in enumerate(text) if char.isalnum() or char == _APART]
    bare = "".join(char for _, char in chars)
    at = done = 0
    while at <= len(bare) - GRAM:
        titles = held.grams.get(bare[at : at + GRAM], set())
        tried = sorted(titles) if len(titles) <= _MANY else ()
        found = [(*_run(bare, done, at, title), title) for title in tried]
        first, last, title = min(found, key=lambda each: (each[0] - each[1], each[2]), default=(at, at, ""))
        if title and _enough(bare, first, last, title):
            other = _TYPE.match(bare, last)  # 行动方案 is said of what is held as 实施意见: another one
            last = other.end() if other else last
            start, end = chars[first][0], chars[last - 1][0] + 1
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
