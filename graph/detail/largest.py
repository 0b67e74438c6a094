"""The things that the graph says most of: what is offered before anything is typed."""

from __future__ import annotations

from graph.store import Reader

_SIZES = {
    "Agency": "COUNT { MATCH (n)-[:RESPONSIBLE_FOR]->(:Task) }",
    "Park": "COUNT { MATCH (:Policy)-[:MENTIONS]->(n) }",
    "Industry": "COUNT { MATCH (:Task)-[:PROMOTES]->(n) } + COUNT { MATCH (:Park)-[:DEVELOPS]->(n) }",
    "Policy": "COUNT { MATCH (n)-[:HAS_TASK]->(:Task) }",
}


def largest(store: Reader, label: str, most: int) -> list[tuple[str, str]]:
    """Id and name of at most ``most`` nodes of ``label``, the largest first; of policies, those that are held."""
    where = "WHERE n.held" if label == "Policy" else ""
    rows = store.read(
        f"MATCH (n:{label}) {where} RETURN n.id AS id, n.name AS name, {_SIZES[label]} AS size "
        "ORDER BY size DESC, id LIMIT $most",
        {"most": most},
    )
    return [(row["id"], row["name"]) for row in rows]
