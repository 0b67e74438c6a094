"""What a crash has left behind: a Ladybug file with a log of writes (``FILE.wal``) that was not yet taken into it.

The log may end in the middle of a load, as a kill or a full disk leaves it. Ladybug then refuses the file, or crashes,
for it reads past the end (seen with 0.22.0). So a process of its own tries first; where that fails, the log is taken in
up to where it is whole, which is the graph before that load.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from graph.errors import StoreError

IN_USE = "Could not set lock"  # in what the engine says of a file that another process has open
_PADDING = 2**16  # zero bytes that end a log for a reader that does not look where it ends
_CODE = """
import os, sys, ladybug
try:
    database = ladybug.Database(
        sys.argv[1], buffer_pool_size=int(sys.argv[2]), throw_on_wal_replay_failure=sys.argv[3] == "whole",
        read_only=sys.argv[4] == "True",
    )
    if sys.argv[3] == "part":  # or the next load would stand behind the half one
        ladybug.Connection(database).execute("CHECKPOINT")
        database.close()
    os._exit(0)  # a log that is whole stays for whoever opens the file
except Exception as error:
    sys.exit(str(error))
"""
_log = logging.getLogger(__name__)


def recover(path: Path, buffer: int) -> None:
    """Take the log of the file at ``path`` into it, if it has one; ``buffer`` is in bytes.

    A log that is not whole is kept beside it and told, in case it was not cut off but damaged. Raises StoreError where it
    cannot be taken in; file and log are then as they were.
    """
    log = path.with_name(f"{path.name}.wal")
    if not (path.exists() and log.exists() and log.stat().st_size):
        return
    failed = _read(path, buffer, "whole")
    if failed is None or IN_USE in failed:  # in use: told by whoever opens it next
        return
    kept = log.with_name(f"{log.name}.cut-off")
    try:
        shutil.copyfile(log, kept)
        with log.open("ab") as end:
            end.write(bytes(_PADDING))
    except OSError as error:
        raise StoreError(f"{path}: its log is cut off and cannot be mended: {error.strerror or error}") from error
    failed = _read(path, buffer, "part")
    if failed is not None:
        if log.exists():
            os.truncate(log, kept.stat().st_size)
        raise StoreError(f"{path}: damaged, its log cannot be read: {' '.join(failed.split())[:200]}")
    _log.warning("%s: a load was cut off and is not in the graph: load it again (its rest is kept as %s)", path, kept)


def readable(path: Path, buffer: int) -> Path:
    """Where the store at ``path``, which may not be written, can be read: there, or in a copy whose log is mended.

    The copy is told, and goes when the process ends. Raises StoreError.
    """
    log = path.with_name(f"{path.name}.wal")
    if not (log.exists() and log.stat().st_size) or _read(path, buffer, "whole", read_only=True) is None:
        return path
    folder = Path(tempfile.mkdtemp(prefix="parkgraph-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        for each in (path, log):
            shutil.copyfile(each, folder / each.name)
    except OSError as error:
        raise StoreError(f"{path}: its log is cut off and cannot be mended: {error.strerror or error}") from error
    _log.warning("%s: may not be written, and its log is cut off: it is read in a copy", path)
    recover(folder / path.name, buffer)
    return folder / path.name


def _read(path: Path, buffer: int, how: str, *, read_only: bool = False) -> str | None:
    """Read the log, the whole of it; or take in the part that is whole. None, or what went wrong."""
    search = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CODE, str(path), str(buffer), how, str(read_only)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PYTHONPATH": search},
        check=False,
    )
    if done.returncode < 0:
        return f"the engine crashes on it (signal {-done.returncode})"
    return done.stderr.strip() or f"exit code {done.returncode}" if done.returncode else None
