"""Starting Spark, and saying in one line what went wrong in it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.failures import Code, Failure, one_line

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NEEDS = "--engine spark needs PySpark and Java 17 or later"
GONE = "Spark has ended on its own; if it was for want of memory, spark.driver.memory and spark.executor.memory give it more"
SETTINGS = {
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    "spark.sql.execution.arrow.maxBytesPerBatch": str(32 * 2**20),  # documents are up to 50 MB each
    "spark.sql.parquet.columnarReaderBatchSize": "256",  # so many texts and records are in memory at once
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
LOCAL = {
    "spark.driver.memory": "2g",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """A Spark session at ``master``, else where Spark's own settings say, else on all cores of this machine.

    One that the process has already is used and stays. Raises Failure.
    """
    _check()
    from py4j.protocol import Py4JNetworkError
    from pyspark.sql import SparkSession

    there = SparkSession.getActiveSession()
    try:
        spark = there or _start(master)
        for name, value in SETTINGS.items():
            spark.conf.set(name, value)
    except Exception as error:  # of any kind, as Java has it
        raise Failure(f"Spark cannot be started: {cause_of(error)}", Code.READER) from error
    try:
        yield spark
    except (ConnectionError, Py4JNetworkError) as error:
        raise Failure(f"{GONE}: {cause_of(error)}", Code.READER) from error
    finally:
        if there is None:
            with suppress(ConnectionError, Py4JNetworkError):
                spark.stop()


def cause_of(error: BaseException) -> str:
    """What went wrong, in one line: of an error in Java the innermost cause, of one in Python there its last line."""
    inner: Any = getattr(error, "java_exception", None)
    while inner is not None and inner.getCause() is not None:
        inner = inner.getCause()
    text = str(inner.getMessage() or inner) if inner is not None else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    in_python = [line for line in lines if not line.startswith(("File ", "at ", "Traceback", "^"))]
    last = next((line for line in reversed(in_python) if "Error: " in line), None)
    return one_line(last or next(iter(lines), type(error).__name__))[:300]


def _start(master: str | None) -> SparkSession:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("parkgraph")
    if master:
        builder = builder.master(master)
    if master is None or master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        for name, value in LOCAL.items():
            builder = builder.config(name, value)
    spark = builder.getOrCreate()
    if str(spark.sparkContext.master).startswith("local"):
        spark.conf.set("spark.sql.shuffle.partitions", str(4 * spark.sparkContext.defaultParallelism))
    return spark


def _check() -> None:
    if any(find_spec(name) is None for name in ("pyspark", "pandas")):
        raise Failure(f"{NEEDS}: pip install 'parkgraph[spark]'", Code.USAGE)
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        raise Failure(f"{NEEDS}: there is no java on the path, and JAVA_HOME names none", Code.USAGE)
