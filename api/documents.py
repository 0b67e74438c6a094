"""Reading documents for a command: which files, their records one by one, and what to say of those that are skipped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from api.failures import Code, Failure, one_line, warn
from api.files import write_file
from api.progress import tracked
from ingest.guideline import to_guideline
from ingest.pipeline import PathError, extract_many, find_files
from ingest.records import Record

Files = Sequence[tuple[Path, str]]


def files_in(paths: Sequence[Path]) -> Files:
    """List the files of ``paths``, folders walked, with names relative to the argument; fail if there are none."""
    try:
        files = find_files(paths)
    except PathError as error:
        raise Failure(one_line(error), Code.USAGE) from error
    if not files:
        raise Failure(f"{', '.join(map(str, paths))}: no documents found", Code.USAGE)
    return files


def records_of(files: Files, workers: int, doing: str) -> Iterator[tuple[Path, str, Record]]:
    """Yield (file, source name, record) for each file that is a policy; say of each other one why it is skipped."""
    for outcome in tracked(extract_many(files, workers), len(files), doing):
        if outcome.record is None:
            warn(f"{outcome.path}: {outcome.problem}")
        else:
            yield outcome.path, outcome.source, outcome.record


def output_names(files: Files) -> dict[str, PurePath]:
    """Give each source its ``NAME.json``; fail, before anything is written, where two inputs would share one."""
    owners: dict[PurePath, Path] = {}
    for path, source in files:
        name = PurePath(source).with_suffix(".json")
        if owners.get(name, path) != path:
            raise Failure(f"{path}: would write the same {name} as {owners[name]}", Code.USAGE)
        owners[name] = path
    return {source: PurePath(source).with_suffix(".json") for _, source in files}


def write_record(record: Record, target: Path) -> None:
    """Write the guideline's form of ``record`` to ``target``, whole or not at all."""
    write_file(target, [json.dumps(to_guideline(record), ensure_ascii=False, indent=2), "\n"])
