"""Lists of industries: split into names, each cleaned, checked and brought to its table name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.tables import load_yaml

SEPARATOR = re.compile(r"[、/]|以及|及(?!其|零部件|配套|关键|深加工|精深加工|应用|相关|后服务)|和(?!谐)|或")
BRACKETS = re.compile(r"\([^()]*\)?|“|”")
ENDS = ("产业集群", "产业链", "产业", "行业", "集群", "等")
LEAD = re.compile(
    r"^(?:以及|和|及|与|等|现有|做大做强|做强|做大|重点|特色|大力|积极|新型(?=.{2,}产业)|[一二三四五六七八九十两]大)+"
)
SHAPE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9+\-·]{2,16}$")


@dataclass(frozen=True, slots=True)
class Industry:
    """One industry of a list: its name in the graph, and its extent in the view."""

    name: str
    start: int
    end: int
    listed: bool  # a word of the table vouches for it


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """The compiled patterns of ``industries.yml``."""
    table = load_yaml("industries.yml")
    return {
        "verb": re.compile(table["verbs"]),
        "end": re.compile(table["ends"]),
        "end_hint": re.compile(table["ends_hint"]),
        "frame": re.compile(
            "|".join(re.sub("<list>", f"<list{n}>", row["pattern"]) for n, row in enumerate(table["frames"]))
        ),
        "word": re.compile("|".join(table["words"])),
        "ends_so": re.compile(f"(?:{'|'.join(sorted(table['words'], key=len, reverse=True))})$"),
        "sure_verb": re.compile(table["sure_verbs"]),
        "sure_end": re.compile(table["sure_ends"]),
        "sure_frame": re.compile(table["sure_frames"]),
        "not_inside": re.compile(table["not_inside"]),
        "not_subject": re.compile(table["not_subject"]),
        "whole": re.compile("|".join(sorted(table["whole"], key=len, reverse=True))),
    }


@cache
def names() -> dict[str, str]:
    """Every synonym → the name that is kept."""
    return {
        said: row["name"] for row in load_yaml("industries.yml")["names"] for said in (row["name"], *row["synonyms"])
    }


@cache
def word_sets() -> tuple[frozenset[str], frozenset[str]]:
    """(words that keep 产业 at their end, words that name no industry)."""
    table = load_yaml("industries.yml")
    return frozenset(table["keeps_end"]), frozenset(table["generic"])


def pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Extents of the items of a list; names of the table that hold a separator stay whole."""
    if SEPARATOR.search(text, start, end) is None:
        return [(start, end)] if end > start else []
    cuts, position = [], start
    together = not one_joint(text, start, end)
    whole = [match.span() for match in patterns()["whole"].finditer(text, start, end)]
    for match in SEPARATOR.finditer(text, start, end):
        if any(first <= match.start() < last for first, last in whole) or (together and match[0] == "及"):
            continue
        cuts.append((position, match.start()))
        position = match.end()
    return [(first, last) for first, last in (*cuts, (position, end)) if last > first]


def one_joint(text: str, start: int, end: int) -> bool:
    """Whether 及 joins the last two items of a list (甲、乙及丙), and not two halves of one (汽车及零部件、食品)."""
    joint = text.find("及", start, end)
    last = text.rfind("、", start, end)
    return start <= last < joint and text.count("及", start, end) == 1


def industries(text: str, start: int, end: int, typed: bool) -> list[Industry]:
    """The industries of the list ``text[start:end]``, in order.

    ``typed``: the words around the list say that its items are industries; else each must be one by its own words,
    and a list that holds anything else gives none.
    """
    found = []
    for first, last in pieces(text, start, end):
        item = industry(text, first, last)
        if item is not None and (typed or item.listed):
            found.append(item)
        elif not word_less(text[first:last]):
            return found if found and typed else []
    return found


def word_less(item: str) -> bool:
    """Whether an item only speaks of industries in general (主导产业, 特色产业集群) and may be passed over."""
    bare = item
    for ending in ENDS:
        bare = bare.removesuffix(ending)
    return bare in word_sets()[1] or not bare


def industry(text: str, start: int, end: int) -> Industry | None:
    """One item as an industry; None where it is no name of one."""
    while start < end and text[start].isspace():
        start += 1
    lead = LEAD.match(text[start:end])
    if lead and lead.end() < end - start - 1:
        start += lead.end()
    written = BRACKETS.sub("", text[start:end]).strip()
    name = bare_name(written)
    if not SHAPE.fullmatch(name) or patterns()["not_inside"].search(name) or name in word_sets()[1]:
        return None
    stop = end
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    known = names().get(written) or names().get(name)
    listed = known is not None or name.endswith("业") or patterns()["ends_so"].search(name) is not None
    return Industry(known or name, start, stop, listed)


def bare_name(written: str) -> str:
    """A name without 产业, 集群 and the like at its end, but for names that are none without it (新兴产业)."""
    name = written
    for ending in ENDS:
        stem = name.removesuffix(ending)
        if stem == name:
            continue
        if stem in word_sets()[0] and ending != "等":
            return f"{stem}产业"
        if len(stem) < 2:
            return name
        name = stem
    return name
