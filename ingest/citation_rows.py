"""Mentions of documents united to one row for each document, without this document itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.citation_names import Cited, alike, alone, fold, is_document, patterns, same
from ingest.citation_relation import RANK, Frame, issues, relation_of
from ingest.records import Relation
from ingest.view import View

SHORT = re.compile(r"以下(?:统一?|合|均)?(?:简)?称(?:为|作)?[:\s]*[《“\"<]?([^》”\">,。;()、]{2,20})")


@dataclass(slots=True)
class Row:
    """A cited document with its relation and the place that gave it."""

    cited: Cited
    relation: Relation


def is_own(title: str, own: Iterable[str]) -> bool:
    """Whether a folded title is the document's own."""
    return any(same(title, name) or name.endswith(title) or alike(title, name) for name in own)


def gathered(view: View, mentions: list[Cited], own: list[str], frame: Frame) -> list[Row]:
    """One row for each document: its mentions united by number, title or abbreviation."""
    text = view.text
    rows: list[Row] = []
    short: dict[str, Row | None] = {}
    for cited in sorted(mentions, key=lambda item: item.start):
        title = fold(cited.title) if cited.title else None
        row = known(rows, short, title, cited.number)
        close = cited.end if cited.title is None else end_of_title(text, cited)
        relation = relation_of(text, cited.start, close, frame)
        if row is None and not wanted(text, cited, title, [] if earlier(text, cited, relation) else own, short):
            continue
        if row is None:
            row = Row(cited, relation)
            rows.append(row)
        elif RANK[relation] < RANK[row.relation]:
            row.relation = relation
        row.cited.number = row.cited.number or cited.number
        if row.cited.title is None and cited.title and title not in alone():
            row.cited.title = cited.title
        note = SHORT.search(text[cited.start : cited.end])
        if note:
            short[fold(note[1])] = row
    return rows


def earlier(text: str, cited: Cited, relation: Relation) -> bool:
    """Whether it is an earlier document, also where it has this one's title (原《…》同时废止)."""
    before = text[max(0, cited.start - 12) : cited.start]
    return relation == "supersedes" and (
        cited.number is not None or re.search(r"原|旧|此前|日|的$", before) is not None
    )


def end_of_title(text: str, cited: Cited) -> int:
    """Where the title ends, before a note in brackets."""
    close = text.rfind("》", cited.start, cited.end)
    return cited.end if close < 0 else close + 1


def known(rows: list[Row], short: dict[str, Row | None], title: str | None, number: str | None) -> Row | None:
    """The row of a document that was cited before."""
    if title in short:
        return short[title]
    for row in rows:
        if number and row.cited.number == number:
            return row
        if title and row.cited.title and not (number and row.cited.number) and same(title, fold(row.cited.title)):
            return row
    return None


def wanted(text: str, cited: Cited, title: str | None, own: list[str], short: dict[str, Row | None]) -> bool:
    """Whether a mention makes a new row: a policy document, and not this one."""
    before = text[max(0, cited.start - 14) : cited.start]
    if title is None:
        return not alone_on_line(text, cited)
    if abbreviates(before, title) or title in alone() or is_own(title, own):
        return False
    if patterns()["asked"].match(text[cited.end : cited.end + 60]) or issues(
        text, cited.start, end_of_title(text, cited)
    ):
        return False
    if patterns()["attached"].match(text, end_of_title(text, cited)):
        return False
    return bool(cited.number) or is_document(title, text[end_of_title(text, cited) : cited.end + 12])


def abbreviates(before: str, title: str) -> bool:
    """Whether the words before a title say that it is a short form (以下简称《方案》), and not those of one before it."""
    return any(short.start(1) >= len(before) for short in SHORT.finditer(f"{before}《{title}"))


def alone_on_line(text: str, cited: Cited) -> bool:
    """Whether a number fills its line, or follows a label there: a header's own number."""
    first = text.rfind("\n", 0, cited.start) + 1
    last = text.find("\n", cited.end)
    around = text[first : cited.start] + text[cited.end : last if last >= 0 else len(text)]
    return (
        re.fullmatch(r"[\s|#*·]*(?:[\u4e00-\u9fff\s]{2,10}:)?[\s|#*·]*(?:各[^。]{2,80}:)?[\s()]*", around) is not None
    )
