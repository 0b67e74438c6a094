"""A document in, its record out: the spaCy pipeline, and its run over the documents of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, chain
from pathlib import Path

import spacy
from spacy.language import Language

from ingest import citations, division, duties, genre, header, industries, parks, structure, targets, tasks, themes  # noqa: F401 - they register components
from ingest.assemble import record_of
from ingest.dates import parse_date
from ingest.extensions import WholeTokenizer
from ingest.files import File, Outcome
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


@cache
def pipeline() -> Language:
    """The components in order, on a blank Chinese model; built once."""
    nlp = spacy.blank("zh")
    nlp.tokenizer = WholeTokenizer(nlp.vocab)
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
        made = nlp.make_doc(document.text)
        named = dict(document.metadata)
        made.user_data["published_on"] = parse_date(named.get("PubDate", ""))
        made.user_data["title"] = named.get("ArticleTitle", "")
        doc = nlp(made)
        record = record_of(document, doc)
        numbered = bool(doc._.items)
    said = record.policy.title or record.policy.doc_number or record.policy.genre != "policy"
    if not (said or numbered):
        raise ReadError("no policy document: it has no title, no number and no numbered items")
    return record


def extract_file(file: File) -> Iterator[Outcome]:
    """Read and extract the documents of one file or its bytes, as they come; problems are told, not raised."""
    given, source = file
    path = given if isinstance(given, Path) else Path()
    try:
        for part in read_documents(given, source):
            place = path / part.source[len(source) :].lstrip("/")
            if isinstance(part, Unread):
                yield Outcome(place, part.source, None, part.reason)
            else:
                yield extract_part(place, part)
    except ReadError as error:
        yield Outcome(path, source, None, str(error), cut=True)


def extract_part(path: Path, document: Document) -> Outcome:
    """Extract one document that was read; that it is no policy is told, not raised, and a fault of ours too."""
    try:
        return Outcome(path, document.source, extract(document), None)
    except ReadError as error:
        return Outcome(path, document.source, None, str(error))
    except MemoryError:
        raise
    except Exception as error:  # the other documents of the file go on
        return Outcome(path, document.source, None, f"crashed the reader ({type(error).__name__})")


def extract_many(files: Iterable[File]) -> Iterator[Outcome]:
    """Every outcome in the order of ``files``, in this process: for files that are trusted (``ingest.pool`` for others)."""
    return chain.from_iterable(map(extract_file, files))
