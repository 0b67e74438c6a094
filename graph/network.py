"""The network of agencies that are responsible for the same tasks: who is central, and who belongs together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any, TypeAlias

import networkx as nx

from graph.analysis import to_networkx
from graph.regions import full_name
from graph.store import Reader, Row

Graph: TypeAlias = "nx.Graph[str]"
_DAMPING, _TOLERANCE, _ROUNDS = 0.85, 1e-12, 1000
_DIGITS = 6  # as many as are the same on every machine


def co_responsibility(store: Reader, region: str | None = None, *, collective: bool = False) -> Graph:
    """Agencies with at least one task, as an undirected graph; ``weight`` counts the tasks that two have in common.

    ``tasks`` of a node counts its tasks, in whatever role. ``region`` leaves only tasks of policies of that region.
    Collective bodies (各县区人民政府) stand for many and would be the centre of everything: they are left out unless
    ``collective`` asks for them.
    """
    whole = to_networkx(store, ("Agency", "Task"), region)
    owners: dict[str, set[str]] = {}
    for agency, task, row in whole.edges(data=True):
        if row["type"] == "RESPONSIBLE_FOR" and (collective or not whole.nodes[agency].get("collective")):
            owners.setdefault(task, set()).add(agency)
    tasks = Counter(agency for agencies in owners.values() for agency in agencies)
    shared = Counter(pair for agencies in owners.values() for pair in combinations(sorted(agencies), 2))
    graph: Graph = nx.Graph()
    for key in sorted(tasks):
        graph.add_node(key, **whole.nodes[key], tasks=tasks[key])
    for one, other in sorted(shared):
        graph.add_edge(one, other, weight=shared[one, other])
    return graph


def centrality(store: Reader, region: str | None = None, *, collective: bool = False) -> list[Row]:
    """Agencies with their measures, the highest PageRank first.

    ``degree`` is the number of agencies it shares tasks with, ``shared`` the sum of these tasks; ``betweenness`` is
    the share of shortest paths between others that lead through it; ``pagerank`` weighs by shared tasks, with damping
    0.85, and sums to 1. (Eigenvector centrality is 0 outside the largest of unconnected parts, such as cities.)
    """
    graph = co_responsibility(store, region, collective=collective)
    between = nx.betweenness_centrality(graph)
    rank = pagerank(graph)
    rows = [
        {
            "agency": data["id"],
            "region": _region(data),
            "tasks": data["tasks"],
            "degree": graph.degree(key),
            "shared": int(graph.degree(key, weight="weight")),
            "betweenness": round(between[key], _DIGITS),
            "pagerank": round(rank[key], _DIGITS),
        }
        for key, data in graph.nodes(data=True)
    ]
    return sorted(rows, key=lambda row: (-row["pagerank"], -row["shared"], row["agency"]))


def pagerank(graph: Graph) -> dict[str, float]:
    """Weighted PageRank by power iteration; what networkx has needs SciPy."""
    nodes = list(graph)
    rank = dict.fromkeys(nodes, 1 / len(nodes)) if nodes else {}
    strength = {node: graph.degree(node, weight="weight") for node in nodes}
    for _ in range(_ROUNDS):
        alone = sum(rank[node] for node in nodes if not strength[node])
        base = (1 - _DAMPING + _DAMPING * alone) / max(len(nodes), 1)
        after = {
            node: base
            + _DAMPING * sum(rank[other] * data["weight"] / strength[other] for other, data in graph[node].items())
            for node in nodes
        }
        moved = sum(abs(after[node] - rank[node]) for node in nodes)
        rank = after
        if moved < _TOLERANCE:
            break
    return rank


def communities(store: Reader, region: str | None = None, *, collective: bool = False) -> list[Row]:
    """Agencies with the community that each is in: Louvain by shared tasks, the same every time; the largest first."""
    graph = co_responsibility(store, region, collective=collective)
    names = list(graph)
    numbered: nx.Graph[Any] = nx.Graph()  # a set of texts has another order in each process, one of numbers has not
    numbered.add_nodes_from(range(len(names)))
    for one, other, row in graph.edges(data=True):
        numbered.add_edge(names.index(one), names.index(other), weight=row["weight"])
    found: list[set[int]] = nx.community.louvain_communities(numbered, weight="weight", seed=0)
    groups = sorted(
        (sorted(names[number] for number in group) for group in found), key=lambda group: (-len(group), group)
    )
    return [
        {
            "community": number,
            "agency": graph.nodes[key]["id"],
            "region": _region(graph.nodes[key]),
            "tasks": graph.nodes[key]["tasks"],
            "inside": sum(other in group for other in graph[key]),
            "outside": sum(other not in group for other in graph[key]),
        }
        for number, group in enumerate(groups, 1)
        for key in group
    ]


def _region(agency: Row) -> str | None:
    return full_name(agency["region"]) if agency.get("region") else None
