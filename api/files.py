"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from api.failures import Code, Failure


def write_file(target: Path, parts: Iterable[str]) -> None:
    """Write ``parts`` to ``target`` in UTF-8, folders made; an older file stays until the new one is complete."""
    _write(target, (part.encode() for part in parts))


def write_bytes(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target``, in the same way."""
    _write(target, [content])


def _write(target: Path, parts: Iterable[bytes]) -> None:
    target = Path(os.path.realpath(target))
    if target.exists() and not target.is_file():
        raise Failure(f"{target}: is no file", Code.OUTPUT)
    partial = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            file.writelines(parts)
        partial.replace(target)
    except OSError as error:
        raise Failure(f"{target}: {error.strerror or error}", Code.OUTPUT) from error
    finally:
        with suppress(OSError):
            partial.unlink()
