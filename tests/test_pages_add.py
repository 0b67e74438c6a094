"""Adding documents with a browser: the key, reading, looking at what was found, loading it or letting it go."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.keys import Keys
from api.pages.add_preview import known, preview
from api.pages.here import Here
from api.pages.words import Words, table
from api.uploads import FileResult
from graph.load import load
from graph.store import open_store
from tests.browser import NARROW, WIDE, Browser, browser, site
from tests.graph_records import five
from tests.ports import free_port
from tests.served import Served, served

__all__ = ["browser", "site"]
GROUP = pytest.mark.xdist_group("browser")
SAMPLE = Path("data/documents/001_d059a68ad478948d.txt")
HOSTILE = "<img src=x onerror=alert(1)>.txt"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with an empty graph, and small limits."""
    folder = tmp_path_factory.mktemp("add")
    with served(str(folder / "a.lbug"), folder, pages=True) as made:
        yield made


@pytest.fixture
def there(browser: Browser, server: Served) -> Browser:
    """The browser, looking at that server."""
    return Browser(browser.driver, server.url)


def enter(there: Browser, key: str) -> None:
    there.until(lambda: there.all(".ad-key input"), "the field for a key")
    field = there.all(".ad-key input")[0]
    field.send_keys(key)
    there.all(".ad-key button[type=submit]")[0].click()


def ready(there: Browser, server: Served, size: tuple[int, int] = WIDE, path: str = "/add") -> None:
    """The page with a key that may write."""
    there.open(path, size)
    there.until(lambda: there.all(".ad-key input") or there.all(".ad-drop"), "the page knows what to ask for")
    if not there.all(".ad-drop"):
        enter(there, server.key)
        there.until(lambda: there.all(".ad-drop"), "a place for files")


def send(there: Browser, *files: Path) -> None:
    there.driver.find_element("css selector", ".ad-drop input").send_keys(
        "\n".join(str(file.absolute()) for file in files)
    )


def read(there: Browser, count: int) -> list[str]:
    """The states of the files, once all have been read."""

    def states() -> list[str] | None:
        found = there.script("return [...document.querySelectorAll('.ad-file')].map((each) => each.dataset.state)")
        ended = len(found) == count and set(found) <= {"read", "failed"}
        return list(found) if ended and there.all("[data-do=discard]") else None

    return list(there.until(states, f"{count} files are read", 60))


def without_key(there: Browser, path: str, size: tuple[int, int] = WIDE, **how: Any) -> None:
    """The page as somebody sees it who has given no key."""
    there.open(path, size, **how)
    there.until(lambda: there.all(".ad-key input") or there.all(".ad-drop"), "the page knows what to ask for")
    if there.all(".ad-drop"):
        there.script("document.querySelector('.ad-end .ad-plain').click()")
    there.until(lambda: there.all(".ad-key input"), "the field for a key")


def clean(there: Browser) -> None:
    assert there.console_errors() == []
    assert there.requests_elsewhere() == []


def revision(server: Served) -> int:
    return int(httpx.get(f"{server.url}/readyz").json()["revision"])


@GROUP
def test_a_key_that_may_write_is_asked_for(there: Browser, server: Served, tmp_path: Path) -> None:
    without_key(there, "/add")
    keys = Keys(server.log.parent / "parkgraph.keys")
    reader = keys.add("reader", "read")
    for key, words in (("wrong", "add.key.wrong"), (reader, "add.key.read")):
        enter(there, key)
        text = table()[words]["zh"]
        there.until(lambda text=text: text in there.texts(".ad-box .pg-warning"), text)
    assert "parkgraph keys add NAME --scope write" in there.texts(".ad-box pre")
    assert not there.all(".ad-drop")
    enter(there, server.key)
    there.until(lambda: there.all(".ad-drop"), "a place for files")
    assert "pg_" not in there.driver.current_url
    there.open("/add")
    there.until(lambda: there.all(".ad-drop"), "the key is remembered")
    assert "pg_" not in str(
        there.script("return document.cookie + JSON.stringify([{...localStorage}, {...sessionStorage}])")
    )
    clean(there)


@GROUP
def test_looking_letting_go_and_loading(there: Browser, server: Served) -> None:
    ready(there, server)
    before = revision(server)
    send(there, SAMPLE)
    assert read(there, 1) == ["read"]
    assert "2020年湖南省产业园区工作要点" in there.texts(".ad-file")[0]
    counts = dict(zip(there.texts(".ad-counts dt"), there.texts(".ad-counts dd"), strict=True))
    assert (counts["任务"], counts["目标"]) == ("24", "12")
    assert any("%" in value for value in counts.values())
    there.script("document.querySelector('.ad-file summary').click()")
    assert len(there.all(".ad-file table")) >= 2
    there.script("document.querySelector('[data-do=discard]').click()")
    there.until(lambda: not there.all(".ad-file"), "it is gone")
    assert revision(server) == before
    send(there, SAMPLE)
    read(there, 1)
    there.script("document.querySelector('[data-do=load]').click()")
    there.until(
        lambda: there.script("return document.querySelector('[data-done]')?.dataset.done") == "true", "loaded", 60
    )
    assert revision(server) == before + 1
    link = there.driver.find_element("css selector", ".ad-files h3 a").get_attribute("href")
    assert "/policies/" in str(link)
    clean(there)


@GROUP
def test_files_may_be_dropped(there: Browser, server: Served) -> None:
    ready(there, server)
    there.script(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], '通知.txt'));"
        "document.querySelector('.ad-drop').dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true}))",
        SAMPLE.read_text(encoding="utf-8"),
    )
    assert read(there, 1) == ["read"]
    assert "通知.txt" in there.texts(".ad-file")[0]


@GROUP
def test_the_same_again_changes_nothing(there: Browser, server: Served) -> None:
    ready(there, server)
    for _ in range(2):
        send(there, SAMPLE)
        read(there, 1)
        there.script("document.querySelector('[data-done]')?.remove();document.querySelector('[data-do=load]').click()")
        there.until(lambda: there.all("[data-done=true]"), "loaded", 60)
    assert any("没有变化" in text for text in there.texts("[data-done]"))


@GROUP
def test_names_and_texts_are_only_shown(there: Browser, server: Served, tmp_path: Path) -> None:
    hostile, binary = tmp_path / HOSTILE, tmp_path / "a.txt"
    hostile.write_text(
        "<script>alert(1)</script><img src=x onerror=alert(2)>\n关于印发《<img src=x onerror=alert(3)>方案》的通知\n一、加快发展\n(责任单位:<b>市工信局</b>)\n"
        * 3
    )
    binary.write_bytes(bytes(range(256)) * 40)
    ready(there, server)
    send(there, hostile, binary)
    assert read(there, 2)[1] == "failed"
    first, second = there.texts(".ad-file")
    assert HOSTILE in first
    assert table()["add.skipped"]["zh"].split("{")[0] in second
    assert there.script("return document.querySelectorAll('.ad-files img, .ad-files script, .ad-files b').length") == 0
    clean(there)


@GROUP
def test_files_are_counted_and_weighed(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    key = Keys(tmp_path / "keys").add("w", "write")
    code = (
        "import uvicorn, sys; from api.app import create_app; from api.settings import Settings; from pathlib import Path; "
        f"uvicorn.run(create_app(Settings(store={str(tmp_path / 'a.lbug')!r}, port={port}, keys=Path({str(tmp_path / 'keys')!r}), "
        f"upload_files=2, upload_bytes=3000)), port={port}, log_level='critical')"
    )
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        there = Browser(browser.driver, f"http://127.0.0.1:{port}")
        there.until(lambda: _answers(there.base), "the server answers", 60)
        there.open("/add")
        assert any("2 个文件" in text and "3 KB" in text for text in there.texts("main"))
        there.until(lambda: there.all(".ad-key input") or there.all(".ad-drop"), "the page knows what to ask for")
        enter(there, key)
        there.until(lambda: there.all(".ad-drop"), "a place for files")
        small = [tmp_path / f"{number}.txt" for number in range(4)]
        for path in small:
            path.write_text("关于加快园区发展的通知\n一、工作\n" * 20)
        large = tmp_path / "large.txt"
        large.write_text("大" * 2000)
        send(there, large)
        there.until(lambda: table()["add.rejected"]["zh"] in there.texts("[data-note]"), "too large")
        for path in small[:3]:
            send(there, path)
        there.until(lambda: any("2.txt" in text for text in there.texts(".ad-files .pg-warning")), "one too many", 40)
        assert len(read(there, 2)) == 2
    finally:
        process.kill()
        process.wait(20)


def _answers(base: str) -> bool:
    try:
        return httpx.get(f"{base}/healthz").status_code == 200
    except httpx.HTTPError:
        return False


@GROUP
@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize(("lang", "dark"), [("zh", False), ("en", True)])
def test_for_everybody(there: Browser, server: Served, size: tuple[int, int], lang: str, dark: bool) -> None:
    without_key(there, f"/add?lang={lang}", size, dark=dark)
    assert there.serious_findings() == []
    enter(there, server.key)
    there.until(lambda: there.all(".ad-drop"), "a place for files")
    send(there, SAMPLE)
    read(there, 1)
    there.script("document.querySelector('.ad-file summary').click()")
    assert there.overflow() <= 0
    assert there.serious_findings() == []
    clean(there)


def test_only_what_the_graph_has_is_a_link(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "a.lbug")) as store:
        load(store, five())
        rows = {
            "policy": {"id": "new", "title": "<b>"},
            "agencies": [{"id": "常德市应急管理局"}, {"id": "nobody"}],
            "parks": [],
        }
        result = FileResult("a.txt", "0" * 64, "extracted", policy="new")
        object.__setattr__(result, "packed", _packed(rows))
        assert known(store, [result]) == {("Agency", "常德市应急管理局")}
        here: Any = Here(None, Words("zh"), None, None)  # type: ignore[arg-type]
        made = preview(here, result, set())
    assert "&lt;b&gt;" in made
    assert "<a " not in made


def _packed(rows: dict[str, Any]) -> bytes:
    import json
    import zlib

    return zlib.compress(json.dumps(rows).encode())
