"""The keys of a server: a file of names, scopes and hashes. A key is 32 random bytes, so one round of SHA-256 will do."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Scope = Literal["read", "write"]
_PREFIX = "pg_"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


class KeysError(Exception):
    """The file of keys cannot be read or written, or a name is wrong. The message is one line."""


@dataclass(frozen=True)
class Key:
    """What is kept of a key. Who may write may read."""

    name: str
    scope: Scope
    sha256: str
    created: str


class Keys:
    """The keys in a file; a running server sees what is added or removed at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._held: tuple[Key, ...] = ()

    def all(self) -> tuple[Key, ...]:
        """Every key. Raises KeysError for a file that is not one of keys."""
        try:
            about = self.path.stat()
        except FileNotFoundError:
            self._seen, self._held = None, ()
            return ()
        except OSError as error:
            raise KeysError(f"{self.path}: cannot be read: {error.strerror}") from error
        stamp = about.st_mtime_ns, about.st_ino
        if stamp != self._seen:
            self._held, self._seen = _read(self.path), stamp
        return self._held

    def find(self, secret: str) -> Key | None:
        """The key that ``secret`` is, compared in constant time with every one."""
        digest = _digest(secret)
        found = None
        for key in self.all():
            if hmac.compare_digest(key.sha256, digest):
                found = key
        return found

    def add(self, name: str, scope: Scope) -> str:
        """Make a key and return it; it cannot be had again. Raises KeysError for a name that is taken or odd."""
        if not _NAME.fullmatch(name):
            raise KeysError(f"{name!r}: a name of a key is of letters, digits, dots, dashes and underlines")
        if name in {key.name for key in self.all()}:
            raise KeysError(f"{name}: there is a key of this name; remove it first")
        secret = _PREFIX + secrets.token_urlsafe(32)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        _write(self.path, [*self.all(), Key(name, scope, _digest(secret), now)])
        return secret

    def remove(self, name: str) -> None:
        """Remove a key. Raises KeysError where there is none of this name."""
        left = [key for key in self.all() if key.name != name]
        if len(left) == len(self.all()):
            raise KeysError(f"{name}: no key of this name")
        _write(self.path, left)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[Key, ...]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["keys"]
        keys = tuple(Key(**row) for row in rows)
    except OSError as error:
        raise KeysError(f"{path}: cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise KeysError(f"{path}: not a file of keys") from error
    if any(key.scope not in ("read", "write") or len(key.sha256) != 64 for key in keys):
        raise KeysError(f"{path}: not a file of keys")
    return keys


def _write(path: Path, keys: Iterable[Key]) -> None:
    """Replace the file as a whole; only its owner may read it."""
    text = json.dumps({"keys": [asdict(key) for key in keys]}, indent=2) + "\n"
    made = ""
    try:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            made = file.name
            file.write(text)  # mkstemp has made it with mode 0600
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(path)
    except OSError as error:
        if made:
            with contextlib.suppress(OSError):
                Path(made).unlink()
        raise KeysError(f"{path}: cannot be written: {error.strerror}") from error
