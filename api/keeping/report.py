"""What a run has done with each file, for people in a line and for programs as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.failures import Code
from api.files import write_file
from ingest.files import Outcome, escaped

What = Literal["loaded", "written", "moved", "unchanged", "removed", "gone", "skipped"]
TOLD: tuple[tuple[What, str], ...] = (
    ("moved", "moved"),
    ("unchanged", "unchanged"),
    ("removed", "removed"),
    ("gone", "gone (--prune removes them)"),
    ("skipped", "skipped"),
)


@dataclass(frozen=True)
class Line:
    """What came of one file, or of one document in a file.

    ``reason`` says why it was skipped or removed; ``to`` is the file that was written, ``was`` where one that has moved
    lay before; ``document`` is the hash of its bytes.
    """

    path: str
    outcome: What
    reason: str | None = None
    document: str | None = None
    policy: str | None = None
    was: str | None = None
    to: str | None = None


def skipped(path: Path, problem: str | None) -> Line:
    """The line of what was left out."""
    return Line(escaped(str(path)), "skipped", problem)


def line_of(outcome: Outcome, what: What, *, was: str | None = None, to: str | None = None) -> Line:
    """The line of what an outcome's document has become; of one without record, why it was skipped."""
    if outcome.record is None:
        return skipped(outcome.path, outcome.problem)
    return loaded(outcome.path, what, outcome.record.document.sha256, outcome.record.policy.id, was=was, to=to)


def loaded(
    path: Path, what: What, document: str, policy: str, *, was: str | None = None, to: str | None = None
) -> Line:
    """The line of what the document (sha256) of a path has become, and of the policy that it states."""
    return Line(escaped(str(path)), what, None, document, policy, was, to)


@dataclass(frozen=True)
class Report:
    """All lines of a run. ``revision`` is that of the store after it; None where nothing was to be loaded.

    ``differing``: how many policies of what was loaded were found on pages that say different things.
    """

    lines: Sequence[Line]
    store: str | None = None
    revision: int | None = None
    changed: bool = False
    differing: int = 0

    @property
    def code(self) -> Code:
        """The exit code of the command."""
        return Code.SOMETHING_SKIPPED if self.count("skipped") else Code.OK

    def count(self, what: What) -> int:
        """How many lines there are of a kind."""
        return sum(line.outcome == what for line in self.lines)

    def others(self) -> str:
        """All that was neither loaded nor written, as the end of a sentence."""
        found = Counter(line.outcome for line in self.lines)
        return "".join(f"; {found[what]} {words}" for what, words in TOLD if found[what])

    def write(self, target: Path | None) -> None:
        """Write it as JSON; nowhere for None. Raises Failure."""
        if target is None:
            return
        files = [{name: value for name, value in vars(line).items() if value is not None} for line in self.lines]
        names = ("store", "revision", "changed", "differing")
        data = {name: getattr(self, name) for name in names} if self.store else {}
        counts = dict(sorted(Counter(line.outcome for line in self.lines).items()))
        write_file(target, [json.dumps({**data, "counts": counts, "files": files}, ensure_ascii=False, indent=2), "\n"])
