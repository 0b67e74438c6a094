"""The whole way: inputs, parts that are read, the steps of the merge, and a store or files for an import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from api import __version__
from api.failures import Code, Failure, one_line
from api.keeping.kept import file_of
from api.keeping.report import Line, Report, What, skipped
from api.keeping.voice import Voice
from api.spark.session import cause_of, session
from graph.bulk import COMMAND
from graph.dump import is_empty
from graph.log import time_now
from graph.schema import SCHEMA_VERSION
from graph.store import open_store
from ingest.files import PathError
from ingest.formats.names import printable
from ingest.spark.addresses import here
from ingest.stamp import edition
from ingest.worker import Limits

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from api.spark.work import Work
    from ingest.spark.units import Inputs

PART = 1000


@dataclass(frozen=True)
class SparkOrder:
    """What to read, and what to make of it: the new embedded store ``store``, or ``files`` for neo4j-admin.

    ``work`` is where Spark keeps what it has done; ``part`` is the number of documents that are done as a whole or again.
    """

    given: Sequence[str]
    store: str
    files: str | None = None
    work: str | None = None
    master: str | None = None
    part: int = PART
    limits: Limits = field(default_factory=Limits)
    every_line: bool = False


@dataclass(frozen=True)
class Summary(Report):
    """A report that counts documents which were loaded instead of naming each."""

    loaded: int = 0

    def count(self, what: What) -> int:
        """How many there are of a kind."""
        return super().count(what) + (self.loaded if what == "loaded" else 0)


def bring_all(order: SparkOrder, voice: Voice) -> Report:
    """Make a graph of all documents. Raises Failure, StoreError; what was done until then is kept for the next run."""
    folder = order.work or f"{order.files or _target(order).absolute()}.spark"
    _check(order, folder)
    with session(order.master) as spark:
        from api.spark.work import Work
        from ingest.spark.storage import Storage
        from ingest.spark.units import inputs_of

        try:
            inputs = inputs_of(Storage(spark), order.given)
        except PathError as error:
            raise Failure(printable(one_line(error)), Code.USAGE) from error
        except Exception as error:
            raise Failure(f"{', '.join(order.given)}: {cause_of(error)}", Code.USAGE) from error
        if not (inputs.files or inputs.lines or inputs.tables or inputs.left):
            raise Failure(f"{', '.join(order.given)}: no documents found", Code.USAGE)
        work = Work(spark, folder, _terms(order, inputs), time_now())
        told = _made(order, inputs, work, voice)
        if order.files is not None:
            voice.line(f"{order.files}/{COMMAND} has the command that imports them")
        if order.work is None:
            work.remove()
        return told


def _made(order: SparkOrder, inputs: Inputs, work: Work, voice: Voice) -> Report:
    from graph.spark.build import build

    outcomes = _read(order, inputs, work)
    table, rows = build(outcomes.where("record IS NOT NULL"), work.now, work.step)
    lines = [skipped(Path(path), problem) for path, problem in [*inputs.left, *_problems(outcomes, rows)]]
    for line in lines:
        voice.problem(Path(line.path), line.reason)
    copies = rows.where("kind = 'copy'")
    count = copies.count()
    target = _written(order, table, work, revision=min(count, 1))
    if order.every_line:
        lines += _loaded(copies, outcomes)
    lines.sort(key=lambda line: line.path)
    return Summary(lines, target, min(count, 1), count > 0, loaded=0 if order.every_line else count)


def _loaded(copies: DataFrame, outcomes: DataFrame) -> list[Line]:
    found = copies.join(outcomes.select("row", "path"), "row").select("path", "id", "target").collect()
    return [Line(row["path"], "loaded", None, row["id"], row["target"]) for row in found]


def _read(order: SparkOrder, inputs: Inputs, work: Work) -> DataFrame:
    from ingest.spark.reading import OUTCOMES, outcomes
    from ingest.spark.units import units_of

    spark = work.spark
    parts = inputs.parts(order.part)
    units: list[Callable[[], DataFrame]] = [partial(units_of, spark, part) for part in parts]
    units += _pieces(order, inputs, work, len(parts))

    def make(number: int) -> DataFrame:
        return outcomes(units[number](), order.limits)

    return work.parts("read", {number: partial(make, number) for number in range(len(units))}, OUTCOMES)


def _pieces(order: SparkOrder, inputs: Inputs, work: Work, first: int) -> list[Callable[[], DataFrame]]:
    """The units of lines and rows, brought into parts once: a part of them cannot be found again in a large file."""
    from pyspark.sql import functions as sql

    from ingest.spark.pieces import pieces_of
    from ingest.spark.reading import UNITS

    if not (inputs.lines or inputs.tables):
        return []

    def make() -> DataFrame:
        pieces = pieces_of(work.spark, inputs)
        assert pieces is not None
        return pieces.withColumn("part", sql.floor((sql.col("number") - len(inputs.files)) / order.part))

    units = work.step("units", make, f"{UNITS}, part long", "part")
    numbers = sorted(row["part"] for row in units.select("part").distinct().collect())
    kept = units.drop("part")

    def part(number: int) -> DataFrame:
        return units.where(sql.col("part") == number).select(kept.columns).coalesce(1).sortWithinPartitions("number")

    return [partial(part, number) for number in numbers]


def _problems(outcomes: DataFrame, rows: DataFrame) -> list[tuple[str, str]]:
    unread = outcomes.where("problem IS NOT NULL").select("row", "path", "problem")
    faulty = rows.where("kind = 'fault'").selectExpr("row", "body AS problem")
    found = unread.union(faulty.join(outcomes.select("row", "path"), "row").select("row", "path", "problem"))
    return [(row["path"], row["problem"]) for row in found.sort("row").collect()]


def _written(order: SparkOrder, table: DataFrame, work: Work, revision: int) -> str:
    """Make the store, or the files; where they are."""
    if order.files is None:
        from graph.spark.embedding import fill

        there = {row["of"] for row in table.select("of").distinct().collect()}
        fill(Path(here(work.address) or "") / "graph", there, _target(order), revision)
        return order.store
    from graph.spark.importing import import_files, import_lines, size_of

    size = size_of(table)
    noted = f"{work.address}/files.txt"
    try:
        if work.storage.exists(order.files) and work.storage.read(noted) != order.files:
            raise Failure(f"{order.files}: is there already: name a new folder", Code.USAGE)
        work.storage.write(noted, order.files)
        import_lines(table, size.between).write.mode("overwrite").partitionBy("of").text(order.files)
        for name, text in import_files(size).items():
            work.storage.write(f"{order.files}/{name}", text)
        work.storage.remove(noted)  # it is whole: a later run must not write over it
    except Failure:
        raise
    except Exception as error:
        raise Failure(f"{order.files}: {cause_of(error)}", Code.OUTPUT) from error
    return order.files


def _target(order: SparkOrder) -> Path:
    path = file_of(order.store)
    if path is None:
        cause = "is filled by neo4j-admin: write its files with --files FOLDER"
        raise Failure(f"{order.store}: {cause}", Code.USAGE)
    return path


def _check(order: SparkOrder, folder: str) -> None:
    """Find out before any work what would go wrong after it. Raises Failure, StoreError."""
    if order.files is not None:
        return
    path = _target(order)
    if path.exists():
        with open_store(order.store, create=False) as store:
            if store.revision() or not is_empty(store):
                cause = "holds a graph already, and Spark makes a whole one: name a new store"
                raise Failure(f"{order.store}: {cause}", Code.USAGE)
    if not path.parent.is_dir():
        raise Failure(f"{order.store}: the folder {path.parent} is not there", Code.STORE)
    if here(folder) is None:
        cause = "an embedded store is filled from a folder of this machine: name one with --work, or use --files"
        raise Failure(f"{folder}: {cause}", Code.USAGE)


def _terms(order: SparkOrder, inputs: Inputs) -> dict[str, str]:
    """What the work depends on."""
    limits = order.limits
    read = f"{limits.seconds:g} {limits.in_all:g} {limits.megabytes}"
    return {"version": __version__, "inputs": inputs.digest, "part": str(order.part), "limits": read, "edition": edition(),
            "schema": str(SCHEMA_VERSION)}  # fmt: skip
