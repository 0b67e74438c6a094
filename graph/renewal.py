"""A copy of an embedded store, beside it, that takes its place once a large load is written into it.

Until then the store is as it was, for its readers and after a crash; one rename makes it the new one. What a killed
process leaves of a copy goes when the store is opened next.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graph.errors import StoreError
from graph.opened import beside, one_line, replace

if TYPE_CHECKING:
    from graph.embedded import EmbeddedStore

_COPY = """
import shutil, sys
try:
    shutil.copyfile(sys.argv[1], sys.argv[2])
    shutil.copymode(sys.argv[1], sys.argv[2])
except OSError as error:
    sys.exit(error.strerror or str(error))
"""


class Renewal:
    """A context: nobody else writes into the store meanwhile, and what was not put in its place is gone afterwards."""

    def __init__(self, store: EmbeddedStore) -> None:
        self._store = store
        self._stack = ExitStack()
        self.folder = beside(store.path)
        self._copy: EmbeddedStore | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(self._store.hold())
            stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
            shutil.rmtree(self.folder, ignore_errors=True)
            try:
                self.folder.mkdir(mode=0o700)
            except OSError as error:
                raise StoreError(f"{self._store.path}: cannot be written: {one_line(error)}") from error
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            if self._copy is not None:
                self._copy.close()
        finally:
            self._stack.close()

    def copy(self) -> EmbeddedStore:
        """A copy of the store as it is. Raises StoreError."""
        from graph.embedded import EmbeddedStore

        self._store.settle()
        self._check_settled(self._store.path)
        _copied(self._store.path, self._path)
        self._copy = EmbeddedStore(self._path)
        return self._copy

    def take_place(self, revision: int) -> None:
        """Make the copy, which is at ``revision`` now, the store. Raises StoreError."""
        assert self._copy is not None
        self._copy.set_revision(revision)
        self._copy.settle()
        self._copy.close()
        self._copy = None
        self._check_settled(self._path)
        replace(self._store.path, self._path, revision)

    @property
    def _path(self) -> Path:
        return self.folder / "graph.lbug"

    def _check_settled(self, path: Path) -> None:
        """A log that is left would be taken for that of the file which comes to that name."""
        log = path.with_name(f"{path.name}.wal")
        if log.exists() and log.stat().st_size:
            raise StoreError(f"{self._store.path}: its log of writes cannot be taken into it; open it anew")


def _copied(source: Path, target: Path) -> None:
    """Copy a file that this process has open: in another one, for whoever closes it here loses the lock on it."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _COPY, os.fspath(source), os.fspath(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        cause = " ".join(done.stderr.split())[-300:] or f"exit code {done.returncode}"
        raise StoreError(f"{source}: cannot be written: {cause}")
