"""What Spark has made so far, in a folder: a part or a step that is whole is not made again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from pyspark.sql import DataFrame, SparkSession

from api.failures import Code, Failure
from api.spark.session import cause_of
from ingest.spark.storage import Storage

TERMS, WHOLE = "terms.json", "_SUCCESS"  # the second is Spark's: it is written when all of a folder is there


class Work:
    """The folder at ``address``. Its contents hold for the same ``terms`` only. Raises Failure."""

    def __init__(self, spark: SparkSession, address: str, terms: Mapping[str, str], now: str) -> None:
        self.spark, self.storage = spark, Storage(spark)
        self.address = address.rstrip("/")
        self.now = self._begun(dict(terms), now)

    def step(self, name: str, make: Callable[[], DataFrame], columns: str, by: str | None = None) -> DataFrame:
        """The frame that is kept under ``name``, in folders by the column ``by``; made by ``make`` where it is not."""
        place = f"{self.address}/{name}"
        if not self._whole(place):
            try:
                writer = make().write.mode("overwrite")
                (writer.partitionBy(by) if by else writer).parquet(place)
            except Exception as error:
                raise self._failure(f"the step {name} failed", error) from error
        return self._read(place, columns)

    def parts(self, name: str, makes: Mapping[int, Callable[[], DataFrame]], columns: str) -> DataFrame:
        """The frames of all parts, as one. They are made side by side; one that fails does not keep others from it."""
        place = f"{self.address}/{name}"
        missing = {number: make for number, make in makes.items() if not self._whole(_part(place, number))}
        with ThreadPoolExecutor(self.spark.sparkContext.defaultParallelism) as threads:
            running = {
                number: threads.submit(self._make, _part(place, number), make) for number, make in missing.items()
            }
        errors = [error for error in map(Future.exception, running.values()) if error]
        if errors:
            raise self._failure(f"{len(errors)} of {len(makes)} parts could not be read", errors[0]) from errors[0]
        return self._read(place, columns)

    def remove(self) -> None:
        """Remove the folder."""
        self.storage.remove(self.address)

    def _make(self, place: str, make: Callable[[], DataFrame]) -> None:
        make().write.mode("overwrite").parquet(place)

    def _whole(self, place: str) -> bool:
        return self.storage.exists(f"{place}/{WHOLE}")

    def _read(self, place: str, columns: str) -> DataFrame:
        names = [each.split()[0].strip("`") for each in columns.split(", ")]
        return self.spark.read.schema(columns).parquet(place).select(*(f"`{name}`" for name in names))

    def _begun(self, terms: dict[str, str], now: str) -> str:
        """When the work was begun: all documents of a graph that is made in one go have the same time."""
        place = f"{self.address}/{TERMS}"
        try:
            text = self.storage.read(place)
            if text is None:
                self.storage.write(place, json.dumps({**terms, "now": now}))
                return now
        except Exception as error:
            raise Failure(f"{self.address}: {cause_of(error)}", Code.OUTPUT) from error
        held = json.loads(text)
        if {**terms, "now": held.get("now")} != held:
            cause = "holds the work on other documents, or of another version: remove it, or name another with --work"
            raise Failure(f"{self.address}: {cause}", Code.USAGE)
        return str(held["now"])

    def _failure(self, what: str, error: BaseException) -> Failure:
        if isinstance(error, Failure):
            return error
        kept = f"what is done is kept in {self.address}: run the same again"
        return Failure(f"{what}: {cause_of(error)}; {kept}", Code.READER)


def _part(place: str, number: int) -> str:
    return f"{place}/part={number:06d}"
