"""From the words of a question to things: 市发改委 beside 常德 is 常德市发展和改革委员会."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from api.ask.bodies import Body, everywhere, settle
from api.ask.held import Held
from api.ask.parks import all_of_kind, of_kind
from api.ask.read import Read
from api.ask.span import ENTITIES, Span
from ingest.agency_names import region_prefix
from ingest.regions import regions

_JOINED = re.compile(
    r"^[\s,的]*(?:(?:municipal|provincial|city|county|district|prefecture|province)(?: people)?(?: government)?)?\s*$"
)
_BEHIND = re.compile(r"^\s*,?\s*(?:of|in|for|at|from|on)?\s*(?:the\s+)?(?:city of\s+|province of\s+)?$")
_OF = re.compile(r"^ (?:of|for|in|from) (?:the )?$")
_SEVERAL = re.compile(
    r"(?:哪|各|每|些|几|个|家|有|类|的|[\u4e00-\u9fff]业|which|what|each|every|any|all|all the|per|by) ?$"
)
_WITHIN = re.compile(r"^[\s,的]*(?:in|of)?\s*$")


@dataclass(frozen=True)
class Entity:
    """A thing that a question names. ``options``: kind → what it may be, of that kind."""

    said: str
    start: int
    end: int
    options: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    body: Body | None = None  # of an agency: the name that a place has settled
    form: tuple[str, ...] = ()  # of a park: the same
    soft: bool = (
        False  # its words say what is asked as well: where it is of no use as a thing, it is understood all the same
    )

    def takes(self, kind: str) -> bool:
        """Whether it may be of that kind."""
        return bool(self.options.get(kind))


def link(read: Read, held: Held) -> tuple[Entity, ...]:
    """The things that a question names, in its order. A place that only tells whose an agency or park is, is not one."""
    found = [_entity(read, each) for each in read.spans if each.entity or each.get("kind")]
    places = _narrowed(read, [each for each in found if each.takes("region")])
    used: list[Entity] = []
    linked = []
    for each in found:
        if each.body or each.form:
            place = _place(read, each, places, used)
            several = _SEVERAL.search(read.text[: each.start]) is not None
            each, own = _settled(each, place, held, several)
            if place and own:
                used.append(place)
        linked.append(each)
    used += [place for each in found if each.takes("policy") for place in places if _whose(read, each, place, held)]
    used += [place for each in found if each.takes("park") for place in places if _site(read, each, place, held)]
    gone = [each for each in found if each.takes("region") and (each not in places or each in used)]
    return tuple(each for each in linked if each.options and each not in gone)


def _entity(read: Read, each: Span) -> Entity:
    options = {kind: tuple(each.get(kind)) for kind in ENTITIES if each.get(kind)}
    if "region" in options:
        options["region"] = options["region"][0]
    bodies, forms = options.pop("body", ()), each.get("kind")
    if "agency" in options or "park" in options:
        bodies, forms = (), []
    return Entity(
        read.said(each),
        each.start,
        each.end,
        options,
        bodies[0] if bodies else None,
        forms[0] if forms else (),
        bool(each.get("concept")) and "policy" not in options,
    )


def _narrowed(read: Read, places: list[Entity]) -> list[Entity]:
    """Without those that only say where the next one lies (湖南的常德; Changde, Hunan)."""
    gone = []
    for one, other in itertools.pairwise(places):
        if _WITHIN.match(read.text[one.end : other.start]):
            for wide, narrow in ((one, other), (other, one)):
                inner, outer = narrow.options["region"][0], wide.options["region"][0]
                if inner != outer and regions().within(inner, outer):
                    gone.append(wide)
    return [each for each in places if each not in gone]


def _place(read: Read, thing: Entity, places: list[Entity], used: list[Entity]) -> Entity | None:
    """The place beside a thing, else for an agency the only one, else the last one before it."""
    for place in reversed(places):
        if place.end <= thing.start and _JOINED.match(read.text[place.end : thing.start]):
            return place
    for place in places:
        if place.start >= thing.end and _BEHIND.match(read.text[thing.end : place.start]):
            return place
    if thing.form:
        return None
    before = [place for place in places if place.end <= thing.start]
    near = places if len(places) == 1 else used or before
    return near[-1] if near else None


def _settled(thing: Entity, place: Entity | None, held: Held, several: bool) -> tuple[Entity, bool]:
    """The thing as a place has it, and whether the place says no more than whose it is; ``several`` of a kind are none."""
    if thing.body is None:
        park = of_kind(thing.form, place.options["region"][0], held) if place else None
        parks = (park,) if park else all_of_kind(thing.form, held) if place is None and not several else ()
        return (replace(thing, options={**thing.options, "park": parks}) if parks else thing), bool(park)
    if place is None:
        return replace(thing, options={**thing.options, "agency": tuple(everywhere(thing.body, held))}), False
    codes = place.options["region"]
    ids = {code: settle(thing.body, code, held) for code in codes}
    options = tuple(dict.fromkeys(id_ for id_ in ids.values() if id_)) or tuple(everywhere(thing.body, held)[:1])
    own = any(id_ and _belongs(id_, code, held) for code, id_ in ids.items())
    return replace(thing, options={**thing.options, "agency": options}), own


def _whose(read: Read, policy: Entity, place: Entity, held: Held) -> bool:
    """Whether a place beside a policy says no more than where it applies."""
    id_ = policy.options["policy"][0].id
    beside = place.end <= policy.start and _JOINED.match(read.text[place.end : policy.start])
    beside = beside or (place.start >= policy.end and _OF.match(read.text[policy.end : place.start]))
    code = place.options["region"][0]
    return bool(beside) and (
        any(regions().within(own, code) for own, each in held.policy_places if each == id_)
        or regions().short_name(code) in held.policy_names.get(id_ or "", "")
    )


def _site(read: Read, park: Entity, place: Entity, held: Held) -> bool:
    """Whether a place right before a park says no more than where it lies (池州江南产业集中区)."""
    code = held.park_places.get(park.options["park"][0])
    if code is None or place.end > park.start or not _JOINED.match(read.text[place.end : park.start]):
        return False
    return regions().within(code, place.options["region"][0])


def _belongs(id_: str, code: str, held: Held) -> bool:
    region = held.agencies[id_][1] if id_ in held.agencies else None
    return region == code if region else id_.find(regions().short_name(code)) >= 0


def inherit(now: Iterable[Entity], before: Iterable[Entity], held: Held) -> tuple[Entity, ...]:
    """What a follow-up names, and of the question before it what it does not replace; in the new place where it has one."""
    found = list(now)
    said = {kind for each in found for kind in each.options}
    place = next((each for each in found if each.takes("region")), None)
    kept = []
    for each in before:
        if said & set(each.options):
            continue
        moved = _moved(each, place, held) if place else None
        kept.append(moved or each)
        if moved:
            found = [other for other in found if other is not place]
    return (*kept, *found)


def _moved(thing: Entity, place: Entity, held: Held) -> Entity | None:
    """The same agency or park of another place; None for other things, and where there is none."""
    code = place.options["region"][0]
    if agency := thing.options.get("agency"):
        region = held.agencies.get(agency[0], (None, None))[1]
        body = thing.body or (Body((agency[0].removeprefix(region_prefix(region)),)) if region else None)
        id_ = settle(replace(body, mark=""), code, held) if body else None
        return replace(thing, said=id_, options={"agency": (id_,)}) if id_ else None
    if park := thing.options.get("park"):
        length = next((length for length, _ in regions().prefixes(park[0])), 0)
        name = of_kind(thing.form or (park[0][length:],), code, held)
        return replace(thing, said=name, options={"park": (name,)}) if name else None
    return None
