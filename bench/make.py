"""Writes made-up documents and their gold: ``DIR/texts/000000.txt`` and ``DIR/gold/000000.json`` …"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import orjson

from bench.made.document import made

CHUNK = 100  # documents that a worker writes in one go


def make(count: int, seed: int, out: Path, workers: int = 1) -> None:
    """Write ``count`` documents. Raises OSError where a folder or a file cannot be written."""
    for folder in ("texts", "gold"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    starts = range(0, count, CHUNK)
    work = partial(write, seed, out, count)
    if workers == 1:
        for start in starts:
            work(start)
        return
    with ProcessPoolExecutor(workers) as pool:
        waves = iter(starts)
        while wave := list(islice(waves, 4 * workers)):
            exhaust(pool.map(work, wave))


def exhaust(results: Iterable[object]) -> None:
    """Wait for all results; raises what one of them raised."""
    for _ in results:
        pass


def write(seed: int, out: Path, count: int, start: int) -> None:
    """Write the documents of one chunk."""
    for number in range(start, min(start + CHUNK, count)):
        document = made(seed, number)
        (out / "texts" / f"{document.name}.txt").write_bytes(document.text.encode())
        gold = orjson.dumps(document.gold, option=orjson.OPT_INDENT_2)
        (out / "gold" / f"{document.name}.json").write_bytes(gold + b"\n")
