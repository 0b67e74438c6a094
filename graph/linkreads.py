"""Reads what the linking of policies needs: the links that are stored, who cites what, and facts of policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from graph.claims import parse
from graph.delta import Node, Props
from graph.links import LINK_CATEGORY, Facts, Link
from graph.names import number_key
from graph.schema import CITED, EDGE_TYPES, LINK_TYPES, PLACE, returned
from graph.store import Reader, Row, from_each, read_many

_LINK = returned("r", (*CITED, *PLACE))
_FACTS = (
    "p.id AS id, p.title AS title, p.doc_number AS doc_number, p.region_code AS region_code, p.status AS status, "
    "p.issued_on AS issued_on, p.published_on AS published_on, p.effective_on AS effective_on, "
    f"p.in_force_from AS in_force_from, p.issuers AS issuers, p.subjects AS subjects, p.override AS override, {returned('p', PLACE)}"
)
_NOWHERE: Props = {"document": "", "start": 0, "end": 0, "quote": ""}  # of a policy that is only cited


def citing(store: Reader, keys: Iterable[str]) -> set[str]:
    """The policies that cite by one of ``keys``."""
    query = from_each("k:Key", "(p:Policy)-[:CITED_AS]->(k)", "p") + "RETURN DISTINCT p.id AS id"
    return {row["id"] for row in read_many(store, query, keys)}


def known(store: Reader, keys: Iterable[str]) -> list[tuple[str, str]]:
    """(key, policy) for the held policies that are known by one of ``keys``."""
    query = from_each("k:Key", "(p:Policy)-[:KNOWN_AS]->(k)", "p") + "RETURN k.id AS key, p.id AS id"
    return [(row["key"], row["id"]) for row in read_many(store, query, keys)]


def links_of(store: Reader, policies: Iterable[str]) -> list[Link]:
    """Every link of ``policies`` that is stored, held back ones (with their problem) included."""
    wanted = sorted(set(policies))
    links = []
    for relation, kind in LINK_TYPES.items():
        own = [prop for prop in EDGE_TYPES[kind].props if prop.name in ("extent", "basis")]
        more = f", {returned('r', own)}" if own else ""
        query = from_each("p:Policy", f"(p)-[r:{kind}]->(t:Policy)", "t") + "RETURN p.id AS source, t.id AS target, "
        for row in read_many(store, f"{query}{_LINK}{more}", wanted):
            links.append(Link(**{"relation": relation, "extent": "whole", "basis": "stated", **row}))
    noted = "(p)-[:STATED_IN]->(:Document)<-[:NOTED_IN]-(r:Unresolved)"
    query = from_each("p:Policy", noted, "r") + (
        f"AND r.category = '{LINK_CATEGORY}' RETURN p.id AS source, r.relation AS relation, r.extent AS extent, "
        f"r.basis AS basis, r.target AS target, r.reason AS problem, {_LINK}"
    )
    return links + [Link(**row) for row in read_many(store, query, wanted)]


def inferred_into(store: Reader, policies: Iterable[str]) -> list[Link]:
    """The inferred supersessions of ``policies``."""
    query = from_each("p:Policy", "(s:Policy)-[r:SUPERSEDES]->(p)", "s") + (
        f"AND r.basis = 'inferred' RETURN s.id AS source, p.id AS target, r.extent AS extent, r.basis AS basis, {_LINK}"
    )
    return [Link(**{"relation": "supersedes", **row}) for row in read_many(store, query, policies)]


def facts_of(store: Reader, policies: Iterable[str]) -> dict[str, Facts]:
    """Facts of the held ones of ``policies``."""
    query = "UNWIND $ids AS i MATCH (p:Policy {id: i}) WHERE p.held "
    query += f"OPTIONAL MATCH (p)-[:APPLIES_IN]->(r:Region) RETURN {_FACTS}, r.name AS place, r.ancestors AS within"
    return {row["id"]: make_facts(row, row["place"], row["within"]) for row in read_many(store, query, policies)}


def in_region(store: Reader, codes: Iterable[str], *, all_of_them: bool) -> set[str]:
    """The held policies of exactly these regions; all, or only those that override others."""
    where = "" if all_of_them else "AND p.override IS NOT NULL "
    query = from_each("r:Region", "(p:Policy)-[:APPLIES_IN]->(r)", "p") + f"{where}RETURN p.id AS id"
    return {row["id"] for row in read_many(store, query, codes)}


def drafts_known(store: Reader, keys: Iterable[str]) -> set[str]:
    """The held drafts that are known by one of ``keys``."""
    query = from_each("k:Key", "(p:Policy)-[:KNOWN_AS]->(k)", "p") + "AND p.status = 'draft' "
    return {row["id"] for row in read_many(store, query + "RETURN DISTINCT p.id AS id", keys)}


def ties(store: Reader, titles: Iterable[str]) -> dict[str, Counter[str]]:
    """By title key, the numbers that citations give it, and how many policies do so."""
    query = from_each("t:Key", "(t)-[r:TIED_TO]->(n:Key)", "n")
    query += "RETURN t.id AS title, n.id AS number, r.claims AS claims"
    found: dict[str, Counter[str]] = {}
    for row in read_many(store, query, titles):
        found.setdefault(row["title"], Counter())[row["number"]] = sum(parse(row["claims"]).values())
    return found


def stored_policies(store: Reader, policies: Iterable[str]) -> dict[str, Props]:
    """All properties of the policies that are in the store, held or only cited."""
    query = "UNWIND $ids AS i MATCH (p:Policy {id: i}) RETURN p.id AS id, properties(p) AS props"
    return {row["id"]: row["props"] for row in read_many(store, query, policies)}


def replacing(store: Reader, policies: Iterable[str]) -> list[Row]:
    """The whole supersessions of ``policies``: key of the edge, source and its dates and status."""
    query = from_each("t:Policy", "(p:Policy)-[r:SUPERSEDES]->(t)", "p") + (
        f"AND r.extent = 'whole' RETURN t.id AS target, r.key AS key, {_FACTS}"
    )
    return read_many(store, query, policies)


def facts_of_row(policy: Node, region: Node | None) -> Facts:
    """Facts of a policy that is about to be loaded, with the node of its region."""
    place = region.props if region else {}
    return make_facts({"id": policy.ref.id, **policy.props}, place.get("name"), place.get("ancestors"))


def make_facts(row: Row, place: str | None, within: list[str] | None) -> Facts:
    """Facts from a row of policy properties."""
    on = row.get("issued_on") or row.get("published_on") or row.get("effective_on") or row.get("in_force_from")
    names: list[str] = [place, place[:-1]] if place and len(place) > 2 else [place] if place else []
    code: Any = row.get("region_code")
    return Facts(
        id=row["id"],
        title=row.get("title"),
        number=number_key(row.get("doc_number")),
        region=code,
        region_names=tuple(names),
        within=tuple(within or ([code] if code else [])),
        status=row.get("status"),
        on=on,
        since=row.get("in_force_from") or on,
        issuers=tuple(row.get("issuers") or ()),
        subjects=tuple(row.get("subjects") or ()),
        override=row.get("override"),
        **_NOWHERE | {prop.name: row[prop.name] for prop in PLACE if row.get(prop.name) is not None},
    )
