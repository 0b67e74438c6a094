"""Which files there are to read, the names they go by, and what came of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ingest.formats.names import CONTROL, is_document
from ingest.records import Record

File = tuple[Path | bytes, str]
"""A file or its bytes, and the name that it goes by."""


class PathError(Exception):
    """A path that is given and not there. The message is one line."""


class Outcome(NamedTuple):
    """What came of one file, or of one document in a file: a record, or the problem in one line.

    The path of a document inside a file goes on into it: ``/data/a.zip/b.docx``, whose source is ``a.zip/b.docx``.
    ``cut`` says that the problem ended the reading of the whole file: there may be more in it.
    """

    path: Path
    source: str
    record: Record | None
    problem: str | None
    cut: bool = False


class Left(NamedTuple):
    """A file, or a folder, that was left out, and why in one line."""

    path: Path
    source: str
    problem: str


class Found(NamedTuple):
    """The files to read with their names, and what was left out though it may hold documents."""

    files: list[tuple[Path, str]]
    left: list[Left]


def find_files(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Files to read with their names, as ``find`` gives them. Raises PathError."""
    return find(paths).files


def find(paths: Sequence[Path]) -> Found:
    """Files to read: those given, and the documents beneath given folders, in order of name, each file once.

    A document in a folder is one by its suffix; hidden files and the lock files of office programs are passed over.
    A symbolic link in a folder is followed where it leads to a file in that folder. One that leads out of it, and a
    folder that cannot be listed, are left out. Raises PathError for a path that is not there.
    """
    files: dict[str, tuple[Path, str]] = {}
    left: dict[Path, Left] = {}
    for path in paths:
        if not path.exists():
            raise PathError(f"{path}: no such file or folder")
        for each in inside(path) if path.is_dir() else [(path, escaped(path.name))]:
            if isinstance(each, Left):
                left.setdefault(each.path, each)
            else:
                files.setdefault(os.path.normpath(each[0].absolute()), each)
    return Found(list(files.values()), list(left.values()))


def inside(folder: Path) -> Iterator[tuple[Path, str] | Left]:
    """The documents beneath a folder, in order of name, and what is left out there."""
    root = Path(os.path.realpath(folder))
    paths, unlisted = walked(folder)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
            if path.is_dir() or is_document(PurePosixPath(name)):
                yield Left(path, escaped(name), "a symbolic link out of the folder: not followed")
        elif is_document(PurePosixPath(name)) and path.is_file():
            yield path, escaped(name)
    for error in unlisted:
        path = Path(error.filename)
        yield Left(path, escaped(path.relative_to(folder).as_posix()), f"cannot be listed: {error.strerror}")


def walked(folder: Path) -> tuple[list[Path], list[OSError]]:
    """Every file beneath a folder, and every link to a folder, sorted; and what went wrong on the way."""
    found: list[Path] = []
    unlisted: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=unlisted.append):
        here = Path(place)
        found += (here / name for name in files)
        found += (here / name for name in folders if (here / name).is_symlink())
    return sorted(found), unlisted


def location_of(path: Path) -> str:
    """The name of a path in the graph: absolute, and in one line."""
    return escaped(os.path.normpath(path.absolute()))


def escaped(name: str) -> str:
    r"""A name of a file system in one line: what cannot be printed as ``\u000a``, a byte that is no UTF-8 as ``\xb7``."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
