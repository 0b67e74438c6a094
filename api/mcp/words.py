"""Answers as text: compact, with the words of the documents and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

QUOTE = 400  # characters of a quote that are shown; the data holds all of them
_PLACE = ("document", "start", "end")
_IN_FILE = ("page", "table", "row", "column")
_IDS, _LABELS = ("id", "key", "code"), ("title", "full_name", "name", "name_zh")
_EVIDENCE = {*_PLACE, "policy", "quote"}


def rows_text(rows: Iterable[Mapping[str, Any]], first: int = 1) -> str:
    """Rows of a query, numbered from ``first``: what they say, then policy and quote on lines of their own."""
    return "\n".join(f"{number}. {_row(row)}" for number, row in enumerate(rows, first))


def thing_text(value: Any, indent: str = "") -> str:
    """A view as lines of ``name: value``; what is absent or empty is left out, evidence takes one line."""
    if isinstance(value, Mapping):
        lines = [_entry(name, each, indent) for name, each in value.items() if each not in (None, [], {}, "")]
        return "\n".join(lines)
    return "\n".join(f"{indent}- {_named(each) or thing_text(each, indent + '  ').lstrip()}" for each in value)


def quoted(text: str) -> str:
    """The words of a document, a long text cut."""
    words = " ".join(text.split())
    return f"“{words}”" if len(words) <= QUOTE else f"“{words[:QUOTE]}…” ({len(text)} characters in all)"


def _row(row: Mapping[str, Any]) -> str:
    quotes = {name: value for name, value in row.items() if name.endswith("quote") and value}
    hidden = {"policy", "policy_id", *((*_PLACE, *_IN_FILE) if "quote" in row else ()), *quotes}
    said = {name: value for name, value in row.items() if name not in hidden and value not in (None, [], "")}
    lines = ["; ".join(f"{name}: {_value(value)}" for name, value in said.items())]
    if row.get("policy") or row.get("policy_id"):
        lines.append("policy: " + " ".join(_policy(row)))
    lines += [f"{name}: {quoted(value)}{_where(row) if name == 'quote' else ''}" for name, value in quotes.items()]
    return "\n   ".join(filter(None, lines))


def _policy(row: Mapping[str, Any]) -> list[str]:
    title, id_ = row.get("policy"), row.get("policy_id")
    return [str(title)] * bool(title) + [f"[{id_}]"] * bool(id_)


def _where(row: Mapping[str, Any]) -> str:
    if any(row.get(name) is None for name in _PLACE):
        return ""
    in_file = "".join(f", {name} {row[name]}" for name in _IN_FILE if row.get(name) is not None)
    return f" (document {str(row['document'])[:8]}, {row['start']}–{row['end']}{in_file})"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)


def _entry(name: str, value: Any, indent: str) -> str:
    name = name or "(not known)"
    if isinstance(value, Mapping) and set(value) >= _EVIDENCE:
        return f"{indent}{name}: {quoted(value['quote'])}{_where(value)}"
    if named := _named(value):
        return f"{indent}{name}: {named}"
    if isinstance(value, Mapping) or (isinstance(value, list) and any(isinstance(each, Mapping) for each in value)):
        return f"{indent}{name}:\n{thing_text(value, indent + '  ')}"
    return f"{indent}{name}: {_value(value)}"


def _named(value: Any) -> str | None:
    """A reference to something, that says nothing else of it, in one line: its name and its id."""
    if not isinstance(value, Mapping) or any(isinstance(each, Mapping | list) for each in value.values()):
        return None
    id_ = next((value[name] for name in _IDS if value.get(name)), None)
    label = next((value[name] for name in _LABELS if value.get(name)), None)
    if id_ is None or label is None:
        return None
    path = f"{value['path']} " if value.get("path") else ""
    return path + (label if label == id_ else f"{label} [{id_}]")
