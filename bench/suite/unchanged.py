"""``parkgraph ingest`` of a folder that has not changed since it was ingested, beside the first time."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.suite.figures import Row, Section, ratio
from bench.suite.subjects import Subject
from bench.suite.watched import PARKGRAPH, SKIPPED, CommandError, watch


def measure(subjects: Sequence[Subject]) -> Section:
    """The command as a whole, its start included; the first time only where the store was made here."""
    section = Section("unchanged", "Ingesting a folder again that has not changed (the whole command)")
    for subject in subjects:
        about: Row = {"engine": subject.engine, "documents": subject.documents}
        if not subject.paths:
            section.notes.append(f"{_name(subject)}: not ingested again, its folder was not given (--folder)")
            continue
        if subject.built:
            section.rows.append({**about, "what": "first time", **subject.built})
        try:
            section.rows.append({**about, "what": "again", **again(subject)})
        except CommandError as error:
            section.failures.append(f"{_name(subject)}: {error}")
            continue
        if subject.built:
            for figure in ("cpu_s", "wall_s"):
                what = f"{_name(subject)}: {figure} of again to the first time"
                section.ratios += ratio(what, section.rows[-1][figure], subject.built[figure])
    return section


def again(subject: Subject) -> Row:
    """What the command takes. Raises CommandError where it found that something had changed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        paths = [*map(str, subject.paths), "--store", subject.url, "--report", str(report)]
        done = watch([*PARKGRAPH, "ingest", *paths], subject.env, fine=(0, SKIPPED))
        counts = json.loads(report.read_text("utf-8"))["counts"]
    check(counts)
    return done.figures


def check(counts: Row) -> None:
    """Raise CommandError unless every file was found unchanged, or is one that is never loaded."""
    others = {what: count for what, count in counts.items() if what not in ("unchanged", "skipped")}
    if others or not counts.get("unchanged"):
        told = ", ".join(f"{count} {what}" for what, count in others.items()) or "nothing unchanged"
        raise CommandError(f"the folder is not the one that it holds: {told}")


def _name(subject: Subject) -> str:
    return f"{subject.engine}, {subject.documents:,} documents"
