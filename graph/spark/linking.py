"""Citations find their policies: each goes to the keys that it cites by, where it meets the policies known by them.

At a key only the policy that ``resolve`` could choose there is taken along, so what a citation carries stays small
however many policies share a title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pydantic import TypeAdapter
from pyspark.sql import DataFrame

from graph.cycles import counts
from graph.drafts import draft_links
from graph.inferred import inferred
from graph.links import Facts, Link, narrowed, resolve, too_late
from graph.names import title_key
from graph.spark.frames import Row, Said, by_key, mapped
from graph.spark.texts import FACTS, LINK


@dataclass(frozen=True)
class Seeker:
    """A citation on its way, the policy that it stands in, and what it has found at the keys that it came to."""

    link: Link
    own: Facts
    held: dict[str, list[Facts]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def ahead(self) -> str | None:
        """The key to go to next: of number, title, and the number that others give with this title; None at the end."""
        link = self.link
        if any(self.held.values()):
            return None
        tied = self.numbers.get(link.title or "") if link.number is None else None
        return next((key for key in (link.number, link.title, tied) if key and key not in self.held), None)

    def at(self, key: str, candidates: list[Facts], number: str | None) -> Seeker:
        """The citation once it has come to a key. ``number`` is the smallest that citations give with this title."""
        numbers = {**self.numbers, key: number} if number else self.numbers
        return replace(self, held={**self.held, key: narrowed(self.link, key, candidates, self.own)}, numbers=numbers)

    def settled(self) -> Link:
        """The citation with its target."""
        found = resolve(self.link, self.held, self.numbers, self.own)
        facts = {each.id: each for some in self.held.values() for each in some}
        return too_late(found, self.own, facts.get(found.target or ""))


SEEKER = TypeAdapter(Seeker)
STEPS = 3  # keys that a citation comes to at most


def stated(links: DataFrame, known: DataFrame, ties: DataFrame) -> DataFrame:
    """Links with their targets. ``known`` has facts by key (``id``), ``ties`` titles (``source``) and numbers (``target``)."""
    given = known.selectExpr("'1 known' AS kind", "row", "of", "id", "source", "target", "body")
    titles = ties.groupBy("source").agg({"target": "min"}).withColumnRenamed("min(target)", "number")
    given = given.union(titles.selectExpr("'2 tie'", "0L", "''", "source", "NULL", "number", "NULL"))
    seekers = mapped(links, _set_out)
    for _ in range(STEPS):
        seekers = by_key(given.union(seekers), "id", _meet, order=["kind"])
    return mapped(seekers, _settle)


def overriding(facts: DataFrame) -> DataFrame:
    """The links of clauses that override earlier policies on the same subject without naming them."""
    topics = mapped(facts, _topics)
    wanted = topics.where("kind = '1 source'").select("id").distinct()
    return by_key(topics.join(wanted, "id", "left_semi").select(topics.columns), "id", _override, order=["kind"])


def drafts(known: DataFrame) -> DataFrame:
    """The links of drafts to what became of them."""
    wanted = known.where("of = 'draft'").select("id").distinct()
    return by_key(known.join(wanted, "id", "left_semi").select(known.columns), "id", _finals)


def _set_out(rows: Iterable[Row]) -> Iterator[Said]:
    for row in rows:
        yield _on_the_way(Seeker(LINK.validate_json(row["body"]), FACTS.validate_json(row["source"])))


def _on_the_way(seeker: Seeker) -> Said:
    """One that is at its end waits where nothing is known."""
    body = SEEKER.dump_json(seeker).decode()
    return Said("3 link", 0, "", seeker.ahead or f"policy:{seeker.link.source}", body=body)


def _meet(rows: Iterable[Row]) -> Iterator[Said]:
    known: list[Facts] = []
    number = None
    for row in rows:
        if row["kind"] == "1 known":
            known.append(FACTS.validate_json(row["body"]))
        elif row["kind"] == "2 tie":
            number = row["target"]
        else:
            seeker = SEEKER.validate_json(row["body"])
            yield _on_the_way(seeker.at(row["id"], known, number) if seeker.ahead else seeker)


def _settle(rows: Iterable[Row]) -> Iterator[Said]:
    for row in rows:
        seeker = SEEKER.validate_json(row["body"])
        yield link_row(seeker.settled(), seeker.own)


def _topics(rows: Iterable[Row]) -> Iterator[Said]:
    for row in rows:
        facts = FACTS.validate_json(row["body"])
        for subject in facts.subjects if facts.region else ():
            for kind in ("1 source", "2 target") if facts.override else ("2 target",):
                yield Said(kind, row["row"], "", f"{facts.region}/{subject}", body=row["body"])


def _override(rows: Iterable[Row]) -> Iterator[Said]:
    sources: list[Facts] = []
    for row in rows:
        facts = FACTS.validate_json(row["body"])
        if row["kind"] == "1 source":
            sources.append(facts)
        else:
            yield from (link_row(link, source) for source in sources for link in inferred(source, facts))


def _finals(rows: Iterable[Row]) -> Iterator[Said]:
    held: list[Facts] = []
    for row in rows:
        held.append(FACTS.validate_json(row["body"]))
        key = row["id"]
    found = {facts.id: facts for facts in held if facts.status == "draft" and title_key(facts.title) == key}
    for link in draft_links(found.values(), {key: held}):
        yield link_row(link, found[link.source])


def link_row(link: Link, source: Facts) -> Said:
    """A link with what its source is; ``of`` tells whether it can be part of a cycle."""
    of = "replaces" if counts(link) else ""
    facts = FACTS.dump_json(source).decode()
    return Said("link", 0, of, link.source, facts, link.target, LINK.dump_json(link).decode())
