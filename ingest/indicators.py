"""The canonical name of a metric, so that cities compare: 工业用地亩均税收, 单位土地税收 and 地均税收 are 亩均税收."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.tables import load_yaml


@dataclass(frozen=True, slots=True)
class Names:
    """The table: name by word, patterns of whole metrics, and what is taken off before they are compared."""

    words: dict[str, str]
    patterns: tuple[tuple[re.Pattern[str], str], ...]
    scopes: re.Pattern[str]
    fillers: re.Pattern[str]
    before: re.Pattern[str]
    qualifiers: tuple[tuple[str, str], ...]  # (word, how it is said), the longest word first


@cache
def names() -> Names:
    """The table, compiled once."""
    table = load_yaml("indicators.yml")
    words, patterns = {}, []
    for row in table["indicators"]:
        for word in (row["name"], *row.get("words", ())):
            words[folded(word)] = row["name"]
        if "regex" in row:
            patterns.append((re.compile(row["regex"]), row["name"]))
    before = "|".join(sorted(table["before"], key=len, reverse=True))
    said = [(word, name) for name, rows in table["qualifiers"].items() for word in rows]
    return Names(
        words,
        tuple(patterns),
        re.compile(f"(?:{table['scopes']})+的?"),
        re.compile(table["fillers"]),
        re.compile(f"({before})(?=.)"),
        tuple(sorted(said, key=lambda row: -len(row[0]))),
    )


def folded(metric: str) -> str:
    """A metric without quotation marks and spaces, Latin letters in capitals."""
    return re.sub(r"[“”\"\s]", "", metric).upper()


@cache
def indicator(metric: str) -> str | None:
    """The canonical indicator of a metric in the document's words; None for one that no row of the table knows."""
    table = names()
    whole = folded(metric)
    bare = whole[match.end() :] if (match := table.scopes.match(whole)) else whole
    for text in dict.fromkeys((whole, bare)):
        if found := _known(text):
            return found
        lead = table.before.match(text)
        if lead and (found := _known(text[lead.end() :])):
            return lead[1] + found
        for word, name in table.qualifiers:
            if text.endswith(word) and (found := _known(text[: -len(word)])):
                return found + name
    return None


def _known(text: str) -> str | None:
    table = names()
    text = text.removesuffix("的")
    if text in table.words:
        return table.words[text]
    shorter = table.fillers.sub("", text)
    if shorter in table.words:
        return table.words[shorter]
    bare = shorter[match.end() :] if (match := table.scopes.match(shorter)) else shorter
    if bare in table.words:
        return table.words[bare]
    return next((name for pattern, name in table.patterns if pattern.fullmatch(text)), None)
