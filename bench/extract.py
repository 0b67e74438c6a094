"""Whole extraction beside ``jieba.cut``, ``jieba.posseg`` and spaCy's blank Chinese pipeline over the same text.

All are warm, in one process: dictionaries are loaded and pipelines are built before the clock starts. They take turns, so
that a busy moment of the machine falls on all; counted is the processor's time of this process, in which others have
no part. This reads the files as well, the others have the text. Prints medians and their ratios.

    python -m bench.extract [--rounds N] [PATH...]
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import jieba
import jieba.posseg
import spacy

from ingest.files import find_files
from ingest.pipeline import extract_many

SAMPLES = Path(__file__).parent.parent / "data" / "documents"
OURS = "parkgraph, whole extraction"


class Compared(NamedTuple):
    """What was read, and the median seconds of the processor of each way."""

    documents: int
    characters: int
    seconds: dict[str, float]


def compare(paths: Sequence[Path], rounds: int) -> Compared:
    """Extract the documents of ``paths`` in every way, in turn. Raises PathError."""
    files = find_files(paths)
    jieba.setLogLevel(logging.WARNING)
    texts = [each.record.document.text for each in extract_many(files) if each.record is not None]
    blank = spacy.blank("zh")
    blank.max_length = max(map(len, texts), default=0) + 1
    ways: dict[str, Callable[[], object]] = {
        OURS: lambda: list(extract_many(files)),
        "jieba.cut": lambda: [list(jieba.cut(text)) for text in texts],
        "jieba.posseg": lambda: [list(jieba.posseg.cut(text)) for text in texts],
        "spaCy, blank Chinese": lambda: [len(blank(text)) for text in texts],
    }
    for work in ways.values():
        work()
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            times[name].append(seconds(work))
    return Compared(len(texts), sum(map(len, texts)), {name: statistics.median(some) for name, some in times.items()})


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES], metavar="PATH")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)
    found = compare(options.paths, options.rounds)
    print(f"{found.documents} documents, {found.characters} characters, {options.rounds} rounds, medians")
    for name, median in found.seconds.items():
        print(
            f"{name:28} {median * 1000:8.1f} ms   {found.characters / median / 1000:8.0f} thousand characters a second"
            f"   parkgraph takes {found.seconds[OURS] / median:.2f} of it"
        )


if __name__ == "__main__":
    main()
