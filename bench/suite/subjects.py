"""The graphs that are measured: of each size one in each engine, made here or given.

An embedded store is measured in a copy, so that what is kept or given stays as it is. Documents and stores that are made
are kept in the folder ``--work`` for the next run, with what making them took.
"""

from __future__ import annotations

import json
import shutil
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.make import make
from bench.suite.child import call
from bench.suite.watched import PARKGRAPH, ROOT, SKIPPED, CommandError, watch
from tests.neo4j_server import NoServerError, new_server

Say = Callable[[str], None]
SEED = 2026
SAMPLES = ROOT / "data" / "documents"


@dataclass(frozen=True)
class Subject:
    """A graph of so many documents at ``url``; ``paths`` are what it was made of, ``server`` the process of its server.

    ``built`` is what making it took, where it was made here; ``env`` is what a client needs.
    """

    documents: int
    engine: str
    url: str
    paths: tuple[Path, ...] = ()
    built: Mapping[str, Any] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    server: int | None = None


def subjects(options: Namespace, stack: ExitStack, say: Say, failures: list[str]) -> list[Subject]:
    """Every graph, opened by nobody; ``stack`` takes away at its end what was made for this run only.

    One that cannot be had is told in ``failures``; a Neo4j that cannot be started here is only said.
    """
    scratch = options.work / "scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    stack.callback(shutil.rmtree, scratch, ignore_errors=True)
    found: list[Subject] = []
    for count in options.documents:
        try:
            found += of_size(count, options, scratch, stack, say)
        except (CommandError, OSError) as error:
            failures.append(f"{count} documents: {error}")
    return found


def of_size(count: int, options: Namespace, scratch: Path, stack: ExitStack, say: Say) -> Iterator[Subject]:
    """The graphs of ``count`` documents. Raises CommandError, OSError."""
    wanted, given = options.engines, dict(options.neo4j).get(count)
    start = "neo4j" in wanted and given is None
    if "ladybug" in wanted or start:
        one = embedded(count, options, scratch, say)
        samples(one, stack)
        if "ladybug" in wanted:
            yield one
        if start:
            yield from served(one, options.heap, scratch, stack, say)
    if "neo4j" in wanted and given is not None:
        other = Subject(count, "neo4j", given, given_folder(count, options))
        samples(other, stack)
        yield other


def given_folder(count: int, options: Namespace) -> tuple[Path, ...]:
    """What a store of ``count`` documents that is given was made of, where that is told."""
    folder = dict(options.folder).get(count)
    return (Path(folder).resolve(),) if folder else ()


def embedded(count: int, options: Namespace, scratch: Path, say: Say) -> Subject:
    """An embedded store of ``count`` documents: a copy of the one that is given, kept, or made now."""
    store, paths, built = dict(options.store).get(count), given_folder(count, options), None
    if store is None:
        kept = options.work.resolve() / f"{count}.lbug"
        paths = (made_folder(count, options.work.resolve()), SAMPLES)
        built = made_store(kept, paths, say)
        store = str(kept)
    copy = scratch.resolve() / f"{count}.lbug"
    shutil.copyfile(store, copy)
    log = Path(f"{store}.wal")
    if log.exists():  # it was not closed in order
        shutil.copyfile(log, f"{copy}.wal")
    return Subject(count, "ladybug", str(copy), paths, built)


def made_folder(count: int, work: Path) -> Path:
    """The folder of ``count`` made-up documents, the same in each run."""
    whole = work / f"made-{count}"
    if not whole.exists():
        half = work / f"half-{count}"
        shutil.rmtree(half, ignore_errors=True)
        make(count, SEED, half)
        half.rename(whole)
    return whole / "texts"


def made_store(store: Path, paths: tuple[Path, ...], say: Say) -> Mapping[str, Any]:
    """Make a store by ``parkgraph ingest``, unless it is there; what that took."""
    figures = store.with_name(f"{store.stem}.json")
    if store.exists() and figures.exists():
        say(f"{store} is kept from an earlier run, and what making it took")
    else:
        say(f"ingesting {paths[0]} …")
        for part in store.parent.glob(f"{store.name}*"):
            part.unlink()
        figures.unlink(missing_ok=True)
        done = watch([*PARKGRAPH, "ingest", *map(str, paths), "--store", str(store)], fine=(0, SKIPPED))
        figures.write_text(json.dumps(done.figures))
    return {**json.loads(figures.read_text())}


def served(source: Subject, heap: int, scratch: Path, stack: ExitStack, say: Say) -> Iterator[Subject]:
    """A Neo4j of its own with the graph of ``source``; none, and a line, where there is no server to be had."""
    home = scratch.resolve() / f"neo4j-{source.documents}"
    try:
        server = new_server(home, heap=heap)
        server.start()
    except NoServerError as error:
        say(f"Neo4j with {source.documents} documents is left out: {error}")
        return
    stack.callback(server.stop)
    say(f"copying {source.documents} documents to Neo4j …")
    watch([*PARKGRAPH, "copy", source.url, server.uri], server.environment)
    yield Subject(source.documents, "neo4j", server.uri, source.paths, env=server.environment, server=server.pid)


def samples(subject: Subject, stack: ExitStack) -> None:
    """Put in the sample documents that it does not hold: the questions' examples ask for them. Out again at the end."""
    added, _ = call("samples", "put_in", subject.env, store=subject.url, folder=str(SAMPLES))
    if added and subject.engine == "neo4j":
        stack.callback(call, "samples", "take_out", subject.env, store=subject.url, documents=added)
