"""What there is on disk beside what the graph holds of it: new and changed files, and those that are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from api.keeping.kept import Kept
from graph.places import Place, places_under
from graph.store import Store
from ingest.files import Found, Left, location_of
from ingest.stamp import Stamp, edition, look_at, stamp_of


@dataclass(frozen=True)
class Entry:
    """A file: the path to read, the name it goes by, its location in the graph, and what the graph found there before.

    ``stamp`` is what it looked like before it is read, so that a change meanwhile is noticed; None where that cannot be told.
    """

    path: Path
    source: str
    location: str
    held: tuple[Place, ...] = ()
    stamp: Stamp | None = None


@dataclass
class Survey:
    """Files to read; files that were read before and are not in the graph yet; and all others."""

    to_read: list[Entry] = field(default_factory=list)
    known: list[Entry] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    left: Sequence[Left] = ()
    gone: list[Place] = field(default_factory=list)


def survey(store: Store, paths: Sequence[Path], found: Found, kept: Kept) -> Survey:
    """Compare the files ``found`` at ``paths`` with what ``store`` and ``kept`` know of them. Raises StoreError."""
    entries = {location_of(path): (path, source) for path, source in found.files}
    held, strangers = _by_file(places_under(store, map(location_of, paths)), entries)
    made = Survey(left=found.left, gone=_gone(strangers, [location_of(each.path) for each in found.left]))
    for location, (path, source) in entries.items():
        _place(made, Entry(path, source, location, tuple(held.get(location, ()))), kept)
    return made


def _by_file(places: Sequence[Place], files: Mapping[str, object]) -> tuple[dict[str, list[Place]], list[Place]]:
    """The places in each of the files, and those in none of them."""
    held: dict[str, list[Place]] = {}
    others = []
    for place in places:
        file = next((each for each in _upwards(place.path) if each in files), None)
        if file is None:
            others.append(place)
        else:
            held.setdefault(file, []).append(place)
    return held, others


def _gone(places: Sequence[Place], left: Sequence[str]) -> list[Place]:
    """Those whose file is not there: what could not be looked at, or is there and was passed over, is not gone."""
    return [place for place in places if not any(each in left or Path(each).is_file() for each in _upwards(place.path))]


def _upwards(path: str) -> list[str]:
    """A path, and all those above it, the nearest first."""
    return [path, *map(str, Path(path).parents)]


def _place(made: Survey, entry: Entry, kept: Kept) -> None:
    look, stamps = look_at(entry.path), [Stamp.of(place.stamp) for place in entry.held]
    known = kept.stamp(entry.location, entry.source)
    old = [stamp for stamp in (*stamps, known) if stamp and stamp.edition == edition()]
    now = next((stamp for stamp in old if stamp.look == look), None) or (stamp_of(entry.path) if look else None)
    entry = Entry(entry.path, entry.source, entry.location, entry.held, now)
    if now and stamps and all(_same(stamp, now) for stamp in stamps):
        made.unchanged.append(entry)
    elif now and _same(known, now):
        made.known.append(entry)
    else:
        made.to_read.append(entry)


def _same(one: Stamp | None, other: Stamp) -> bool:
    return one is not None and (one.sha256, one.edition) == (other.sha256, other.edition)
