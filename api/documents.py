"""Reading documents for a command: which files, their records one by one, and what to say of those that are skipped."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from api.failures import Code, Failure, one_line
from api.files import write_file
from api.keeping.voice import Voice
from api.progress import tracked
from ingest.files import Found, Outcome, PathError, find
from ingest.formats.names import printable
from ingest.guideline import to_guideline
from ingest.pool import Pool
from ingest.records import Record

Files = Sequence[tuple[Path, str]]


def found_in(paths: Sequence[Path]) -> Found:
    """Find the files of ``paths``, folders walked, with names relative to the argument; fail if there are none."""
    try:
        found = find(paths)
    except PathError as error:
        raise Failure(printable(one_line(error)), Code.USAGE) from error
    if not found.files and not found.left:
        raise Failure(f"{printable(', '.join(map(str, paths)))}: no documents found", Code.USAGE)
    return found


def outcomes_of(files: Files, pool: Pool, doing: str) -> Iterator[list[Outcome]]:
    """What came of each file, in their order, with a progress bar. Raises WorkerError."""
    return tracked(pool.read_each(files), len(files), doing)


def say_problems(outcomes: Iterable[Outcome], voice: Voice) -> None:
    """Say what was skipped, and why."""
    for outcome in outcomes:
        if outcome.record is None:
            voice.problem(outcome.path, outcome.problem)


def output_names(files: Files) -> dict[str, PurePath]:
    """Give each source its ``NAME.json``; fail, before anything is written, where two inputs would share one.

    Files that differ in their suffix alone keep it: ``plan.docx.json`` and ``plan.pdf.json``.
    """
    sources = Counter(PurePath(source).with_suffix(".json") for source in {source for _, source in files})
    owners: dict[PurePath, Path] = {}
    names = {}
    for path, source in files:
        name = PurePath(source).with_suffix(".json")
        name = name if sources[name] == 1 else PurePath(f"{source}.json")
        if owners.get(name, path) != path:
            raise Failure(f"{path}: would write the same {name} as {owners[name]}", Code.USAGE)
        owners[name] = path
        names[source] = name
    return names


def output_name(names: dict[str, PurePath], source: str) -> PurePath:
    """The ``NAME.json`` of a source; a document inside a file is written to a folder of the file's name."""
    return names.get(source) or PurePath(f"{source}.json")


def write_record(record: Record, target: Path) -> None:
    """Write the guideline's form of ``record`` to ``target``, whole or not at all."""
    write_file(target, [json.dumps(to_guideline(record), ensure_ascii=False, indent=2), "\n"])
