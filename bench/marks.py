"""How far records agree with gold: hits, misses and extras of each kind, by the rules of the extraction guideline."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

Row = dict[str, Any]
STYLES = str.maketrans("〈〉《》［］【】“”‘’—–～", '()()[][]""' + "''---")
KEYS: dict[str, Callable[[Row], object]] = {
    "tasks": lambda row: (row["path"], fold(row["title"])),
    "responsibilities": lambda row: (row["task"], fold(row["agency"]), row["role"]),
    "parks": lambda row: fold(row["name"]),
    "park_industries": lambda row: (fold(row["park"]), fold(row["industry"])),
    "references": lambda row: (fold(row["doc_number"] or row["title"]), row["relation"]),
}
FIELDS = (
    "title",
    "doc_number",
    "issuers",
    "region",
    "status",
    "issued_on",
    "published_on",
    "effective_on",
    "expires_on",
)
SHARES = ("canonical", "scope", "policy")  # of rows that were found: how many of them have this right too
KINDS = (*KEYS, "themes", "targets", "targets_core")


class Fault(NamedTuple):
    """A row that was missed, one too many, or something in it that differs."""

    kind: str
    what: str
    row: Any


class Marks(NamedTuple):
    """What one document, or many of them, came to: counts of (kind, hit or gold or found), and the faults."""

    counts: Counter[tuple[str, str]]
    faults: list[Fault]


def fold(text: object) -> str | None:
    """A wording without spaces, width and styles of brackets."""
    if text is None:
        return None
    narrow = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(text))).translate(STYLES)
    return re.sub("-+", "-", narrow.replace("~", "-"))


def alike(one: object, other: object) -> bool:
    """Whether two wordings share half of the shorter one's characters in order, or are both missing."""
    left, right = fold(one), fold(other)
    if not left or not right:
        return not left and not right
    return 2 * common(left, right) >= min(len(left), len(right))


def common(left: str, right: str) -> int:
    """Length of the longest common subsequence."""
    if left in right or right in left:
        return min(len(left), len(right))
    above = [0] * (len(right) + 1)
    for char in left:
        row = [0]
        for at, other in enumerate(right, 1):
            row.append(above[at - 1] + 1 if char == other else max(above[at], row[-1]))
        above = row
    return above[-1]


def core(row: Row) -> tuple[object, ...]:
    """Value, unit and year of a target."""
    return round(float(row["value"]), 6), fold(row["unit"]), row["year"]


def whole(row: Row) -> tuple[object, ...]:
    """All of a target that must be equal."""
    most = row["value_max"]
    path = str(row["path"]).partition("#")[0]
    return *core(row), None if most is None else round(float(most), 6), row["op"], bool(row["per_year"]), path


def marks(gold: Row, found: Row) -> Marks:
    """The marks of one document; kinds that the gold leaves out are not marked."""
    counts: Counter[tuple[str, str]] = Counter()
    faults: list[Fault] = []
    for kind, key in KEYS.items():
        if kind in gold:
            compare(kind, gold[kind], found[kind], key, counts, faults)
    for theme, paths in gold.get("themes", {}).items():
        mine = [row["path"] for row in found["tasks"] if theme in row["themes"]]
        compare("themes", paths, mine, str, counts, faults)
    shares(gold, found, counts, faults)
    targets(gold["targets"], found["targets"], counts, faults)
    return Marks(counts, faults)


def compare(
    kind: str,
    gold: list[Any],
    found: list[Any],
    key: Callable[[Any], object],
    counts: Counter[tuple[str, str]],
    faults: list[Fault],
) -> None:
    """Count the rows that are on both sides under a key."""
    left = Counter(map(key, gold))
    for row in found:
        if left[key(row)]:
            left[key(row)] -= 1
            counts[kind, "hit"] += 1
        else:
            faults.append(Fault(kind, "extra", row))
    for row in gold:
        if left[key(row)]:
            left[key(row)] -= 1
            faults.append(Fault(kind, "missed", row))
    counts[kind, "gold"] += len(gold)
    counts[kind, "found"] += len(found)


def shares(gold: Row, found: Row, counts: Counter[tuple[str, str]], faults: list[Fault]) -> None:
    """Full names of the agencies that were found, and the fields of the header."""
    key = KEYS["responsibilities"]
    full = {key(row): row["canonical"] for row in gold["responsibilities"]}
    for row in found["responsibilities"]:
        if wanted := full.get(key(row)):
            told(("canonical", wanted, row["canonical"]), fold(wanted) == fold(row["canonical"]), counts, faults)
    for field in FIELDS:
        wanted, got = gold["policy"][field], found["policy"][field]
        same = (
            sorted(map(str, map(fold, wanted))) == sorted(map(str, map(fold, got)))
            if isinstance(wanted, list)
            else fold(wanted) == fold(got)
        )
        told(("policy", f"{field} {wanted}", got), same, counts, faults)


def told(difference: tuple[str, Any, Any], same: bool, counts: Counter[tuple[str, str]], faults: list[Fault]) -> None:
    """Count one of a share."""
    kind, wanted, got = difference
    counts[kind, "gold"] += 1
    counts[kind, "hit"] += same
    if not same:
        faults.append(Fault(kind, "differs", [wanted, got]))


def targets(gold: list[Row], found: list[Row], counts: Counter[tuple[str, str]], faults: list[Fault]) -> None:
    """Pairs of targets, one to one, those first whose metrics are closest."""
    pairs, missed, extra = paired(
        gold, found, lambda one, other: whole(one) == whole(other) and alike(one["metric"], other["metric"])
    )
    faults += [Fault("targets", "missed", row) for row in missed] + [Fault("targets", "extra", row) for row in extra]
    counts["targets", "hit"] += len(pairs)
    counts["targets_core", "hit"] += len(paired(gold, found, lambda one, other: core(one) == core(other))[0])
    for kind in ("targets", "targets_core"):
        counts[kind, "gold"] += len(gold)
        counts[kind, "found"] += len(found)
    for one, other in pairs:
        told(
            ("scope", f"{one['metric']}: {one['scope']}", other["scope"]),
            alike(one["scope"], other["scope"]),
            counts,
            faults,
        )


def paired(
    gold: list[Row], found: list[Row], same: Callable[[Row, Row], bool]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """The pairs, what is left of the gold, and what is left of what was found."""
    options = [
        (closeness(one, other), -i, -j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if core(one) == core(other) and same(one, other)
    ]
    left, right, pairs = dict(enumerate(gold)), dict(enumerate(found)), []
    for _, i, j in sorted(options, reverse=True):
        if -i in left and -j in right:
            pairs.append((left.pop(-i), right.pop(-j)))
    return pairs, list(left.values()), list(right.values())


def closeness(one: Row, other: Row) -> float:
    """How close metric and scope of two targets are."""
    metric = SequenceMatcher(None, fold(one["metric"]) or "", fold(other["metric"]) or "", autojunk=False).ratio()
    return metric + 0.5 * alike(one["scope"], other["scope"])


def table(counts: Counter[tuple[str, str]]) -> Iterator[tuple[str, int, int, int, float, float, float]]:
    """(kind, hits, gold, found, precision, recall, F1) of each kind; of a share all three are the share."""
    for kind in (*KINDS, *SHARES):
        hit, gold = counts[kind, "hit"], counts[kind, "gold"]
        found = gold if kind in SHARES else counts[kind, "found"]
        precision, recall = hit / found if found else 1.0, hit / gold if gold else 1.0
        yield kind, hit, gold, found, precision, recall, 2 * hit / (gold + found) if gold + found else 1.0
