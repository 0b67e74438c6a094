"""The pages on the application: beside the API, several times in one process, safe to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from starlette.testclient import TestClient

from api.app import create_app
from api.guard.door import COOKIE
from api.keys import Keys
from api.pages import address
from api.pages.words import LANGUAGES, table
from api.settings import Settings
from graph.load import load
from graph.queries import catalogue
from graph.store import open_store
from tests.documents import BODY, TITLE, record

PAGES = Path("api/pages")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = create_app(Settings(store=str(tmp_path_factory.mktemp("pages") / "g.lbug")))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def client(served: TestClient) -> TestClient:
    served.cookies.clear()
    return served


@pytest.mark.parametrize(
    ("method", "path", "status", "media_type"),
    [
        ("GET", "/nothing", 404, "text/html; charset=utf-8"),
        ("GET", "/api/v1/nothing", 404, "application/problem+json"),
        ("GET", "/api/", 404, "application/problem+json"),
        ("GET", "/api/v1/queries", 200, "application/json"),
        ("OPTIONS", "/api/v1/queries", 405, "application/problem+json"),
        ("OPTIONS", "/healthz", 405, "application/problem+json"),
        ("GET", "/docs", 200, "text/html; charset=utf-8"),
        ("GET", "/openapi.json", 200, "application/json"),
        ("GET", "/static/pages.css", 200, "text/css; charset=utf-8"),
    ],
)
def test_pages_take_what_the_api_does_not(
    client: TestClient, method: str, path: str, status: int, media_type: str
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, media_type)


@pytest.mark.slow
def test_applications_of_one_process_do_not_mix(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "full.lbug")) as store:
        load(store, [record(TITLE + BODY)])
    full = create_app(Settings(store=str(tmp_path / "full.lbug")))
    empty = create_app(Settings(store=str(tmp_path / "empty.lbug")))
    for app, revision in ((full, 1), (empty, 0)):
        with TestClient(app, base_url="http://127.0.0.1") as client:
            assert f"图谱第 {revision} 版" in client.get("/nothing").text
    with TestClient(full, base_url="http://127.0.0.1") as one, TestClient(empty, base_url="http://127.0.0.1") as other:
        assert "图谱第 1 版" in one.get("/nothing").text
        assert "图谱第 0 版" in other.get("/nothing").text


def test_a_server_may_have_no_pages(tmp_path: Path) -> None:
    with TestClient(
        create_app(Settings(store=str(tmp_path / "g"), pages=False)), base_url="http://127.0.0.1"
    ) as client:
        assert client.get("/").headers["content-type"] == "application/problem+json"
        assert client.get("/api/v1/queries").status_code == 200


def test_only_scripts_of_the_answer_run(client: TestClient) -> None:
    answers = [client.get("/nothing") for _ in range(2)]
    nonces = [re.search(r"'nonce-([^']+)'", answer.headers["content-security-policy"])[1] for answer in answers]  # type: ignore[index]
    assert nonces[0] != nonces[1]
    for answer, nonce in zip(answers, nonces, strict=True):
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert "unsafe-inline" not in policy["script-src"]
        assert not re.search(r"https?:|\*", answer.headers["content-security-policy"])
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)


@pytest.mark.parametrize(
    ("address_", "cookie", "lang"),
    [
        ("/nothing", None, "zh-CN"),
        ("/nothing", "en", "en-US"),
        ("/nothing", "fr", "zh-CN"),
        ("/nothing?lang=en", None, "en-US"),
        ("/nothing?lang=zh", "en", "zh-CN"),
        ("/nothing?lang=%3Cscript%3E", None, "zh-CN"),
    ],
)
def test_language(client: TestClient, address_: str, cookie: str | None, lang: str) -> None:
    client.cookies.update({"parkgraph_lang": cookie} if cookie else {})
    answer = client.get(address_)
    assert f'<html lang="{lang}"' in answer.text
    assert table()["problem.404"]["zh" if lang == "zh-CN" else "en"] in answer.text


def test_language_is_remembered(client: TestClient) -> None:
    assert 'lang="en-US"' in client.get("/nothing?lang=en").text
    assert 'lang="en-US"' in client.get("/nothing").text


@pytest.mark.parametrize(("cookie", "scheme"), [("1", "dark"), ("0", "light"), ("", "normal"), ("x", "normal")])
def test_dark_is_remembered(client: TestClient, cookie: str, scheme: str) -> None:
    client.cookies.set("parkgraph_dark", cookie)
    assert re.search(rf'name="color-scheme"\s+content="{scheme}"', client.get("/nothing").text)


@pytest.mark.parametrize(
    ("id_", "path"),
    [
        ("常政办发〔2022〕5号", "/policies/%E5%B8%B8%E6%94%BF%E5%8A%9E%E5%8F%91%E3%80%942022%E3%80%955%E5%8F%B7"),
        ("a/b#c?d&e f%", "/policies/a%2Fb%23c%3Fd%26e%20f%25"),
        ("../..", "/policies/..%2F.."),
    ],
)
def test_ids_stand_in_addresses(id_: str, path: str) -> None:
    assert address.policy(id_) == path
    assert unquote(path).removeprefix("/policies/") == id_


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (address.policy("a", at=7), "/policies/a?at=7"),
        (address.node("Document", "a"), None),
        (address.question("targets", {"region": "常德", "year": None, "history": False}), "/questions/targets?region=%E5%B8%B8%E5%BE%B7&history=false"),
        (address.answer("queries/targets", {"region": "a&b"}, "csv"), "/api/v1/queries/targets?region=a%26b&format=csv"),
        (address.explore("Task", "p#1"), "/explore?node=Task%3Ap%231"),
        (address.with_param("/a", "lang=zh&x=1", "lang", "en"), "/a?x=1&lang=en"),
    ],
)  # fmt: skip
def test_addresses(made: str | None, expected: str | None) -> None:
    assert made == expected


def test_words_have_both_languages() -> None:
    assert all(set(texts) == set(LANGUAGES) and all(texts.values()) for texts in table().values())
    for key, texts in table().items():
        assert set(re.findall(r"\{\w+\}", texts["zh"])) == set(re.findall(r"\{\w+\}", texts["en"])), key


def test_words_are_said_and_nothing_else_is() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PAGES.rglob("*.py"))
    said = set(re.findall(r"""\bt\(\s*["']([a-z_]+(?:\.[\w.]+)?)["']""", code))
    assert said - set(table()) == set()
    families = {found.replace("{", "") for found in re.findall(r"""f["']([a-z_.]+\.\{)""", code)}
    families |= {f"{column.name}." for query in catalogue().values() for column in query.columns}  # codes in cells
    unsaid = [key for key in table() if f'"{key}"' not in code and not key.startswith(tuple(families))]
    assert unsaid == []


def test_word_tables_are_flat() -> None:
    for path in (PAGES / "words").glob("*.yml"):
        assert all(isinstance(texts, dict) for texts in yaml.safe_load(path.read_text(encoding="utf-8")).values())


def test_who_is_logged_in_can_log_out_on_every_page(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    secret = keys.add("reader", "read")
    app = create_app(Settings(store=str(tmp_path / "g"), keys=tmp_path / "keys"))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert "/logout" not in client.get("/questions").text
        client.cookies.set(COOKIE, secret)
        for path in ("/", "/questions", "/nothing"):
            page = client.get(path).text
            assert "/logout" in page
            assert "已登录：reader" in page
        client.cookies.set(COOKIE, "pg_unknown")
        assert "/logout" not in client.get("/questions").text
