"""What a file looked like when it was read: by that it is told from one that has changed since."""

from __future__ import annotations

import hashlib
import stat
import time
from functools import cache
from pathlib import Path
from typing import NamedTuple, Self

from ingest.formats.given import MAX_BYTES
from ingest.tables import lookups_path, table_path


class Look(NamedTuple):
    """A file's size in bytes and when it was changed last (nanoseconds since 1970)."""

    size: int
    modified: int


TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use
NO_LOOK = Look(0, 0)


class Stamp(NamedTuple):
    """A file as it was read: its look, the hash of its bytes, and the edition of the program that read it."""

    look: Look
    sha256: str
    edition: str

    def __str__(self) -> str:
        return f"{self.look.size} {self.look.modified} {self.sha256} {self.edition}"

    @classmethod
    def of(cls, text: str | None) -> Self | None:
        """A stamp as it was written; None for what is none."""
        parts = (text or "").split()
        if len(parts) != 4 or not (parts[0].isdecimal() and parts[1].lstrip("-").isdecimal()):
            return None
        return cls(Look(int(parts[0]), int(parts[1])), parts[2], parts[3])


def look_at(path: Path) -> Look | None:
    """How a file looks; None for one that is not there or no file, or so large that it is not read."""
    try:
        found = path.stat()
    except OSError:
        return None
    fit = stat.S_ISREG(found.st_mode) and found.st_size <= MAX_BYTES
    return Look(found.st_size, found.st_mtime_ns) if fit else None


def stamp_of(path: Path) -> Stamp | None:
    """The stamp of a file as it is now; None where ``look_at`` gives none, or it cannot be read.

    A file that was changed a moment ago can change once more within the same tick of the file system's clock: its stamp
    fits no look, so that its bytes are compared the next time.
    """
    look = look_at(path)
    if look is None:
        return None
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
    settled = time.time_ns() - look.modified > TICK
    return Stamp(look if settled else NO_LOOK, digest, edition())


@cache
def edition() -> str:
    """What this program reads out of a file is the same as long as this is: a hash of its readers and tables."""
    package = Path(__file__).parent
    tables = table_path("header.yml").parent
    files = [*package.rglob("*.py"), *(path for path in tables.rglob("*") if path.is_file()), lookups_path()]
    total = hashlib.sha256()
    for path in sorted(set(files)):
        total.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
