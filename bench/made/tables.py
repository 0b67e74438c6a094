"""Tables: who does which task, and which indicator has which value, in the ways in which web pages flatten them."""

from __future__ import annotations

from typing import Any

from bench.made.duties import Writer
from bench.made.forms import Chance, forms
from bench.made.gold import Gold, Row
from bench.made.targets import Writer as Targets

LAYOUTS = ("tabs", "bars", "markdown", "lines", "blank lines", "spaces")
COLUMNS = (  # header cells; what their lists mean
    (("序号", "专项工作", "牵头部门", "配合部门"), ("lead", "support")),
    (("序号", "重点任务", "牵头单位", "配合单位"), ("lead", "support")),
    (("序号", "工作任务", "牵头单位", "责任单位"), ("lead", "responsible")),
    (("序号", "任务内容", "责任单位"), ("responsible",)),
)
UNITS = ("单位", "计量单位")


def flattened(rows: list[list[str]], layout: str) -> str:
    """A table as text. A row of one cell is a heading within it."""
    if layout == "markdown":
        width = len(rows[0])
        full = [row + [""] * (width - len(row)) for row in rows]
        lines = ["| " + " | ".join(row) + " |" for row in full]
        return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])
    if layout in ("lines", "blank lines"):
        gap = "\n" if layout == "lines" else "\n\n"
        return gap.join(cell for row in rows for cell in row)
    mark = {"tabs": "\t", "bars": " | ", "spaces": "    "}[layout]
    return "\n".join(mark.join(row) for row in rows)


def division(chance: Chance, writer: Writer, sections: list[tuple[str, list[tuple[str, str]]]], gold: Gold) -> str:
    """The table that divides tasks, ``sections`` of (path, title), among agencies. Its rows go into ``gold``."""
    header, roles = chance.choice(COLUMNS)
    rows = [list(header)]
    restarts = len(sections) > 1
    serial = 0
    for heading, tasks in sections:
        if restarts:
            rows.append([heading])
            serial = 0
        for path, title in tasks:
            serial += 1
            lists = writer.lists()
            cells = [lists.slot(role, 0) for role in roles]
            row = [str(serial), title, *cells]
            rows.append(row)
            give(gold, path, lists.rows, "\t".join(row), writer.leads)
    return flattened(rows, chance.choice(LAYOUTS))


def give(gold: Gold, path: str, rows: list[Any], sentence: str, leads: bool = False) -> None:
    """Put the agencies of one clause or row into the gold of a task."""
    for at, (name, role) in enumerate(rows):
        said = "lead" if leads and not at and role == "responsible" else role
        row = {"task": path, "agency": name.agency, "canonical": name.canonical, "role": said, "sentence": sentence}
        gold.responsibilities.append(row)


def indicators(chance: Chance, writer: Targets, gold: Gold, path: str) -> str:
    """A table of indicators with their values in one or two years. Its rows go into ``gold``."""
    lists = forms("targets")["lists"]
    known = [entry for kind in ("money", "density", "share", "things") for entry in lists[kind]]
    chosen = chance.sample(known, chance.randint(4, 9))
    present, last = writer.year - 1, writer.last
    two = last - writer.year > 1 and chance.one_in(3)
    years = [writer.year + 1, last] if two else [last]
    ask = chance.choice(("{}年目标", "{}年", "{}年目标值"))
    rows = [
        [
            "序号",
            "指标名称",
            chance.choice(UNITS),
            f"{present}年{chance.choice(('现状', '基数', '实际'))}",
            *map(ask.format, years),
        ]
    ]
    for at, entry in enumerate(chosen, 1):
        now = writer.number({"of": "m"}, {"m": entry})
        goals = [writer.number({"of": "m", "over": "b"}, {"m": entry, "b": now})]
        goals += [writer.number({"of": "m", "over": "b"}, {"m": entry, "b": goals[-1]})] * two
        row = [str(at), entry["name"], entry["unit"], now.digits, *(goal.digits for goal in goals)]
        rows.append(row)
        for year, goal in zip(years, goals, strict=True):
            gold.targets.append(cell(path, entry, goal.value, year, row))
    return flattened(rows, chance.choice(LAYOUTS))


def cell(path: str, entry: Row, value: float, year: int, row: list[str]) -> Row:
    """The target of one cell."""
    return {
        "path": path, "metric": entry["name"], "scope": None, "op": ">=", "value": value, "value_max": None,
        "unit": entry["unit"], "year": year, "per_year": False, "baseline": row[3], "quote": f"{value:g}", "sentence": "\t".join(row),
    }  # fmt: skip
