"""Where the tables lie: inside the installed package, or in ``data/`` of a checkout."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent / "data"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def table_path(name: str) -> Path:
    """The path of the table ``name`` (``regions.csv``, ``agencies/reforms.csv``).

    In: a path relative to ``data/tables``. Out: an existing path.
    Raises FileNotFoundError where neither a wheel nor a checkout has it.
    """
    return _first(name, _PACKAGE / "tables" / name, _CHECKOUT / "tables" / name)


def lookups_path() -> Path:
    """The path of ``lookups.yml``, the recorded human decisions. Raises FileNotFoundError."""
    return _first("lookups.yml", _PACKAGE / "lookups.yml", _CHECKOUT / "lookups.yml")


def read_csv(name: str) -> Iterator[dict[str, str]]:
    """The rows of a csv table, one dict a row. Lines that begin with ``#`` are remarks.

    In: a name as for ``table_path``. Every column is there in every row, empty where the file leaves it out.
    """
    with table_path(name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader((line for line in file if not line.startswith("#")), restval=""):
            yield {key: value or "" for key, value in row.items()}


@cache
def load_yaml(name: str) -> Any:
    """The content of a yaml table, read once. Raises FileNotFoundError, or yaml.YAMLError naming the line."""
    return yaml.load(table_path(name).read_text("utf-8"), Loader=_LOADER)


def names(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several, separated by ``;``; empty parts are dropped."""
    return tuple(part for part in cell.split(";") if part)


def _first(name: str, *places: Path) -> Path:
    for place in places:
        if place.exists():
            return place
    raise FileNotFoundError(f"no table {name}; looked in {', '.join(str(place.parent) for place in places)}")
