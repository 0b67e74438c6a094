"""Files in, records out: the spaCy pipeline, and its run over many files with several workers."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import accumulate, chain
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import spacy
from spacy.language import Language

from ingest import citations, division, duties, header, industries, layout, parks, structure, targets, tasks, themes  # noqa: F401 - they register components
from ingest.assemble import record_of
from ingest.extensions import LineTokenizer
from ingest.formats.names import is_document
from ingest.read import ReadError, Unread, read_documents
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
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
CHINESE_SHARE = 0.2  # of all characters, below which a text is no Chinese document


class PathError(Exception):
    """A path that is given and not there. The message is one line."""


class Outcome(NamedTuple):
    """What came of one file, or of one document in a file: a record, or the problem in one line.

    The path of a document inside a file goes on into it: ``/data/a.zip/b.docx``, whose source is ``a.zip/b.docx``.
    """

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
    """Files to read with their names: those given, and the documents beneath given folders, in order of name.

    A document in a folder is one by its suffix; hidden files and the lock files of office programs are left out.

    Raises PathError for a path that is not there.
    """
    found: dict[Path, str] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*"))
            names = ((file, file.relative_to(path).as_posix()) for file in inside)
            for file, name in names:
                if is_document(PurePosixPath(name)) and file.is_file():
                    found.setdefault(file, name)
        elif path.exists():
            found.setdefault(path, path.name)
        else:
            raise PathError(f"{path}: no such file or folder")
    return list(found.items())


def extract_file(file: tuple[Path, str]) -> list[Outcome]:
    """Read and extract the documents of one file; problems are told, not raised."""
    path, source = file
    outcomes = []
    try:
        for part in read_documents(path, source):
            place = path / part.source[len(source) :].lstrip("/")
            outcomes.append(
                Outcome(place, part.source, None, part.reason)
                if isinstance(part, Unread)
                else extract_part(place, part)
            )
    except ReadError as error:
        outcomes.append(Outcome(path, source, None, str(error)))
    return outcomes


def extract_part(path: Path, document: Document) -> Outcome:
    """Extract one document that was read; that it is no policy is told, not raised."""
    try:
        return Outcome(path, document.source, extract(document), None)
    except ReadError as error:
        return Outcome(path, document.source, None, str(error))


def _leave_interrupts() -> None:
    """In a worker: Ctrl-C is for the parent, which then ends the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def extract_each(files: Sequence[tuple[Path, str]], workers: int = 1) -> Iterator[list[Outcome]]:
    """The outcomes of each file in the order of ``files``; the same whatever the number of workers."""
    if workers <= 1 or len(files) < 2:
        yield from map(extract_file, files)
        return
    with ProcessPoolExecutor(min(workers, len(files)), initializer=_leave_interrupts) as pool:
        yield from pool.map(extract_file, files, chunksize=max(1, min(16, len(files) // (4 * workers))))


def extract_many(files: Sequence[tuple[Path, str]], workers: int = 1) -> Iterator[Outcome]:
    """Every outcome, one after the other, in the order of ``files`` and of what is in them."""
    return chain.from_iterable(extract_each(files, workers))
