"""Files in, records out: the spaCy pipeline, and its run over many files with several workers."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language

from ingest import citations, division, duties, header, industries, layout, parks, structure, targets, tasks, themes  # noqa: F401 - they register components
from ingest.assemble import record_of
from ingest.extensions import LineTokenizer
from ingest.read import HAN_RUN, ReadError, read_document
from ingest.records import Document, Record

COMPONENTS = (
    "structure",
    "layout",
    "body",
    "header",
    "duties",
    "division",
    "tasks",
    "themes",
    "citations",
    "parks",
    "industries",
    "targets",
)
SUFFIXES = (".txt",)
CHINESE_SHARE = 0.2  # of all characters, below which a text is no Chinese document


class PathError(Exception):
    """A path that is given and not there. The message is one line."""


class Outcome(NamedTuple):
    """What came of one file: a record, or the problem in one line."""

    path: Path
    source: str
    record: Record | None
    problem: str | None


@cache
def pipeline() -> Language:
    """The components in order, on a blank Chinese model; built once."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = LineTokenizer(nlp.vocab)
    nlp.max_length = 60_000_000
    nlp.vocab.lex_attr_getters = {}  # type: ignore[attr-defined]  # patterns look at the text, not at the shapes of words
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def chinese(text: str) -> bool:
    """Whether enough of a text is Chinese. It is read up to where that is sure."""
    enough = max(20.0, CHINESE_SHARE * len("".join(text.split())))
    return any(han >= enough for han in accumulate(run.end() - run.start() for run in HAN_RUN.finditer(text)))


def extract(document: Document) -> Record:
    """Everything that one document says. Raises ReadError for a text that is no policy document."""
    if not chinese(document.text):
        raise ReadError("not a Chinese document")
    nlp = pipeline()
    with nlp.memory_zone():  # frees the strings of this document afterwards
        doc = nlp(document.text)
        record = record_of(document, doc)
        numbered = bool(doc._.items)
    if not (record.policy.title or record.policy.doc_number or numbered):
        raise ReadError("no policy document: it has no title, no number and no numbered items")
    return record


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Files to read with their names: those given, and the text files beneath given folders, in order of name.

    Raises PathError for a path that is not there.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
            for file in inside:
                found.setdefault(file, file.relative_to(path).as_posix())
        elif path.exists():
            found.setdefault(path, path.name)
        else:
            raise PathError(f"{path}: no such file or folder")
    return list(found.items())


def extract_file(file: tuple[Path, str]) -> Outcome:
    """Read and extract one file; a problem is told, not raised."""
    path, source = file
    try:
        return Outcome(path, source, extract(read_document(path, source)), None)
    except ReadError as error:
        return Outcome(path, source, None, str(error))


def _leave_interrupts() -> None:
    """In a worker: Ctrl-C is for the parent, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def extract_many(files: Sequence[tuple[Path, str]], workers: int = 1) -> Iterator[Outcome]:
    """Outcomes in the order of ``files``; the same whatever the number of workers."""
    if workers <= 1 or len(files) < 2:
        yield from map(extract_file, files)
        return
    with ProcessPoolExecutor(min(workers, len(files)), initializer=_leave_interrupts) as pool:
        yield from pool.map(extract_file, files, chunksize=max(1, min(16, len(files) // (4 * workers))))
