"""Rows as a table, JSON or CSV.

A table that is wider than the screen moves its widest columns below the row, wrapped there, so that a quoted sentence
can be read at 80 columns too. Away from a terminal nothing is wrapped, cut or coloured.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TextIO

from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.text import Text

Row = Mapping[str, object]

GAP = "  "
INDENT = "    "
PLACES = ("document", "start", "end")
IN_FILE = ("page", "table", "row", "column")
PLAIN_WIDTH = 100  # where the output is no terminal and COLUMNS is not set


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    csv = "csv"


def write_rows(columns: Sequence[str], rows: Iterable[Row], form: Format, out: TextIO | None = None) -> None:
    """Write ``rows`` with ``columns`` in that order to ``out``, standard output if None; a table without what only a
    program needs.
    """
    out = out or sys.stdout
    if form is Format.json:
        write_json([{column: row[column] for column in columns} for row in rows], out)
    elif form is Format.csv:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_flat(row[column]) for column in columns] for row in rows)
    else:
        shown = [{column: _shown(row[column]) for column in columns} for row in rows]
        _write_table(for_people(columns, shown), shown, out)


def for_people(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Leave out of ``columns`` those that only a program needs: ids, codes, and where a quote stands in the text.

    Its page, and its row and cell in a table, are left out where no row has one.
    """
    hidden = {"id", *PLACES, *(name for name in IN_FILE if not any(row.get(name) for row in rows))}
    kept = [name for name in columns if name not in hidden and not name.endswith(("_id", "_code"))]
    return kept or list(columns)


def write_json(value: object, out: TextIO | None = None) -> None:
    """Write ``value`` as JSON in plain Unicode, dates as ISO 8601."""
    out = out or sys.stdout
    json.dump(value, out, ensure_ascii=False, indent=2, default=_json_value)
    out.write("\n")


def _json_value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _flat(value: object) -> str:
    """One cell as text: nothing for None, ISO dates, whole numbers without ``.0``, lists with ``; `` between."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=_json_value)
    if isinstance(value, Iterable) and not isinstance(value, (str, bytes)):
        return "; ".join(_flat(item) for item in value)
    return str(value)


def _shown(value: object) -> str:
    """A cell on one line, and without characters that would steer a terminal."""
    kinds = ((character, unicodedata.category(character)) for character in _flat(value))
    kept = (" " if kind in ("Cc", "Zl", "Zp") else character for character, kind in kinds if kind != "Cf")
    return "".join(kept).strip()


def _write_table(columns: Sequence[str], rows: Sequence[Mapping[str, str]], out: TextIO) -> None:
    terminal = out.isatty()
    console = Console(file=out, highlight=False, soft_wrap=True, force_terminal=terminal)
    if not rows:
        console.print(Text("No rows."))
        return
    asked = _asked_width()
    room = asked or (console.width if terminal else PLAIN_WIDTH)
    widths = {column: max(cell_len(column), *(cell_len(row[column]) for row in rows)) for column in columns}
    beside, below = _arrange(columns, widths, room)
    console.print(Text(_line(beside, {column: column for column in beside}, widths), style="bold"))
    for row in rows:
        console.print(Text(_line(beside, row, widths)))
        for line in _details(below, row, room, wrap=terminal or asked is not None):
            console.print(Text(line, style="dim"))


def _asked_width() -> int | None:
    """Return the width that an exported COLUMNS asks for."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdigit() and int(given) > 0 else None


def _arrange(columns: Sequence[str], widths: Mapping[str, int], room: int) -> tuple[list[str], list[str]]:
    """Split ``columns`` in those that stand side by side and those that go below.

    Below go the sentences, wider than half the room, and then as many from the right as do not fit.
    """
    beside = [column for column in columns if widths[column] <= room // 2] or list(columns[:1])
    while len(beside) > 1 and sum(widths[column] for column in beside) + len(GAP) * (len(beside) - 1) > room:
        beside.pop()
    return beside, [column for column in columns if column not in beside]


def _line(columns: Sequence[str], cells: Mapping[str, str], widths: Mapping[str, int]) -> str:
    padded = (cells[column] + " " * (widths[column] - cell_len(cells[column])) for column in columns)
    return GAP.join(padded).rstrip()


def _details(columns: Sequence[str], row: Mapping[str, str], room: int, *, wrap: bool) -> list[str]:
    """Return the lines below a row: ``name: cell``, several on a line where they fit, wrapped if ``wrap``."""
    lines: list[str] = []
    for column in columns:
        item = f"{column}: {row[column]}"
        if lines and row[column] and cell_len(lines[-1]) + len(GAP) + cell_len(item) <= room:
            lines[-1] += GAP + item
        elif row[column]:
            lines.append(INDENT + item)
    return [part for line in lines for part in _wrapped(line, room)] if wrap else lines


def _wrapped(line: str, room: int) -> list[str]:
    """Break an indented line at ``room`` cells; what goes on hangs a little deeper."""
    hang = INDENT + GAP
    if cell_len(line) <= room:
        return [line]
    cut = chop_cells(line, max(room, 2 * len(hang)))[0]
    return [cut, *(hang + part for part in chop_cells(line[len(cut) :], max(room - len(hang), 8)))]
