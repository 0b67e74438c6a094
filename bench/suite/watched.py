"""Runs a command and looks at it and at every process that it starts: seconds of the clock, of processors, and memory.

Linux only: it reads /proc, ten times a second. What a process does in its last tenth is not seen, nor one that lives
for less; for the command itself and for those it waited for, the kernel's own count is taken where that is more.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent
PARKGRAPH = (sys.executable, "-m", "api.cli")
SKIPPED = 1  # the exit code of ``parkgraph ingest`` where a file was skipped
_TICK = os.sysconf("SC_CLK_TCK")
_EVERY = 0.1
_LEFT_SECONDS = 20  # that processes which it leaves behind have to end


class CommandError(Exception):
    """A command that failed; the message is one line."""


@dataclass(frozen=True)
class Watched:
    """What a command took. ``peak_mb``: the most it held itself; ``together_mb``: with its processes, at one moment.

    Pages that processes share count for each of them.
    """

    code: int
    wall_s: float
    cpu_s: float
    peak_mb: float
    together_mb: float
    out: str
    err: str

    @property
    def figures(self) -> dict[str, float]:
        """The numbers, as columns of a row."""
        return {name: round(getattr(self, name), 3) for name in ("wall_s", "cpu_s", "peak_mb", "together_mb")}


class Process(NamedTuple):
    """A line of /proc: ``cpu`` in seconds, ``begun`` tells it from another one with the same number."""

    pid: int
    parent: int
    begun: int
    cpu: float
    ended: bool  # and nobody has waited for it yet


@dataclass
class Watch:
    """What was seen so far of a process and of those beneath it."""

    root: int
    cpu: dict[tuple[int, int], float] = field(default_factory=dict)
    peaks: dict[tuple[int, int], float] = field(default_factory=dict)
    together: float = 0.0

    def look(self) -> bool:
        """Look once; whether any of them is still there."""
        there = {each.pid: each for each in processes()}
        ours = [each for each in there.values() if (each.pid, each.begun) in self.cpu or self._beneath(each, there)]
        now = 0.0
        for each in ours:
            key = each.pid, each.begun
            self.cpu[key] = each.cpu
            peak = peak_mb(each.pid)
            if peak is not None:
                self.peaks[key] = peak
                now += peak
        self.together = max(self.together, now)
        return not all(each.ended for each in ours)

    def peak(self) -> float:
        """The most that the first of them held, in MB."""
        return max((peak for (pid, _), peak in self.peaks.items() if pid == self.root), default=0.0)

    def _beneath(self, each: Process, there: Mapping[int, Process]) -> bool:
        at: Process | None = each
        while at is not None and at.pid != self.root:
            at = there.get(at.parent)
        return at is not None


def watch(command: Sequence[str], env: Mapping[str, str] | None = None, fine: Sequence[int] = (0,)) -> Watched:
    """Run ``command`` in the checkout, with ``env`` besides what the environment holds.

    Raises CommandError where its exit code is none of ``fine``.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begun = time.perf_counter()
        child = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL, stdout=out, stderr=err
        )
        seen = Watch(child.pid)
        try:
            code, used = _ended(child, seen)
        finally:  # Ctrl-C
            child.kill()
        wall = time.perf_counter() - begun
        _wait_for_others(seen)
        out.seek(0)
        err.seek(0)
        said, told = (stream.read().decode(errors="replace") for stream in (out, err))
    cpu = max(used, sum(seen.cpu.values()))
    done = Watched(code, wall, cpu, seen.peak(), seen.together, said, told)
    if code not in fine:
        last = next(iter(reversed((done.err.strip() or done.out.strip()).splitlines())), "")
        raise CommandError(f"{' '.join(command[1:4])} …: exit code {code}: {last[:300]}")
    return done


def _ended(child: subprocess.Popen[bytes], seen: Watch) -> tuple[int, float]:
    """The exit code, and the seconds of processors that the kernel counts for it and those it waited for."""
    while True:
        seen.look()
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, usage.ru_utime + usage.ru_stime
        time.sleep(_EVERY)


def _wait_for_others(seen: Watch) -> None:
    """A Java machine ends a little after the program that it was started for."""
    end = time.monotonic() + _LEFT_SECONDS
    while seen.look() and time.monotonic() < end:
        time.sleep(_EVERY)


def processes() -> Iterator[Process]:
    """Every process of the machine."""
    for name in os.listdir("/proc"):  # noqa: PTH208 - ten times a second
        if name.isdigit():
            with suppress(OSError):
                yield process(int(name))


def process(pid: int) -> Process:
    """What /proc says of a process. Raises OSError where it has ended."""
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(") ")[2].split()
    return Process(pid, int(fields[1]), int(fields[19]), (int(fields[11]) + int(fields[12])) / _TICK, fields[0] == "Z")


def peak_mb(pid: int | str = "self") -> float | None:
    """The most memory that a process has held so far (VmHWM), in MB; None for one that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return None


def cpu_of(pid: int | None) -> float:
    """Seconds of processors that a process has used so far, in hundredths; 0 for None. Raises OSError where it has ended."""
    return 0.0 if pid is None else process(pid).cpu


def cpu_below() -> float:
    """Seconds of processors that this process and all beneath it that are there have used so far."""
    seen = Watch(os.getpid())
    seen.look()
    return sum(seen.cpu.values())
