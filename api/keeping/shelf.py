"""Records that were read and are still to be loaded, on disk: there may be more of them than memory holds."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self, overload

from ingest.records import Record

Place = tuple[int, int] | Record  # where it begins and how long it is; what cannot be written is held


class Shelf:
    """Records by number, in a file without a name that goes when it is closed or the process ends."""

    def __init__(self, folder: Path | None) -> None:
        """The file lies in ``folder``; where nothing can be written there, among temporary files."""
        self._file = _file(folder)
        self._places: list[Place] = []

    def put(self, record: Record) -> int:
        """Keep a record; return its number."""
        self._places.append(self._written(record))
        return len(self._places) - 1

    def get(self, number: int) -> Record:
        """The record of that number, made anew."""
        place = self._places[number]
        if isinstance(place, Record):
            return place
        self._file.seek(place[0])
        return Record.model_validate_json(zlib.decompress(self._file.read(place[1])))

    def those(self, numbers: Sequence[int]) -> Sequence[Record]:
        """Some of the records, each made when it is asked for."""
        return _Those(self, numbers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _written(self, record: Record) -> Place:
        try:
            packed = zlib.compress(record.model_dump_json().encode(), 1)
            start = self._file.seek(0, 2)
            whole = self._file.write(packed) == len(packed)
        except (ValueError, OSError):  # half a surrogate pair, a full disk: whoever loads it says so
            return record
        return (start, len(packed)) if whole else record


class _Those(Sequence[Record]):
    def __init__(self, shelf: Shelf, numbers: Sequence[int]) -> None:
        self._shelf, self._numbers = shelf, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | Sequence[Record]:
        if isinstance(place, slice):
            return _Those(self._shelf, self._numbers[place])
        return self._shelf.get(self._numbers[place])


def _file(folder: Path | None) -> IO[bytes]:
    if folder is not None:
        with suppress(OSError):
            return tempfile.TemporaryFile(dir=folder, buffering=0)
    return tempfile.TemporaryFile(buffering=0)
