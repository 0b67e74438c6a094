"""The HTTP server under load, beside a bare FastAPI endpoint that returns the same bytes; both on uvicorn, one process.

Needs wrk (Debian: ``apt install wrk``). The store is embedded, or the one that ``--store`` names (``neo4j://…``); it is
filled with the sample documents if it is empty. The two alternate; the best round of each counts. Prints requests a
second, the ratio, and the latencies and errors of the longest run.

    python -m bench.serve [--seconds N] [--rounds N] [--connections N] [--store URL]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx

from graph.load import load
from graph.store import open_store
from ingest.files import find_files
from ingest.pipeline import extract_many
from tests.served import free_port, served

SAMPLES = Path(__file__).parent.parent / "data" / "documents"
QUERY = "/api/v1/queries/lead_agencies?theme=green"
BARE = """
import sys
from pathlib import Path
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

body = Path(sys.argv[1]).read_bytes()
app = FastAPI()

@app.get("/api/v1/queries/lead_agencies")
def answer(theme: str) -> Response:
    return Response(body, media_type="application/json")

@app.get("/async")
async def answer_at_once(theme: str) -> Response:
    return Response(body, media_type="application/json")

uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", access_log=False)
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60, help="of the last run; the others take a sixth of it")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--store", default="")
    options = parser.parse_args(arguments)
    if shutil.which("wrk") is None:
        sys.exit("bench.serve needs wrk (Debian: apt install wrk)")
    short = max(options.seconds // 6, 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = options.store or str(folder / "bench.lbug")
        fill(store)
        with served(store, folder, "--log-level", "warning") as server:
            address = server.url + QUERY
            (folder / "body").write_bytes(httpx.get(address).content)
            with bare(folder) as beside:
                ways = {
                    "parkgraph": address,
                    "bare, def": beside + QUERY,
                    "bare, async def": f"{beside}/async?theme=green",
                }
                best = dict.fromkeys(ways, 0.0)
                for _ in range(options.rounds):
                    for way, url in ways.items():
                        best[way] = max(best[way], rate(wrk(url, options.connections, short)))
            print(
                f"{os.cpu_count()} cores, {(folder / 'body').stat().st_size} bytes an answer, best of {options.rounds}"
            )
            for way, number in best.items():
                print(f"{way:20} {number:9,.0f} requests/s   parkgraph has {best['parkgraph'] / number:.2f} of it")
            print(wrk(address, options.connections, options.seconds))
            cold(server.url, options.connections, short)


def cold(url: str, connections: int, seconds: int) -> None:
    """Answers that are never kept: the parameters of each request are new."""
    script = """
    counter = 0
    request = function()
      counter = counter + 1
      return wrk.format("GET", "/api/v1/queries/targets?year=" .. counter)
    end
    """
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        print("every request another question:")
        print(wrk(url, connections, seconds, "--script", file.name))


def fill(store: str) -> None:
    with open_store(store) as opened:
        if opened.revision() == 0:
            load(opened, [each.record for each in extract_many(find_files([SAMPLES])) if each.record])


@contextlib.contextmanager
def bare(folder: Path) -> Iterator[str]:
    """The bare endpoint in a process of its own."""
    (folder / "bare.py").write_text(BARE)
    port = free_port()
    process = subprocess.Popen([sys.executable, folder / "bare.py", folder / "body", str(port)])
    try:
        for _ in range(100):
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{port}/async?theme=x")
                break
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def wrk(url: str, connections: int, seconds: int, *more: str) -> str:
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", "--latency"]
    return subprocess.run([*command, *more, url], capture_output=True, encoding="utf-8", check=True).stdout


def rate(printed: str) -> float:
    found = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    if found is None or "Non-2xx" in printed:
        raise RuntimeError(printed)
    return float(found[1])


if __name__ == "__main__":
    main()
