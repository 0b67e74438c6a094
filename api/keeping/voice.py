"""What is said on the way, each thing in one line."""

from __future__ import annotations

from pathlib import Path

import typer

from api.failures import warn
from ingest.formats.names import printable


class Voice:
    """Says what is the matter with files on standard error, and what becomes of the graph on standard output."""

    def problem(self, path: Path, problem: str | None) -> None:
        """A file was skipped."""
        self._warn(f"{printable(str(path))}: {problem}")

    def line(self, text: str) -> None:
        """Something was done."""
        typer.echo(text)

    def _warn(self, text: str) -> None:
        warn(text)


class Once(Voice):
    """Says again only what it did not say in the round before."""

    def __init__(self) -> None:
        self._before: set[str] = set()
        self._now: set[str] = set()

    def next_round(self) -> None:
        """Begin a new round."""
        self._before, self._now = self._now, set()

    def line(self, text: str) -> None:
        """Something was done."""
        if self._new(text):
            super().line(text)

    def _warn(self, text: str) -> None:
        if self._new(text):
            super()._warn(text)

    def _new(self, text: str) -> bool:
        self._now.add(text)
        return text not in self._before
