"""Ladybug files that this process has open, each once: opening and letting go.

Ladybug loses committed rows when one process opens a path twice for writing, so there is one ``Database`` a path, counted.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import ladybug

from graph.errors import StoreError
from graph.gate import Gate
from graph.recovery import IN_USE, readable, recover
from graph.room import buffer_bytes

ENGINE_ERRORS = (RuntimeError, ValueError, TypeError, LookupError, MemoryError, OverflowError)  # on damage: all of them
COMMITTED = "Transaction committed successfully"  # and what was to be done afterwards was not
_DAMAGE = (
    "Assertion failed",
    "UNREACHABLE_CODE",
    "may be corrupted",
    "out of bounds for file",
    "Cannot read checkpoint",
)
_BUFFER_BYTES = buffer_bytes()


@dataclass
class Opened:
    """A database that this process has open, and by how many stores. ``broken`` says why it may be used no more."""

    database: ladybug.Database
    users: int = 0
    revision: int | None = None  # nobody else writes while this process has the file open
    broken: str | None = None
    read_only: bool = False
    lock: threading.RLock = field(default_factory=threading.RLock)
    gate: Gate = field(default_factory=Gate)  # readers pass; alone: what needs the file without anybody reading it
    keeper: int | None = None  # an open file that holds the lock, where the file has taken the place of another one


_registry: dict[Path, Opened] = {}
_registry_lock = threading.Lock()


def acquire(path: Path, create: bool) -> Opened:
    """The database at ``path``, opened if nobody has done so. Raises StoreError."""
    with _registry_lock:
        held = _registry.get(path)
        if held is None:
            read_only = path.is_file() and not _writable(path)
            database = _read_only(path) if read_only else _database(path, create)
            held = _registry[path] = Opened(database, read_only=read_only)
        held.users += 1
        return held


def release(path: Path) -> None:
    """Undo one ``acquire``; the file is closed when nobody uses it any more."""
    with _registry_lock:
        held = _registry[path]
        held.users -= 1
        if held.users == 0:
            del _registry[path]
            _close(held.keeper)
            if held.broken:  # to close it would write again, and where that fails Ladybug ends the process
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(held.database))
            else:
                held.database.close()


def replace(path: Path, fresh: Path, revision: int) -> None:
    """Have ``fresh``, a whole store that nobody has open, take the place of the one at ``path``, for all who have it open.

    It is locked before it gets its name: no other process comes in between. A reader sees one or the other.
    Raises StoreError; the store at ``path`` is then the one before, or one that is to be opened anew.
    """
    held = _registry[path]
    with held.gate.alone():
        keeper = _locked(path, fresh)
        if keeper is None:
            held.database.close()
        fresh.replace(path)
        _keep_name(path)
        held.database.close()
        _close(held.keeper)
        held.keeper, held.revision, held.broken = (
            keeper,
            revision,
            "could not be opened again, and has to be opened anew",
        )
        held.database = _engine(path)
        held.broken = None


def _locked(path: Path, fresh: Path) -> int | None:
    """``fresh`` written to the disk and locked as the engine does it; None where that is not known."""
    if sys.platform == "win32":
        return None
    import fcntl

    try:
        keeper = os.open(fresh, os.O_RDWR)
        os.fsync(keeper)
        fcntl.lockf(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {one_line(error)}") from error
    return keeper


def _close(keeper: int | None) -> None:
    if keeper is not None:
        os.close(keeper)


def _keep_name(path: Path) -> None:
    """Have the disk know the new name, where folders can be told so."""
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(folder)
        os.close(folder)


def is_full(error: BaseException) -> bool:
    """Whether an error of the engine says that a file could not be written."""
    return "IO exception" in str(error) and "write" in str(error)


def is_crowded(error: BaseException) -> bool:
    """Whether an error of the engine says that its buffer is too small for what it was to do."""
    return "buffer pool is full" in str(error)


def lacks_room() -> str:
    """What is to be said then."""
    return f"the engine's memory of {_BUFFER_BYTES // 2**20} MB is too small for it; set PARKGRAPH_BUFFER_MB to more"


def is_damage(error: BaseException) -> bool:
    """Whether an error of the engine is one that only a damaged file gives."""
    return any(words in str(error) for words in _DAMAGE)


def one_line(error: BaseException) -> str:
    """The cause in an error of the engine or the system, without line ends and not too long."""
    text = (error.strerror or "") if isinstance(error, OSError) else str(error).rpartition(" Error: ")[2]
    text = "only a part of it found room" if text == "Success" else text
    return (" ".join(text.split()) or type(error).__name__)[:300]


def _database(path: Path, create: bool) -> ladybug.Database:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a store")
    if not create and not (path.exists() and path.stat().st_size):
        raise StoreError(f"{path}: no store there; `parkgraph ingest` makes one")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: the folder {path.parent} is not there")
    if not _writable(path):
        raise StoreError(f"{path}: may not be read and written")
    recover(path, _BUFFER_BYTES)
    database = _engine(path)
    shutil.rmtree(beside(path), ignore_errors=True)  # of a load that was killed; nobody else has the store open
    return database


def _writable(path: Path) -> bool:
    """Whether the file, if it is there, and its folder may be written: the log of writes lies beside the file."""
    files = [path] if path.exists() else []
    return all(os.access(each, os.R_OK | os.W_OK) for each in (*files, path.parent))


def _read_only(path: Path) -> ladybug.Database:
    """The database of a file that may not be written. Raises StoreError."""
    if not os.access(path, os.R_OK):
        raise StoreError(f"{path}: may not be read")
    return _engine(readable(path, _BUFFER_BYTES), read_only=True)


def _engine(path: Path, *, read_only: bool = False) -> ladybug.Database:
    try:
        return ladybug.Database(str(path), buffer_pool_size=_BUFFER_BYTES, read_only=read_only)
    except (*ENGINE_ERRORS, OSError) as error:
        if IN_USE in str(error):
            raise StoreError(f"{path}: in use by another process") from error
        raise StoreError(f"{path}: cannot be opened as a store: {one_line(error)}") from error


def beside(path: Path) -> Path:
    """The folder in which a large load into the store at ``path`` is made ready."""
    return path.with_name(f"{path.name}.loading")
