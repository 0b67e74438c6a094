"""Links from policy to policy: what a citation says, and which policy it points at given the ones that are held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from graph.delta import Edge, Node, Props, Ref, clean, edge
from graph.names import NUMBER, number_key, title_key
from graph.schema import EDGE_TYPES, LINK_TYPES, PLACE

LINK_CATEGORY = "citation"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """Where in which document something is said; what its format does not have is None."""

    document: str
    start: int
    end: int
    quote: str
    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None

    @property
    def place(self) -> Props:
        """The same as properties of a row."""
        return {prop.name: getattr(self, prop.name) for prop in PLACE}


@dataclass(frozen=True, kw_only=True)
class Link(Placed):
    """A citation or an inferred relation. ``problem`` says why it is not loaded as an edge."""

    source: str
    relation: str
    extent: str
    basis: str
    cited_title: str | None
    cited_number: str | None
    target: str | None = None
    problem: str | None = None

    @property
    def number(self) -> str | None:
        """Normalised number cited."""
        return number_key(self.cited_number)

    @property
    def title(self) -> str | None:
        """Normalised title cited."""
        return title_key(self.cited_title)

    @property
    def keys(self) -> list[str]:
        """What it cites by: number and title, those that it has."""
        return [key for key in (self.number, self.title) if key]

    @property
    def tie(self) -> tuple[str, str] | None:
        """(title, number) where it cites by both: others that cite by this title alone follow the number."""
        return (self.title, self.number) if self.title and self.number else None

    @property
    def order(self) -> tuple[str, ...]:
        """A total order."""
        return tuple("" if value is None else f"{value:>12}" for value in asdict(self).values())

    @property
    def supersedes(self) -> bool:
        """Whether it says that its source replaces its target."""
        return self.relation == "supersedes"


@dataclass(frozen=True, kw_only=True)
class Facts(Placed):
    """What the linking needs to know of a held policy."""

    id: str
    title: str | None
    number: str | None  # normalised
    region: str | None  # code
    region_names: tuple[str, ...]  # own name and those of its ancestors' codes are told apart by `within`
    within: tuple[str, ...]  # codes of the region and all that it is part of
    status: str | None
    on: date | None  # when it was issued, as far as is known
    since: date | None  # when it came into force, else `on`
    issuers: tuple[str, ...]
    subjects: tuple[str, ...]
    override: str | None


def resolve(link: Link, held: Mapping[str, list[Facts]], numbers: Mapping[str, str], own: Facts) -> Link:
    """``link`` with its target: a held policy by number, then by title, else the id of a policy only cited.

    ``held`` maps keys to held policies; ``numbers`` maps a title key to the number that citations give it.
    """
    number, title = link.number, link.title
    if number and number == own.number:
        return replace(link, target=None, problem="cites itself")
    found = _best(held.get(number or "", ()), own) or _best(_by_title(link, held, own), own)
    if found:
        return replace(link, target=found.id)
    if title and title == title_key(own.title) and link.relation in ("cites", "based_on"):
        return replace(link, target=None, problem="cites itself")
    if number is None and title:
        number = numbers.get(title)
        found = _best(held.get(number or "", ()), own)
    return replace(link, target=found.id if found else _cited_id(number, title))


def narrowed(link: Link, key: str, candidates: Iterable[Facts], own: Facts) -> list[Facts]:
    """Of the held policies that go by ``key``, the one at most that ``resolve`` could choose: it finds the same by it."""
    found = _by_title(link, {key: list(candidates)}, own) if key == link.title else candidates
    best = _best(found, own)
    return [best] if best else []


def _cited_id(number: str | None, title: str | None) -> str | None:
    return number.removeprefix(NUMBER) if number else title


def _by_title(link: Link, held: Mapping[str, list[Facts]], own: Facts) -> list[Facts]:
    """Held policies of that title: of another number no, and of an unrelated region only if the title names it."""
    return [
        facts
        for facts in held.get(link.title or "", ())
        if facts.id != own.id
        and not (link.number and facts.number and link.number != facts.number)
        and (_related(facts, own) or any(name in (link.cited_title or "") for name in facts.region_names))
    ]


def _related(one: Facts, other: Facts) -> bool:
    if one.region is None or other.region is None:
        return True
    return one.region in other.within or other.region in one.within


def _best(candidates: Iterable[Facts], own: Facts) -> Facts | None:
    """Of the same region first, then the latest not after the citing one, then the smallest id."""

    def rank(facts: Facts) -> tuple[bool, bool, int, str]:
        late = facts.on is None or (own.on is not None and facts.on > own.on)
        return facts.region != own.region, late, -(facts.on.toordinal() if facts.on else 0), facts.id

    return min((each for each in candidates if each.id != own.id), key=rank, default=None)


def too_late(link: Link, source: Facts, target: Facts | None) -> Link:
    """``link``, with a problem when it would replace a policy issued later."""
    if link.supersedes and target and source.on and target.on and target.on > source.on:
        return replace(link, problem=f"supersedes a policy issued later ({target.on})")
    return link


def link_rows(link: Link) -> tuple[list[Node], list[Edge]]:
    """An edge; or, for a link with a problem, an Unresolved node that keeps all it says."""
    cited = {"cited_title": link.cited_title, "cited_number": link.cited_number}
    said: Props = {**cited, "policy": link.source, **link.place}
    if link.problem is None and link.target is not None:
        return [], [_link_edge(link, said)]
    text = link.cited_title or link.cited_number or link.quote
    ref = Ref("Unresolved", f"{link.source}!{link.relation}/{link.start}/{link.basis}/{text}/{link.target or ''}")
    props = {"relation": link.relation, "extent": link.extent, "basis": link.basis, "target": link.target}
    named = {"name": text, "text": text, "category": LINK_CATEGORY, "reason": link.problem or "names no policy"}
    return [Node(ref, clean({**props, **named, **said}))], [edge("NOTED_IN", ref, Ref("Document", link.document))]


def _link_edge(link: Link, said: Props) -> Edge:
    made = {"extent": link.extent, "basis": link.basis}
    own = {prop.name for prop in EDGE_TYPES[LINK_TYPES[link.relation]].props}
    ends = Ref("Policy", link.source), Ref("Policy", link.target or "")
    apart = (link.basis, link.start, link.cited_title, link.cited_number)
    return edge(
        LINK_TYPES[link.relation],
        *ends,
        {**{name: value for name, value in made.items() if name in own}, **said},
        *apart,
    )
