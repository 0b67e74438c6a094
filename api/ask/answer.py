"""A question in plain words, answered by a query of the catalogue: no language model, the same answer every time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from api.ask.asked import Alternative, Asked, unlike
from api.ask.bodies import everywhere
from api.ask.choose import NEAR, SURE, Candidate, candidates
from api.ask.decide import refusal
from api.ask.fill import Filled, fewer, fill, others, plain
from api.ask.held import Held
from api.ask.link import Entity, inherit, link
from api.ask.near import nearest
from api.ask.read import Read, read
from api.ask.rows import narrowed
from api.ask.say import answered, described, words
from api.ask.shapes import own_shapes
from api.ask.understood import understood
from graph.errors import QueryError, UnknownNameError
from graph.header import Query
from graph.queries import catalogue, run
from graph.store import Reader

Fallback = Callable[[str, Mapping[str, Query]], tuple[str, Mapping[str, Any]] | None]
_OFFERED = 5
_WITHOUT = 0.8  # what a reading loses by a policy that is missing and a place that is not used
_SOME = 0.15  # a reading below has nothing to do with the question
_BARE = 0.3  # where nothing but names is said, more than one thing may be asked
_USUAL = ("lead_agencies", "targets", "policies_in_force")  # offered where nothing comes near


def ask(
    reader: Reader,
    question: str,
    held: Held,
    today: date,
    before: Sequence[str] = (),
    fallback: Fallback | None = None,
) -> Asked:
    """The answer to ``question``; ``before`` are the questions that it goes on from, the oldest first.

    ``held`` are the names of the graph (``read_held``). ``fallback`` is asked for a query and parameters where nothing
    is understood. Raises StoreError.
    """
    asking = _Asking(held, today)
    asked, entities = asking.read(question, before)
    found = asking.candidates(asked, entities)
    best = found[0] if found else None
    why = refusal(asked, entities, best, held) if question.strip() else words("empty", asked.lang)
    if why is None and best is not None:
        return asking.answer(reader, asked, best, found)
    given = fallback(question, catalogue()) if fallback and question.strip() else None
    if given:
        told = asking.by_site(reader, asked, given)
        if told:
            return told
    return asking.refuse(asked, found, why or "", question, before)


class _Asking:
    """One question asked of one graph on one day."""

    def __init__(self, held: Held, today: date) -> None:
        self._held, self._today = held, today

    def read(self, question: str, before: Sequence[str]) -> tuple[Read, tuple[Entity, ...]]:
        """The question and what it names, with what it takes over from those before it."""
        asked = read(question, self._held, self._today, own_shapes().learnt)
        entities = link(asked, self._held)
        if not before:
            return asked, entities
        earlier, named = self.read(before[-1], before[:-1])
        if asked.concepts and not asked.follows and any(not each.soft for each in entities):
            named = ()  # a whole question of its own
        elif not asked.concepts - {"across"}:
            asked = asked.after(earlier)
        else:
            asked = asked.after(earlier, own=True)
        return asked, inherit(entities, named, self._held)

    def candidates(self, asked: Read, entities: tuple[Entity, ...]) -> list[Candidate]:
        return candidates(asked, entities, catalogue(), own_shapes())

    def answer(self, reader: Reader, asked: Read, best: Candidate, found: Sequence[Candidate]) -> Asked:
        """The answer of the best reading, with the others that come near."""
        filled, query = best.filled, best.query
        rows, absent = self._rows(reader, query, filled)
        sentence = answered(query, filled, rows, asked.lang, self._held)
        if absent:
            shown = described(query, filled.params, asked.lang, self._held)
            sentence = words("not_held", asked.lang, asked=shown, name=absent)
        readings = unlike(
            self._alternatives(asked, best, found, not rows), (query.name, plain(filled.params)), _OFFERED
        )
        sentence += self._beside(asked, filled, readings)
        return Asked(asked.lang, sentence, query, plain(filled.params), rows, readings, understood(asked, best))

    def _rows(self, reader: Reader, query: Query, filled: Filled) -> tuple[list[dict[str, Any]], str | None]:
        """The rows, and what the graph does not have of what was asked with."""
        if filled.unknown:
            return [], filled.unknown[0].said
        try:
            rows = run(reader, query.name, filled.params, today=self._today).rows
        except UnknownNameError:
            named = (str(filled.params[name]) for name, each in filled.took.items() if not each.takes("region"))
            return [], next(named, "")
        return narrowed(query, rows, filled.places), None

    def _alternatives(
        self, asked: Read, best: Candidate, found: Sequence[Candidate], empty: bool
    ) -> Iterator[Alternative]:
        for params in others(best.filled, best.query):
            yield self._as(best.query, params, asked)
        for name, thing in best.filled.took.items():
            if thing.body and not set(thing.options["agency"]) & set(self._held.agencies):
                near = everywhere(thing.body, self._held)
                for id_ in near if set(near) & set(self._held.agencies) else ():
                    yield self._as(best.query, {**best.filled.params, name: id_}, asked)
        if empty:
            yield from (self._as(best.query, params, asked) for params in self._kinds(best))
            yield from (self._as(best.query, params, asked) for params in fewer(best.filled, best.query))
        for each in found:
            close = each.score >= (max(SURE, best.score - NEAR) if asked.concepts else _BARE)
            if each is not best and close and not each.filled.missing and not each.filled.unused:
                yield self._as(each.query, each.filled.params, asked)

    def _kinds(self, best: Candidate) -> Iterator[dict[str, Any]]:
        """The same with each industry of the graph that is a kind of the one asked for (智能装备制造 of 装备制造)."""
        asked = str(best.filled.params.get("industry", ""))
        for name in sorted(set(self._held.industries.values())) if asked else ():
            if asked in name and name != asked:
                yield {**best.filled.params, "industry": name}

    def _as(self, query: Query, params: Mapping[str, Any], asked: Read) -> Alternative:
        return Alternative(query.name, plain(dict(params)), described(query, params, asked.lang, self._held))

    def _beside(self, asked: Read, filled: Filled, readings: Sequence[Alternative]) -> str:
        """What is to be said of the readings that were not taken."""
        comma = words("list", asked.lang)
        left_out = (*asked.unknown, *(each.said for each in filled.aside))
        said = words("ignored", asked.lang, words=comma.join(left_out)) if left_out else ""
        if filled.places:
            names = comma.join(each.said for each in filled.places)
            said += words("places", asked.lang, names=names)
        if readings:
            names = comma.join(each.question for each in readings[:3])
            said += words("beside", asked.lang, others=names)
        return said

    def refuse(self, asked: Read, found: Sequence[Candidate], why: str, question: str, before: Sequence[str]) -> Asked:
        """No answer: why, what may have been meant, and the nearest questions that can be answered."""
        meant = unlike(self._meant(asked, before), None, _OFFERED)
        near = meant or unlike(chain(self._of_place(asked, found), self._nearest(asked, found)), None, _OFFERED)
        key, given = ("did_you_mean", "names") if meant else ("nearest", "examples")
        offers = words("list", asked.lang).join(each.question for each in near[:3])
        answer = why + (words(key, asked.lang, **{given: offers}) if near else "")
        return Asked(asked.lang, answer, readings=near, words=understood(asked, None))

    def _meant(self, asked: Read, before: Sequence[str]) -> Iterator[Alternative]:
        """The readings of the question with a name in place of what resembles it."""
        for said, name in nearest(asked, self._held):
            other, entities = self.read(asked.text.replace(said, name, 1), before)
            best = self.candidates(other, entities)[0]
            if refusal(other, entities, best, self._held) is None:
                yield self._as(best.query, best.filled.params, asked)

    def _of_place(self, asked: Read, found: Sequence[Candidate]) -> Iterator[Alternative]:
        """Where nothing but the policy is missing, and a place or the plan is named: each policy (of that place)."""
        for each in found:
            kinds = [param.type for param in each.query.params if param.name in each.filled.missing]
            place = next((one for one in each.filled.unused if one.takes("region")), None)
            known = place is not None or "policy" in asked.refers
            if kinds != ["policy"] or not known or each.score + _WITHOUT < _SOME:
                continue
            for code, policy in self._held.policy_places:
                if place is None or code == place.options["region"][0]:
                    yield self._as(each.query, {**each.filled.params, each.filled.missing[0]: policy}, asked)

    def _nearest(self, asked: Read, found: Sequence[Candidate]) -> Iterator[Alternative]:
        """The nearest readings that can be asked; where the question does not fill one, its example."""
        fitting = [each for each in found if not each.filled.missing and not each.filled.unused]
        usual = [each for each in found if each.query.name in _USUAL]
        named = (
            sorted(fitting, key=lambda each: each.query.name not in _USUAL) if any(e.filled.took for e in found) else []
        )
        for each in [each for each in found if each.score > _SOME] or named or usual:
            ready = each in fitting and not each.filled.unknown and bool(each.filled.took or each.score > _SOME)
            if ready:
                yield self._as(each.query, each.filled.params, asked)
            else:
                yield self._example(each, asked)

    def _example(self, each: Candidate, asked: Read) -> Alternative:
        own = getattr(each.query.questions, asked.lang) or (each.example,)
        example = each.example if each.example in own else own[0]
        read_, entities = self.read(example, ())
        return Alternative(each.query.name, plain(fill(each.query, read_, entities).params), example)

    def by_site(self, reader: Reader, asked: Read, given: tuple[str, Mapping[str, Any]]) -> Asked | None:
        """The answer to what a site's own reader understood; None where it is no query with its parameters."""
        name, params = given
        query = catalogue().get(name)
        if query is None:
            return None
        try:
            rows = run(reader, name, params, today=self._today).rows
        except QueryError:
            return None
        filled = Filled(params=dict(params))
        sentence = answered(query, filled, rows, asked.lang, self._held) + words("from_site", asked.lang)
        return Asked(asked.lang, sentence, query, plain(dict(params)), rows, (), understood(asked, None))
