"""``parkgraph ingest``: brings a graph into step with files and folders, in one revision."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TypeVar

from api import documents
from api.keeping.batch import Batch, batch_of
from api.keeping.kept import Kept, file_of, place_for
from api.keeping.report import Report
from api.keeping.shelf import Shelf
from api.keeping.survey import Entry, Survey, survey
from api.keeping.voice import Voice
from graph.detail.differences import differing_policies
from graph.errors import RecordError
from graph.foresee import foresee
from graph.load import load
from graph.recent import Revision
from graph.store import Store, check_writable, open_store
from ingest.files import Found, Outcome
from ingest.pool import Pool
from ingest.worker import Limits

T = TypeVar("T")


@dataclass(frozen=True)
class Order:
    """What to keep in step with what. ``prune`` takes out documents whose files are gone."""

    paths: Sequence[Path]
    store: str
    workers: int = 1
    limits: Limits = field(default_factory=Limits)
    prune: bool = False


def bring(order: Order, found: Found, voice: Voice) -> Report:
    """Load what is new or changed among the files ``found``, all or nothing.

    Raises StoreError, WorkerError. What was read until then is kept for the next run.
    """
    place = place_for(order.store)
    with (
        open_store(order.store) as store,
        Kept(place, _terms(order.limits)) as kept,
        Shelf(place and place.parent) as shelf,
    ):
        check_writable(store)  # now, and not once everything is read
        batch = _read(order, found, store, kept, shelf, voice)
        before = store.revision()
        result = (
            _despite_faults(batch, voice, lambda: load(store, batch.records, locations=batch.places)) if batch else None
        )
        kept.drop(batch.settled)
        revision, told = result.revision if result else before, batch.told()
        changed = bool(result and result.changed)
        loaded = [line.document for line in told if line.outcome == "loaded" and line.document]
        differing = len(differing_policies(store, loaded)) if changed else 0
        return Report(told, order.store, revision, changed, differing)


def foresee_all(order: Order, found: Found, voice: Voice) -> tuple[Report, Revision | None]:
    """What ``bring`` would do, and the revision it would make; no graph is written or made."""
    with (
        _untouched(order.store) as (store, place),
        Kept(place, _terms(order.limits)) as kept,
        Shelf(place and place.parent) as shelf,
    ):
        batch = _read(order, found, store, kept, shelf, voice)
        revision = _despite_faults(batch, voice, lambda: foresee(store, batch.records, locations=batch.places))
        return Report(batch.told(), order.store, store.revision(), revision is not None), revision


def _read(order: Order, found: Found, store: Store, kept: Kept, shelf: Shelf, voice: Voice) -> Batch:
    seen = survey(store, order.paths, found, kept)
    for left in seen.left:
        voice.problem(left.path, left.problem)
    read = chain(_known(seen, kept), _fresh(order, seen.to_read, kept))
    batch = batch_of(seen, _telling(read, voice), order.prune, shelf)
    for line in batch.lines:
        if line.outcome in ("removed", "gone"):
            voice.line(f"{line.outcome}: {line.path}: {line.reason}")
    return batch


def _telling(read: Iterable[tuple[Entry, list[Outcome]]], voice: Voice) -> Iterator[tuple[Entry, list[Outcome]]]:
    for entry, outcomes in read:
        documents.say_problems(outcomes, voice)
        yield entry, outcomes


def _known(seen: Survey, kept: Kept) -> Iterator[tuple[Entry, list[Outcome]]]:
    """What was read before; a file of which that is lost after all is read again."""
    for entry in seen.known:
        outcomes = kept.get(entry.location, entry.source)
        if outcomes is None:
            seen.to_read.append(entry)
        else:
            yield entry, outcomes


def _fresh(order: Order, entries: Sequence[Entry], kept: Kept) -> Iterator[tuple[Entry, list[Outcome]]]:
    """Read files, and keep what each gives as soon as it is there."""
    if not entries:
        return
    files = [(entry.path, entry.source) for entry in entries]
    with Pool(min(order.workers, len(files)), order.limits) as pool:
        for entry, outcomes in zip(entries, documents.outcomes_of(files, pool, "reading"), strict=True):
            if entry.stamp:
                kept.put(entry.location, entry.source, entry.stamp, outcomes)
            yield entry, outcomes


def _despite_faults(batch: Batch, voice: Voice, act: Callable[[], T]) -> T:
    """Do it; when a record contradicts itself, once more without such records: one bad file does not spoil the others."""
    try:
        return act()
    except RecordError:
        if not batch.drop_faulty(voice):
            raise
        return act()


def _terms(limits: Limits) -> str:
    """What else the outcome of a file depends on: its limits, and whether a converter is there."""
    return f"{limits.seconds:g} {limits.in_all:g} {limits.megabytes} {shutil.which('soffice') or ''}"


@contextmanager
def _untouched(url: str) -> Iterator[tuple[Store, Path | None]]:
    """The store, and the file for what was read; both in a folder that goes away where there is no store yet."""
    file = file_of(url)
    if file is None or file.exists():
        with open_store(url, create=False) as store:
            yield store, place_for(url)
        return
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "none.lbug") as store:
        yield store, Path(folder) / "none.reading"
