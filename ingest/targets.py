"""Targets: the quantities a policy commits to reach (GUIDELINE: Targets), in prose and in tables, each with its path."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from ingest.division import Row, Table, Tasks
from ingest.findings import Context, Found, Lost
from ingest.layout import Line
from ingest.quantities import Quantity, quantities
from ingest.reading import read
from ingest.sentences import sentences
from ingest.target_context import Places
from ingest.target_tables import grids
from ingest.tasks import Work
from ingest.wording import wording
from ingest.years import years

CELL = re.compile(r"[^\t|\n]+?(?=\t|\||\n|  +|$)")
AIM_SENTENCE = re.compile(r"力争|争取|到20\d\d年|20\d\d年底?前|“?十[四五]五”?(?:末|期间)")


@dataclass(frozen=True, slots=True)
class Placed:
    """A target and the path of the item that states it."""

    path: str
    found: Found


@dataclass(slots=True)
class Targets:
    """What a document commits to, and the numbers of its target sections that no target quotes."""

    placed: list[Placed]
    lost: list[Lost]


def targets_of(
    places: Places, start: int, end: int, lines: list[Line], division: list[Table], works: list[Work]
) -> Targets:
    """Every target of the plan, which stands from ``start`` to ``end`` of the view.

    ``lines`` are the document's, for its tables of indicators; ``division`` its task-division tables.
    """
    found = Targets([], [])
    text = places.text
    tables = list(grids(text, lines, places.root.issued))
    for grid in tables:
        inside = start <= grid.start < end
        path = places.path(grid.start) if inside else "0"
        year = places.context(places.item_at(grid.start)).year if inside else None
        found.placed += [Placed(path, replace(row, year=row.year or year)) for row in grid.found]
    aside = [(grid.start, grid.end) for grid in tables]
    aside += [(row.start, row.end) for table in division for row in table.rows]
    numbers = [
        number
        for number in quantities(text, start, end)
        if not any(first <= number.start < last for first, last in aside)
    ]
    read_prose(places, start, end, numbers, found)
    counting = [row for table in division for row in table.rows if next(quantities(text, row.start, row.end), None)]
    tasks = Tasks(places.outline, works) if counting else None
    for row in counting:
        work = tasks.meant(row) if tasks else None
        found.placed += divided(places, row, work, found.placed) if work else []
    found.lost = unquoted(found)
    return found


def read_prose(places: Places, start: int, end: int, numbers: list[Quantity], found: Targets) -> None:
    """Read, line by line, the sentences that hold numbers."""
    text = places.text
    begins = [number.start for number in numbers]
    at = 0
    while at < len(numbers):
        place = begins[at]
        item = places.item_at(place)
        first = max(text.rfind("\n", 0, place) + 1, start, item.body if item else 0)
        newline = text.find("\n", place)
        last = min(end, newline if newline >= 0 else end, item.end if item else end)
        stop = max(bisect_left(begins, last), at + 1)
        read_line(places, places.bullet(item, first, last), first, last, numbers[at:stop], found)
        at = stop


def read_line(places: Places, context: Context, start: int, end: int, numbers: list[Quantity], found: Targets) -> None:
    """Read the sentences of one line that hold numbers."""
    for first, last in sentences(places.text, start, end):
        own = [number for number in numbers if first <= number.start < last]
        if own:
            rows, others = read(places.text, first, last, own, context)
            found.placed += [Placed(places.path(row.start), row) for row in rows]
            if context.aim or AIM_SENTENCE.search(places.text, first, last):
                found.lost += others


def divided(places: Places, row: Row, work: Work, placed: list[Placed]) -> list[Placed]:
    """The targets that stand only in a row of a task-division table, at the path of the item that it means."""
    text = places.text
    numbers = list(quantities(text, row.start, row.end))
    when = next((item.year for item in years(text, *row.time) if item.deadline), None) if row.time else None
    context = replace(places.root, year=when)
    others = [cell for _, cell in row.roles] + ([row.time] if row.time else [])
    found: list[Found] = []
    for match in CELL.finditer(text, row.start, row.end):
        if any(match.start() < end and start < match.end() for start, end in others):
            continue
        for start, end in sentences(text, *match.span()):
            own = [number for number in numbers if start <= number.start < end]
            found += read(text, start, end, own, context)[0] if own else []
    base = work.path.split("#")[0]
    known = {(item.found.value, item.found.unit) for item in placed if item.path.split("#")[0] == base}
    return [Placed(work.path, item) for item in found if (item.value, item.unit) not in known]


def unquoted(found: Targets) -> list[Lost]:
    """The numbers that no target quotes, each once."""
    quoted = [(row.found.start, row.found.end) for row in found.placed]
    seen = {
        (item.start, item.end): item
        for item in found.lost
        if not any(start <= item.start < end for start, end in quoted)
    }
    return list(seen.values())


def numbered_year(number: str | None) -> int | None:
    """The year in a document number, 2016 for 国发〔2016〕43号."""
    match = re.search(r"[\[〔(]\s?(20\d\d)", number or "")
    return int(match[1]) if match else None


def strict(kind: str | None, known: bool) -> bool:
    """Whether a document is of a kind that commits to little (公告, 批复, 办法, news): only firm words count there."""
    return kind in wording().strict_types or not known


@Language.component("targets", requires=["doc._.works", "doc._.header", "doc._.tables"], assigns=["doc._.targets"])
def targets(doc: Doc) -> Doc:
    """Set what the document commits to."""
    policy = doc._.header.policy
    on = policy.issued_on or policy.published_on
    year = on.year if on else numbered_year(policy.doc_number)
    places = Places(
        doc._.outline,
        doc._.items,
        doc._.works,
        year,
        strict(policy.doc_type, bool(policy.title or doc._.items)),
        policy.doc_type in wording().plan_types,
    )
    doc._.targets = targets_of(
        places, doc._.layout.plan_start, doc._.body_end, doc._.layout.lines, doc._.tables, doc._.works
    )
    return doc
