"""Extraction beside segmenters over the same text, and with two workers beside one."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from bench.extract import OURS, SAMPLES, compare
from bench.suite.figures import Section, ratio
from bench.suite.watched import cpu_below
from ingest.files import File, find_files
from ingest.pool import Pool

TEXTS, FILES = 100, 300  # at most so many documents are read here, and there


def measure(folder: Path, rounds: int) -> Section:
    """Documents and characters a second of one core, in each way: of the sample documents and of made ones."""
    section = Section("extraction", f"Extraction in one process, medians of {rounds} rounds")
    for texts, paths in (("samples", [SAMPLES]), ("made", first(folder, TEXTS))):
        found = compare(paths, rounds)
        section.notes.append(f"{texts}: {found.documents} documents, {found.characters:,} characters")
        for name, median in found.seconds.items():
            times = {"cpu_ms": round(1000 * median, 1), "documents_a_cpu_s": round(found.documents / median, 1)}
            row = {"texts": texts, "way": name, **times, "characters_a_cpu_s": round(found.characters / median)}
            section.rows.append(row)
            if name != OURS:
                section.ratios += ratio(f"{texts}: cpu_ms of {OURS} to {name}", found.seconds[OURS], median)
    return section


def with_workers(folder: Path, rounds: int) -> Section:
    """Seconds of the same files with one worker and with two, in turn; the workers are warm."""
    files = find_files(first(folder, FILES))
    section = Section(
        "workers", f"Reading and extraction by workers, {len(files)} documents, medians of {rounds} rounds"
    )
    walls: dict[int, list[float]] = {1: [], 2: []}
    cpus: dict[int, list[float]] = {1: [], 2: []}
    with Pool(1) as one, Pool(2) as two:
        for round_ in range(rounds + 1):
            for pool in (one, two):
                wall, cpu = timed(pool, files)
                if round_:
                    walls[pool.size].append(wall)
                    cpus[pool.size].append(cpu)
    for size in walls:
        wall, cpu = statistics.median(walls[size]), statistics.median(cpus[size])
        row = {
            "workers": size,
            "wall_s": round(wall, 3),
            "cpu_s": round(cpu, 3),
            "documents_a_s": round(len(files) / wall, 1),
        }
        section.rows.append(row)
    section.ratios += ratio("wall_s of two workers to one", section.rows[1]["wall_s"], section.rows[0]["wall_s"])
    section.ratios += ratio("cpu_s of two workers to one", section.rows[1]["cpu_s"], section.rows[0]["cpu_s"])
    return section


def timed(pool: Pool, files: Sequence[File]) -> tuple[float, float]:
    """Seconds of the clock, and of processors: of the workers and of this process, which hears from them."""
    wall, cpu = time.perf_counter(), cpu_below()
    for _ in pool.read_each(files):
        pass
    return time.perf_counter() - wall, cpu_below() - cpu


def first(folder: Path, count: int) -> list[Path]:
    """The first files of a folder, in order of name."""
    return [path for path, _ in find_files([folder])[:count]]
