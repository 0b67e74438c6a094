"""Individual parks that a document names, under one official name each (GUIDELINE: Parks)."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from ingest.header import Header
from ingest.park_lists import elided
from ingest.park_mentions import Mention, find, within
from ingest.park_settle import settle
from ingest.park_table import Level, kind_of, known
from ingest.records import Park
from ingest.view import View


def mentions_of(view: View, header: Header) -> list[Mention]:
    """Every mention of an individual park, settled, in order; what is only planned is left out."""
    found = find(view.text, header.region)
    found = elided(view.text, found, header.region)
    settle(view.text, found, header.region, own_park(header))
    return [mention for mention in found if mention.name is not None and not mention.planned]


def own_park(header: Header) -> Mention | None:
    """The park whose own document this is: one that an issuer's name holds."""
    for issuer in header.policy.issuers:
        named = find(issuer, header.region)
        settle(issuer, named, header.region, None)
        for mention in named:
            if mention.name:
                return mention
    return None


def parks_of(view: View, header: Header, mentions: list[Mention]) -> list[Park]:
    """One record for each park, in order of first mention, with the ways it is written."""
    rows: dict[str, list[Mention]] = {}
    for mention in mentions:
        rows.setdefault(mention.name or "", []).append(mention)
    return [park(view, header, name, places) for name, places in rows.items()]


def park(view: View, header: Header, name: str, places: list[Mention]) -> Park:
    """The record of one park."""
    written = dict.fromkeys("".join(view.written(item.start, item.end).split()) for item in places)
    park_class, level = class_of(name, places[0])
    first = places[0]
    return Park(
        name=name,
        mentions=tuple(written),
        park_class=park_class,
        level=level,
        region=region_of(name, first, header),
        evidence=view.span(first.start, first.end),
    )


def class_of(name: str, mention: Mention) -> tuple[str, Level | None]:
    """Class and level: from the national list, else from the kind."""
    if name in known():
        return known()[name].park_class, "national"
    ending = kind_of(name)
    kind = mention.kind if mention.part or ending is None else ending[1]
    if kind.level == "province":
        return f"省级{kind.park_class}", "province"
    return kind.park_class, kind.level


def region_of(name: str, mention: Mention, header: Header) -> str | None:
    """Code of the park's region: the one in its name, else the list's, else the document's where that is a city or county."""
    if mention.region:
        return mention.region
    if name in known():
        return known()[name].region
    if mention.whole is not None:
        return region_of(mention.whole.name or "", mention.whole, header)
    home = header.region
    return home.code if home and home.level in ("prefecture", "county") else None


def parks_in(mentions: list[Mention], start: int, end: int) -> tuple[str, ...]:
    """Names of the parks that a stretch of the view mentions, in order, each once."""
    return tuple(dict.fromkeys(item.name for item in within(mentions, start, end) if item.name))


def park_at(doc: Doc, text: str) -> str | None:
    """The name of the park that a mention string means in this document; None where it means none.

    In: ``text`` as a target's scope writes it (常德经开区, 市开发区, 高新区).
    """
    header: Header = doc._.header
    bare = "".join(text.split())
    whole_text = doc._.view.text
    for mention in doc._.park_mentions:
        if mention.end - mention.start == len(bare) and whole_text.startswith(bare, mention.start):
            return str(mention.name)
    named = find(bare, header.region)
    settle(bare, named, header.region, None)
    whole = [mention for mention in named if mention.name and mention.start == 0 and mention.end == len(bare)]
    return whole[-1].name if whole else None


@Language.component("parks", requires=["doc._.header"], assigns=["doc._.park_mentions", "doc._.parks"])
def parks(doc: Doc) -> Doc:
    """Set the mentions of parks and the parks."""
    doc._.park_mentions = mentions_of(doc._.view, doc._.header)
    doc._.parks = parks_of(doc._.view, doc._.header, doc._.park_mentions)
    return doc
