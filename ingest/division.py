"""Task-division tables (任务分工表): rows that point at the body's items, flattened in any of the usual ways.

A table comes as one cell a line, or with its cells parted by tabs, runs of spaces or bars. Rows make no tasks:
each is tied to the body's item with the same section and number, or the title most like its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from ingest.agencies import agency_like
from ingest.duties import Clause, Duty, by_verbs, numbered
from ingest.layout import Line, columns_of, joined, patterns
from ingest.records import Role
from ingest.structure import Outline
from ingest.tables import load_yaml
from ingest.tasks import Work, heading_text

CELLS = re.compile(r"[^\t|]+?(?=\t|\||  +|$)")
BRACKETED = re.compile(r"[()（）].*$")
AFTER_TABLE = re.compile(r"(?:备?注|说明)\s*:|附件\s*\d*\s*[:.]?\s*$")
ROW_NUMBER = re.compile(r"\(?(\d{1,3})\)?[.、]?")
LIKE = 0.55  # likeness of titles from which a row is taken to mean an item
NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])")
MARKS = re.compile(r"[\W_]+")
Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the heading it stands under, its number, and its cells by column."""

    section: str
    number: int | None
    tasks: tuple[Cell, ...]
    roles: tuple[tuple[Role, Cell], ...]
    time: Cell | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table's columns in order and the extent of its rows."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@cache
def columns() -> dict[str, str]:
    """Word of a header cell → column: number, task, lead, support, responsible, time or other."""
    table = load_yaml("duties.yml")
    words = {word: role for role in ("lead", "support", "responsible") for word in table["labels"][role]}
    return words | {word: kind for kind, names in table["columns"].items() for word in names}


def column_of(text: str) -> str | None:
    """The column that a header cell names."""
    bare = BRACKETED.sub("", joined(text))
    return columns().get(bare)


def tables_of(outline: Outline, lines: list[Line]) -> list[Table]:
    """Every table of the text with a column of agencies."""
    found: list[Table] = []
    index = 0
    while index < len(lines):
        header, following = header_at(outline, lines, index)
        if header and any(kind in ("lead", "responsible") for kind in header) and "task" in header:
            inline = following == index + 1
            stop = end_of(lines, following, header)
            body = lines[following:stop]
            rows = split_rows(outline, body, header) if inline else cell_rows(outline, body, header)
            found.append(Table(tuple(header), tuple(rows)))
            index = stop
        else:
            index += 1
    return found


def header_at(outline: Outline, lines: list[Line], index: int) -> tuple[list[str], int]:
    """The columns of a header that begins at a line, and the line after it; ([], index) where there is none."""
    cells = cells_of(outline, lines[index]) if lines[index].parted() else []
    if len(cells) > 1:
        kinds = [column_of(outline.view.text[start:end]) for start, end in cells]
        if all(kinds):
            return [kind for kind in kinds if kind], index + 1
    found: list[str] = []
    at = index
    while at < len(lines) and len(found) < 9 and (kind := column_of(lines[at].text)):
        found.append(kind)
        at += 1
    return (found, at) if len(found) > 1 else ([], index)


def cells_of(outline: Outline, line: Line) -> list[Cell]:
    """Extents of the cells of one line."""
    text = outline.view.text
    extents = [(line.start, line.end)]
    if line.parted():
        extents = [match.span() for match in CELLS.finditer(text, line.start, line.end)]
    found = []
    for start, end in extents:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            found.append((start, end))
    return found


def end_of(lines: list[Line], start: int, header: list[str]) -> int:
    """The line after a table's last: page furniture, a note, or another header."""
    for index in range(start, len(lines)):
        text = lines[index].text
        if patterns()["tail"].match(text) or AFTER_TABLE.match(text):
            return index
    return len(lines)


def split_rows(outline: Outline, body: list[Line], header: list[str]) -> list[Row]:
    """Rows of a table with its cells in lines."""
    rows: list[Row] = []
    section = ""
    for line in body:
        cells = cells_of(outline, line)
        if len(cells) == len(header):
            row = fitted(outline, cells, header, section)
            if row:
                rows.append(row)
        elif len(cells) == 1:
            section = line.text
        elif len(cells) >= 2:
            filled = columns_of(outline.view.text, line, cells, len(header))
            kinds = [header[place] for place in filled] if filled else without_extra(header, len(cells))
            row = fitted(outline, cells, kinds, section)
            if row:
                rows.append(row)
    return rows


def without_extra(header: list[str], count: int) -> list[str]:
    """The header less the columns that a short row leaves out: others first, then times, then tasks but the last."""
    kept = list(header)
    for kind in ("other", "number", "time", "support", "task"):
        while len(kept) > count and kind in kept and (kind != "task" or kept.count("task") > 1):
            kept.remove(kind)
    return kept


def cell_rows(outline: Outline, body: list[Line], header: list[str]) -> list[Row]:
    """Rows of a table with one cell a line; numbers begin rows, what stands over them is a section."""
    if "number" not in header:
        width = len(header)
        groups = [body[at : at + width] for at in range(0, len(body) - width + 1, width)]
        return [row for group in groups if (row := fitted(outline, spans(group), header, ""))]
    rows: list[Row] = []
    section = ""
    group: list[Line] = []
    number: int | None = None
    for line in [*body, None]:
        mark = ROW_NUMBER.fullmatch(line.text) if line else None
        if line is None or (mark and int(mark[1]) in (1, (number or 0) + 1)):
            if number is not None:
                row, section = cut(outline, group, header, section, number)
                rows += [row] if row else []
            elif group:
                section = group[-1].text
            group, number = [], int(mark[1]) if mark else None
        else:
            group.append(line)
    return rows


def spans(group: list[Line]) -> list[Cell]:
    """Extents of lines."""
    return [(line.start, line.end) for line in group]


def cut(outline: Outline, group: list[Line], header: list[str], section: str, number: int) -> tuple[Row | None, str]:
    """One numbered row of a cell-a-line table, and the section that its surplus lines name."""
    wanted = [kind for kind in header if kind != "number"]
    cells = spans(group)
    while len(cells) > len(wanted) or (
        len(cells) == len(wanted) and len(wanted) > 2 and not plausible(outline, cells, wanted)
    ):
        shorter = cells[:-1]
        if len(shorter) < 2:
            break
        cells = shorter
    following = group[-1].text if len(cells) < len(group) else section
    kinds = wanted if len(cells) == len(wanted) else without_extra(wanted, len(cells))
    row = fitted(outline, cells, kinds, section, number) if cells else None
    return row, following


def plausible(outline: Outline, cells: list[Cell], kinds: list[str]) -> bool:
    """Whether the cells under the columns of agencies read like lists of agencies."""
    text = outline.view.text
    return all(
        any(agency_like(name) for name in re.split("[、,。;]", text[start:end]) if name)
        or "负责" in text[start:end]
        or end - start < 3
        for (start, end), kind in zip(cells, kinds, strict=True)
        if kind in ("lead", "support", "responsible")
    )


def fitted(
    outline: Outline, cells: list[Cell], kinds: list[str], section: str, number: int | None = None
) -> Row | None:
    """A row from cells in the order of their columns; None without a task or an agency."""
    if len(cells) != len(kinds):
        return None
    text = outline.view.text
    tasks = [cell for cell, kind in zip(cells, kinds, strict=True) if kind == "task"]
    roles = [
        (kind, cell) for cell, kind in zip(cells, kinds, strict=True) if kind in ("lead", "support", "responsible")
    ]
    if not tasks or not roles:
        return None
    for (start, end), kind in zip(cells, kinds, strict=True):
        if kind == "number" and text[start:end].strip("().、").isdigit():
            number = int(text[start:end].strip("().、"))
    time = next((cell for cell, kind in zip(cells, kinds, strict=True) if kind == "time"), None)
    return Row(section, number, tuple(tasks), tuple(roles), time, cells[0][0], cells[-1][1])  # type: ignore[arg-type]


def clause_of(outline: Outline, row: Row, first_leads: bool) -> Clause | None:
    """What a row says of agencies, as one clause over the whole row."""
    duties: list[Duty] = []
    for role, (start, end) in row.roles:
        duties += by_verbs(outline.view.text, start, end, role)
    if not duties:
        return None
    return numbered([Clause(row.start, row.end, tuple(duties))], first_leads)[0]


class Tasks:
    """The tasks that rows may mean, with their words ready for comparison."""

    def __init__(self, outline: Outline, works: list[Work]) -> None:
        text = outline.view.text
        self.outline = outline
        self.works = works
        self.titles = [bare(text[slice(*work.title)]) for work in works]
        self.letters = [frozenset(title) for title in self.titles]
        self.texts = [bare(text[work.start : work.end]) for work in works]
        parents = [work.item.ancestors() for work in works]
        self.above = [bare(heading_text(outline, found[0])) if found else "" for found in parents]
        self.under: dict[str, dict[str, float]] = {}  # a row's section to each heading's likeness

    def meant(self, row: Row) -> Work | None:
        """The task that a row means: the most alike title, section and number deciding between equals."""
        cells = [bare(self.outline.view.text[start:end]) for start, end in row.tasks]
        under = bare(row.section) or (cells[0] if len(cells) > 1 else "")
        if under not in self.under:
            self.under[under] = {heading: likeness(under, heading) for heading in set(self.above)}
        best, best_score = None, 0.0
        for index, work in enumerate(self.works):
            score = max([self.likeness(cell, index) for cell in cells])
            above = self.under[under][self.above[index]]
            numbered = row.number is not None and work.item.ordinal == row.number
            if score >= LIKE or (above > 0.8 and numbered and score > 0.3):
                score = max(score, LIKE) + 0.1 * numbered + 0.2 * (above > LIKE)
            if score > best_score:
                best, best_score = work, score
        return best if best_score >= LIKE else None

    def likeness(self, cell: str, index: int) -> float:
        """How well a cell says a task: as its title, or as words of its text."""
        score = likeness(cell, self.titles[index], self.letters[index])
        return 0.9 if score < LIKE and len(cell) >= 8 and cell[:20] in self.texts[index] else score


def bare(text: str) -> str:
    """A title without numbers and punctuation, for comparison."""
    return MARKS.sub("", NUMBER.sub("", joined(text)))


def likeness(first: str, second: str, letters: frozenset[str] | None = None) -> float:
    """0 to 1; a title that the other begins with counts as nearly equal. ``letters``: those of ``second``, if at hand."""
    if not first or not second:
        return 0.0
    if first == second:
        return 1.0
    if min(len(first), len(second)) > 5 and (first.startswith(second) or second.startswith(first)):
        return 0.95
    least = LIKE * (len(first) + len(second))
    if 2 * len(first) < least or 2 * sum(map((letters or set(second)).__contains__, first)) < least:
        return 0.0  # the ratio cannot be higher
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio()


@Language.component("division", requires=["doc._.layout"], assigns=["doc._.tables"])
def division(doc: Doc) -> Doc:
    """Set the task-division tables."""
    doc._.tables = tables_of(doc._.outline, doc._.layout.lines)
    return doc
