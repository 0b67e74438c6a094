"""The command line of ``make bench``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

PARTS = ("extraction", "workers", "spark", "unchanged", "changes", "questions", "memory")
ENGINES = ("ladybug", "neo4j")
SIZES = (200, 2000)


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options; ``documents`` are the sizes of what is given where they are not named. Exits with 2 for what is wrong."""
    made = parser()
    options = made.parse_args(arguments)
    given = {count for count, _ in (*options.store, *options.neo4j)}
    options.documents = options.documents or tuple(sorted(given)) or SIZES
    unused = sorted(given - set(options.documents))
    if unused:
        made.error(f"a store of {unused[0]} documents is given, and --documents does not name that size")
    return options


def parser() -> argparse.ArgumentParser:
    """The options, with what they mean."""
    made = argparse.ArgumentParser(
        prog="python -m bench.suite", description="Every benchmark in one run: tables, and one JSON file."
    )
    usual = ",".join(map(str, SIZES))
    made.add_argument(
        "--documents", type=sizes, metavar="N,N…", help=f"sizes of the graphs: of those given, else {usual}"
    )
    made.add_argument("--only", type=parts, default=PARTS, metavar="PART,…", help=f"some of {', '.join(PARTS)}")
    made.add_argument("--engines", type=engines, default=ENGINES, metavar="ENGINE,…", help="ladybug, neo4j or both")
    for name, what in (
        ("--store", "an embedded store of N documents that exists; it is copied, not changed"),
        ("--folder", "the folder that the store of N documents was made of, for ingesting it again"),
        ("--neo4j", "a Neo4j with N documents; what is added to it is taken out again"),
    ):
        made.add_argument(name, type=sized, action="append", default=[], metavar="N=PLACE", help=what)
    made.add_argument("--rounds", type=int, default=5, help="of each measure of extraction (%(default)s)")
    made.add_argument("--seconds", type=float, default=300, help="for one question, all its times (%(default)s)")
    made.add_argument("--heap", type=int, default=2048, help="of a Neo4j that is started, in MB (%(default)s)")
    made.add_argument(
        "--work",
        type=Path,
        default=Path("build/bench-work"),
        metavar="DIR",
        help="keeps documents and stores (%(default)s)",
    )
    made.add_argument("--out", type=Path, default=Path("build/bench.json"), metavar="FILE", help="(%(default)s)")
    return made


def sizes(text: str) -> tuple[int, ...]:
    """Numbers above zero, rising. Raises ArgumentTypeError for anything else."""
    return tuple(sorted({number(each) for each in text.split(",")}))


def sized(text: str) -> tuple[int, str]:
    """``1000=PLACE`` as a number and a place. Raises ArgumentTypeError for anything else."""
    count, separator, place = text.partition("=")
    if not separator or not place:
        raise argparse.ArgumentTypeError(f"not N=PLACE: {text}")
    return number(count), place


def number(text: str) -> int:
    """A number above zero. Raises ArgumentTypeError for anything else."""
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"not a number above zero: {text}")
    return int(text)


def parts(text: str) -> tuple[str, ...]:
    """Some of PARTS, in their order."""
    return _some(text, PARTS)


def engines(text: str) -> tuple[str, ...]:
    """Some of ENGINES, in their order."""
    return _some(text, ENGINES)


def _some(text: str, known: tuple[str, ...]) -> tuple[str, ...]:
    unknown = sorted(set(text.split(",")) - set(known))
    if unknown:
        raise argparse.ArgumentTypeError(f"no {', '.join(unknown)}; there is {', '.join(known)}")
    return tuple(each for each in known if each in text.split(","))
