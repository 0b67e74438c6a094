"""What can go wrong for a user, as one line and an exit code; never a traceback."""

from __future__ import annotations

import sys
from enum import IntEnum


class Code(IntEnum):
    """Exit codes of ``parkgraph``; the README and ``parkgraph --help`` list them."""

    OK = 0
    SOMETHING_SKIPPED = 1
    USAGE = 2
    STORE = 3
    OUTPUT = 4
    READER = 5
    INTERRUPTED = 130
    BROKEN_PIPE = 141


MEANINGS = {
    Code.OK: "done",
    Code.SOMETHING_SKIPPED: "done, but a file was skipped, or check found problems",
    Code.USAGE: "wrong usage: an unknown command, option, parameter or path; nothing was done",
    Code.STORE: "the store cannot be opened, read or written",
    Code.OUTPUT: "an output file cannot be written",
    Code.READER: "the processes that read documents cannot be started",
    Code.INTERRUPTED: "interrupted (Ctrl-C)",
    Code.BROKEN_PIPE: "the reader of the output went away",
}


class Failure(Exception):
    """Ends the command with ``line`` on standard error and ``code``."""

    def __init__(self, line: str, code: Code) -> None:
        super().__init__(line)
        self.line = line
        self.code = code


def one_line(cause: object) -> str:
    """Say an error in one line; an ``OSError`` without its number, as ``name: cause``."""
    if isinstance(cause, OSError) and cause.strerror:
        return f"{cause.filename}: {cause.strerror}" if cause.filename else cause.strerror
    return " ".join(str(cause).split()) or type(cause).__name__


def warn(line: str) -> None:
    """Say ``line`` on standard error, as this program."""
    print(f"parkgraph: {line}", file=sys.stderr)
