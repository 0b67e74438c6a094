"""The same input with Spark and without: what Spark costs on one machine."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from bench.suite.figures import Section, ratio
from bench.suite.watched import PARKGRAPH, ROOT, SKIPPED, watch
from tests.neo4j_server import NoServerError, java

MASTER = "local[2]"


def measure(paths: Sequence[Path], documents: int) -> Section:
    """A whole graph of ``paths`` in a new embedded store; a note where there is no Spark. Raises CommandError."""
    section = Section("spark", f"Ingesting {documents:,} made documents into a new store")
    lack = missing()
    if lack:
        section.notes.append(f"Spark is left out: {lack}")
        return section
    ways = {"plain": (), f"Spark {MASTER}": ("--engine", "spark", "--master", MASTER)}
    for name, options in ways.items():
        with tempfile.TemporaryDirectory(prefix="parkgraph-bench-") as folder:
            command = [*PARKGRAPH, "ingest", *map(str, paths), "--store", f"{folder}/new.lbug", *options]
            done = watch(command, {"PYTHONPATH": path()}, fine=(0, SKIPPED))
            section.rows.append({"way": name, "documents": documents, **done.figures})
    plain, spark = section.rows
    for figure in ("cpu_s", "wall_s", "together_mb"):
        section.ratios += ratio(f"{figure} with Spark to without", spark[figure], plain[figure])
    return section


def missing() -> str | None:
    """What Spark lacks here, in a line; None where it can run."""
    lacking = [name for name in ("pyspark", "pandas") if find_spec(name) is None]
    if lacking:
        return f"no {' and no '.join(lacking)} (make setup EXTRAS=dev,spark)"
    try:
        java()
    except NoServerError as error:
        return str(error).replace("Neo4j needs", "Spark needs")
    return None


def path() -> str:
    """Where the Python of Spark's executors finds these modules."""
    return os.pathsep.join([str(ROOT), *(each for each in sys.path if each and each != str(ROOT))])
