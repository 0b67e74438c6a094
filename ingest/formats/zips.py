"""A zip archive in memory that gives each member within limits, whatever its headers claim."""

from __future__ import annotations

import zlib
from io import BytesIO
from lzma import LZMAError
from zipfile import BadZipFile, ZipFile, ZipInfo

from ingest.formats.given import MAX_BYTES, MAX_MEMBERS, MAX_RATIO, Given, LimitError, ReadError

SMALL = 1_000_000  # bytes below which no ratio is looked at
DAMAGED = (BadZipFile, EOFError, LZMAError, zlib.error, ValueError, OSError, RuntimeError, NotImplementedError)


class Zip:
    """The members of a zip archive. Raises ReadError for what is none, LimitError for one with too many members."""

    def __init__(self, given: Given) -> None:
        try:
            self.file = ZipFile(BytesIO(given.data))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise ReadError("a damaged zip archive") from error
        self.members = [info for info in self.file.infolist() if info.filename and not info.is_dir()]
        self.budget = given.budget
        if len(self.members) > MAX_MEMBERS:
            raise LimitError(f"holds more than {MAX_MEMBERS:,} members")

    def names(self) -> set[str]:
        """The names as they are written."""
        return {info.filename for info in self.members}

    def read(self, member: ZipInfo | str) -> bytes:
        """The bytes of a member. Raises ReadError when it is encrypted, damaged or too large, LimitError past the total."""
        try:
            info = self.file.getinfo(member) if isinstance(member, str) else member
            if info.flag_bits & 0x1:
                raise ReadError("protected by a password: save it without")
            self._measure(info)
            return self.file.read(info)
        except KeyError as error:
            raise ReadError(f"damaged: it has no {member}") from error
        except DAMAGED as error:
            raise ReadError("damaged, or packed in an unusual way") from error

    def _measure(self, info: ZipInfo) -> None:
        if info.file_size > MAX_BYTES:
            raise ReadError(f"larger than {MAX_BYTES // 1_000_000} MB unpacked")
        if info.file_size > SMALL and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise ReadError(f"unpacks to more than {MAX_RATIO} times its size")
        self.budget.take(info.file_size)
