"""Asks each question in a process of its own: the first time after opening the store, and then again.

This process has the modules and opens no store; each question is asked by a fork of it. What the machine keeps of the
file, and what a server keeps of the graph, is there; the plans that a Neo4j keeps are dropped before the first time.
"""

from __future__ import annotations

import multiprocessing
import statistics
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection

import graph.bolt
import graph.embedded  # noqa: F401 - both are there before the fork
from bench.suite.figures import Row
from bench.suite.watched import cpu_of, peak_mb
from graph.errors import GraphError
from graph.header import Query
from graph.queries import catalogue, run
from graph.store import Store, open_store

WARM, ENOUGH_SECONDS = 5, 10.0  # asked again so often, or until that is over
EXAMPLE, REQUIRED, REGION = "example", "required only", "in one region"
ONE_REGION = {"region": "430700"}  # of two of the samples


def ask_all(store: str, server: int | None, seconds: float) -> list[Row]:
    """Every question, with the parameters of its example, with those only that it needs, and with these in one region."""
    return [
        {"query": query.name, "given": given, **ask(store, server, seconds, query.name, params)}
        for query in catalogue().values()
        for given, params in ways(query)
    ]


def ways(query: Query) -> Iterator[tuple[str, Row]]:
    """The parameters of the example; without the optional ones, where it has some; and these in one region."""
    required = {each.name: query.example[each.name] for each in query.params if each.required}
    yield EXAMPLE, dict(query.example)
    if required != query.example:
        yield REQUIRED, required
    if "region" not in required and any(each.name == "region" for each in query.params):
        yield REGION, required | ONE_REGION


def ask(store: str, server: int | None, seconds: float, name: str, params: Row) -> Row:
    """Times of one question, or its ``problem``."""
    context = multiprocessing.get_context("fork")
    hear, tell = context.Pipe(duplex=False)
    process = context.Process(target=_ask, args=(tell, store, server, name, params))
    process.start()
    tell.close()
    answer: Row = {"problem": f"took longer than {seconds:g} s"}
    if hear.poll(seconds):
        try:
            answer = hear.recv()
        except EOFError:
            process.join()
            answer = {"problem": f"ended with exit code {process.exitcode}"}
    process.kill()
    process.join()
    return answer


def _ask(tell: Connection, store: str, server: int | None, name: str, params: Row) -> None:
    try:
        tell.send(times(store, server, name, params))
    except Exception as error:
        tell.send({"problem": " ".join(f"{type(error).__name__}: {error}".split())[:300]})


def times(store: str, server: int | None, name: str, params: Row) -> Row:
    """Milliseconds of opening, of the first answer and of later ones (median), by the clock and of processors."""
    begun = time.perf_counter()
    with open_store(store, create=False) as opened:
        took = time.perf_counter() - begun
        _forget_plans(opened)
        cold, cpu, answer = _timed(opened, server, name, params)
        warm: list[tuple[float, float]] = []
        while len(warm) < WARM and sum(wall for wall, _ in warm) < ENOUGH_SECONDS:
            warm.append(_timed(opened, server, name, params)[:2])
        peak = peak_mb()
    medians = [statistics.median(each) for each in zip(*warm, strict=True)]
    named = {"open_ms": took, "cold_ms": cold, "cold_cpu_ms": cpu, "warm_ms": medians[0], "warm_cpu_ms": medians[1]}
    shown: Row = {name: round(1000 * value, 2) for name, value in named.items()}
    return {**shown, "rows": answer, "peak_mb": peak and round(peak, 1)}


def _timed(opened: Store, server: int | None, name: str, params: Row) -> tuple[float, float, int]:
    wall, cpu = time.perf_counter(), time.process_time() + cpu_of(server)
    rows = len(run(opened, name, params).rows)
    return time.perf_counter() - wall, time.process_time() + cpu_of(server) - cpu, rows


def _forget_plans(opened: Store) -> None:
    if opened.url.startswith("ladybug:"):
        return
    with suppress(GraphError):  # who may not, has plans of former questions
        opened.read("CALL db.clearQueryCaches() YIELD value RETURN value")
