"""What a document says, in the form of the extraction guideline, and where: each row with its ``sentence``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]


@dataclass(slots=True)
class Gold:
    """The rows of one document, as they are written."""

    policy: Row
    tasks: list[Row] = field(default_factory=list)
    green: list[str] | None = field(default_factory=list)  # None: not annotated
    responsibilities: list[Row] = field(default_factory=list)
    targets: list[Row] = field(default_factory=list)
    parks: dict[str, list[str]] = field(default_factory=dict)
    park_industries: list[Row] = field(default_factory=list)
    references: list[Row] = field(default_factory=list)

    def task(self, path: str, title: str, green: bool) -> None:
        """A task; ``green`` where it is about that theme."""
        self.tasks.append({"path": path, "title": title})
        if green and self.green is not None:
            self.green.append(path)

    def park(self, name: str, mention: str) -> None:
        """A park that is named."""
        mentions = self.parks.setdefault(name, [])
        if mention not in mentions:
            mentions.append(mention)

    def reference(self, row: Row) -> None:
        """Another document that is cited; once."""
        if not any(
            row["title"] == other["title"] and row["doc_number"] == other["doc_number"] for other in self.references
        ):
            self.references.append(row)

    def record(self) -> Row:
        """The whole, ready for JSON."""
        return {
            "policy": self.policy,
            "tasks": self.tasks,
            **({} if self.green is None else {"themes": {"green": self.green}}),
            "responsibilities": self.responsibilities,
            "targets": self.targets,
            "parks": [{"name": name, "mentions": mentions} for name, mentions in self.parks.items()],
            "park_industries": self.park_industries,
            "references": self.references,
        }
