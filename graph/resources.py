"""Where the query files and the tables are: inside an installed package, or at the top of a checkout."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent


def cypher_dir() -> Path:
    """The folder of the ``*.cypher`` files."""
    packed = _PACKAGE / "cypher"
    return packed if packed.is_dir() else _CHECKOUT / "cypher"


def tables_dir() -> Path:
    """The folder of the tables: a wheel has them beside ``ingest``, which uses most of them."""
    packed = _CHECKOUT / "ingest" / "tables"
    return packed if packed.is_dir() else _CHECKOUT / "data" / "tables"


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a csv table, read once; lines that begin with ``#`` are remarks. A missing table is empty."""
    path = tables_dir() / name
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(line for line in file if not line.startswith("#")))
