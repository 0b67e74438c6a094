"""Names of files and members: which are documents by their suffix, and which may be trusted as a path."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from zipfile import ZipInfo

from ingest.formats.sniff import SUFFIXES

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LITTER = ("__MACOSX", "Thumbs.db", "desktop.ini")
MAX_NAME = 400


def is_document(name: PurePosixPath) -> bool:
    """Whether a relative path ends as a document does and is no hidden, lock or litter file, nor in a folder that is one."""
    if name.suffix.lower() not in SUFFIXES:
        return False
    return not any((part.startswith((".", "~$")) and part != "..") or part in LITTER for part in name.parts)


def printable(name: str) -> str:
    """A name in one line, without control characters."""
    return CONTROL.sub("?", name)


def shown(name: str) -> str:
    """A member's name that may be printed, not endless."""
    return printable(name)[:MAX_NAME]


def safe(name: str) -> str | None:
    """A member's name as a relative path with ``/``; None for one that leads out of its archive or cannot be shown."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    bad = path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or not parts
    return None if bad or CONTROL.search(path) or len(path) > MAX_NAME else "/".join(parts)


def member_name(info: ZipInfo) -> str:
    """The name of a zip member. Without its mark for UTF-8 it is UTF-8 or GBK all the same, as Chinese programs write it."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
