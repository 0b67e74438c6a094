"""What Chromium shows of a page, and when: the first view, and the main content."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SECONDS = 120
_WATCH = """
(() => {
  const seen = window.pgSeen = {};
  const look = () => {
    if (!seen.first && document.querySelector('main h1') && document.querySelector('nav')) seen.first = performance.now();
    const waits = document.querySelector('[data-working], .pg-table:not(:has(.ag-row))');
    if (seen.first && !waits) seen.content = performance.now(); else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""


@contextlib.contextmanager
def chromium(folder: Path) -> Iterator[Any]:
    """A headless Chromium that watches each page that it opens."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = shutil.which("chromium") or ""
    for flag in ("headless=new", "no-sandbox", "disable-gpu", f"user-data-dir={folder / 'profile'}"):
        options.add_argument(f"--{flag}")
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    driver.set_page_load_timeout(_SECONDS)
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": _WATCH})
    try:
        yield driver
    finally:
        driver.quit()


def views(driver: Any, url: str) -> tuple[float, float]:
    """Seconds from asking for a page until its heading and navigation stand, and until nothing in it says that it waits."""
    driver.get(url)
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        seen = driver.execute_script("return window.pgSeen")
        if seen and seen.get("first") and seen.get("content"):
            return seen["first"] / 1000, seen["content"] / 1000
        time.sleep(0.1)
    return float("nan"), float("nan")
