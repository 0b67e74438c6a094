"""Ladybug files that this process has open, each once: opening and letting go.

Ladybug loses committed rows when one process opens a path twice for writing, so there is one ``Database`` a path, counted.
"""

from __future__ import annotations

import ctypes
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path

import ladybug

from graph.errors import StoreError
from graph.recovery import IN_USE, recover

ENGINE_ERRORS = (RuntimeError, ValueError, TypeError, LookupError, MemoryError, OverflowError)  # on damage: all of them
_BUFFER_BYTES = int(os.environ.get("PARKGRAPH_BUFFER_MB", "1024")) * 2**20


@dataclass
class Opened:
    """A database that this process has open, and by how many stores. ``broken`` says why it may be used no more."""

    database: ladybug.Database
    users: int = 0
    revision: int | None = None  # nobody else writes while this process has the file open
    broken: str | None = None
    lock: threading.RLock = field(default_factory=threading.RLock)


_registry: dict[Path, Opened] = {}
_registry_lock = threading.Lock()


def acquire(path: Path, create: bool) -> Opened:
    """The database at ``path``, opened if nobody has done so. Raises StoreError."""
    with _registry_lock:
        held = _registry.get(path)
        if held is None:
            held = _registry[path] = Opened(_database(path, create))
        held.users += 1
        return held


def release(path: Path) -> None:
    """Undo one ``acquire``; the file is closed when nobody uses it any more."""
    with _registry_lock:
        held = _registry[path]
        held.users -= 1
        if held.users == 0:
            del _registry[path]
            if held.broken:  # to close it would write again, and where that fails Ladybug ends the process
                ctypes.pythonapi.Py_IncRef(ctypes.py_object(held.database))
            else:
                held.database.close()


def is_full(error: BaseException) -> bool:
    """Whether an error of the engine says that a file could not be written."""
    return "IO exception" in str(error) and "write" in str(error)


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
    if not os.access(path if path.exists() else path.parent, os.R_OK | os.W_OK):
        raise StoreError(f"{path}: may not be read and written")
    recover(path, _BUFFER_BYTES)
    try:
        return ladybug.Database(str(path), buffer_pool_size=_BUFFER_BYTES)
    except (*ENGINE_ERRORS, OSError) as error:
        if IN_USE in str(error):
            raise StoreError(f"{path}: in use by another process") from error
        raise StoreError(f"{path}: cannot be opened as a store: {one_line(error)}") from error
