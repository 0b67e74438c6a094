"""Whole extraction of the sample documents beside ``jieba.cut`` over the same text, in one process.

Both are warm: jieba's dictionary is loaded and the pipeline is built before the clock starts. The two alternate, so
that a busy moment of the machine falls on both; counted is the processor's time of this process, in which others have
no part. Prints medians and their ratio.

    python -m bench.extract [--rounds N] [PATH...]
"""

from __future__ import annotations

import argparse
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba

from ingest.files import find_files
from ingest.pipeline import extract_many

SAMPLES = Path(__file__).parent.parent / "data" / "documents"


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path, default=[SAMPLES], metavar="PATH")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args(arguments)

    files = find_files(options.paths)
    jieba.setLogLevel(logging.WARNING)
    records = [outcome.record for outcome in extract_many(files) if outcome.record is not None]
    texts = [record.document.text for record in records]
    characters = sum(map(len, texts))

    def extract() -> object:
        return list(extract_many(files))

    def cut() -> object:
        return [list(jieba.cut(text)) for text in texts]

    extract(), cut()
    ours, theirs = [], []
    for _ in range(options.rounds):
        ours.append(seconds(extract))
        theirs.append(seconds(cut))

    print(f"{len(texts)} documents, {characters} characters, {options.rounds} rounds, medians")
    for name, times in (("parkgraph, whole extraction", ours), ("jieba.cut", theirs)):
        median = statistics.median(times)
        print(f"{name:28} {median * 1000:8.1f} ms   {characters / median / 1000:8.0f} thousand characters a second")
    print(f"ratio {statistics.median(ours) / statistics.median(theirs):.2f} (below 1: faster than jieba.cut)")


if __name__ == "__main__":
    main()
