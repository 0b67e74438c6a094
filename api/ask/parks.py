"""Parks in a question: as documents name them, by the graph's names, or by a kind beside a place."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from api.ask.held import Held
from api.ask.names import Names
from api.ask.span import Span, span
from api.ask.tables import names_table
from ingest.park_mentions import find
from ingest.park_official import official
from ingest.park_settle import settle
from ingest.park_table import kinds, known
from ingest.regions import regions


def park_spans(text: str, held: Held) -> Iterator[Span]:
    """``park`` with a name, known to the graph or by the tables, and ``kind`` with the forms that a place completes."""
    for start, end, ids in held.park_names.find(text):
        yield from (span(start, end, "park", each) for each in ids)
    for start, end, names in _own_names().find(text):
        yield from (span(start, end, "park", held.parks[name]) for name in names if name in held.parks)
    mentions = find(text, None)
    settle(text, mentions, None, None)
    for mention in mentions:
        if mention.name and mention.reading.status == "named" and (mention.name in held.parks or _sure(mention.name)):
            yield span(mention.start, mention.end, "park", held.parks.get(mention.name, mention.name))
    for start, end, _ in _called().find(text):
        yield span(start, end, "concept", "park")
    for start, end, found in _kinds().find(text):
        if not text[:end].endswith("s"):  # several of a kind
            yield from (span(start, end, "kind", forms) for forms in found)


def _sure(name: str) -> bool:
    """Whether a name is that of a park by the list, or by a place and a kind that the state approves."""
    kind = next((kinds()[name[cut:]] for cut in range(len(name)) if name[cut:] in kinds()), None)
    placed = any(region.level != "country" for _, found in regions().prefixes(name) for region in found)
    return name in known() or bool(kind and kind.established and placed)


def of_kind(forms: tuple[str, ...], code: str, held: Held) -> str | None:
    """The park of one of these kinds that a place has; None where it is not known to have one."""
    region = regions()[code]
    for form in forms:
        for place in (regions().short_name(code), region.name):
            for name in (
                (place + form, official(place, len(place), form, region, "")) if form in kinds() else (place + form,)
            ):
                if name in held.parks:
                    return held.parks[name]
                if name in known():
                    return known()[name].name
    return None


def all_of_kind(forms: tuple[str, ...], held: Held) -> tuple[str, ...]:
    """The parks of the graph that go by one of these kinds."""
    return tuple(sorted({park for name, park in held.parks.items() if any(form in name for form in forms)}))


@cache
def _called() -> Names:
    """What parks are called, of whatever kind."""
    found = Names()
    for form in kinds():
        found.add(form, form)
    return found


@cache
def _own_names() -> Names:
    found = Names()
    for row in names_table()["park_names"]:
        for name in row["en"]:
            found.add(name, row["zh"])
    return found


@cache
def _kinds() -> Names:
    found = Names()
    for form, kind in kinds().items():
        if kind.bare:
            found.add(form, (form,))
    for row in names_table()["parks"]:
        for name in (*row.get("also", ()), *row["en"]):
            found.add(name, tuple(row["zh"]))
    return found
