"""``parkgraph-bench``: made-up documents with known truth, and how much of it extraction finds."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.make import make
from bench.marks import table
from bench.score import line, score


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``make`` or ``score``; one line and exit status 2 for what cannot be done."""
    options = parser().parse_args(arguments)
    try:
        if options.command == "make":
            begun = time.perf_counter()
            make(options.documents, options.seed, options.out, options.workers)
            print(
                f"{options.documents} documents of seed {options.seed} in {options.out}, {time.perf_counter() - begun:.1f} s"
            )
        else:
            tell(options.folder, options.workers, options.documents, options.misses, options.kind)
    except OSError as error:
        sys.exit(f"parkgraph-bench: {error.filename}: {error.strerror}")


def parser() -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="parkgraph-bench", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    made = commands.add_parser("make", help="write documents and their gold")
    made.add_argument("--documents", type=positive, required=True, metavar="N")
    made.add_argument("--seed", type=int, default=1, metavar="S")
    made.add_argument("--out", type=Path, default=Path("build/made"), metavar="DIR")
    scored = commands.add_parser("score", help="extract the documents and compare with their gold")
    scored.add_argument("folder", type=Path, metavar="DIR")
    scored.add_argument("--documents", type=positive, metavar="N", help="only the first N")
    scored.add_argument("--misses", type=int, default=20, metavar="K", help="how many misses of each kind to list")
    scored.add_argument("--kind", help="list the misses of this kind only")
    for command in (made, scored):
        command.add_argument("--workers", type=positive, default=min(4, os.cpu_count() or 1), metavar="N")
    return top


def positive(text: str) -> int:
    """A number above zero. Raises ArgumentTypeError for anything else."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"not a number above zero: {text}")
    return int(text)


def tell(folder: Path, workers: int, documents: int | None, misses: int, kind: str | None) -> None:
    """Print the misses as they come, and then the table. Exits with one line where there is no gold."""
    counts: Counter[tuple[str, str]] = Counter()
    listed: Counter[str] = Counter()
    done, characters, seconds = 0, 0, 0.0
    for part in score(folder, workers, documents):
        characters, seconds = characters + part.characters, seconds + part.seconds
        for name, (more, faults) in part.documents:
            done += 1
            counts += more
            for fault in faults:
                listed[fault.kind] += 1
                if listed[fault.kind] <= misses and kind in (None, fault.kind):
                    print(line(name, fault))
    if not done:
        sys.exit(f"parkgraph-bench: {folder}: no gold here; write some with parkgraph-bench make")
    print(f"\n{done} documents, {characters} characters, {seconds:.1f} s of one processor")
    print(f"{'':18}{'hit':>9}{'gold':>9}{'found':>9}{'precision':>11}{'recall':>9}{'F1':>9}")
    for name, hit, gold, found, precision, recall, f1 in table(counts):
        print(f"{name:18}{hit:9}{gold:9}{found:9}{precision:11.4f}{recall:9.4f}{f1:9.4f}")


if __name__ == "__main__":
    main()
