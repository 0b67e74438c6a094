"""Pictures of the main views for the README: ``make screenshots`` writes them to ``docs/images/``.

It is no test: pytest is only what starts the server and the browser.
"""

from __future__ import annotations

import base64
import io
import time
from pathlib import Path
from urllib.parse import quote

import httpx
from PIL import Image

from tests.browser import NARROW, WIDE, Browser, browser, site

__all__ = ["browser", "site"]
FOLDER = Path(__file__).parent.parent / "docs" / "images"
COLOURS = 128


def test_screenshots(browser: Browser) -> None:
    """Write one small PNG for each view."""
    policies = httpx.get(f"{browser.base}/api/v1/policies").json()["items"]
    policy = next(each["id"] for each in policies if each["targets"] > 50)
    agency = "常德市工业和信息化局"
    views = {
        "home": ("/", WIDE, False),
        "question": ("/questions/theme_matrix", WIDE, False),
        "targets": (f"/questions/compare_targets?indicator={quote('亩均税收')}", WIDE, False),
        "policy": (f"/policies/{quote(policy, safe='')}", WIDE, False),
        "agency-dark": (f"/agencies/{quote(agency)}", WIDE, True),
        "explorer": (f"/explore?node={quote('Agency:' + agency)}", WIDE, False),
        "policy-narrow": (f"/policies/{quote(policy, safe='')}", NARROW, False),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (path, size, dark) in views.items():
        browser.open(path, size, dark=dark)
        time.sleep(3)  # pictures move into place
        shot = browser.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        image = Image.open(io.BytesIO(base64.b64decode(shot["data"]))).convert("RGB")
        image.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
