"""Whether a reading of a question is sure enough to be its answer, and if not, why."""

from __future__ import annotations

import re

from api.ask.choose import SURE, Candidate, mild_concepts
from api.ask.held import Held
from api.ask.link import Entity
from api.ask.read import Read
from api.ask.say import words
from api.ask.stray import may_be_left_out, plainly_told, things, told
from api.ask.tables import answer_words, table
from api.ask.things import measured

_WANTS = {"target", "due", "plan", "conflict", "task", "policy", "agency"}  # what policies do say of an indicator
_MEASURED_BY = {"compare", "count", "spread", "across"}  # of what is measured everywhere, the most is a measured value
_PLAIN = 0.7  # how near an example a question has to be that names nothing and has no telling word
_CHANGE = re.compile("(?:增长|下降|占比)$")  # of a measured value, as measured as itself
_CLEAR = 0.6  # how near an example a question has to be whose words the query does not all have
_BY = re.compile(r"(?:到|至|前|\b(?:by|until|before))(?: the)?(?: year)? ?$")  # before a year
_PART_OF = {"path": ("policy", "id")}  # a parameter that names a part, and those of which one names the whole
_WHOLE = 2  # things by which a query is told without a word of what is asked
_BARE = 4  # words, or characters, that may stand around a name that is the whole question


def refusal(question: Read, entities: tuple[Entity, ...], best: Candidate | None, held: Held) -> str | None:
    """The sentence that says why there is no sure answer; None where there is one.

    Whatever is said counts: a word that is not understood, or a thing that the query has no use for, may change what
    is asked.
    """
    lang, comma = question.lang, words("list", question.lang)
    if question.beyond:
        return words("beyond", lang, words=comma.join(question.beyond))
    if question.unknown and not may_be_left_out(question, best, held):
        return words("unknown", lang, words=comma.join(question.unknown))
    unsettled = [each.said for each in entities if each.body and not each.takes("agency")]
    if unsettled:
        return words("unknown", lang, words=comma.join(unsettled))
    if best is None or best.score + len(best.filled.missing) < SURE:
        return words("unclear", lang)
    filled = best.filled
    if missing := [*filled.missing, *_without_whole(best)]:
        labels = [answer_words()["params"].get(name, {}).get(lang, name) for name in missing]
        return words("missing", lang, what=comma.join(labels))
    if not_named := sorted(question.refers - {kind for each in filled.took.values() for kind in each.options}):
        return words("missing", lang, what=comma.join(answer_words()["params"][kind][lang] for kind in not_named))
    if filled.unused:
        return words("unused", lang, words=comma.join(each.said for each in filled.unused))
    if best.score < SURE or _passes_over(question, best):
        return words("unclear", lang)
    takes = any(param.name == "indicator" for param in best.query.params)
    of_one = question.concepts & set(table()["of_indicator"]) and "target" not in question.concepts
    if takes and of_one and "indicator" not in filled.took:
        return words("unclear", lang)
    if not question.concepts and (_around(question) > _BARE or not things(best)) and len(things(best)) < _WHOLE:
        return words("unclear", lang)
    if best.score < _PLAIN and not told(question, best) and not things(best):
        return words("unclear", lang)
    return _figure(question, best)


def _passes_over(question: Read, best: Candidate) -> bool:
    """Whether something definite that is asked is no part of the query.

    Words that may say little (the text, who else) are not, in a reading that is plain without them.
    """
    plain = best.score >= _CLEAR and bool(plainly_told(question, best) or things(best))
    return bool(best.over - mild_concepts(best.filled) if plain else best.over)


def _without_whole(best: Candidate) -> list[str]:
    """What has to be named because only a part of it is: an item needs its policy."""
    took = best.filled.took.keys()
    return [wholes[0] for part, wholes in _PART_OF.items() if part in took and not took & set(wholes)]


def _around(question: Read) -> int:
    """How much stands around the names of a question, in words or Chinese characters."""
    said = (question.said(each) for each in question.spans if not each.entity and not each.get("aside"))
    return sum(1 if word.isascii() else len(word) for word in said)


def _aimed(question: Read, best: Candidate) -> bool:
    """Whether it asks for what is to be by some year (到2025年…), which only a target is."""
    year = best.filled.took.get("year")
    return year is not None and _BY.search(question.text[: year.start]) is not None


def _figure(question: Read, best: Candidate) -> str | None:
    """Targets are no answer to a question for the measured value of something that is measured everywhere."""
    taken = next((each for each in best.filled.took.values() if each.takes("indicator")), None)
    if taken is None or question.concepts & _WANTS or _aimed(question, best):
        return None
    indicator = str(taken.options["indicator"][0])
    bare = _CHANGE.sub("", indicator)
    asks = question.figure or bare != indicator or question.concepts & _MEASURED_BY
    return words("figure", question.lang, words=indicator) if asks and measured(bare) else None
