"""Runs every benchmark, prints each as a table as soon as it is done, and writes all of them as one JSON file.

    python -m bench.suite [--documents N,N…] [--only PART,…] [--store N=PATH] [--neo4j N=bolt://…] [--out FILE]

What cannot be measured is told and leaves the others alone; the exit code is 1 then.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path

from rich.console import Console

from api import __version__
from bench.suite import changes, extraction, memory, questions, spark, subjects, unchanged
from bench.suite.figures import Row, Section
from bench.suite.options import parsed
from bench.suite.tables import show


class Run:
    """One run: its inputs, made when a benchmark first needs them, and what came of it so far."""

    def __init__(self, options: Namespace, stack: ExitStack, console: Console) -> None:
        self.options, self.stack, self.console = options, stack, console
        self.notes: list[str] = []
        self.failures: list[str] = []  # graphs that could not be had
        self.sections: list[Section] = []
        self.parts: dict[str, Callable[[], Section]] = {
            "extraction": lambda: extraction.measure(self.folder, options.rounds),
            "workers": lambda: extraction.with_workers(self.folder, options.rounds),
            "spark": lambda: spark.measure([self.folder], options.documents[0]),
            "unchanged": lambda: unchanged.measure(self.graphs),
            "changes": lambda: changes.measure(self.graphs, options.work),
            "questions": lambda: questions.measure(self.graphs, options.seconds),
            "memory": lambda: memory.measure(self.sections),
        }

    @cached_property
    def folder(self) -> Path:
        """The smallest folder of made documents."""
        return subjects.made_folder(self.options.documents[0], self.options.work.resolve())

    @cached_property
    def graphs(self) -> list[subjects.Subject]:
        """Every graph that is measured."""
        found = subjects.subjects(self.options, self.stack, self.say, self.failures)
        for failure in self.failures:
            self.console.print(f"failed: {failure}", style="red", highlight=False, markup=False, soft_wrap=True)
        return found

    def say(self, line: str) -> None:
        """Tell what goes on, and keep it."""
        self.notes.append(line)
        self.console.print(line, highlight=False, markup=False, soft_wrap=True)

    def do(self, name: str) -> Section:
        """One benchmark; a failure of it as a whole is told in it."""
        try:
            section = self.parts[name]()
        except Exception as error:
            line = " ".join(f"{type(error).__name__}: {error}".split())[:500]
            section = Section(name, name.capitalize(), failures=[line])
        self.sections.append(section)
        return section

    def as_json(self) -> Row:
        """What was measured, where and when."""
        return {
            "at": datetime.now().astimezone().isoformat(timespec="seconds"),
            "parkgraph": __version__,
            "machine": machine(),
            "documents": list(self.options.documents),
            "notes": self.notes,
            "failures": self.failures,
            "sections": [section.as_json() for section in self.sections],
        }


def machine() -> Row:
    """What it ran on, and how busy that was (load average of 1, 5 and 15 minutes)."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    named = {"cores": os.cpu_count(), "architecture": platform.machine(), "memory_mb": memory_mb}
    return {**named, "python": platform.python_version(), "load_average": [round(each, 1) for each in os.getloadavg()]}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the options say, and return the exit code: 1 where something could not be measured."""
    options = parsed(arguments)
    if not Path("/proc/self/status").exists():
        sys.exit("make bench needs Linux: memory and the time of processors are read from /proc")
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    console = Console(width=None if sys.stdout.isatty() else 140)
    with ExitStack() as stack:
        run = Run(options, stack, console)
        for name in options.only:
            show(run.do(name), console)
            options.out.write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    load = os.getloadavg()[0]
    console.print(f"\n{options.out}; load average {load:.1f} on {os.cpu_count()} cores", highlight=False)
    return int(bool(run.failures) or any(section.failures for section in run.sections))


if __name__ == "__main__":
    sys.exit(main())
