"""Fixtures of all tests: one Neo4j server for the whole session, and stores of both engines."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import ladybug
import neo4j
import pytest
import structlog

from graph.store import Store, open_store
from tests.locks import locked
from tests.neo4j_server import NoServerError, Server, new_server

ENGINES = ("ladybug", "neo4j")
GROUP = pytest.mark.xdist_group("neo4j")  # it is one database: what uses it runs in one worker, one after the other
BOTH = ["ladybug", pytest.param("neo4j", marks=GROUP)]
_OURS = "ParkgraphTests"  # a label that says of a database that tests may empty it


def pytest_configure() -> None:
    """Programs that tests start can be interrupted, though the run itself may be one that a shell put in the background.

    Logged errors show no values of variables, as on a server: a whole graph among them takes half a minute to print.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[structlog.processors.add_log_level, plain])


@pytest.fixture(autouse=True)
def complete_pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages come complete, however busy the machine is: a client without scripts does not come back for the rest."""
    if request.module.__name__.startswith("tests.test_pages"):
        monkeypatch.setattr("api.pages.later.PATIENCE", 30.0)


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "neo4j_server" in getattr(item, "fixturenames", ()) and not item.get_closest_marker("xdist_group"):
            item.add_marker(GROUP)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Stop the server that this process, or a worker for it, has started."""
    factory = getattr(session.config, "_tmp_path_factory", None)
    if "PYTEST_XDIST_WORKER" in os.environ or factory is None:
        return
    saved = factory.getbasetemp() / "neo4j.json"
    if saved.exists():
        server = Server.saved(saved)
        with contextlib.suppress(OSError):
            server.kill()
        shutil.rmtree(server.home, ignore_errors=True)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real Neo4j, its address and password in the environment: NEO4J_URI if set, else one of our own.

    Skips, with the reason, where there can be none; fails instead where PARKGRAPH_REQUIRE_NEO4J is set.
    """
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("NEO4J_URI"):
            server = Server(Path(), 0, given=os.environ["NEO4J_URI"])
        else:
            server = _shared(tmp_path_factory)
            for name, value in server.environment.items():
                if name != "NEO4J_URI":
                    patch.setenv(name, value)
            patch.delenv("NEO4J_DATABASE", raising=False)
        _claim(server)
        yield server


def _shared(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The server of this test run; the first who asks starts it."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if worker else base
    owner = os.getppid() if worker else os.getpid()
    with locked(folder / "neo4j.lock"):
        if (folder / "neo4j.json").exists():
            return Server.saved(folder / "neo4j.json")
        try:
            server = new_server(folder, quick=True)
            server.start(owner)
        except NoServerError as error:
            if os.environ.get("PARKGRAPH_REQUIRE_NEO4J"):
                pytest.fail(f"PARKGRAPH_REQUIRE_NEO4J is set, and there is no Neo4j: {error}")
            pytest.skip(f"no Neo4j: {error}")
        server.save(folder / "neo4j.json")
        return server


def _claim(server: Server) -> None:
    """Make sure that the database may be emptied: it is empty, or earlier tests have used it."""
    with driver(server) as opened:
        rows = opened.execute_query(
            f"OPTIONAL MATCH (o:{_OURS}) WITH count(o) AS ours OPTIONAL MATCH (n) WITH ours, n LIMIT 1 "
            "RETURN ours, count(n) AS some",
            database_=os.environ.get("NEO4J_DATABASE"),
        ).records[0]
        if rows["some"] and not rows["ours"]:
            pytest.exit(f"{server.uri} holds a graph that is not of these tests; they would empty it", 4)
        run(server, f"MERGE (:{_OURS} {{kind: 'Meta'}})")


def driver(server: Server) -> neo4j.Driver:
    """A driver of the tests' own."""
    auth = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
    return neo4j.GraphDatabase.driver(server.uri, auth=auth)


def run(server: Server, statement: str, **params: object) -> list[dict[str, object]]:
    """Run any statement, past the store."""
    with driver(server) as opened, opened.session(database=os.environ.get("NEO4J_DATABASE")) as session:
        return session.run(statement, params).data()  # type: ignore[arg-type]


@pytest.fixture
def neo4j_url(neo4j_server: Server) -> str:
    """The URL of an empty database."""
    empty(neo4j_server)
    return neo4j_server.uri


def empty(server: Server) -> None:
    """Remove everything but the tests' own mark; constraints and indexes stay."""
    run(server, f"MATCH (n) WHERE NOT n:{_OURS} CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS")


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> str:
    """Either engine in turn."""
    return str(request.param)


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of a store with nothing in it, on either engine."""
    return str(tmp_path / "a.lbug") if engine == "ladybug" else str(request.getfixturevalue("neo4j_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store on either engine."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture(scope="module", params=BOTH)
def module_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An empty store on either engine, for all tests of a file; no other test of the file may use Neo4j."""
    if request.param == "ladybug":
        url = str(tmp_path_factory.mktemp("module") / "a.lbug")
    else:
        server = request.getfixturevalue("neo4j_server")
        empty(server)
        url = server.uri
    with open_store(url) as opened:
        yield opened


def change(store: Store, statement: str) -> None:
    """Change a store behind its back, with a statement that both engines know."""
    if store.url.startswith(("bolt", "neo4j")):
        auth = os.environ["NEO4J_USERNAME"], os.environ["NEO4J_PASSWORD"]
        with neo4j.GraphDatabase.driver(store.url.partition("?")[0], auth=auth) as opened:
            opened.execute_query(statement, database_=os.environ.get("NEO4J_DATABASE"))  # type: ignore[arg-type]
    else:
        ladybug.Connection(store._database()).execute(statement)  # type: ignore[attr-defined]
