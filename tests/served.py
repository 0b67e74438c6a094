"""A server in a process of its own, on a free port of this machine."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from api.keys import Keys
from tests.ports import free_port

_SECONDS = 60


@dataclass(frozen=True)
class Served:
    """Where a server listens, its process, and a key that may write."""

    url: str
    process: subprocess.Popen[bytes]
    key: str
    log: Path

    @property
    def headers(self) -> dict[str, str]:
        """With the key."""
        return {"Authorization": f"Bearer {self.key}"}

    def stop(self, sign: int = signal.SIGTERM) -> int:
        """End it with a signal, and return its exit code."""
        self.process.send_signal(sign)
        return self.process.wait(_SECONDS)


@contextlib.contextmanager
def served(store: str, folder: Path, *options: str, pages: bool = False, keyed: bool = True) -> Iterator[Served]:
    """`parkgraph serve` with ``options``, once it answers; killed at the end if it is still there.

    Not ``keyed``: nobody has a key.
    """
    keys, log = folder / "parkgraph.keys", folder / "serve.log"
    secret = Keys(keys).add(f"test{len(Keys(keys).all())}", "write") if keyed else ""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "api.cli",
        "serve",
        "--store",
        store,
        "--port",
        str(port),
        "--keys",
        str(keys),
        *(() if pages else ("--no-pages", "--no-mcp")),
        *options,
    ]
    with log.open("ab") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=os.environ.copy())
    try:
        made = Served(f"http://127.0.0.1:{port}", process, secret, log)
        _await(made)
        yield made
    finally:
        process.kill()
        process.wait(_SECONDS)


def _await(server: Served) -> None:
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise RuntimeError(f"the server has ended: {server.log.read_text()[-2000:]}")
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{server.url}/readyz").status_code == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server does not answer: {server.log.read_text()[-2000:]}")
