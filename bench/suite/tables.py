"""A benchmark as a table for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bench.suite.figures import Row, Section


def show(section: Section, console: Console) -> None:
    """Print the rows, the ratios, the notes and what could not be measured."""
    console.print(f"\n{section.title}", style="bold", highlight=False)
    rows = section.rows if section.shown is None else section.shown
    if rows:
        console.print(table(rows))
    if section.ratios:
        console.print(
            table(
                [
                    {"ratio": each.what, "value": f"{each.value:.2f}", "aim": aim(each.aim, each.within)}
                    for each in section.ratios
                ]
            )
        )
    for note in section.notes:
        console.print(f"  {note}", highlight=False, markup=False, soft_wrap=True)
    for failure in section.failures:
        console.print(f"  failed: {failure}", style="red", highlight=False, markup=False, soft_wrap=True)


def table(rows: list[Row]) -> Table:
    """Every column that a row has, in the order in which they come; figures stand on the right."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    made = Table(box=None, pad_edge=False, header_style="dim")
    for name in columns:
        numbers = all(isinstance(row.get(name), (int, float, type(None))) for row in rows)
        made.add_column(name.replace("_", " "), justify="right" if numbers or name == "value" else "left")
    for row in rows:
        made.add_row(*(Text(cell(row.get(name))) for name in columns))
    return made


def cell(value: object) -> str:
    """Numbers with three figures that say something; nothing for None."""
    if value is None:
        return ""
    if not isinstance(value, float):
        return f"{value:,}" if type(value) is int else str(value)
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:#.3g}"


def aim(most: float | None, within: bool | None) -> str:
    """What is aimed at, and whether that is so."""
    return "" if most is None else f"{most:g} {'met' if within else 'missed'}"
