"""Opening a Neo4j: where it is, what opens it, and what is said when that does not work."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.bolt import BoltStore
from graph.bolt_address import parse_address
from graph.bolt_errors import check_version
from graph.errors import StoreError
from graph.indexes import CONSTRAINTS, FULL_TEXT
from graph.load import load
from graph.store import open_store
from tests.conftest import GROUP, run
from tests.graph_records import changde
from tests.neo4j_server import Server
from tests.ports import free_port

OURS = {"NEO4J_USERNAME": "neo4j", "NEO4J_PASSWORD": "secret!!"}


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "credentials.txt"
    path.write_text("# Aura\nNEO4J_URI=neo4j+s://x\nNEO4J_USERNAME=someone\nexport NEO4J_PASSWORD='of the file'\n")
    return path


def test_credentials_come_from_the_environment_or_a_file(lines: Path) -> None:
    address = parse_address("neo4j+s://h:7688?database=parks&pool=3&timeout=1.5", OURS)
    assert (address.uri, address.database, address.auth) == ("neo4j+s://h:7688", "parks", ("neo4j", "secret!!"))
    assert (address.pool, address.timeout, address.retry) == (3, 1.5, 15)
    assert address.url == "neo4j+s://h:7688?database=parks"
    assert "secret" not in repr(address)
    someone = ("someone", "of the file")
    assert parse_address(f"bolt://h?credentials={lines}", OURS).auth == someone
    assert parse_address("bolt://h", {"NEO4J_CREDENTIALS": str(lines)}).auth == someone
    assert parse_address("bolt://h", {**OURS, "NEO4J_CREDENTIALS": str(lines)}).auth == ("neo4j", "secret!!")
    assert parse_address("bolt://h", {"NEO4J_DATABASE": "d"}).database == "d"
    assert parse_address("bolt://h", {}).auth is None


@pytest.mark.parametrize(
    ("url", "environment", "cause"),
    [
        ("neo4j://neo4j:secret!!@h", {}, "neo4j://h: no user or password in a URL"),
        ("neo4j://neo4j@h", {}, "no user or password in a URL"),
        ("neo4j://", {}, "should be neo4j://HOST"),
        ("neo4j://h/parks", {}, "should be neo4j://HOST"),
        ("neo4j://h:x", {}, "neo4j://h:x: "),
        ("neo4j://h?databse=x", {}, "no option databse; there are database, credentials, pool"),
        ("neo4j://h?pool=none", {}, "pool is a number above 0"),
        ("neo4j://h?timeout=0", {}, "timeout is a number above 0"),
        ("neo4j://h", {"NEO4J_USERNAME": "neo4j"}, "go together; one is missing"),
        ("neo4j://h?credentials=/no/such", {}, "the credentials file /no/such: No such file"),
        (f"neo4j://h?credentials={__file__}", {}, "needs lines NEO4J_USERNAME"),
    ],
)
def test_a_wrong_address_is_refused_in_one_line(url: str, environment: dict[str, str], cause: str) -> None:
    with pytest.raises(StoreError) as error:
        parse_address(url, environment)
    assert cause in str(error.value)
    assert "secret" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("agent", "cause"),
    [
        ("Neo4j/5.25.1", "5.26 or later is needed"),
        ("Neo4j/4.4.30", "5.26 or later is needed"),
        ("Neo4j/v5.11.0 compatible graph database server - Memgraph", "not Neo4j"),
        ("", "not Neo4j"),
        ("Neo4j/5.26.30", None),
        ("Neo4j/5.26-aura", None),
        ("Neo4j/2025.10.1", None),
    ],
)
def test_the_version_is_checked(agent: str, cause: str | None) -> None:
    address = parse_address("neo4j://h", OURS)
    if cause is None:
        check_version(address, agent)
    else:
        with pytest.raises(StoreError, match=cause):
            check_version(address, agent)


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port where something listens and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("scheme", ["bolt", "neo4j", "bolt+s", "neo4j+ssc"])
def test_a_server_that_is_away(scheme: str) -> None:
    port = free_port()
    with pytest.raises(StoreError, match=rf"^{scheme[:4]}.*://127.0.0.1:{port}: no Neo4j answers there$"):
        open_store(f"{scheme}://127.0.0.1:{port}")


def test_a_server_that_does_not_answer(deaf: int) -> None:
    with pytest.raises(StoreError, match="no Neo4j answers there"):
        open_store(f"bolt://127.0.0.1:{deaf}?connect=0.3")


def test_what_does_not_open(neo4j_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match=r"has no database nowhere$"):
        open_store(f"{neo4j_url}?database=nowhere&retry=1")
    with pytest.raises(StoreError, match="no parkgraph graph there; `parkgraph ingest` makes one"):
        open_store(neo4j_url, create=False)
    with pytest.raises(StoreError, match=r"TLS|no Neo4j answers"):
        open_store(neo4j_url.replace("bolt://", "bolt+s://"))
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    with pytest.raises(StoreError, match=r": refuses the password of neo4j$"):
        open_store(neo4j_url)
    monkeypatch.delenv("NEO4J_PASSWORD")
    monkeypatch.delenv("NEO4J_USERNAME")
    with pytest.raises(StoreError, match="wants a user and a password: set NEO4J_USERNAME"):
        open_store(neo4j_url)


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_either_scheme_and_a_named_database(neo4j_url: str, scheme: str) -> None:
    with open_store(neo4j_url.replace("bolt", scheme, 1) + "?database=neo4j") as store:
        assert load(store, [changde()]).revision == 1
        assert store.url.endswith("?database=neo4j")


def test_constraints_and_indexes_are_made_and_checked(neo4j_server: Server, neo4j_url: str) -> None:
    run(neo4j_server, "DROP CONSTRAINT parkgraph_task_id IF EXISTS")
    run(neo4j_server, f"DROP INDEX {FULL_TEXT.name} IF EXISTS")
    run(neo4j_server, f"CREATE FULLTEXT INDEX {FULL_TEXT.name} FOR (n:Task) ON EACH [n.name]")
    with open_store(neo4j_url) as store:
        found = {row["name"] for row in run(neo4j_server, "SHOW INDEXES YIELD name")}
        assert {index.name for index in (*CONSTRAINTS, FULL_TEXT)} <= found
        options = run(neo4j_server, f"SHOW INDEXES YIELD name, options WHERE name = '{FULL_TEXT.name}' RETURN options")
        assert options[0]["options"]["indexConfig"]["fulltext.analyzer"] == "cjk"  # type: ignore[index]
        store.check_schema()
        run(neo4j_server, "DROP CONSTRAINT parkgraph_task_id")
        with pytest.raises(StoreError, match="lacks parkgraph_task_id"):
            store.check_schema()


def test_reading_does_not_write_and_takes_its_time_only(neo4j_url: str) -> None:
    with open_store(f"{neo4j_url}?timeout=0.5&retry=0.1") as store:
        with pytest.raises(StoreError, match="a reading query may not write"):
            store.read("CREATE (:Theme {id: 'x'})")
        with pytest.raises(StoreError, match="takes too long"):
            store.read("UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)")
    with pytest.raises(StoreError, match="the store is closed"):
        store.read("RETURN 1")


@GROUP
def test_what_fails_in_passing_is_tried_again(neo4j_url: str) -> None:
    from neo4j.exceptions import TransientError

    calls = []
    with BoltStore(neo4j_url) as store:

        def work(run: object) -> int:
            calls.append(1)
            if len(calls) < 3:
                error = TransientError("deadlock")
                error._neo4j_code = "Neo.TransientError.Transaction.DeadlockDetected"
                raise error
            return 7

        assert store._transact(work) == 7


def test_an_id_that_is_too_long_is_refused_and_nothing_written(neo4j_url: str) -> None:
    from graph.delta import Changes, Delta, Node, Ref

    with open_store(neo4j_url) as store:
        with pytest.raises(StoreError) as error:
            store.apply(Delta(Changes(added=[Node(Ref("Theme", "a"), {}), Node(Ref("Theme", "长" * 4000), {})])))
        assert "\n" not in str(error.value)
        assert store.read("MATCH (n:Theme) RETURN n.id") == []
