"""A real Chromium, and a server with the sample documents for it to look at.

``from tests.browser import browser, site`` gives both fixtures. Tests that use them are marked
``xdist_group("browser")``, so that one worker runs them all, with one server and one browser. Without a Chromium they are
skipped and say why; where PARKGRAPH_REQUIRE_BROWSER is set they fail.
"""

from __future__ import annotations

import contextlib
import importlib.resources
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.served import served

WIDE, NARROW = (1280, 900), (390, 844)
_ROOT = Path(__file__).parent.parent
_LOCAL = ("data", "blob", "about", "chrome", "devtools")
_SERIOUS = ("serious", "critical")


class Browser:
    """A browser that looks at one server, and remembers what it has asked for and complained about."""

    def __init__(self, driver: Any, base: str) -> None:
        self.driver = driver
        self.base = base

    def open(self, path: str, size: tuple[int, int] = WIDE, *, dark: bool | None = None) -> None:
        """Open a page of the server, with nothing remembered of pages before."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        if dark is not None:
            cookie = {"name": "parkgraph_dark", "value": str(int(dark)), "url": self.base}
            self.driver.execute_cdp_cmd("Network.setCookie", cookie)
        mobile = size[0] < 600
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": mobile}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.forget()
        self.driver.get(self.base + path)
        self.until(lambda: self.script("return !!document.querySelector('main h1')"), f"{path} shows its heading")
        self.until(lambda: self.script("return !!window.socket && window.socket.connected"), f"{path} is connected")
        self.until(
            lambda: not self.script("return !!document.querySelector('[data-working]')"), f"{path} is complete", 60
        )

    def script(self, code: str, *values: Any) -> Any:
        """What JavaScript returns."""
        return self.driver.execute_script(code, *values)

    def all(self, selector: str) -> list[Any]:
        """The elements of a CSS selector that can be seen."""
        from selenium.common.exceptions import StaleElementReferenceException

        found = []
        for each in self.driver.find_elements("css selector", selector):
            with contextlib.suppress(StaleElementReferenceException):  # gone since
                if each.is_displayed():
                    found.append(each)
        return found

    def texts(self, selector: str) -> list[str]:
        """What these elements say."""
        code = """return [...document.querySelectorAll(arguments[0])]
            .filter(each => each.checkVisibility()).map(each => each.innerText.trim())"""
        return [str(each) for each in self.script(code, selector)]

    def click(self, selector: str, text: str) -> None:
        """Click the first element that says ``text``, as soon as there is one that stays."""
        from selenium.common.exceptions import StaleElementReferenceException

        def clicked() -> bool:
            with contextlib.suppress(StaleElementReferenceException):
                for each in self.all(selector):
                    if text in each.text:
                        each.click()
                        return True
            return False

        self.until(clicked, f"{text} can be clicked")

    def until(self, holds: Callable[[], Any], what: str, seconds: float = 20.0) -> Any:
        """Wait until something holds, and return it; fail with ``what``."""
        end = time.monotonic() + seconds
        while not (found := holds()):
            if time.monotonic() > end:
                pytest.fail(f"not within {seconds:.0f} s: {what}")
            time.sleep(0.05)
        return found

    def forget(self) -> None:
        """Forget what the console and the network have shown."""
        self.driver.get_log("browser")
        self.driver.get_log("performance")

    def console_errors(self) -> list[str]:
        """What the console complains about since the page was opened."""
        return [each["message"] for each in self.driver.get_log("browser") if each["level"] in ("SEVERE", "WARNING")]

    def requests_elsewhere(self) -> list[str]:
        """Addresses that were asked for and are not of this server."""
        events = [json.loads(each["message"])["message"] for each in self.driver.get_log("performance")]
        urls = [
            each["params"].get("request", each["params"]).get("url", "")
            for each in events
            if each["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated")
        ]
        return [
            url
            for url in urls
            if urlsplit(url).scheme not in _LOCAL and urlsplit(url).netloc != urlsplit(self.base).netloc
        ]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.script("return document.documentElement.scrollWidth - window.innerWidth"))

    def serious_findings(self) -> list[str]:
        """What axe finds serious or worse. Skips where axe-core-python is not installed."""
        if importlib.util.find_spec("axe_core_python") is None:
            pytest.skip("axe-core-python is not installed")
        source = importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")
        self.script(source)
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations))"
        )
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in found
            if each["impact"] in _SERIOUS
            for node in each["nodes"]
        ]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with the sample documents."""
    folder = tmp_path_factory.mktemp("site")
    store = str(folder / "sample.lbug")
    command = [sys.executable, "-m", "api.cli", "ingest", "data/documents", "--store", store]
    subprocess.run(command, cwd=_ROOT, capture_output=True, check=True, timeout=300)
    with served(store, folder, "--grace", "1", pages=True, keyed=False) as server:
        yield server.url


@pytest.fixture(scope="session")
def browser(site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless Chromium for ``site``."""
    found = {name: shutil.which(name) for name in ("chromium", "chromedriver")}
    lacking = [name for name, path in found.items() if path is None]
    if lacking:
        _give_up(f"{', '.join(lacking)}: not found")
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(found["chromium"])
    profile = tmp_path_factory.mktemp("profile")
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", f"user-data-dir={profile}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(found["chromedriver"])))
    driver.set_script_timeout(60)
    try:
        yield Browser(driver, site)
    finally:
        driver.quit()


def _give_up(reason: str) -> None:
    if os.environ.get("PARKGRAPH_REQUIRE_BROWSER"):
        pytest.fail(f"PARKGRAPH_REQUIRE_BROWSER is set, and there is no browser: {reason}")
    pytest.skip(f"no browser: {reason}")
