"""One sentence → its targets, and the numbers in it that are none, each with the reason."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace

from ingest.baselines import baseline, bracketed_year
from ingest.entries import Entry, entries, runs
from ingest.findings import Context, Found, Lost
from ingest.forms import rows_of
from ingest.metric_carry import grown, leans
from ingest.metrics import counted, without_lead
from ingest.quantities import Quantity
from ingest.scopes import WHOLE, narrower, scope_at
from ingest.sentences import Clause, clauses
from ingest.target_rows import Row
from ingest.target_years import deadline, distributed_years, yearly
from ingest.units import completed
from ingest.verdicts import Around, named, stopped
from ingest.wording import wording
from ingest.years import Year, years

WINDOW = 500  # characters of a sentence around a number that speak of it
EACH_COUNT = re.compile(r"(?:新增|净增|各建?|每个?\w{0,6}(?:建成|新增|培育|建设|引进))$")

LISTED = re.compile(r"[、和及与](?!\w{0,4}收入)")
COUNTED = re.compile(r"(?:达到|达|超过|突破|新增)?约?[\d一二两三四五六七八九十]+(?:\.\d+)?[个家座]")


GROWTH = ("share", "points", "fraction")  # kinds of quantities that say how much a measure moves

FIRM = re.compile(r"力争|争取|确保|目标(?:是|为|:)|奋斗目标|[到至]20\d\d年|20\d\d年底?前|“十[三四五]五”(?:末|期)")


@dataclass(slots=True)
class State:
    """What earlier clauses of the sentence leave behind."""

    scope: str | None
    general: str | None
    rows: list[Row] = field(default_factory=list)
    verb: str | None = None
    found: list[Found] = field(default_factory=list)
    around: dict[tuple[int, int], Around] = field(default_factory=dict)  # by extent
    lost: list[Lost] = field(default_factory=list)


def near(sentence: tuple[int, int], at: int) -> tuple[int, int]:
    """The part of a sentence around a place; all of it but for sentences without end."""
    return max(sentence[0], at - WINDOW), min(sentence[1], at + WINDOW)


def read(text: str, start: int, end: int, numbers: list[Quantity], context: Context) -> tuple[list[Found], list[Lost]]:
    """The targets of the sentence ``text[start:end]`` whose quantities are ``numbers``, and its other numbers."""
    state = State(context.scope, context.scope)
    if context.reason:
        return [], [Lost(item.start, item.end, context.reason) for item in numbers]
    parts = clauses(text, start, end)
    spans = [span for part in parts for span in part.brackets]
    mentions = [item for item in years(text, start, end) if not within_title(text, start, item.start)]
    dates = [item for item in mentions if not any(first < item.start < last for first, last in spans)]
    starts = [item.start for item in numbers]  # rising, as they stand in the text
    final = max(starts, default=start)
    for part in parts:
        if part.start > final:
            break
        if part.mark == ";":
            state.scope, state.verb = state.general, None
        take_scope(text, part, state)
        own = numbers[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
        inner = [item for item in own if any(first < item.start < last for first, last in part.brackets)]
        outer = [item for item in own if item not in inner and not named(text, (start, end), item)]
        if outer:
            read_clause(text, (start, end), part, outer, dates, context, state)
        for first, last in part.brackets:
            held = [item for item in inner if first < item.start < last]
            if held and text[first + 1 : last].startswith("其中"):
                for piece in clauses(text, first + 1, last - 1):
                    few = [item for item in held if piece.start <= item.start < piece.end]
                    read_clause(text, (start, end), piece, few, dates, context, state)
    return state.found, state.lost


def within_title(text: str, start: int, at: int) -> bool:
    """Whether a place stands inside 《》."""
    opened = text.rfind("《", max(start, at - WINDOW), at)
    return opened >= 0 and "》" not in text[opened:at]


def take_scope(text: str, part: Clause, state: State) -> None:
    """The scope that a clause's head gives to what follows in the sentence."""
    head = without_lead(text, part.start, part.end)
    scope = scope_at(text, head, part.end)
    if scope is None or scope.lent or narrower(scope.text, state.scope):
        return
    rest = text[scope.end : part.end]
    if LISTED.match(rest) or COUNTED.match(rest):
        if whole := WHOLE.match(scope.text):
            state.scope = state.general = whole[0]
        return
    state.scope = scope.text
    if scope.general:
        state.general = scope.text


def read_clause(
    text: str,
    sentence: tuple[int, int],
    part: Clause,
    numbers: list[Quantity],
    dates: list[Year],
    context: Context,
    state: State,
) -> None:
    """Add the targets of one clause to ``state``, and its other numbers with their reasons."""
    own, aside = entries(text, part, numbers)
    state.lost += [Lost(item.start, item.end, "it describes what another number counts") for item in aside]
    for group in runs(text, own):
        around = near(sentence, group[0].quantity.start)
        reason = judged(text, around, part, group, dates, context, state)
        rows = (
            []
            if reason
            else rows_of(
                text,
                part,
                group,
                state.scope,
                latest(state.rows, group[0].quantity, text[group[0].left : group[0].quantity.start]),
                state.verb,
                commitment(text, around, context, group[0].quantity),
            )
        )
        if not rows:
            state.lost += [
                Lost(item.quantity.start, item.quantity.end, reason or "no word says what is committed")
                for item in group
            ]
            continue
        issue = distributed_years(group, rows, dates, text, around)
        for index, row in enumerate(rows):
            state.found.append(finish(text, around, part, row, dates, context, issue[index] if issue else None))
        state.rows.append(rows[-1])
        state.verb = rows[-1].verb or state.verb


def latest(rows: list[Row], quantity: Quantity, before: str) -> Row | None:
    """The last row whose number measures as this one does, else the last of all; that also where 增长 or 占 leans on it."""
    if rows and leans(before):
        return rows[-1]
    if rows and quantity.kind not in GROWTH and rows[-1].quantity.kind in GROWTH and (what := grown(rows[-1].metric)):
        return replace(rows[-1], metric=what, verb=None)
    return next((row for row in reversed(rows) if row.quantity.kind == quantity.kind), rows[-1] if rows else None)


def commitment(text: str, sentence: tuple[int, int], context: Context, quantity: Quantity) -> bool:
    """Whether section or sentence say that they commit; for mere counts in firm words (力争, 到2025年)."""
    words = FIRM if counted(quantity) or quantity.kind in ("floor", "area", "length", "mass") else wording().markers
    return context.aim or words.search(text, *sentence) is not None


def judged(
    text: str,
    sentence: tuple[int, int],
    part: Clause,
    group: list[Entry],
    dates: list[Year],
    context: Context,
    state: State,
) -> str | None:
    """Why the numbers of a group are no targets; None where nothing speaks against them."""
    quantity = group[0].quantity
    if context.law and not context.aim and not FIRM.search(text, *sentence):
        return "a provision of law"
    year = deadline(quantity.start, dates)
    past = year if year is not None else context.year
    if past is not None and context.issued is not None and past < context.issued:
        return "history"
    if quantity.chinese and quantity.value_max is None and not summed_is_count(text, part, group[0]):
        return "a list summed up"
    if sentence not in state.around:
        state.around[sentence] = Around(text[slice(*sentence)])
    return stopped(text, sentence, state.around[sentence], part, quantity)


def summed_is_count(text: str, part: Clause, entry: Entry) -> bool:
    """Whether a Chinese numeral counts what is to be reached, and does not sum up what is listed (三个中心)."""
    quantity = entry.quantity
    if quantity.op or not counted(quantity) or quantity.value > 10:
        return True
    before = text[part.start : quantity.start]
    if wording().strong_reach.search(before):
        return True
    return quantity.value > 1 and EACH_COUNT.search(before) is not None


def finish(
    text: str, sentence: tuple[int, int], part: Clause, row: Row, dates: list[Year], context: Context, year: int | None
) -> Found:
    """A row with its year, its unit filled in and its present value."""
    quantity = row.quantity
    own = bracketed_year(text, row.end, sentence[1])
    stated = year or own or deadline(quantity.start, dates)
    now = row.base or baseline(text, row.end, sentence[1]) or baseline(text, quantity.end, sentence[1])
    unit = quantity.unit or row.unit
    return Found(
        row.start, row.end, row.metric, row.scope, row.op, quantity.value, quantity.value_max, completed(unit, row.metric),
        stated or context.year, yearly(text, sentence, quantity.start, row, dates), now,
    )  # fmt: skip


__all__ = ["Context", "Found", "Lost", "read", "replace"]
