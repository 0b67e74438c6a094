"""What there is to read: files one by one, and files of many documents that are read in pieces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from ingest.files import PathError, escaped, find, location_of
from ingest.formats.given import MAX_BYTES
from ingest.formats.names import is_document
from ingest.spark.addresses import here, literal
from ingest.spark.reading import UNITS, Unit, unit_batch
from ingest.spark.storage import Entry, Storage
from ingest.stamp import Look, look_at

LINES = (".jsonl", ".ndjson")
TABLE = ".parquet"
TOO_LARGE = f"larger than {MAX_BYTES // 1_000_000} MB"


@dataclass(frozen=True)
class Listed:
    """A file, or a folder that is one table: its address for Spark, and its path where it lies on this machine."""

    address: str
    location: str
    source: str
    look: Look
    path: str | None = None
    number: int = 0


@dataclass
class Inputs:
    """Files; files of a document a line, and tables of a document a row; and what is left out, each with the reason."""

    files: list[Listed] = field(default_factory=list)
    lines: list[Listed] = field(default_factory=list)
    tables: list[Listed] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """Other inputs, or changed ones, have another."""
        total = hashlib.sha256()
        for each in (*self.files, *self.lines, *self.tables):
            total.update(f"{each.location}\0{each.source}\0{each.look}\n".encode())
        return total.hexdigest()

    def parts(self, size: int) -> list[list[Listed]]:
        """The files, numbered, ``size`` of them in each part."""
        files = [replace(each, number=number) for number, each in enumerate(self.files)]
        return [files[start : start + size] for start in range(0, len(files), size)]


def inputs_of(storage: Storage, given: Sequence[str]) -> Inputs:
    """What there is at paths and addresses, in the order of ``ingest.files.find``. Raises PathError where there is none."""
    found = Inputs()
    seen: set[str] = set()
    for each in given:
        for one in _at(storage, each, found):
            if one.location not in seen:
                seen.add(one.location)
                _group(found, one).append(one)
    return found


def units_of(spark: SparkSession, part: Sequence[Listed]) -> DataFrame:
    """The units of files, in order in one partition; with their bytes where they lie elsewhere."""
    paths = [(each.number, "file", each.location, each.source, each.path, None) for each in part if each.path]
    frame = spark.createDataFrame(paths, UNITS)
    there = {each.address: each for each in part if not each.path}
    if there:
        read = spark.read.format("binaryFile").load([literal(address) for address in there])
        frame = frame.union(read.select("path", "content").mapInArrow(partial(_with_bytes, there), UNITS))
    return frame.coalesce(1).sortWithinPartitions("number")


def _group(found: Inputs, one: Listed) -> list[Listed]:
    suffix = PurePosixPath(one.source).suffix.lower()
    if suffix == TABLE:
        return found.tables
    return found.lines if suffix in LINES and one.look.size > MAX_BYTES else found.files


def _at(storage: Storage, given: str, found: Inputs) -> Iterator[Listed]:
    local = here(given)
    if local is None:
        yield from _elsewhere(storage, given, found)
        return
    path = Path(local)
    if path.suffix.lower() == TABLE and path.exists():
        yield _table(storage, path.absolute().as_uri(), location_of(path), escaped(path.name))
        return
    listed = find([path])
    found.left += [(escaped(str(each.path)), each.problem) for each in listed.left]
    for file, source in listed.files:
        size = file.stat().st_size
        look = look_at(file) or Look(size, 0)
        yield Listed(file.absolute().as_uri(), location_of(file), source, look, str(file.absolute()))


def _elsewhere(storage: Storage, given: str, found: Inputs) -> Iterator[Listed]:
    if not storage.exists(given):
        raise PathError(f"{given}: no such file or folder")
    whole = storage.whole(given).rstrip("/")
    if PurePosixPath(whole).suffix.lower() == TABLE:
        yield _table(storage, whole, escaped(whole), escaped(PurePosixPath(whole).name))
        return
    folder = storage.is_folder(given)
    for entry in sorted(storage.files(given)):
        name = entry.address[len(whole) + 1 :] if folder else PurePosixPath(whole).name
        if is_document(PurePosixPath(name)) or not folder:
            yield from _file(entry, name, found)


def _file(entry: Entry, name: str, found: Inputs) -> Iterator[Listed]:
    one = Listed(entry.address, escaped(entry.address), escaped(name), Look(entry.size, entry.modified))
    if PurePosixPath(name).name.startswith("_"):
        found.left.append((one.location, "Spark passes over files whose names begin with _"))
    elif entry.size > MAX_BYTES and PurePosixPath(name).suffix.lower() not in LINES:
        found.left.append((one.location, TOO_LARGE))
    else:
        yield one


def _table(storage: Storage, address: str, location: str, source: str) -> Listed:
    """A table: its look is made of those of its files."""
    files = sorted(storage.files(address))
    size, modified = sum(each.size for each in files), max((each.modified for each in files), default=0)
    return Listed(address, location, source, Look(size, modified))


def _with_bytes(there: dict[str, Listed], batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for row in (row for batch in batches for row in batch.to_pylist()):
        each = there[row["path"]]
        yield unit_batch([Unit(each.number, "file", each.location, each.source, None, row["content"])])
