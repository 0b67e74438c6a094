"""The output of ``make demo`` in the README is what it prints; PARKGRAPH_UPDATE=1 puts it there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SHOWN = re.compile(r"<!-- demo:.*?-->\n```text\n(?P<output>.*?)```\n<!-- /demo -->", re.DOTALL)


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_demo_prints_what_the_readme_shows(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    shown = SHOWN.search(text)
    assert shown
    store = tmp_path / "demo.lbug"
    # The environment is there, this test runs in it: `-o` keeps make from setting it up once more.
    command = ["make", "-s", "-o", ".venv/.ready", "demo", f"BIN={Path(sys.executable).parent}", f"DEMO_STORE={store}"]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "MAKEFLAGS", "MAKELEVEL")
    }
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    printed = done.stdout.replace(str(Path(sys.executable).parent), ".venv/bin").replace(str(store), "build/demo.lbug")
    if os.environ.get("PARKGRAPH_UPDATE"):
        README.write_text(text[: shown.start("output")] + printed + text[shown.end("output") :], encoding="utf-8")
    else:
        assert printed == shown["output"]
