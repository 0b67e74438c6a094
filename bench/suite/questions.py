"""Every canned query, cold and warm, in every graph."""

from __future__ import annotations

from collections.abc import Sequence

from bench.suite.child import call
from bench.suite.figures import Ratio, Row, Section, growth
from bench.suite.subjects import Subject
from bench.suite.watched import CommandError


def measure(subjects: Sequence[Subject], seconds: float) -> Section:
    """Each query with its example's parameters and with the required ones only; one that fails is told."""
    section = Section("questions", "Each question, cold / warm, ms by the clock")
    for subject in subjects:
        about: Row = {"engine": subject.engine, "documents": subject.documents}
        given = {"store": subject.url, "server": subject.server, "seconds": seconds}
        try:
            rows, _ = call("asking", "ask_all", subject.env, **given)
        except CommandError as error:
            section.failures.append(f"{subject.engine}, {subject.documents} documents: {error}")
            continue
        section.rows += [{**about, **row} for row in rows]
    section.failures += failures(section.rows)
    section.failures += disagreements(section.rows)
    for figure in ("cold_ms", "warm_ms"):
        section.ratios += sums(section.rows, figure)
    section.shown = side_by_side(section.rows)
    return section


def failures(rows: Sequence[Row]) -> list[str]:
    """A line for each question that was not answered."""
    return [
        f"{row['query']} ({row['given']}), {row['engine']}, {row['documents']} documents: {row['problem']}"
        for row in rows
        if row.get("problem")
    ]


def disagreements(rows: Sequence[Row]) -> list[str]:
    """A line for each question to which the two engines gave different numbers of rows."""
    found: dict[tuple[str, str, int], dict[str, int]] = {}
    for row in rows:
        if row.get("rows") is not None:
            found.setdefault((row["query"], row["given"], row["documents"]), {})[row["engine"]] = row["rows"]
    return [
        f"{query} ({given}), {documents} documents: rows differ: {', '.join(f'{n} {e}' for e, n in counts.items())}"
        for (query, given, documents), counts in found.items()
        if len(set(counts.values())) > 1
    ]


def side_by_side(rows: Sequence[Row]) -> list[Row]:
    """A row a question and way of asking, a column a graph; the number of rows is that of the last graph."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        line = found.setdefault((row["query"], row["given"]), {"query": row["query"], "given": row["given"]})
        told = "failed" if row.get("problem") else f"{row['cold_ms']:,.0f} / {row['warm_ms']:,.0f}"
        line[f"{row['engine']} {row['documents']:,}"] = told
        line["rows"] = row.get("rows", line.get("rows"))
    return [
        {**{name: value for name, value in line.items() if name != "rows"}, "rows": line["rows"]}
        for line in found.values()
    ]


def sums(rows: Sequence[Row], figure: str) -> list[Ratio]:
    """How the sum of all questions that were answered in every graph grows."""
    graphs = {(row["engine"], row["documents"]) for row in rows}
    answered: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if not row.get("problem"):
            answered.setdefault((row["query"], row["given"]), []).append(row)
    sums: dict[tuple[str, int], float] = {}
    for some in answered.values():
        if len(some) == len(graphs):
            for row in some:
                key = row["engine"], row["documents"]
                sums[key] = sums.get(key, 0.0) + row[figure]
    lines = [
        {"engine": engine, "what": "all questions", "documents": n, figure: ms} for (engine, n), ms in sums.items()
    ]
    return growth(lines, figure, ("engine", "what"))
