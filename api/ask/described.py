"""Policies named in English by words of their Chinese titles: Hunan's 2020 industrial park work priorities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from api.ask.documents import Named
from api.ask.held import Held, folded
from api.ask.names import Names
from api.ask.span import Span, span
from api.ask.tables import names_table
from ingest.regions import regions

_BETWEEN = re.compile(r"[\s\"',()-]*(?:(?:and|for|of|the|on|in) )*[\s\"'(]*")
_SEVERAL = re.compile("(?:plans|schemes|programmes|programs|opinions|guidelines)$")
_AFTER = re.compile(r" (?:(?:and|for|of|on|to|concerning|regarding|about) )(?:the )?[\"']?")
_ITS_NUMBER = re.compile(r",? ?\(?no\. ?(\d{1,4})\)?")
_AND_ON = re.compile(r"[\"']? (?:(?:and|for|of|on|to) )?(?:the )?[\"']?")  # … and what follows that
_KIND = 4  # characters of a kind of document that one policy of a place may be told by
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?-\s?(?:(?:19|20)?\d\d))?")
_BEHIND = re.compile(rf"\s?\(?({_YEAR.pattern})\)?")
_PLACE = re.compile(r"[\s\",]*(?:city|province|municipal|provincial)?[\s\",]*")
_OF_PLACE = re.compile(r" (?:of|for|in|from) (?:the )?")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch that says something of a title: one of ``words`` stands in it; of years the first."""

    start: int
    end: int
    words: tuple[str, ...]
    ends: bool = False


def described_spans(text: str, held: Held, places: Iterable[Span]) -> Iterator[Span]:
    """Every stretch that names a policy so: ``policy`` where one that is held fits, ``refer`` where none or several do.

    The one of ``places`` beside it counts, and a year in it. A kind of document alone (action plan) names none.
    """
    pieces, places = _pieces(text), list(places)
    for last in (each for each in pieces if each.ends):
        if _SEVERAL.search(text, 0, last.end):
            continue
        said = _run(text, pieces, last)
        behind = _BEHIND.match(text, said[-1].end)
        if behind:
            said.append(_year(behind, 1))
        start, end = said[0].start, said[-1].end
        start -= text[start - 1 : start] == '"'
        codes = _place(text, start, end, places)
        if before := _year_before(text, start, places):
            said.insert(0, before)
            start = before.start
        if len(said) < (2 if codes else 3) and not (codes and len(last.words[0]) >= _KIND):
            if len(said) > 1:
                yield span(start, end, "refer", "policy")
            continue
        fitting = [id_ for id_ in _of(codes, held) if _fits(said, id_, held)]
        if not fitting and codes:
            fitting = [id_ for id_ in _titled(codes, held) if _fits(said, id_, held)]
        if len(fitting) == 1:
            number = _ITS_NUMBER.match(text, end)
            end = number.end() if number and f"〕{number[1]}号" in fitting[0] else end
            yield span(start, end, "policy", Named(text[start:end], fitting[0]))
        elif len(said) > 1:
            yield span(start, end, "refer", "policy")


def _pieces(text: str) -> list[_Piece]:
    found = [
        _Piece(start, end, tuple(word for word, _ in values), any(ends for _, ends in values))
        for start, end, values in _names().find(text)
    ]
    found += [_year(match) for match in _YEAR.finditer(text)]
    return sorted(found, key=lambda each: (each.start, each.end))


def _year(match: re.Match[str], group: int = 0) -> _Piece:
    return _Piece(match.start(group), match.end(group), (match[group][:4],))


def _run(text: str, pieces: list[_Piece], last: _Piece) -> list[_Piece]:
    """The pieces that stand around the last one with nothing but small words between, the longest of each place."""
    run = [last]
    after = _AFTER
    while behind := [each for each in pieces if not each.ends and after.fullmatch(text, run[-1].end, each.start)]:
        run.append(max(behind, key=lambda each: (-each.start, each.end)))
        after = _AND_ON
    while True:
        before = [
            each
            for each in pieces
            if each.end <= run[0].start and not each.ends and _BETWEEN.fullmatch(text, each.end, run[0].start)
        ]
        if not before:
            return run
        run.insert(0, min(before, key=lambda each: (-each.end, each.start)))


def _place(text: str, start: int, end: int, places: list[Span]) -> tuple[str, ...]:
    """The region that is named right before the words, or behind them (of Hunan)."""
    for each in places:
        beside = each.end <= start and _PLACE.fullmatch(text, each.end, start)
        if beside or (each.start >= end and _OF_PLACE.fullmatch(text, end, each.start)):
            return tuple(each.get("region")[0])
    return ()


def _year_before(text: str, start: int, places: list[Span]) -> _Piece | None:
    """A year before the place that stands before the words: the 2020 Hunan work priorities."""
    for each in places:
        if each.end <= start and _PLACE.fullmatch(text, each.end, start):
            for match in _YEAR.finditer(text, 0, each.start):
                if _PLACE.fullmatch(text, match.end(), each.start):
                    return _year(match)
    return None


def _of(codes: tuple[str, ...], held: Held) -> list[str]:
    """The policies that are held, of one of the regions where some are named."""
    return list(dict.fromkeys(id_ for code, id_ in held.policy_places if not codes or code in codes))


def _titled(codes: tuple[str, ...], held: Held) -> list[str]:
    """The policies, held or only cited, with one of the regions in their title."""
    names = [name for code in codes for name in (regions().short_name(code), regions()[code].name)]
    return [id_ for id_, title in held.policy_names.items() if any(name in title for name in names)]


def _fits(said: list[_Piece], id_: str, held: Held) -> bool:
    title = folded(held.policy_names[id_])
    return all(any(word in title or (word.isdigit() and word in id_) for word in each.words) for each in said)


@cache
def _names() -> Names:
    found = Names()
    for row in names_table()["titles"]:
        for name in row["en"]:
            found.add(name, (row["zh"], row.get("end", False)))
    return found
