"""The most memory that each measure held, from the rows of the other benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

from bench.suite.figures import Row, Section, growth

AIM = 1.3


def measure(sections: Sequence[Section]) -> Section:
    """The largest ``peak_mb`` of each kind of work in each graph, and how it grows with the graph."""
    made = Section("memory", "Peak memory of a process (VmHWM), and with its workers at one moment")
    found: dict[tuple[str, str, int], Row] = {}
    for section in sections:
        for row in section.rows:
            if row.get("peak_mb") is not None and "engine" in row:
                _take(found, kind_of(section, row), row)
    made.rows = [found[key] for key in sorted(found)]
    for figure in ("peak_mb", "together_mb"):
        made.ratios += growth(made.rows, figure, ("what", "engine"), AIM)
    if any(row["engine"] == "neo4j" for row in made.rows):
        made.notes.append("of Neo4j only the client: how much the server holds is a setting of its own")
    if not made.rows:
        made.notes.append("nothing to compare: it takes its figures from unchanged, changes and questions")
    return made


def kind_of(section: Section, row: Row) -> str:
    """What a row is about; all changes are one process, and of the questions the largest counts."""
    return f"ingest, {row['what']}" if section.name == "unchanged" else section.name


def _take(found: dict[tuple[str, str, int], Row], what: str, row: Row) -> None:
    key = what, row["engine"], row["documents"]
    known = found.setdefault(
        key, {"what": what, "engine": row["engine"], "documents": row["documents"], "peak_mb": 0.0}
    )
    known["peak_mb"] = max(known["peak_mb"], row["peak_mb"])
    if row.get("together_mb") is not None:
        known["together_mb"] = max(known.get("together_mb", 0.0), row["together_mb"])
