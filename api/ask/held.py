"""What the graph holds by name: read once for a revision, so that a question takes milliseconds."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from api.ask.names import Names
from graph.names import number_key, title_key
from graph.store import Reader
from ingest.agency_names import region_prefix
from ingest.regions import regions

_DONE = re.compile(
    "^(?:新增(?:布局)?|新开工|引进|培养(?:引进|培训)?|培训|申报|设立|创建|实现|完成|安排|输送|遴选|达到)"
)
GRAM = 4  # characters of a title by which it is found


@dataclass
class Held:
    """Names of the graph. Empty, it serves to read a question by the tables alone."""

    regions: frozenset[str] = frozenset()  # those that policies apply in, and those above and below that are nodes
    policies_in: dict[str, int] = field(default_factory=dict)  # code → policies there and inside
    agencies: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)  # id → (function, region)
    agency_names: Names = field(default_factory=Names)  # full and short names → id
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)  # name without place → region → id
    parks: dict[str, str] = field(default_factory=dict)  # name or alias → id
    park_names: Names = field(default_factory=Names)
    park_places: dict[str, str] = field(default_factory=dict)  # id → region
    industries: dict[str, str] = field(default_factory=dict)
    industry_names: Names = field(default_factory=Names)
    indicators: frozenset[str] = frozenset()
    metrics: Names = field(default_factory=Names)
    numbers: dict[str, str] = field(default_factory=dict)  # number_key → id
    titles: dict[str, str] = field(default_factory=dict)  # folded title → id
    grams: dict[str, set[str]] = field(default_factory=dict)  # characters of a title → folded titles
    policy_names: dict[str, str] = field(default_factory=dict)  # id → title
    policy_places: list[tuple[str, str]] = field(default_factory=list)  # region → policy that is held and applies there


def read_held(reader: Reader) -> Held:
    """The names of a graph. Raises StoreError."""
    held = Held()
    _regions(reader, held)
    _agencies(reader, held)
    _parks(reader, held)
    _industries(reader, held)
    _targets(reader, held)
    _policies(reader, held)
    return held


def folded(title: str | None) -> str:
    """A title without what does not tell it from others (``graph.names.title_key``); empty for none."""
    return (title_key(title) or "").partition(":")[2]


def _regions(reader: Reader, held: Held) -> None:
    nodes = {str(row["id"]) for row in reader.read("MATCH (n:Region) RETURN n.id AS id")}
    counted: dict[str, int] = defaultdict(int)
    query = "MATCH (p:Policy)-[:APPLIES_IN]->(g:Region) WHERE p.held RETURN DISTINCT g.id AS id, p.id AS policy ORDER BY id, policy"
    for row in reader.read(query):
        held.policy_places.append((row["id"], row["policy"]))
        for code in (row["id"], *(above.code for above in regions().ancestors(row["id"]))):
            counted[code] += 1
    held.regions, held.policies_in = frozenset(nodes), dict(counted)


def _agencies(reader: Reader, held: Held) -> None:
    query = "MATCH (n:Agency) RETURN n.id AS id, n.short_name AS short, n.function AS function, n.region AS region ORDER BY id"
    for row in reader.read(query):
        held.agencies[row["id"]] = row["function"], row["region"]
        code = row["region"] if regions().get(row["region"]) else None
        for name in filter(None, (row["id"], row["short"])):
            if len(name) > 3:
                held.agency_names.add(name, row["id"])
            prefix = region_prefix(code) if code else ""
            if code and name.startswith(prefix) and len(name) > len(prefix) + 1:
                held.bodies.setdefault(name[len(prefix) :], {}).setdefault(code, row["id"])


def _parks(reader: Reader, held: Held) -> None:
    for row in reader.read("MATCH (n:Park) RETURN n.id AS id, n.aliases AS aliases, n.region AS region ORDER BY id"):
        if regions().get(row["region"]):
            held.park_places[row["id"]] = row["region"]
        for name in (row["id"], *(row["aliases"] or ())):
            place = any(length < len(name) for length, _ in regions().prefixes(name))
            if name == row["id"] or place:  # 高新区 alone is an alias in its own document only
                held.parks.setdefault(name, row["id"])
                held.park_names.add(name, row["id"])


def _industries(reader: Reader, held: Held) -> None:
    for row in reader.read("MATCH (n:Industry) RETURN n.id AS id, n.aliases AS aliases ORDER BY id"):
        for name in (row["id"], *(row["aliases"] or ())):
            held.industries.setdefault(name, row["id"])
            held.industry_names.add(name, row["id"])


def _targets(reader: Reader, held: Held) -> None:
    rows = reader.read("MATCH (n:Target) RETURN DISTINCT n.indicator AS indicator, n.metric AS metric")
    held.indicators = frozenset(name for row in rows for name in (row["indicator"], row["metric"]) if name)
    for row in rows:
        if row["metric"] and len(row["metric"]) > 4:
            held.metrics.add(row["metric"], row["indicator"] or row["metric"])
            bare = _DONE.sub("", row["metric"])
            if not row["indicator"] and len(bare) > 3:
                held.metrics.add(bare, bare)  # a target is found by words of its metric: 引进博士研究生 by 博士研究生


def _policies(reader: Reader, held: Held) -> None:
    for row in reader.read(
        "MATCH (n:Policy) RETURN n.id AS id, n.title AS title, n.doc_number AS number ORDER BY n.held DESC, id"
    ):
        held.policy_names[row["id"]] = row["title"] or row["id"]
        if number := number_key(row["number"]):
            held.numbers.setdefault(number, row["id"])
        title = folded(row["title"])
        if len(title) >= GRAM:
            held.titles.setdefault(title, row["id"])
            for at in range(len(title) - GRAM + 1):
                held.grams.setdefault(title[at : at + GRAM], set()).add(title)
