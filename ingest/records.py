"""The frozen models that extraction writes and the graph loads; nothing else crosses that line.

Offsets are in Unicode characters of the text as read, before any normalisation:
``text[start:end] == quote`` for everything that carries a ``Span``.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

Status = Literal["issued", "draft"]
Role = Literal["lead", "support", "responsible"]
DutyBasis = Literal["stated", "first_named"]
Genre = Literal["policy", "interpretation", "forwarding"]
Relation = Literal["based_on", "supersedes", "amends", "cites", "interprets", "forwards"]
Op = Literal[">=", "<=", "=", "~", "range"]


class Frozen(BaseModel):
    """Base of every record: immutable, and no field that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Frozen):
    """A stretch of the document: ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str


class PageMark(NamedTuple):
    """Where a page of the document begins in its text; pages count from 1."""

    start: int
    page: int


class Cell(NamedTuple):
    """A cell of a table: its extent in the text, and its place in the grid, all counted from 1."""

    start: int
    end: int
    table: int
    row: int
    column: int


class Place(NamedTuple):
    """Where a reader of the file itself finds a quote; all counted from 1, None where the format has no such thing.

    ``page`` and ``row`` are those in which the quote begins. ``column`` is None where it takes in several cells.
    """

    page: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


class Document(Frozen):
    """A file as it was read. ``sha256`` is the hash of its bytes; ``source`` its name, ``a.zip/b.docx`` inside another.

    ``metadata`` are the fields that stand outside the text, sorted, under the names of the Chinese government website
    guideline where it has one (ArticleTitle, PubDate, ContentSource, Url). ``pages`` and ``cells`` are in order of the text.
    """

    sha256: str
    source: str
    media_type: str
    text: str
    metadata: tuple[tuple[str, str], ...] = ()
    pages: tuple[PageMark, ...] = ()
    cells: tuple[Cell, ...] = ()


def page_of(document: Document, start: int) -> int | None:
    """The page on which the character at ``start`` stands; None where the format has no pages."""
    index = bisect_right(document.pages, start, key=lambda mark: mark.start)
    return document.pages[index - 1].page if index else None


def cell_of(document: Document, start: int) -> Cell | None:
    """The table cell in which the character at ``start`` stands; None outside of tables."""
    index = bisect_right(document.cells, start, key=lambda cell: cell.start)
    cell = document.cells[index - 1] if index else None
    return cell if cell is not None and start < cell.end else None


def place_of(document: Document, span: Span, words: str | None = None) -> Place:
    """Where ``span`` stands. Of several cells of a row the column is that of the only one that holds ``words``."""
    page, first = page_of(document, span.start), cell_of(document, span.start)
    if first is None:
        return Place(page)
    cells = _row_of(document, first, span.end)
    if words and len(cells) > 1:
        cells = [cell for cell in cells if words in document.text[cell.start : cell.end]]
    return Place(page, first.table, first.row, cells[0].column if len(cells) == 1 else None)


def _row_of(document: Document, first: Cell, end: int) -> list[Cell]:
    """The cells from ``first`` on that begin before ``end``; none where these are not all of its row."""
    cells = [first]
    for index in range(bisect_right(document.cells, first), len(document.cells)):
        cell = document.cells[index]
        if cell.start >= end:
            break
        if (cell.table, cell.row) != (first.table, first.row):
            return []
        cells.append(cell)
    return cells


class Region(Frozen):
    """A region of GB/T 2260: six-digit ``code``, own ``name`` (常德市), ``full_name`` (湖南省常德市)."""

    code: str
    name: str
    full_name: str
    level: Literal["country", "province", "prefecture", "county"]
    parent: str | None  # code of the region it is part of; None for the country (100000)


class Succession(Frozen):
    """One agency followed by another in a reform: canonical names, year, and why."""

    predecessor: str
    successor: str
    since: int
    basis: str


class Agency(Frozen):
    """An agency as the graph knows it.

    ``id`` is the full official name with its region (常德市发展和改革委员会); for a name that no table
    settles, the region's own name and the name as it was said, and then ``resolved`` is False.
    """

    id: str
    name: str
    short_name: str
    function: str | None  # 发展改革, 生态环境 …
    level: Literal["central", "province", "prefecture", "county"] | None
    region: str | None  # code
    collective: bool = False
    party: bool = False
    resolved: bool = True


class Policy(Frozen):
    """The document's own facts. ``id`` is the normalised number, else issuer or region + title + date.

    ``genre``: an ``interpretation`` is an article that explains a policy and sets nothing itself; a ``forwarding`` notice
    is a policy of its own that passes on what another office has made.
    """

    id: str
    title: str | None
    doc_number: str | None = None
    doc_type: str | None = None  # 通知, 意见, 实施方案 …
    issuers: tuple[str, ...] = ()  # full names
    issuer_ids: tuple[str, ...] = ()  # the same as Agency ids
    region: str | None = None  # full name: 湖南省常德市
    region_code: str | None = None
    genre: Genre = "policy"
    status: Status = "issued"
    issued_on: date | None = None
    published_on: date | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    in_force_from: date | None = None
    in_force_to: date | None = None
    evidence: Span  # the title where it stands in the text, else the first line


class ThemeMention(Frozen):
    """Why a task is about a theme: the words that gave it."""

    theme: str
    terms: tuple[str, ...]
    evidence: Span  # the sentence of the first term


class Task(Frozen):
    """An item of the numbered tree that says what is to be done."""

    path: str
    title: str
    text: str
    evidence: Span  # the whole item
    themes: tuple[ThemeMention, ...] = ()
    industries: tuple[str, ...] = ()
    parks: tuple[str, ...] = ()


class Responsibility(Frozen):
    """One agency tied to one task."""

    task: str  # path of the task
    agency: str  # surface name, its elided level restored: 市工信局
    mention: str  # as it stands in the text: 工信局
    agency_id: str
    canonical: str | None
    role: Role
    position: int  # 1 is the first named of its clause
    basis: DutyBasis
    evidence: Span  # the clause or the table row


class Target(Frozen):
    """A quantity that the policy commits to reach (GUIDELINE: Targets)."""

    path: str
    metric: str
    indicator: str | None = None  # canonical name from the table of indicators
    scope: str | None = None
    op: Op = ">="
    value: float
    value_max: float | None = None
    unit: str | None = None
    base_value: float | None = None
    base_value_max: float | None = None
    base_unit: str | None = None
    year: int | None = None
    per_year: bool = False
    baseline: str | None = None
    parks: tuple[str, ...] = ()  # park names its scope binds
    region: str | None = None  # code of the region its scope binds
    evidence: Span


class Park(Frozen):
    """An individual park. ``name`` is full and official where that is certain."""

    name: str
    mentions: tuple[str, ...]
    park_class: str | None = None  # 国家级经开区, 省级高新区 …
    level: Literal["national", "province", "city", "county"] | None = None
    region: str | None = None  # code
    evidence: Span


class ParkIndustry(Frozen):
    """An industry that the text gives a named park to develop."""

    park: str
    industry: str  # as the graph knows it
    mention: str  # as it stands in the text
    evidence: Span


class Reference(Frozen):
    """Another policy document that this one cites; both None for a clause that names none."""

    title: str | None
    doc_number: str | None
    relation: Relation
    extent: Literal["whole", "inconsistent_parts"] = "whole"
    evidence: Span


class Unresolved(Frozen):
    """Something that was seen and not understood."""

    kind: Literal["agency", "number", "clause", "park"]
    text: str
    reason: str
    evidence: Span


class Record(Frozen):
    """Everything that one document says, as far as it was understood."""

    document: Document
    policy: Policy
    tasks: tuple[Task, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    parks: tuple[Park, ...] = ()
    park_industries: tuple[ParkIndustry, ...] = ()
    references: tuple[Reference, ...] = ()
    agencies: tuple[Agency, ...] = ()  # every agency that a row names, and its chain of successions
    successions: tuple[Succession, ...] = ()
    regions: tuple[Region, ...] = ()  # every region that a row names, up to the country
    unresolved: tuple[Unresolved, ...] = ()
    covered: int = 0  # characters of the text that some task, clause, header field or target covers
