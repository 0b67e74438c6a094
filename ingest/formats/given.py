"""What every reader takes and gives, and how much of it: limits against files that are made to exhaust a reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from ingest.records import Document

MAX_BYTES = 50_000_000  # of one file, and of one member of an archive
MAX_UNPACKED = 500_000_000  # of all that comes out of one file
MAX_MEMBERS = 10_000
MAX_DEPTH = 3  # archives in archives
MAX_RATIO = 200  # unpacked to packed size, of anything larger than a megabyte


class ReadError(Exception):
    """A file that cannot be read. The message is one line without the file's name."""


class LimitError(ReadError):
    """A limit on the whole file is passed: nothing more of it is read."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A member, or a part, of a file that cannot be read, and why in one line."""

    source: str
    reason: str


Part: TypeAlias = Document | Unread


@dataclass(slots=True)
class Budget:
    """What one file may still unpack to. Shared by all archives inside it."""

    size: int = MAX_UNPACKED
    members: int = MAX_MEMBERS

    def take(self, size: int) -> None:
        """Count one member of ``size`` bytes. Raises LimitError when there is no more room."""
        self.members -= 1
        self.size -= size
        if self.members < 0:
            raise LimitError(f"holds more than {MAX_MEMBERS:,} members")
        if self.size < 0:
            raise LimitError(f"unpacks to more than {MAX_UNPACKED // 1_000_000} MB")


@dataclass(frozen=True, slots=True)
class Given:
    """The bytes of a file or member, the name it goes by, and how deep in archives it lies."""

    data: bytes
    source: str
    depth: int = 0
    budget: Budget = field(default_factory=Budget)

    @property
    def name(self) -> str:
        """Its own name, without those of folders and archives."""
        return self.source.rpartition("/")[2]

    @property
    def sha256(self) -> str:
        """The hash of its own bytes."""
        return hashlib.sha256(self.data).hexdigest()

    def member(self, data: bytes, name: str) -> Given:
        """Something inside it. Raises ReadError when archives lie too deep in archives."""
        if self.depth >= MAX_DEPTH:
            raise ReadError(f"archives more than {MAX_DEPTH} deep in archives")
        return Given(data, f"{self.source}/{name}", self.depth + 1, self.budget)


Reader: TypeAlias = Callable[[Given], Iterator[Part]]
