"""Another system that follows the graph by its feed and believes nothing: every row must fit what it has."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from graph.changes import changes
from graph.store import Store

Name = tuple[str, str]


@dataclass
class Follower:
    """Nodes by kind and id, edges by key; ``next`` is where it asks from."""

    next: str = "0"
    nodes: dict[Name, dict[str, Any]] = field(default_factory=dict)
    edges: dict[str, dict[str, Any]] = field(default_factory=dict)

    def follow(self, store: Store, limit: int = 1000) -> list[dict[str, Any]]:
        """Apply all that is new, in pages of ``limit``, and return the rows."""
        seen = []
        while True:
            page = changes(store, self.next, limit)
            assert len(page.rows) <= limit
            for row in page.rows:
                self.apply(row)
            seen += page.rows
            self.next = page.next
            if not page.more:
                assert (page.next, page.until) == (str(store.revision()), store.revision())
                return seen

    def apply(self, row: dict[str, Any]) -> None:
        if "kind" in row:
            name = row["kind"], row["id"]
            assert (name in self.nodes) == (row["op"] != "added"), row
            if row["op"] == "removed":
                assert name not in {end for edge in self.edges.values() for end in ends(edge)}, row
                del self.nodes[name]
            else:
                assert row["props"] != self.nodes.get(name), row
                self.nodes[name] = row["props"]
            return
        assert (row["key"] in self.edges) == (row["op"] != "added"), row
        if row["op"] == "removed":
            assert ends(self.edges.pop(row["key"])) == ends(row)
            return
        assert self.nodes.keys() >= set(ends(row)), row
        assert row["op"] == "added" or row["props"] != self.edges[row["key"]]["props"], row
        self.edges[row["key"]] = row

    def lines(self) -> list[str]:
        """All that it has, as an export would give it."""
        nodes = sorted((kind, line({"kind": kind, "id": id_, **props})) for (kind, id_), props in self.nodes.items())
        edges = sorted(
            (edge["type"], line({**edge["props"], "key": key, "type": edge["type"],
                                 "from": edge["from"]["id"], "to": edge["to"]["id"]}))
            for key, edge in self.edges.items()
        )  # fmt: skip
        return [text for _, text in (*nodes, *edges)]


def ends(edge: dict[str, Any]) -> tuple[Name, Name]:
    return (edge["from"]["kind"], edge["from"]["id"]), (edge["to"]["kind"], edge["to"]["id"])


def line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False, sort_keys=True)
