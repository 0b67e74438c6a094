"""Rows as CSV (RFC 4180): UTF-8, a header line, lists joined by 、."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

BOM = "\ufeff"  # Excel takes a file without it for one in the code page of the machine
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]], *, bom: bool = False) -> bytes:
    """The rows as CSV; a text that a spreadsheet would run as a formula is given an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(_value(row, column)) for column in columns] for row in rows)
    return ((BOM if bom else "") + out.getvalue()).encode(errors="backslashreplace")


def _value(row: dict[str, Any], column: str) -> Any:
    """The value of ``column``; ``policy.id`` is one of a reference in the row."""
    name, _, part = column.partition(".")
    value = row.get(name)
    return value.get(part) if part and isinstance(value, dict) else value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        value = "、".join(str(item) for item in value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return str(value)
