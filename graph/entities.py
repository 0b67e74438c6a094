"""Names that a user types to ids of nodes of the graph: agencies, policies, parks, industries, themes."""

from __future__ import annotations

from difflib import get_close_matches

from graph.errors import UnknownNameError
from graph.names import number_key, title_key
from graph.store import Reader

_NAMES = {
    "agency": (
        "MATCH (n:Agency) OPTIONAL MATCH (n)-[:SERVES]->(g:Region) "
        "RETURN n.id AS id, n.name AS name, n.short_name AS short, g.name AS place, [n.id] AS aliases"
    ),
    "policy": (
        "MATCH (n:Policy) RETURN n.id AS id, n.title AS name, n.doc_number AS short, n.region AS place, "
        "[n.id] AS aliases"
    ),
    "park": "MATCH (n:Park) RETURN n.id AS id, n.name AS name, n.id AS short, n.id AS place, n.aliases AS aliases",
    "industry": (
        "MATCH (n:Industry) RETURN n.id AS id, n.name AS name, n.id AS short, n.id AS place, n.aliases AS aliases"
    ),
    "theme": (
        "MATCH (n:Theme) RETURN n.id AS id, n.name_zh AS name, n.name_en AS short, n.id AS place, [n.id] AS aliases"
    ),
}


def resolve_entity(store: Reader, kind: str, name: str) -> list[str]:
    """The ids of the nodes that go by ``name``: by id, else by exact name, else by a part of the name.

    Raises UnknownNameError when there is none, with the names that come nearest.
    """
    if store.read(f"MATCH (n:{kind.capitalize()} {{id: $id}}) RETURN n.id AS id", {"id": name}):
        return [name]  # looked up; all others are found by reading every name
    names: dict[str, set[str]] = {}
    for row in store.read(_NAMES[kind]):
        forms = {row["id"], row["name"], row["short"], *(row["aliases"] or [])}
        if row["short"] and row["place"]:
            forms.add(f"{row['place']}{row['short']}")
        names[row["id"]] = {_form(kind, form) for form in forms if form}
    wanted = _form(kind, name)
    exact = sorted(id_ for id_, forms in names.items() if wanted in forms)
    found = exact or sorted(id_ for id_, forms in names.items() if wanted and any(wanted in form for form in forms))
    found = found or (_by_mention(store, name) if kind == "agency" else [])
    if found:
        return found
    known = sorted({form for forms in names.values() for form in forms})
    near = get_close_matches(wanted, known, n=5, cutoff=0.4) or known[:12]
    raise UnknownNameError(f"{kind} {name}: not in this graph" + (f"; did you mean {', '.join(near)}?" if near else ""))


def _form(kind: str, text: str) -> str:
    if kind != "policy":
        return text.strip().lower()
    number = number_key(text) if text.endswith("号") else None
    return (number or title_key(text) or text).partition(":")[2] or text


def _by_mention(store: Reader, name: str) -> list[str]:
    """Agencies that some document calls so."""
    query = "MATCH (a:Agency)-[r:RESPONSIBLE_FOR]->(:Task) WHERE r.agency_name = $name OR r.mention = $name "
    return sorted(row["id"] for row in store.read(query + "RETURN DISTINCT a.id AS id", {"name": name}))
