"""Fuzzes a reader with coverage: ``python -m tests.atheris_readers KIND [libFuzzer options]``, or ``make fuzz`` for all.

A finding is a file ``crash-…`` beside the corpus; mended, it goes into ``tests/data/fuzz`` and is read by every run of the tests.
Not collected by pytest: it needs atheris, which there is not for every Python.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["ingest", "email", "zipfile"]):
    from ingest.formats.given import Given, ReadError, Unread
    from ingest.formats.kinds import reader_of
    from tests.test_fuzz_readers import checked, seed

KINDS = ("docx", "eml", "html", "jsonl", "ofd", "pdf", "text", "zip")


def main() -> None:
    """Fuzz the reader that the first argument names; the rest is libFuzzer's, a folder for its corpus first."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "seed").write_bytes(seed(kind))

    def one(data: bytes) -> None:
        try:
            for part in reader_of(kind)(Given(data, f"a.{kind}")):
                checked(part)
        except ReadError as error:
            checked(Unread(f"a.{kind}", str(error)))

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
