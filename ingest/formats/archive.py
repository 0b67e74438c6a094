"""Zip archives: each member a file of its own, archives in archives too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ingest.formats.given import Given, LimitError, Part, ReadError, Unread
from ingest.formats.kinds import read_member
from ingest.formats.names import is_document, member_name, safe, shown
from ingest.formats.zips import Zip


def read(given: Given) -> Iterator[Part]:
    """The documents among the members, in order of name; others are passed over, as in a folder.

    Raises ReadError when none is there, LimitError when it unpacks to too much.
    """
    archive = Zip(given)
    seen: set[str] = set()
    for written, info in sorted(((member_name(info), info) for info in archive.members), key=lambda pair: pair[0]):
        name = safe(written)
        if not is_document(PurePosixPath((name or written).replace("\\", "/"))):
            continue
        reason = "its name leads out of the archive, or is none" if name is None else None
        reason = "a second member of this name" if name in seen else reason
        seen.add(name or written)
        if reason is not None or name is None:
            yield Unread(f"{given.source}/{shown(written)}", reason or "")
            continue
        try:
            data = archive.read(info)
        except LimitError:
            raise
        except ReadError as error:
            yield Unread(f"{given.source}/{name}", str(error))
            continue
        yield from read_member(given, data, name)
    if not seen:
        raise ReadError("holds no documents")
