"""Words of a question that are not understood: whether they may be left out of account, by where they stand.

They may in a clause that asks nothing (we are a producer of …; 招商手册要用:…), and inside a sure reading where no thing,
no topic and no predicate stands (flag inconsistent targets; 请提供…). Else they may be the very thing that is asked of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.ask.choose import Candidate
from api.ask.held import Held
from api.ask.near import misspelt
from api.ask.read import Read
from api.ask.shapes import own_shapes
from api.ask.tables import stray_patterns, table
from api.ask.text import clause

_PLAIN = 0.7  # how near an example a question has to be
_SURE = 0.9  # the same where nothing but general words and a thing tell the query, or a head is left out
_SLIGHT = 3  # how much may not be understood, in characters, however it stands but as an object
_SOME = 4  # the same of words that stand where nothing is named
_MOST = 24  # characters of a head
_NAME_END = re.compile(r"[省市县区州旗盟局委厅办部院园镇乡]$")  # what is not understood is a name
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z0-9]+(?:['.-][a-z0-9]+)*")
_THING, _TELLING, _GENERAL, _STRAY = "ETGU"  # what stands for a span in the outline of a question
_PLACE_OR_TIME = ("region", "date", "integer")
_TOPICS = ("theme", "industry", "indicator")


@dataclass(frozen=True)
class _Outline:
    """A question with a letter for each thing, telling word, general word and word not understood; ``strays`` are the
    places of the last in it, with the words and their places in the question.
    """

    text: str
    strays: tuple[tuple[int, str, int], ...]


def may_be_left_out(question: Read, best: Candidate | None, held: Held) -> bool:
    """Whether all that is not understood may be left out of account."""
    if best is None or best.score < _PLAIN or any(_NAME_END.search(word) for word in question.unknown):
        return best is not None and _headed(question, best)
    telling, plainly = told(question, best), plainly_told(question, best)
    outline = _outline(question, plainly)
    inside = [(at, word) for at, word, said in outline.strays if not _beside(question, outline, at, said, best)]
    if not inside or _headed(question, best):
        return True
    never = (*stray_patterns("joined"), *stray_patterns("head"), *(stray_patterns("topic") if _topical(best) else ()))
    if misspelt(question, held) or any(pattern.search(outline.text) for pattern in never):
        return False
    if telling and things(best) and _slight(question, best):
        return True
    firm = plainly or (things(best) and best.score >= _SURE)
    small = sum(size(word) for _, word in inside) <= _SOME
    return bool(firm and small and question.concepts) and not any(
        _named(outline, at, word, best) for at, word in inside
    )


def told(question: Read, best: Candidate) -> frozenset[str]:
    """What the question asks in words by which the query is told from others."""
    return question.concepts & own_shapes().known[best.query.name] - set(table()["general"])


def plainly_told(question: Read, best: Candidate) -> frozenset[str]:
    """The same without words that may say little."""
    return told(question, best) - set(table()["stray"]["weak"])


def things(best: Candidate) -> list[str]:
    """The parameters that name more than a place or a time."""
    types = {param.name: param.type for param in best.query.params}
    return [name for name in best.filled.took if types[name] not in _PLACE_OR_TIME]


def size(word: str) -> int:
    """How much a word weighs: an English one as two characters."""
    return 2 if word.isascii() else len(word)


def _topical(best: Candidate) -> bool:
    """Whether the query takes a topic that the question does not name: the words may be one."""
    topics = {param.name for param in best.query.params if param.type in _TOPICS or param.name in _TOPICS}
    took = best.filled.took.keys()
    return not (topics <= took or {"policy", "park"} & took)


def _headed(question: Read, best: Candidate) -> bool:
    """Whether all that is not understood heads the question (审计核对:…), which asks all that the query needs without it."""
    head = re.match(rf"^[^:,。?]{{1,{_MOST}}}: ?(?=.)", question.text)
    if head is None or any(word not in head[0] for word in question.unknown) or best.score < _SURE:
        return False
    themes = {param.name for param in best.query.params if param.type == "theme"}
    of_it = bool(question.concepts & own_shapes().known[best.query.name])
    return bool(told(question, best) or (of_it and things(best))) and themes <= best.filled.took.keys()


def _beside(question: Read, outline: _Outline, at: int, said: int, best: Candidate) -> bool:
    """Whether a word stands in a clause that asks nothing and names no topic: who asks, what for, how to show it."""
    start, end = clause(outline.text, at)
    here, rest = outline.text[start:end], outline.text[:start] + outline.text[end:]
    asks_without = _TELLING in rest or (_GENERAL in rest and things(best))
    first, last = clause(question.text, said)
    both = (here, question.text[first:last])  # 多少 is a word of what is asked, and no more in the outline
    if not asks_without or any(pattern.search(each) for pattern in stray_patterns("asks") for each in both):
        return False
    if any(pattern.search(here) for pattern in stray_patterns("aside")):
        return bool(things(best)) or not _topical(best)
    more = re.sub(rf"[{_STRAY}\W]", "", here)
    return start > 0 and bool(more) and not any(pattern.search(here) for pattern in stray_patterns("names"))


def _slight(question: Read, best: Candidate) -> bool:
    """Whether a word or two are no object and run into no name: the question tells by its own words what is asked of what."""
    if sum(map(size, question.unknown)) > _SLIGHT:
        return False
    touches = any(
        question.text[: each.start].endswith(word) or question.text[each.end :].startswith(word)
        for each in best.filled.took.values()
        for word in question.unknown
        if not word.isascii()  # 殡葬改革 is not any 改革
    )
    return not touches and not any(_is_object(question.text, word) for word in question.unknown)


def _is_object(text: str, word: str) -> bool:
    """Whether a word is what is asked of, by where it stands: in Springfield, who invented, 目标的平均值是."""
    pattern = table()["stray"]["object"]["en" if word.isascii() else "zh"]
    return re.search(pattern.replace(_STRAY, re.escape(word)), text) is not None


def _named(outline: _Outline, at: int, word: str, best: Candidate) -> bool:
    """Whether a word stands where a thing, a topic or a predicate does."""
    start, end = clause(outline.text, at)
    here = outline.text[start:end].strip(" ,:;?。!")
    lang = "en" if word.isascii() else "zh"
    patterns = [
        *stray_patterns("named", lang),
        *(stray_patterns("topic", lang) if _topical(best) or not things(best) else ()),
    ]
    return any(pattern.search(here) for pattern in patterns)


def _outline(question: Read, telling: frozenset[str]) -> _Outline:
    parts: list[str] = []
    strays: list[tuple[int, str, int]] = []
    at = length = 0
    starts = {each.start: each for each in question.spans}
    while at < len(question.text):
        each = starts.get(at)
        if each:
            known = frozenset(each.get("concept"))
            told_here = (each.get("value") and not known) or known & telling
            part = _THING if each.entity else _TELLING if told_here else _GENERAL if known else question.said(each)
            tail = question.text[at : each.end]
            part += " " * (len(tail) - len(tail.rstrip()))
            at = each.end
        elif run := _RUN.match(question.text, at):
            last = min((start for start in starts if at < start < run.end()), default=run.end())
            strays.append((length, question.text[at:last], at))
            part, at = _STRAY, last
        else:
            part, at = question.text[at], at + 1
        parts.append(part)
        length += len(part)
    return _Outline("".join(parts), tuple(strays))
