"""``check`` in a process of its own: a damaged file can end the process that reads it, in the engine, without a word.

The process writes one line of JSON, ``{"problems", "revision", "told"}`` or ``{"error", "told"}``; ``told`` are the warnings.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import Any

from graph.check import Problem, check
from graph.errors import GraphError, StoreError
from graph.store import open_store

_COMMAND = (sys.executable, "-P", "-c", "import sys; from graph.guarded import serve; serve(sys.argv[1])")
_log = logging.getLogger(__name__)


def check_guarded(url: str) -> tuple[list[Problem], int]:
    """All problems of the store at ``url``, and its revision. Raises StoreError, also where reading it ends the reader."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    done = subprocess.run(
        [*_COMMAND, url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        check=False,
    )
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        how = f"signal {-done.returncode}" if done.returncode < 0 else f"exit code {done.returncode}"
        raise StoreError(f"{url}: damaged: reading it crashes the database engine ({how}); restore a backup") from error
    for line in answer["told"]:
        _log.warning("%s", line)
    if "error" in answer:
        raise StoreError(answer["error"])
    return [Problem(*each) for each in answer["problems"]], answer["revision"]


def serve(url: str) -> None:
    """The other process: check, and write what was found; standard output is its own from here on."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    answer: dict[str, Any]
    try:
        with open_store(url, create=False) as store:
            problems = [(each.kind, each.row, each.cause) for each in check(store)]
            answer = {"problems": problems, "revision": store.revision()}
    except GraphError as error:
        answer = {"error": str(error)}
    json.dump({**answer, "told": told}, out)
    out.close()
    os._exit(0)  # to take down what is damaged may crash as well
