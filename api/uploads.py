"""Files that come from elsewhere: the names that they are given, what reading them gave, and where they are said to be."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

from ingest.guideline import to_guideline
from ingest.records import Record

if TYPE_CHECKING:
    from ingest.files import Outcome

NAME_CHARACTERS = 200
COUNTED = ("tasks", "responsibilities", "targets", "parks", "park_industries", "references", "unresolved")


class UploadError(ValueError):
    """What was given cannot be kept as text. The message is one line."""


class Upload(NamedTuple):
    """A file's bytes and the name it goes by. Nothing is ever opened by that name."""

    name: str
    data: bytes

    @classmethod
    def of(cls, name: str | None, data: bytes) -> Self:
        """A file under the name that its sender gave."""
        return cls(label(name or ""), data)

    @classmethod
    def of_text(cls, text: str, name: str | None = None) -> Self:
        """Plain text in place of a file. Raises UploadError for half a surrogate pair, which JSON can hold."""
        try:
            return cls(label(name or "text.txt"), text.encode())
        except UnicodeEncodeError as error:
            raise UploadError("the text holds half a surrogate pair, which is no character") from error


def label(name: str) -> str:
    """A name from outside as one that can be shown and kept: no folders, nothing invisible, 200 characters at most.

    Of a longer one the end is kept, for what a file is called last says what it is.
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(character for character in last if character.isprintable()).strip(" .")
    return shown[-NAME_CHARACTERS:] or "unnamed"


@dataclass(frozen=True)
class FileResult:
    """What came of one document of a job.

    ``outcome``: extracted (and not loaded: a preview, or the job failed), loaded, skipped (``problem`` says why),
    removed, or missing (there was nothing to remove).
    """

    name: str
    sha256: str
    outcome: Literal["extracted", "loaded", "skipped", "removed", "missing"]
    problem: str | None = None
    policy: str | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    packed: bytes = field(default=b"", repr=False)

    @property
    def record(self) -> dict[str, object] | None:
        """The record in the guideline's form."""
        return json.loads(zlib.decompress(self.packed)) if self.packed else None


def results_of(upload: Upload, outcomes: Iterable[Outcome]) -> Iterator[tuple[FileResult, Record | None]]:
    """What reading one upload gave, one result for each document in it, beside its record."""
    for outcome in outcomes:
        record = outcome.record
        if record is None:
            digest = sha256(upload.data).hexdigest()
            yield FileResult(outcome.source, digest, "skipped", outcome.problem), None
        else:
            yield _extracted(record), record


def _extracted(record: Record) -> FileResult:
    counts = {name: len(getattr(record, name)) for name in COUNTED}
    counts |= {"characters": len(record.document.text), "covered": record.covered}
    packed = zlib.compress(json.dumps(to_guideline(record), ensure_ascii=False).encode(errors="surrogatepass"))
    document = record.document
    return FileResult(document.source, document.sha256, "extracted", None, record.policy.id, counts, packed)


def location(record: Record) -> str:
    """Where an uploaded document is said to have been found: ``upload:SHA256/NAME``.

    A location holds one document, and other bytes from there replace it. So the hash is part of it: nobody replaces
    what another one has loaded under the same name, and removing is asked for by hash. So is the name: a document
    that comes under two names keeps both, in whatever order they came, and one that comes again changes nothing.
    """
    return f"upload:{record.document.sha256}/{record.document.source}"
