"""What a document does with one that it cites, by the words around the citation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.citation_names import TITLE, patterns
from ingest.records import Relation, Span
from ingest.view import View

GROUP = re.compile(rf"{TITLE}(?:\s*\([^()]*(?:\([^()]*\)[^()]*)?\))?")
STOPS = "。;\n"
LONGEST = 400  # characters of a sentence that serves as evidence; else the citation alone
LAW = re.compile(r"(?:法|法典|条例|宪法)$")
RULES = re.compile(r"(?:条例|办法|规定|细则|规则|决定|法)(?:\([^()]*\))*$")
RANK: dict[Relation, int] = {"supersedes": 0, "amends": 1, "based_on": 2, "cites": 3}  # of those that wording gives


@dataclass(frozen=True, slots=True)
class Frame:
    """What the whole document says about its citations: where its preface ends, which stretches list repeals."""

    preface: int
    start: int
    repeals: bool
    amends: bool
    rules: bool  # the document itself is a law or a set of rules, whose body sends to other laws
    lists: tuple[tuple[int, int], ...]


def repeal_lists(text: str, end: int) -> tuple[tuple[int, int], ...]:
    """Stretches that list repealed documents: from the announcing words over the lines that cite or are cells."""
    found: list[tuple[int, int]] = []
    if not patterns()["repeals"].search(text, 0, end):
        return ()
    for match in patterns()["repeal_list"].finditer(text, 0, end):
        stop = match.end()
        while stop < end:
            line_end = text.find("\n", stop)
            line_end = end if line_end < 0 else min(line_end, end)
            line = text[stop:line_end].strip()
            if len(line) > 24 and not ("《" in line or patterns()["number"].search(line)):
                break
            stop = line_end + 1
        found.append((match.end(), stop))
    return tuple(found)


def sentence_of(text: str, start: int, end: int) -> tuple[int, int]:
    """Extent of the sentence around ``text[start:end]``."""
    first = max(text.rfind(mark, 0, start) for mark in STOPS) + 1
    ends = [at for mark in STOPS if (at := text.find(mark, end)) >= 0]
    return first, min(ends, default=len(text))


def evidence(view: View, start: int, end: int) -> Span:
    """The sentence around a citation, or the citation alone where that is very long."""
    first, last = sentence_of(view.text, start, end)
    while first < start and view.text[first].isspace():
        first += 1
    return view.span(first, last) if last - first <= LONGEST else view.span(start, end)


def relation_of(text: str, start: int, end: int, frame: Frame) -> Relation:
    """The relation of the document at ``text[start:end]``."""
    found = patterns()
    first, last = sentence_of(text, start, end)
    left = GROUP.sub("", text[max(first, start - 400) : start])
    left = left + "《" if left.endswith("<") else left
    right = GROUP.sub("", text[end : min(last, end + 500)])
    named = found["based_on"].search(left) is not None
    if found["history_right"].match(right):
        return "cites"
    if not named and repealed(text, start, left, right, frame):
        return "supersedes"
    if not named and (found["amended_right"].match(right) or found["amended_left"].search(left)):
        return "amends"
    if based_on(left, right, text[start:end], start, frame):
        return "based_on"
    if frame.repeals and not named and start >= frame.preface:
        return "supersedes"
    return "cites"


def repealed(text: str, start: int, left: str, right: str, frame: Frame) -> bool:
    """Whether the words around say that the document no longer holds."""
    found = patterns()
    if any(first <= start < last for first, last in frame.lists):
        return True
    if found["repealed_right"].match(right) or found["replaced_right"].match(right):
        return True
    return found["repealed_left"].search(left) is not None


def based_on(left: str, right: str, cited: str, start: int, frame: Frame) -> bool:
    """Whether the document rests on the cited one: in its preface or where it says that it was made so."""
    found = patterns()
    if not found["based_on"].search(left):
        return False
    if frame.start <= start < frame.preface or found["makes"].search(left + right):
        return True
    title = re.sub(r"\([^()]*\)$", "", cited).strip("《》")
    if frame.rules or LAW.search(title) or found["dealt_with"].match(right):
        return False
    return found["based_on_strict"].search(left) is not None


def issues(text: str, start: int, end: int) -> bool:
    """Whether the words around say that this very text brings the document out (现将《…》印发给你们)."""
    found = patterns()
    first, last = sentence_of(text, start, end)
    left = GROUP.sub("", text[max(first, start - 400) : start])
    right = GROUP.sub("", text[end : min(last, end + 200)])
    return found["issues_left"].search(left) is not None and found["issues_right"].match(right) is not None
