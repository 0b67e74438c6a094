"""``/export``: forms, parts, one revision in each answer, and what is refused; on both engines where the store matters."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
import rdflib
import uvicorn
from rdflib import RDF
from starlette.testclient import TestClient

from api import steady
from api.app import create_app
from api.routes import exports
from api.settings import Settings
from api.steady import Steady
from graph.export import export_lines
from graph.load import load
from graph.part import Choice, part
from graph.store import Store, open_store
from graph.written import written
from tests.graph_records import CHANGDE, Draft, changde, five
from tests.http import API, client, client_of, held, problem

__all__ = ["client", "held"]
URL = f"{API}/export"
ZHUMADIAN = "驻政办〔2019〕125号"
PG = rdflib.Namespace("urn:parkgraph:vocab#")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "own.lbug") as store:
        load(store, five())
        yield store


def lines_of(store: Store) -> str:
    return "".join(f"{line}\n" for line in export_lines(store))


def test_the_whole_graph(client: TestClient, held: Store) -> None:
    answer = client.get(URL)
    assert answer.status_code == 200
    assert answer.text == lines_of(held)
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.headers["x-graph-revision"] == "1"
    assert answer.headers["content-disposition"] == 'attachment; filename="parkgraph-1.jsonl"'
    assert answer.headers["etag"].startswith('"1-')


@pytest.mark.parametrize(
    ("form", "media_type", "ending"),
    [
        ("jsonl", "application/x-ndjson", "jsonl"),
        ("turtle", "text/turtle; charset=utf-8", "ttl"),
        ("graphml", "application/graphml+xml", "graphml"),
        ("gexf", "application/gexf+xml", "gexf"),
    ],
)
def test_a_form_by_parameter_and_by_accept(
    form: Any, media_type: str, ending: str, client: TestClient, held: Store
) -> None:
    one = client.get(URL, params={"format": form, "region": "常德"})
    other = client.get(URL, params={"region": "常德"}, headers={"Accept": media_type.partition(";")[0]})
    assert one.text == other.text == "".join(written(part(held, Choice(region="常德")), form))
    assert one.headers["content-type"] == other.headers["content-type"] == media_type
    assert one.headers["content-disposition"].endswith(f'.{ending}"')
    assert other.headers["vary"] == "Accept"


def test_turtle_can_be_read(client: TestClient) -> None:
    text = client.get(URL, params={"format": "turtle", "base": "https://example.org/api/v1"}).text
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(set(graph.subjects(RDF.type, PG.Statement))) == 83
    assert rdflib.URIRef("https://example.org/api/v1/regions/430700") in set(graph.subjects())


def test_drawings_can_be_read(client: TestClient) -> None:
    for form in ("graphml", "gexf"):
        ElementTree.fromstring(client.get(URL, params={"format": form}).text)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"policy": ZHUMADIAN, "kind": "Policy"}, {ZHUMADIAN, "title:河南省产业集聚区企业分类综合评价办法"}),
        ({"policy": [ZHUMADIAN, "湖南省园区要点2020"], "kind": "Region"}, {"411700", "430000"}),
        ({"region": "湖南", "kind": ["Region", "Theme"]}, {"430000", "430700", "green"}),
        ({"theme": "绿色低碳", "as_of": "2016-01-01", "kind": "Policy"}, {"湖南省园区要点2020"}),
        ({"region": "北京"}, set()),
    ],
)
def test_parts(query: dict[str, Any], ids: set[str], client: TestClient) -> None:
    lines = [json.loads(line) for line in client.get(URL, params=query).text.splitlines()]
    assert {line["id"] for line in lines if "kind" in line} == ids


@pytest.mark.parametrize(
    ("query", "status", "kind", "detail"),
    [
        ({"policy": "月球"}, 404, "not-found", "policy 月球: not in this graph"),
        ({"region": "月球"}, 404, "not-found", "region 月球: not known"),
        ({"theme": "月球"}, 404, "not-found", "theme 月球: not in this graph"),
        ({"kind": "Moon"}, 422, "invalid", "query.kind.0: Input should be 'Agency'"),
        ({"format": "docx"}, 422, "invalid", "query.format"),
        ({"as_of": "0"}, 422, "invalid", "a day is written YYYY-MM-DD"),
        ({"moon": "1"}, 422, "invalid", "query.moon"),
        ({"policy": ""}, 422, "invalid", "query.policy.0"),
        ({"base": "javascript:alert(1)"}, 422, "invalid", "query.base: String should match"),
    ],
)
def test_what_is_refused(query: dict[str, str], status: int, kind: str, detail: str, client: TestClient) -> None:
    assert detail in problem(client.get(URL, params=query), status, kind)["detail"]


def test_a_form_that_there_is_not(client: TestClient) -> None:
    problem(client.get(URL, headers={"Accept": "image/png"}), 406, "format")


def test_it_is_described(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"][URL]["get"]
    assert operation["operationId"] == "export_graph"
    assert set(operation["responses"]["200"]["content"]) >= {
        "application/x-ndjson", "text/turtle", "application/graphml+xml", "application/gexf+xml",
    }  # fmt: skip
    named = {each["name"]: each["schema"] for each in operation["parameters"]}
    assert set(named) == {"format", "policy", "region", "theme", "as_of", "kind", "base"}
    assert named["policy"]["type"] == named["kind"]["type"] == "array"
    assert {"404", "406", "422", "503"} <= set(operation["responses"])


# an answer that was given before


@pytest.mark.parametrize("at_once", [5 * 2**20, 0])
def test_an_etag_holds_until_the_graph_changes(at_once: int, own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_AT_ONCE", at_once)
    with client_of(own.url) as client:
        first = client.get(URL, params={"format": "turtle"})
        given = {"If-None-Match": first.headers["etag"]}
        again = client.get(URL, params={"format": "turtle"}, headers=given)
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(URL, params={"format": "gexf"}, headers=given).status_code == 200
        load(own, [Draft("又", CHANGDE, "又一个办法", date(2020, 1, 1)).record()])
        new = client.get(URL, params={"format": "turtle"}, headers=given)
        assert new.status_code == 200
        assert new.headers["x-graph-revision"] == "2"
        assert new.headers["etag"] != first.headers["etag"]


def test_nothing_is_made_for_an_etag_that_holds(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_AT_ONCE", 0)
    with own, client_of(own.url) as client:
        etag = exports._etag(1, "jsonl", exports.ExportParams())
        monkeypatch.setattr(exports, "part", None)  # it would fail
        assert client.get(URL, headers={"If-None-Match": f'"x", {etag}'}).status_code == 304
        assert client.get(URL).status_code == 500


# one revision


def after_reads(monkeypatch: pytest.MonkeyPatch, work: Any) -> list[int]:
    """Have ``work`` done before each read of an export; it is told the number of the read."""
    counted: list[int] = []
    read = Steady.read

    def reading(self: Steady, *given: Any, **more: Any) -> Any:
        counted.append(len(counted) + 1)
        work(counted[-1])
        return read(self, *given, **more)

    monkeypatch.setattr(Steady, "read", reading)
    return counted


def another(number: int) -> Any:
    return Draft(f"又{number}", CHANGDE, f"又一个办法{number}", date(2020, 1, 1)).record()


@pytest.mark.parametrize("at", [1, 5, 20, 30])
def test_a_load_meanwhile_begins_it_again(at: int, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(url) as store:
        load(store, five())
        with client_of(url) as client:
            reads = after_reads(monkeypatch, lambda number: load(store, [another(1)]) if number == at else None)
            answer = client.get(URL)
        assert len(reads) > at
        assert answer.headers["x-graph-revision"] == "2"
        assert answer.text == lines_of(store)
        assert "又一个办法1" in answer.text


def test_a_graph_that_never_rests(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with client_of(own.url) as client:
        reads = after_reads(monkeypatch, lambda number: load(own, [another(number)]))
        problem(client.get(URL), 503, "not-now")
    assert len(reads) == steady._TRIES


def test_removing_counts_as_change(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from graph.load import remove

    sha = changde().document.sha256
    with client_of(own.url) as client:
        after_reads(monkeypatch, lambda number: remove(own, [sha]) if number == 25 else None)
        answer = client.get(URL)
    assert answer.headers["x-graph-revision"] == "2"
    assert sha not in answer.text


@contextlib.contextmanager
def serving(store: str) -> Iterator[str]:
    """A real server in this process."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(store=store)), port=0, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def _until_cut(answer: httpx.Response) -> tuple[bytes, bool]:
    """What came, and whether the connection ended before the answer."""
    got = b""
    try:
        for piece in answer.iter_raw():
            got += piece
    except httpx.RemoteProtocolError:
        return got, True
    return got, False


def test_a_long_answer_breaks_off_when_the_graph_changes(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has been begun, with the revision it is of: no byte of another one follows, and the client sees that it is cut."""
    whole = lines_of(own).encode()
    monkeypatch.setattr(exports, "_AT_ONCE", 10_000)
    monkeypatch.setattr(exports, "_BLOCK", 1_000)
    monkeypatch.setattr("api.guard.again._LARGEST", 5_000)
    after_reads(monkeypatch, lambda number: load(own, [another(1)]) if number == 38 else None)
    with serving(own.url) as address, httpx.stream("GET", address + URL, timeout=30) as answer:
        assert answer.status_code == 200
        assert answer.headers["x-graph-revision"] == "1"
        got, cut = _until_cut(answer)
    assert cut
    assert whole.startswith(got)
    assert 0 < len(got) < len(whole)


def test_a_long_answer_is_whole_when_nothing_changes(own: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_AT_ONCE", 1_000)
    monkeypatch.setattr(exports, "_BLOCK", 1_000)
    monkeypatch.setattr("api.guard.again._LARGEST", 5_000)
    with serving(own.url) as address:
        answer = httpx.get(address + URL)
    assert answer.content == lines_of(own).encode()
    assert answer.headers["transfer-encoding"] == "chunked"
    assert answer.headers["etag"] == exports._etag(1, "jsonl", exports.ExportParams())
