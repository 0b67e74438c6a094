"""Whether a reading of a question is sure enough to be its answer, and if not, why."""

from __future__ import annotations

import re

from api.ask.choose import SURE, Candidate, passed_over
from api.ask.held import Held
from api.ask.link import Entity
from api.ask.near import nearest
from api.ask.read import Read
from api.ask.say import words
from api.ask.shapes import own_shapes
from api.ask.tables import answer_words, table
from api.ask.things import measured

_WANTS = {"target", "due", "plan", "conflict", "task", "policy", "agency"}  # what policies do say of an indicator
_MEASURED_BY = {"compare", "count", "spread", "across"}  # of what is measured everywhere, the most is a measured value
_PLAIN = 0.7  # how near an example a question has to be that is answered in spite of a word that is not understood
_CHANGE = re.compile("(?:增长|下降|占比)$")  # of a measured value, as measured as itself
_NAME_END = re.compile("[省市县区州旗盟局委厅办部院园镇乡]$")  # what is not understood is a name
_BARE = 4  # words, or characters, that may stand around a name that is the whole question
_PLACE_OR_TIME = ("region", "date", "integer")
_OBJECT_ENGLISH = r"\b(?:who|in|at|of|for|from|on|by|to|with|about|near|than|into)(?: the| an?)? {}\b"
_OBJECT_CHINESE = r"(?:的|在|对|向|给){}(?:$|[是有为吗呢?,在多由])"
_HEAD = re.compile(r"^[^:,。?]{1,24}: ?(?=.)")
_HEADED = 0.9
_SLIGHT = 3  # how much of it may not be understood, in characters


def refusal(question: Read, entities: tuple[Entity, ...], best: Candidate | None, held: Held) -> str | None:
    """The sentence that says why there is no sure answer; None where there is one.

    Whatever is said counts: a word that is not understood, or a thing that the query has no use for, may change what
    is asked.
    """
    lang, comma = question.lang, words("list", question.lang)
    if question.beyond:
        return words("beyond", lang, words=comma.join(question.beyond))
    headed = best is not None and _headed(question, best)
    if question.unknown and not headed and (not slight(question, best) or nearest(question, held)):
        return words("unknown", lang, words=comma.join(question.unknown))
    unsettled = [each.said for each in entities if each.body and not each.takes("agency")]
    if unsettled:
        return words("unknown", lang, words=comma.join(unsettled))
    if best is None or best.score + len(best.filled.missing) < SURE:
        return words("unclear", lang)
    filled = best.filled
    if filled.missing:
        labels = [answer_words()["params"].get(name, {}).get(lang, name) for name in filled.missing]
        return words("missing", lang, what=comma.join(labels))
    if not_named := sorted(question.refers - {kind for each in filled.took.values() for kind in each.options}):
        return words("missing", lang, what=comma.join(answer_words()["params"][kind][lang] for kind in not_named))
    if filled.unused:
        return words("unused", lang, words=comma.join(each.said for each in filled.unused))
    if best.score < SURE or passed_over(question, best.query, filled, own_shapes()):
        return words("unclear", lang)
    takes = any(param.name == "indicator" for param in best.query.params)
    if takes and question.concepts & set(table()["of_indicator"]) and "indicator" not in filled.took:
        return words("unclear", lang)
    if not question.concepts and (_around(question) > _BARE or not _things(best)):
        return words("unclear", lang)
    if best.score < _PLAIN and not _told(question, best) and not _things(best):
        return words("unclear", lang)
    return _figure(question, best)


def _around(question: Read) -> int:
    """How much stands around the names of a question, in words or Chinese characters."""
    said = (question.said(each) for each in question.spans if not each.entity and not each.get("aside"))
    return sum(1 if word.isascii() else len(word) for word in said)


def slight(question: Read, best: Candidate | None) -> bool:
    """Whether a word or two that are not understood leave the question plain, so that they may be left out of account.

    What is asked has to be told by more than general words, and of a thing that is named: otherwise the unknown word
    may be the very thing, or what is asked of it.
    """
    if (
        best is None
        or best.score < _PLAIN
        or any(_NAME_END.search(word) for word in question.unknown)
        or sum(map(_size, question.unknown)) > _SLIGHT
    ):
        return False
    if any(_touches(question, each) for each in best.filled.took.values()) or any(
        _is_object(question.text, word) for word in question.unknown
    ):
        return False
    return bool(_told(question, best) and _things(best))


def _headed(question: Read, best: Candidate) -> bool:
    """Whether all that is not understood heads the question (审计核对:…), which asks all that the query needs without it."""
    head = _HEAD.match(question.text)
    if head is None or any(word not in head[0] for word in question.unknown) or best.score < _HEADED:
        return False
    themes = {param.name for param in best.query.params if param.type == "theme"}
    of_it = bool(question.concepts & own_shapes().known[best.query.name])
    return bool(_told(question, best) or (of_it and _things(best))) and themes <= best.filled.took.keys()


def _told(question: Read, best: Candidate) -> frozenset[str]:
    """What the question asks in words by which the query is told from others."""
    return question.concepts & own_shapes().known[best.query.name] - set(table()["general"])


def _things(best: Candidate) -> list[str]:
    """The parameters that name more than a place or a time."""
    types = {param.name: param.type for param in best.query.params}
    return [name for name in best.filled.took if types[name] not in _PLACE_OR_TIME]


def _touches(question: Read, each: Entity) -> bool:
    """Whether what is not understood runs into a name: 殡葬改革 is not any 改革."""
    beside = (question.text[: each.start], question.text[each.end :])
    return any(
        beside[0].endswith(word) or beside[1].startswith(word) for word in question.unknown if not word.isascii()
    )


def _is_object(text: str, word: str) -> bool:
    """Whether a word is what is asked of, by where it stands: in Springfield, who invented, 目标的平均值是."""
    pattern = _OBJECT_ENGLISH if word.isascii() else _OBJECT_CHINESE
    return re.search(pattern.format(re.escape(word)), text) is not None


def _size(word: str) -> int:
    """How much a word weighs: an English one as two characters."""
    return 2 if word.isascii() else len(word)


def _figure(question: Read, best: Candidate) -> str | None:
    """Targets are no answer to a question for the measured value of something that is measured everywhere."""
    taken = next((each for each in best.filled.took.values() if each.takes("indicator")), None)
    if taken is None or question.concepts & _WANTS:
        return None
    indicator = str(taken.options["indicator"][0])
    bare = _CHANGE.sub("", indicator)
    asks = question.figure or bare != indicator or question.concepts & _MEASURED_BY
    return words("figure", question.lang, words=indicator) if asks and measured(bare) else None
