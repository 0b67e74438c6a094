"""What is to be loaded in one step: what the files gave, and the places in the graph that are no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.keeping.report import Line, What, loaded, skipped
from api.keeping.shelf import Shelf
from api.keeping.survey import Entry, Survey
from api.keeping.voice import Voice
from graph.documents import Places
from graph.foresee import fault
from graph.places import Place
from ingest.files import Outcome, location_of
from ingest.records import Record

STAYS = "; what was loaded from it before stays"


@dataclass(frozen=True)
class Arrival:
    """A document to load: where it was found, the stamp that its file gets, and whether something was there before.

    ``number`` is that of its record on the shelf.
    """

    path: Path
    document: str
    policy: str
    number: int
    location: str
    stamp: str | None
    known: bool


@dataclass
class Batch:
    """Documents to load, their records on a shelf; places that are no more; and what there is to report."""

    shelf: Shelf
    arrivals: list[Arrival] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    moved: dict[str, Place] = field(default_factory=dict)  # by their new location
    settled: list[str] = field(default_factory=list)  # files of which the graph knows all once this is loaded

    @property
    def records(self) -> Sequence[Record]:
        """The records to load, each made when it is asked for."""
        return self.shelf.those([arrival.number for arrival in self.arrivals])

    @property
    def places(self) -> Places:
        """Where they were found, and what is no more."""
        found = [arrival.location for arrival in self.arrivals]
        return Places(found, [arrival.stamp for arrival in self.arrivals], [place.path for place in self.gone])

    def __bool__(self) -> bool:
        return bool(self.arrivals or self.gone)

    def drop_faulty(self, voice: Voice) -> bool:
        """Take out the records that the graph cannot hold; whether there were any."""
        faults = {arrival.location: fault(self.shelf.get(arrival.number)) for arrival in self.arrivals}
        for arrival in self.arrivals:
            if cause := faults[arrival.location]:
                voice.problem(arrival.path, cause)
                self.lines.append(skipped(arrival.path, cause))
        kept = [arrival for arrival in self.arrivals if not faults[arrival.location]]
        found, self.arrivals = len(kept) < len(self.arrivals), kept
        return found

    def told(self) -> list[Line]:
        """Every line, in order of path."""
        lines = [*self.lines, *(self._line(arrival) for arrival in self.arrivals)]
        return sorted(lines, key=lambda line: (line.path, line.outcome))

    def _line(self, arrival: Arrival) -> Line:
        before = self.moved.get(arrival.location)
        what: What = "moved" if before else "loaded"
        return loaded(arrival.path, what, arrival.document, arrival.policy, was=before.path if before else None)


def batch_of(seen: Survey, read: Iterable[tuple[Entry, Sequence[Outcome]]], prune: bool, shelf: Shelf) -> Batch:
    """What a survey and the files that were read for it come to. ``prune`` takes out what is gone.

    ``read`` is gone through once, and the records are kept on ``shelf``.
    """
    batch = Batch(shelf, lines=[skipped(each.path, each.problem) for each in seen.left])
    batch.lines += [Line(entry.location, "unchanged") for entry in seen.unchanged]
    batch.settled += [entry.location for entry in seen.unchanged]
    for entry, outcomes in read:
        _add(batch, entry, outcomes)
    _find_moved(batch, seen.gone)
    moved = {place.path for place in batch.moved.values()}
    for place in (place for place in seen.gone if place.path not in moved):
        reason = "its file is gone"
        batch.lines.append(Line(place.path, "removed" if prune else "gone", reason, place.document, place.policy))
        batch.gone += [place] if prune else []
    return batch


def _add(batch: Batch, entry: Entry, outcomes: Sequence[Outcome]) -> None:
    whole = not any(outcome.cut for outcome in outcomes)
    stamp = str(entry.stamp) if whole and entry.stamp else None
    held, seen = {place.path for place in entry.held}, set()
    for outcome in outcomes:
        location = location_of(outcome.path)
        seen.add(location)
        if outcome.record:
            document, policy = outcome.record.document.sha256, outcome.record.policy.id
            number, known = batch.shelf.put(outcome.record), location in held
            batch.arrivals.append(Arrival(outcome.path, document, policy, number, location, stamp, known))
            continue
        stays = STAYS if location in held or (outcome.cut and held) else ""
        batch.lines.append(skipped(outcome.path, f"{outcome.problem}{stays}"))
    if stamp and any(outcome.record for outcome in outcomes):
        batch.settled.append(entry.location)
    if whole:  # what is no longer in it is known only then
        for place in (place for place in entry.held if place.path not in seen):
            batch.gone.append(place)
            batch.lines.append(Line(place.path, "removed", "no longer in its file", place.document, place.policy))


def _find_moved(batch: Batch, gone: Sequence[Place]) -> None:
    """Tell which documents lay elsewhere before: their old places are no more, and nothing is lost with them."""
    before: dict[str, list[Place]] = {}
    for place in gone:
        before.setdefault(place.document, []).append(place)
    for arrival in batch.arrivals:
        places = before.get(arrival.document)
        if places and not arrival.known:
            batch.moved[arrival.location] = places.pop(0)
    batch.gone += batch.moved.values()
