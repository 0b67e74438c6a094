"""Loading the same rows in several ways, in turn, in one run: this loader and others into one Neo4j, and the rest.

The rows have the real schema (``bench.rows``), 100,000 nodes and 300,000 edges by default. The server is a real one of
its own (``tests.neo4j_server``; Java and, the first time, Maven), warmed by a tenth of the rows loaded in every way; it
has the constraints and the full-text index of this project for everybody, and is emptied in between. A Java server gets
faster for a long time, so the order is turned round in every other round, and the best time of each counts. Prints
seconds, rows a second, and how many times as long as this loader each takes.

    python -m bench.load [--nodes N] [--edges N] [--rounds N] [--heap MB]
"""

from __future__ import annotations

import argparse
import logging
import os
import platform
import shlex
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.rivals import RIVALS, Rival
from bench.rows import made_graph
from graph.bulk import COMMAND, export_bulk
from graph.delta import Delta
from graph.export import export_hash
from graph.store import open_store
from tests.neo4j_server import NoServerError, Server, apoc_jars, new_server

OURS = "parkgraph, batched writer"
WIPE = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=300_000)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--heap", type=int, default=2048, help="of the server, in MB")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    delta, small = made_graph(options.nodes, options.edges), made_graph(options.nodes // 10, options.edges // 10)
    rows = len(delta.nodes.added) + len(delta.edges.added)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{len(delta.nodes.added)} nodes, {len(delta.edges.added)} edges; {machine}\n")
    with tempfile.TemporaryDirectory(prefix="parkgraph-bench-") as folder:
        times = {
            **into_one_server(Path(folder), options.heap, small, [delta] * options.rounds),
            **in_bulk(Path(folder), delta),
        }
    for name, seconds in times.items():
        ratio = f"{seconds / times[OURS]:8.2f} x" if OURS in times else ""
        print(f"{name:46} {seconds:8.1f} s {rows / seconds:10,.0f} rows/s {ratio}")
    if "files and import" in times:
        print(f"\nthe bulk way has {times['import alone'] / times['files and import']:.2f} of the speed of the import")


def into_one_server(folder: Path, heap: int, small: Delta, rounds: list[Delta]) -> dict[str, float]:
    """Seconds of each way that writes over Bolt: the best of all rounds."""
    try:
        server = new_server(folder, heap=heap, plugins=apoc_jars(), more="dbms.security.procedures.unrestricted=apoc.*")
        server.start()
    except NoServerError as error:
        print(f"no Neo4j: {error}")
        return {}
    os.environ.update(server.environment)
    ways: dict[str, Rival] = {OURS: ours, **RIVALS}
    times: dict[str, float] = {}
    try:
        for number, delta in enumerate([small, *rounds]):
            for name in list(ways) if number % 2 == 0 else reversed(list(ways)):
                seconds = timed(server, name, ways[name], delta, quiet=delta is small)
                if seconds is None:
                    del ways[name]
                elif number:
                    times[name] = min(seconds, times.get(name, seconds))
    finally:
        server.kill()
    return {name: times[name] for name in ways if name in times}


def timed(server: Server, name: str, load: Rival, delta: Delta, *, quiet: bool) -> float | None:
    """Seconds of one way, into an empty graph; says so when it cannot be run."""
    wipe(server)
    try:
        seconds = load(server.uri, (server.user, server.password), delta)
    except ImportError as error:
        print(f"{name}: not installed ({error})")
        return None
    except Exception as error:
        print(f"{name}: failed: {' '.join(str(error).split())[:200]}")
        return None
    if not quiet:
        print(f"  {name}: {seconds:.1f} s, {counted(server)}", flush=True)
    return seconds


def ours(uri: str, _: tuple[str, str], delta: Delta) -> float:
    """The store of this project, its credentials in the environment."""
    with open_store(uri) as store:
        begun = time.perf_counter()
        store.apply(delta)
        return time.perf_counter() - begun


def wipe(server: Server) -> None:
    import neo4j

    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver, driver.session() as run:
        run.run(WIPE).consume()
        run.run("DROP INDEX __entity__tmp_internal_id IF EXISTS").consume()
    open_store(server.uri).close()  # the constraints and indexes are there for everybody


def counted(server: Server) -> str:
    import neo4j

    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
        nodes = driver.execute_query("MATCH (n) WHERE n.kind <> 'Meta' RETURN count(n) AS n").records[0]["n"]
        edges = driver.execute_query("MATCH ()-[r]->() RETURN count(r) AS n").records[0]["n"]
    return f"{nodes} nodes and {edges} edges there"


def in_bulk(folder: Path, delta: Delta) -> dict[str, float]:
    """Seconds of the embedded store, of the files, and of ``neo4j-admin database import full`` as a whole process."""
    times: dict[str, float] = {}
    with open_store(folder / "a.lbug") as store:
        times["parkgraph, embedded store"] = clock(lambda: store.apply(delta))
        files = clock(lambda: export_bulk(store, folder / "files"))
        expected = export_hash(store)
    try:
        server = new_server(folder / "imported")
        server.prepare()
    except NoServerError:
        return times
    told = (folder / "files" / COMMAND).read_text(encoding="utf-8").replace("\\\n", "")
    arguments = shlex.split(told, comments=True)[1:]
    times["import alone"] = clock(lambda: server.admin(*arguments, cwd=folder / "files"))
    times["files and import"] = files + times["import alone"]
    server.start()
    try:
        os.environ.update(server.environment)
        times["… and constraints and indexes"] = times["files and import"] + clock(
            lambda: open_store(server.uri).close()
        )
        with open_store(server.uri) as store:
            print(f"  the imported graph is {'the same' if export_hash(store) == expected else 'ANOTHER'}")
    finally:
        server.kill()
    return times


def clock(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
